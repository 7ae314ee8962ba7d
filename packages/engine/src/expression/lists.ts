/** JSONata's list functions whose own versions take quadratic time or read a random source. */
import type { Budget } from './budget.js';
import { isFunction } from './data.js';
import { evaluationError } from './faults.js';
import type { Focus } from './native.js';

type Comparator = (left: unknown, right: unknown) => unknown;

/** A list in random order (Fisher and Yates, inside out). */
export function shuffle(list: unknown, random: () => number): unknown {
  if (!Array.isArray(list) || list.length <= 1) return list;
  const result: unknown[] = [];
  for (const [index, item] of list.entries()) {
    const place = Math.min(Math.floor(random() * (index + 1)), index);
    result[index] = result[place];
    result[place] = item;
  }
  return result;
}

/** Stable; texts or numbers by themselves, anything by a function that says whether its first argument comes later. */
export function sort(list: unknown, comparator: unknown, budget: Budget): unknown {
  if (!Array.isArray(list) || list.length <= 1) return list;
  budget.spend(list.length);
  if (comparator !== undefined) {
    if (typeof comparator !== 'function') throw evaluationError('T0410', undefined, 'A comparator must be a function.');
    return mergeSort(list, comparator as Comparator, budget); // JSONata calls it with two items
  }
  const type = typeof list[0];
  if ((type !== 'number' && type !== 'string') || list.some((item) => typeof item !== type)) {
    throw evaluationError(
      'D3070',
      undefined,
      'Without a comparator, only a list of numbers or of texts can be sorted.',
    );
  }
  // All items are of one of these types.
  return [...(list as readonly string[])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

async function mergeSort(list: readonly unknown[], isLater: Comparator, budget: Budget): Promise<readonly unknown[]> {
  if (list.length <= 1) return list;
  const middle = Math.floor(list.length / 2);
  const left = await mergeSort(list.slice(0, middle), isLater, budget);
  const right = await mergeSort(list.slice(middle), isLater, budget);
  const merged: unknown[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    budget.spend(1);
    merged.push((await isLater(left[l], right[r])) ? right[r++] : left[l++]);
  }
  while (l < left.length) merged.push(left[l++]);
  while (r < right.length) merged.push(right[r++]);
  return merged;
}

/** Items that differ in content, the first of each kind. */
export function distinct(list: unknown, focus: Focus): unknown {
  if (!Array.isArray(list) || list.length <= 1) return list;
  const isSequence = (list as { readonly sequence?: unknown }).sequence === true; // JSONata marks its own lists so
  const result = isSequence ? focus.createSequence() : [];
  const seen = new Set<unknown>();
  const contents = new Set<string>();
  for (const item of list) {
    if (typeof item === 'object' && item !== null && !isFunction(item)) {
      const content = contentOf(item);
      if (contents.has(content)) continue;
      contents.add(content);
    } else {
      if (seen.has(item)) continue;
      seen.add(item);
    }
    result.push(item);
  }
  return result;
}

/** A text that is the same for equal content, whatever the order of keys. */
function contentOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value);
  if (Array.isArray(value)) return `[${value.map(contentOf).join()}]`;
  const parts = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${contentOf(part)}`);
  return `{${parts.sort().join()}}`;
}
