/** JSONata's list functions whose own versions take quadratic time or read a random source. */
import { ObjectBuilder } from '../values/index.js';
import type { Budget } from './budget.js';
import { isFunction } from './data.js';
import { evaluationError, limitError } from './faults.js';
import type { Focus } from './native.js';

/** Items between two looks at the clock. */
const ITEMS_PER_LOOK = 1_024;

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
  let compared = 0;
  // All items are of one of these types.
  return [...(list as readonly string[])].sort((a, b) => {
    if (++compared % ITEMS_PER_LOOK === 0) budget.look();
    return a < b ? -1 : a > b ? 1 : 0;
  });
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
export function distinct(list: unknown, budget: Budget, focus: Focus): unknown {
  if (!Array.isArray(list) || list.length <= 1) return list;
  const isSequence = (list as { readonly sequence?: unknown }).sequence === true; // JSONata marks its own lists so
  const result = isSequence ? focus.createSequence() : [];
  const seen = new Set<unknown>();
  const contents = new Set<string>();
  const contentOf = contentReader(budget);
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

/** Gives a text that is the same for equal content, whatever the order of keys. */
function contentReader(budget: Budget): (value: unknown) => string {
  let parts = 0;
  const contentOf = (value: unknown): string => {
    if (++parts % ITEMS_PER_LOOK === 0) budget.look();
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value);
    if (Array.isArray(value)) return `[${value.map(contentOf).join()}]`;
    const members = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${contentOf(part)}`);
    return `{${members.sort().join()}}`;
  };
  return contentOf;
}

/** A list for each place of the shortest list given: the items that the lists have there. */
export function zip(lists: readonly unknown[], budget: Budget): unknown[] {
  const given = lists.map((list): readonly unknown[] => (Array.isArray(list) ? list : []));
  const length = lists.length === 0 ? 0 : Math.min(...given.map((list) => list.length));
  const zipped: unknown[] = [];
  for (let at = 0; at < length; at++) {
    budget.spend(1 + (given.length >> 3));
    const items: unknown[] = new Array(given.length);
    for (let list = 0; list < given.length; list++) items[list] = given[list]?.[at];
    zipped.push(items);
  }
  return zipped;
}

/** Every member of an object, or of the objects in a list, as an object of its own. */
export function spread(value: unknown, budget: Budget, focus: Focus): unknown {
  if (typeof value !== 'object' || value === null) return value;
  // JSONata gives a list for a list, and a sequence, of which one item stands for itself, for an object.
  const parts = Array.isArray(value) && value.length > 0 ? [] : focus.createSequence();
  eachPart(value, budget, (part) => {
    if (isOpen(part)) for (const key of Object.keys(part)) parts.push(single(key, part[key]));
    else parts.push(part);
    if (parts.length > budget.limits.list) budget.stop(limitError('list', budget.limits.list));
  });
  return parts;
}

function single(key: string, value: unknown): object {
  // As JSONata's own objects, which have no prototype to be mistaken for members.
  const object: { [key: string]: unknown } = Object.create(null);
  object[key] = value;
  return object;
}

/** One object with the members of all in a list; of equal names the last one counts. */
export function mergeMembers(list: unknown, budget: Budget): unknown {
  if (!Array.isArray(list)) return undefined;
  const merged = new ObjectBuilder<unknown>();
  eachPart(list, budget, (part) => {
    if (isOpen(part)) for (const key of Object.keys(part)) merged.set(key, part[key]);
  });
  return merged.object;
}

/** The names of an object's members, or of all that the objects in a list have. */
export function keys(value: unknown, budget: Budget, focus: Focus): unknown[] {
  // Names that look like numbers come first, as in any object.
  const names: { [key: string]: true } = Object.create(null);
  eachPart(value, budget, (part) => {
    if (isOpen(part)) for (const key of Object.keys(part)) names[key] = true;
  });
  const sequence = focus.createSequence();
  for (const key in names) sequence.push(key);
  return sequence;
}

/** The member of that name: of an object, or of each object in a list that has one. */
export function lookup(value: unknown, key: unknown, budget: Budget, focus: Focus): unknown {
  const read = (part: unknown) => (isOpen(part) && Object.hasOwn(part, String(key)) ? part[String(key)] : undefined);
  if (!Array.isArray(value)) return read(value);
  const found = focus.createSequence();
  eachPart(value, budget, (part) => {
    const member = read(part);
    if (Array.isArray(member)) for (const item of member) found.push(item);
    else if (member !== undefined) found.push(member);
  });
  return found;
}

function isOpen(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !isFunction(value);
}

/** Visits a value that is no list, or all those in a list and the lists in it, in order. */
function eachPart(value: unknown, budget: Budget, visit: (part: unknown) => void): void {
  let parts = 0;
  const walk = (part: unknown): void => {
    if (++parts % ITEMS_PER_LOOK === 0) budget.look();
    if (Array.isArray(part)) for (const item of part) walk(item);
    else visit(part);
  };
  walk(value);
}
