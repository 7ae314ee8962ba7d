/** Statistics: what is worth knowing of a list of numbers. */
import { defineCard } from '@flowdeck/engine';
import { finite, NOT_FINITE } from '../number/faults.js';
import { NUMBERS } from './fields.js';

export const statistics = defineCard({
  id: 'list.statistics',
  title: 'Statistics',
  description:
    'Count, sum, mean, median, smallest, largest and standard deviation of a list of numbers. The median of an even count is the mean of the two in the middle. The deviation is that of the whole population (divided by the count). Of an empty list count and sum are 0, the others null.',
  kind: 'pure',
  inputs: [{ ...NUMBERS, description: 'The numbers. Null among them is left out; null itself is an empty list.' }],
  outputs: [
    { key: 'count', type: 'number', label: 'count', description: 'How many numbers there are.' },
    { key: 'sum', type: 'number', label: 'sum', description: 'Their sum.' },
    { key: 'mean', type: 'number', label: 'mean', description: 'The sum divided by the count.' },
    { key: 'median', type: 'number', label: 'median', description: 'The one in the middle.' },
    { key: 'min', type: 'number', label: 'min', description: 'The smallest.' },
    { key: 'max', type: 'number', label: 'max', description: 'The largest.' },
    { key: 'deviation', type: 'number', label: 'standard deviation', description: 'How far they lie from the mean.' },
  ],
  errors: NOT_FINITE,
  examples: [
    {
      in: { list: [2, 4, 4, 4, 5, 5, 7, 9] },
      out: { count: 8, sum: 40, mean: 5, median: 4.5, min: 2, max: 9, deviation: 2 },
    },
    {
      title: 'One number, and null left out',
      in: { list: ['3', null] },
      out: { count: 1, sum: 3, mean: 3, median: 3, min: 3, max: 3, deviation: 0 },
    },
    {
      title: 'No numbers',
      in: { list: null },
      out: { count: 0, sum: 0, mean: null, median: null, min: null, max: null, deviation: null },
    },
    { title: 'Too large', in: { list: [1e308, 1e308] }, error: 'not-finite' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:stats' },
  ],
  run: (list) => {
    const sorted = list.filter((value) => value !== null).sort((a, b) => a - b);
    const [min] = sorted;
    const max = sorted.at(-1);
    if (min === undefined || max === undefined)
      return { count: 0, sum: 0, mean: null, median: null, min: null, max: null, deviation: null };
    const count = sorted.length;
    const sum = finite(sorted.reduce((total, value) => total + value, 0));
    const mean = sum / count;
    return { count, sum, mean, median: middle(sorted), min, max, deviation: deviationFrom(mean, sorted) };
  },
});

/** Of numbers in order, at least one. */
function middle(sorted: readonly number[]): number {
  const [lower = 0, upper = lower] = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  // Halves first: the sum of two large numbers may be more than a number can be.
  return lower === upper ? lower : lower / 2 + upper / 2;
}

/** In two passes: squares of the numbers themselves would cancel out when they lie close together and far from 0. */
function deviationFrom(mean: number, values: readonly number[]): number {
  return finite(Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length));
}
