/** Sample: a random choice of items. */
import { defineCard, type Value } from '@flowdeck/engine';
import { LIST } from './fields.js';

const SAMPLES_OUTPUT = 'samples';

export const sample = defineCard({
  id: 'list.sample',
  title: 'Sample',
  description:
    'Chooses items by chance, no position twice and at most all of them; another choice each time. One item instead of a list when the output is declared as a single value.',
  kind: 'effect',
  inputs: [
    LIST,
    {
      key: 'amount',
      type: 'number',
      label: 'amount',
      description: 'How many. Fractions are cut off, below 0 counts as 0.',
      required: true,
      default: 1,
    },
  ],
  outputs: [{ key: SAMPLES_OUTPUT, type: 'any', list: true, label: 'samples', description: 'The chosen items.' }],
  seesOutputs: true,
  examples: [{ in: { list: [1, 2, 3, 4, 5], amount: 2 }, out: { samples: [3, 5] } }],
  addresses: [{ address: 'root:kernel:list:0.0.1:sample' }],
  run: (list, amount, ctx, outputs) => {
    const single = outputs.some((field) => field.key === SAMPLES_OUTPUT && !field.list);
    const rest: Value[] = [...list];
    const count = single ? Math.min(1, rest.length) : Math.max(0, Math.min(Math.trunc(amount), rest.length));
    // The first positions of a Fisher-Yates shuffle.
    for (let index = 0; index < count; index++) {
      const other = index + Math.floor(ctx.random.number() * (rest.length - index));
      const chosen = rest[other] ?? null;
      rest[other] = rest[index] ?? null;
      rest[index] = chosen;
    }
    // The types of a declaration do not tell that an author may ask for a single value.
    return { [SAMPLES_OUTPUT]: single ? ((rest[0] ?? null) as readonly Value[]) : rest.slice(0, count) };
  },
});
