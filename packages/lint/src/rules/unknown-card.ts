/** `lint-unknown-card`: the file uses a card that nobody brings. */
import { pointerTo } from '@flowdeck/engine/kit';
import { quoted } from '../quoted.js';
import type { CardSite, LintedFile } from '../sites.js';
import type { Rule } from '../types.js';

export const unknownCard: Rule = {
  id: 'lint-unknown-card',
  severity: 'warning',
  title: 'A card type is unknown',
  explanation:
    'Without the pack that brings the card, the flow can only be simulated. A pack of which no card is known is named once, at the first use of one of its cards, and so is each other card type; the other rules judge nothing that depends on it.',
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
    const uses = new Map<string, Use>();
    for (const { cards } of file.flows) {
      for (const card of cards) {
        if (card.type !== undefined || card.off.rules.has('lint-unknown-card')) continue;
        const known = uses.get(card.node.card);
        if (known) known.count++;
        else uses.set(card.node.card, { first: card, count: 1 });
      }
    }
    for (const [namespace, cards] of byPack(uses)) {
      if (cards.length === 1 || !isAbsent(namespace, file)) continue;
      const [[, { first }]] = cards;
      for (const [id] of cards) uses.delete(id);
      const times = cards.reduce((sum, [, { count }]) => sum + count, 0);
      report(first, {
        pointer: pointerTo(first.pointer, 'card'),
        message: `There is no pack ${quoted(namespace)}: ${cards.length} of its cards are used ${times} times.`,
        hint: `Load the pack that brings ${quoted(namespace)}; without it, the flow can only be simulated.`,
      });
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

interface Use {
  readonly first: CardSite;
  count: number;
}

type UsedCard = readonly [id: string, use: Use];

function byPack(uses: ReadonlyMap<string, Use>): ReadonlyMap<string, readonly [UsedCard, ...UsedCard[]]> {
  const packs = new Map<string, readonly [UsedCard, ...UsedCard[]]>();
  for (const used of uses) {
    const namespace = namespaceOf(used[0]);
    const others = packs.get(namespace);
    packs.set(namespace, others ? [...others, used] : [used]);
  }
  return packs;
}

/** No card of the namespace that the file uses is known. */
function isAbsent(namespace: string, file: LintedFile): boolean {
  return file.flows.every(({ cards }) =>
    cards.every(({ type, node }) => type === undefined || namespaceOf(node.card) !== namespace),
  );
}

function namespaceOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}
