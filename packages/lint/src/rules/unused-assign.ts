/** `lint-unused-assign`: a value is given a name that nothing uses. */
import { lastCard } from '../outputs.js';
import { quoted } from '../quoted.js';
import type { CardSite } from '../sites.js';
import type { Report, Rule } from '../types.js';
import { type Usage, usageOf } from '../usage.js';

export const unusedAssign: Rule = {
  id: 'lint-unused-assign',
  severity: 'info',
  title: 'Nothing reads an assigned value',
  explanation:
    'Assign and Assign If do nothing but give a name to a value. One that nothing reads is left over, or the card that should read it reads something else. An expression that may read anything counts as reading all. The last card of a flow or of a scoped block is not judged, because its outputs are the result.',
  bad: {
    title: 'Nothing reads "total"',
    document: {
      flowdeck: 1,
      id: 'bill',
      type: 'helper',
      inputs: [{ key: 'price', type: 'number' }],
      cards: [
        { id: 'set', card: 'control.assign', in: { total: { from: '/inputs/price' }, currency: 'EUR' } },
        { card: 'flow.return', in: { price: { from: '/inputs/price' }, currency: { from: '/set/currency' } } },
      ],
    },
  },
  good: {
    title: 'Both values are read',
    document: {
      flowdeck: 1,
      id: 'bill',
      type: 'helper',
      inputs: [{ key: 'price', type: 'number' }],
      cards: [
        { id: 'set', card: 'control.assign', in: { total: { from: '/inputs/price' }, currency: 'EUR' } },
        { card: 'flow.return', in: { price: { expr: 'set.total' }, currency: { from: '/set/currency' } } },
      ],
    },
  },
  check: (file, report) => {
    for (const flow of file.flows) {
      const usage = usageOf(flow);
      for (const card of flow.cards) {
        if (card.type?.traits?.assigns !== true) continue;
        if (isResult(card)) continue;
        if (!usage.isReadAtAll(card))
          report(card, { message: 'Nothing reads what this card assigns.', hint: 'Remove the card.' });
        else if (card.type.mirror === true) checkValues(card, usage, report);
      }
    }
  },
};

function isResult(card: CardSite): boolean {
  return card.parent.declaration?.scope !== 'inline' && lastCard(card.parent) === card;
}

/** One diagnostic for the card, at the first value: an Assign that unpacks a record may have many. */
function checkValues(card: CardSite, usage: Usage, report: Report): void {
  const unread = [...card.inputs.values()].filter(({ name }) => !usage.isRead(card, name));
  const [first] = unread;
  if (first === undefined) return;
  const more = unread.length === 1 ? '' : ` and ${unread.length - 1} more of its values`;
  report(card, {
    pointer: first.pointer,
    message: `Nothing reads ${quoted(first.name)}${more}.`,
    hint: 'Remove what is not read.',
  });
}
