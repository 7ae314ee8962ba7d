/** Swap: two items of a list, each in the place of the other. */
import { defineCard, RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { LIST } from './fields.js';

export const swap = defineCard({
  id: 'list.swap',
  title: 'Swap',
  description: 'Exchanges the items at two positions of a list. Negative positions count from the end of the list.',
  kind: 'pure',
  inputs: [
    LIST,
    {
      key: 'index 1',
      type: 'number',
      label: 'index 1',
      description: 'Position of the one item, from 0.',
      required: true,
      default: 0,
    },
    {
      key: 'index 2',
      type: 'number',
      label: 'index 2',
      description: 'Position of the other item, from 0.',
      required: true,
      default: 0,
    },
  ],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items in their new order.' }],
  errors: { 'no-position': 'The list has no item at one of the positions.' },
  examples: [
    { in: { list: ['a', 'b', 'c'], 'index 1': 0, 'index 2': 2 }, out: { list: ['c', 'b', 'a'] } },
    {
      title: 'From the end',
      in: { list: ['a', 'b', 'c'], 'index 1': -1, 'index 2': 1 },
      out: { list: ['a', 'c', 'b'] },
    },
    { title: 'With itself', in: { list: ['a', 'b'], 'index 1': 1, 'index 2': 1 }, out: { list: ['a', 'b'] } },
    { title: 'Beyond the list', in: { list: ['a', 'b'], 'index 1': 0, 'index 2': 2 }, error: 'no-position' },
    { title: 'No list', in: { list: null, 'index 1': 0, 'index 2': 0 }, error: 'no-position' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:swap', in: { index1: 'index 1', index2: 'index 2' } },
  ],
  run: (list, first, second) => {
    const one = positionIn(list, first, 'index 1');
    const other = positionIn(list, second, 'index 2');
    const swapped = [...list];
    // Both positions have just been found to be there.
    [swapped[one], swapped[other]] = [list[other] ?? null, list[one] ?? null];
    return { list: swapped };
  },
});

/** @throws RunError `no-position`: a list that stays as it is would hide the mistake. */
function positionIn(list: readonly unknown[], index: number, field: string): number {
  const position = index < 0 ? list.length + Math.trunc(index) : Math.trunc(index);
  if (position >= 0 && position < list.length) return position;
  throw new RunError<CardsCode>('no-position', `The list has no item at position ${index}.`, {
    at: { field },
    hint: list.length === 0 ? 'The list is empty; check it before.' : `It has the positions 0 to ${list.length - 1}.`,
  });
}
