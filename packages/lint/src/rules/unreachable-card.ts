/** `lint-unreachable-card`: a card stands where no run can come. */
import { leavingCards } from '../leaving.js';
import { quoted } from '../quoted.js';
import type { BlockSite } from '../sites.js';
import type { Rule } from '../types.js';

export const unreachableCard: Rule = {
  id: 'lint-unreachable-card',
  severity: 'warning',
  title: 'A card can never be reached',
  explanation:
    'Cards after a Return, Return Raw or Return Error in the same block never run, and neither do cards after an If/Else both of whose branches end so. The first such card of a block is named.',
  bad: {
    title: 'Both branches return, so the last card never runs',
    document: {
      flowdeck: 1,
      id: 'check',
      type: 'helper',
      inputs: [{ key: 'status', type: 'text' }],
      cards: [
        {
          card: 'control.ifElse',
          in: { left: { from: '/inputs/status' }, operator: '==', right: 'ACTIVE' },
          blocks: {
            then: { cards: [{ card: 'flow.return', in: { ok: true } }] },
            else: { cards: [{ card: 'flow.return', in: { ok: false } }] },
          },
        },
        { card: 'flow.return', in: { ok: null } },
      ],
    },
  },
  good: {
    title: 'One branch goes on',
    document: {
      flowdeck: 1,
      id: 'check',
      type: 'helper',
      inputs: [{ key: 'status', type: 'text' }],
      cards: [
        {
          card: 'control.ifElse',
          in: { left: { from: '/inputs/status' }, operator: '==', right: 'ACTIVE' },
          blocks: { then: { cards: [{ card: 'flow.return', in: { ok: true } }] }, else: { cards: [] } },
        },
        { card: 'flow.return', in: { ok: false } },
      ],
    },
  },
  check: (file, report) => {
    for (const flow of file.flows) {
      const leaving = leavingCards(flow);
      const done = new Set<BlockSite>();
      for (const card of flow.cards) {
        if (!leaving.has(card) || done.has(card.parent)) continue;
        done.add(card.parent);
        const next = card.parent.cards[card.position + 1];
        if (next === undefined) continue;
        const more = card.parent.cards.length - next.position - 1;
        const name = quoted(card.node.id ?? card.node.title ?? card.node.card);
        report(next, {
          message: `This card${more === 0 ? ' is' : ` and the ${more} after it are`} never reached: ${name} before it always leaves.`,
          hint: 'Remove what is not reached, or move it before that card.',
        });
      }
    }
  },
};
