/** `lint-any-row`: the first row of a table is taken, whichever that is. */
import { fieldName } from '@flowdeck/engine/kit';
import { quoted } from '../quoted.js';
import type { BindingSite, CardSite } from '../sites.js';
import type { Rule } from '../types.js';
import { usageOf } from '../usage.js';

export const anyRow: Rule = {
  id: 'lint-any-row',
  severity: 'warning',
  title: 'A row is taken, whichever comes first',
  explanation:
    'Search Rows without a Where Expression finds every row, and its row is the first of them: another one when the table has grown, and the wrong one to change or to remove. Found are searches without a condition, or with one that is empty, when something reads the row or its fields. The list of all rows may be read, and a sort column makes the first row one that is meant.',
  bad: {
    title: 'The first row is removed',
    document: {
      flowdeck: 1,
      flows: [
        {
          id: 'forget',
          type: 'helper',
          cards: [
            { id: 'search', card: 'tables.searchRows', in: { table: 'tokens', result: 'one' } },
            { card: 'tables.deleteRow', in: { table: 'tokens', 'row id': { from: '/search/row id' } } },
          ],
        },
      ],
      tables: [{ id: 'tokens', name: 'Tokens', columns: [{ key: 'token', type: 'text' }] }],
    },
  },
  good: {
    title: 'The row of the token is removed',
    document: {
      flowdeck: 1,
      flows: [
        {
          id: 'forget',
          type: 'helper',
          inputs: [{ key: 'token', type: 'text' }],
          cards: [
            {
              id: 'search',
              card: 'tables.searchRows',
              in: {
                table: 'tokens',
                result: 'one',
                where: { value: { expr: [{ lhs: 'token', op: '=', rhd: 'token' }] } },
                'values/token': { from: '/inputs/token' },
              },
            },
            { card: 'tables.deleteRow', in: { table: 'tokens', 'row id': { from: '/search/row id' } } },
          ],
        },
      ],
      tables: [{ id: 'tokens', name: 'Tokens', columns: [{ key: 'token', type: 'text' }] }],
    },
  },
  check: (file, report) => {
    for (const flow of file.flows) {
      for (const card of flow.cards) {
        const selects = card.type?.traits?.selects;
        if (selects === undefined || !isEmpty(card.inputs.get(selects)) || isOrdered(card)) continue;
        const single = usageOf(flow)
          .readersOf(card)
          .some((reader) => readsOne(reader, card));
        if (!single) continue;
        report(card, {
          message: `No ${quoted(selects)} says which one is meant, so that the first is taken, whichever it is.`,
          hint: `Give ${quoted(selects)}, or an order.`,
        });
      }
    }
  },
};

function isOrdered({ type, inputs }: CardSite): boolean {
  const orders = type?.traits?.orders;
  return orders !== undefined && !isEmpty(inputs.get(orders));
}

/** Whether a binding gives nothing: it is not there, or null, blank, or holds nothing but what is empty. */
function isEmpty(site: BindingSite | undefined): boolean {
  if (site === undefined) return true;
  const { binding } = site;
  if (typeof binding !== 'object' || binding === null) return binding === null || binding === '';
  return 'value' in binding && JSON.stringify(binding.value).replace(/"expr"|[{}[\]":]|null/g, '') === '';
}

/** Whether it reads an output of the card that is no list. */
function readsOne({ references }: BindingSite, { node, type }: CardSite): boolean {
  return references.some(({ root, path }) => {
    const [name] = path ?? [];
    if (root !== node.id || name === undefined) return false;
    return type?.outputs.find((field) => fieldName(field) === name)?.list !== true;
  });
}
