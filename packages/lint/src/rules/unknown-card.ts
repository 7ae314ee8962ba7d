/** `lint-unknown-card`: the file uses a card that nobody brings. */
import { pointerTo } from '@flowdeck/engine/kit';
import { quoted } from '../quoted.js';
import type { CardSite } from '../sites.js';
import type { Rule } from '../types.js';

export const unknownCard: Rule = {
  id: 'lint-unknown-card',
  severity: 'warning',
  title: 'A card type is unknown',
  explanation:
    'Without the pack that brings the card, the flow can only be simulated. Each card type is named once, at its first use; the other rules judge nothing that depends on it.',
  bad: {
    title: 'The name is misspelt',
    document: {
      flowdeck: 1,
      id: 'greet',
      type: 'helper',
      cards: [
        { id: 'hello', card: 'text.compos', in: { template: 'Hello' } },
        { card: 'flow.return', in: { text: { from: '/hello/output' } } },
      ],
    },
  },
  good: {
    title: 'The standard library has this one',
    document: {
      flowdeck: 1,
      id: 'greet',
      type: 'helper',
      cards: [
        { id: 'hello', card: 'text.compose', in: { template: 'Hello' } },
        { card: 'flow.return', in: { text: { from: '/hello/output' } } },
      ],
    },
  },
  check: (file, report) => {
    const uses = new Map<string, { readonly first: CardSite; count: number }>();
    for (const { cards } of file.flows) {
      for (const card of cards) {
        if (card.type !== undefined || card.off.rules.has('lint-unknown-card')) continue;
        const known = uses.get(card.node.card);
        if (known) known.count++;
        else uses.set(card.node.card, { first: card, count: 1 });
      }
    }
    for (const [id, { first, count }] of uses) {
      const times = count === 1 ? '' : ` It is used ${count} times.`;
      report(first, {
        pointer: pointerTo(first.pointer, 'card'),
        message: `There is no card ${quoted(id)}.${times}`,
        hint: `Load the pack that brings ${quoted(id.slice(0, id.indexOf('.')))}, or correct the name.`,
      });
    }
  },
};
