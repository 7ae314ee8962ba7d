/** Which outputs of which cards are read in a flow, and by whom. */
import type { Reference } from './references.js';
import type { BindingSite, CardSite, FlowSite } from './sites.js';

export interface Usage {
  /** Whether anything reads this output of the card. */
  isRead(card: CardSite, output: string): boolean;
  /** Whether anything reads any output of the card. */
  isReadAtAll(card: CardSite): boolean;
  /** The bindings that read the card. */
  readersOf(card: CardSite): readonly BindingSite[];
}

/** Works out once what all bindings of the flow read. */
export function usageOf(flow: FlowSite): Usage {
  const readers = new Map<string, BindingSite[]>();
  const names = new Map<string, Set<string>>();
  const whole = new Set<string>();
  let everything = false;
  for (const card of flow.cards) {
    for (const site of card.bindings) {
      for (const { root, path } of site.references) {
        if (root === '*') everything = true;
        entry(readers, root, () => []).push(site);
        if (path === null || path.length === 0) whole.add(root);
        else for (const name of fieldNames(path)) entry(names, root, () => new Set()).add(name);
      }
    }
  }
  return {
    isRead: ({ node: { id } }, output) =>
      everything ||
      (id !== undefined &&
        (whole.has(id) || names.get(id)?.has(output) === true || isGroupRead(names.get(id), output))),
    isReadAtAll: ({ node: { id } }) => everything || (id !== undefined && readers.has(id)),
    readersOf: ({ node: { id } }) => (id === undefined ? [] : (readers.get(id) ?? [])),
  };
}

/** The fields that a path may mean: `group/key`, or `key`. A bare group means all of its fields. */
export function fieldNames(path: NonNullable<Reference['path']>): readonly string[] {
  const [first, second] = path;
  if (first === undefined) return [];
  return second === undefined ? [first] : [first, `${first}/${second}`];
}

function isGroupRead(names: ReadonlySet<string> | undefined, output: string): boolean {
  const slash = output.indexOf('/');
  return slash > 0 && names?.has(output.slice(0, slash)) === true;
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
