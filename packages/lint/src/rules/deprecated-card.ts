/** `lint-deprecated-card`: the file uses a card that its pack advises against. */
import { pointerTo } from '@flowdeck/engine/kit';
import { quoted } from '../quoted.js';
import type { Rule } from '../types.js';

export const deprecatedCard: Rule = {
  id: 'lint-deprecated-card',
  severity: 'info',
  title: 'A card is deprecated',
  explanation:
    'A pack keeps a deprecated card for the flows that have it, and says in its definition ("deprecated") what to use instead.',
  bad: {
    title: 'The pack "acme" replaced this card',
    document: {
      flowdeck: 1,
      id: 'call',
      type: 'helper',
      cards: [{ id: 'call', card: 'acme.oldCall', in: {} }],
    },
  },
  good: {
    title: 'Its successor',
    document: {
      flowdeck: 1,
      id: 'call',
      type: 'helper',
      cards: [{ id: 'call', card: 'acme.call', in: {} }],
    },
  },
  check: (file, report) => {
    for (const { cards } of file.flows) {
      for (const card of cards) {
        const advice = card.type?.deprecated;
        if (advice === undefined) continue;
        report(card, {
          pointer: pointerTo(card.pointer, 'card'),
          message: `${quoted(card.node.card)} is deprecated.`,
          hint: advice,
        });
      }
    }
  },
};
