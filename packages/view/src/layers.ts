/**
 * Orders what calls each other in columns: whatever is called stands to the right of all that call it, and a call that
 * passes columns has a slot in each of them, so that it runs between the boxes. Calls in a circle lead back to the left.
 */

/** What stands in a column: an item, or the slot through which calls of one item pass. */
export interface Spot {
  /** Unique among the places. */
  readonly key: string;
  /** Index of the item; null: a slot. */
  readonly item: number | null;
}

/** A part of a call between neighbour columns, or from an item to itself. */
export interface CallPart {
  /** Key of the place where it begins, as the call runs. */
  readonly from: string;
  readonly to: string;
  readonly direction: 'right' | 'left' | 'itself';
}

export interface Layers {
  /** From left to right, each from its top down. */
  readonly columns: readonly (readonly Spot[])[];
  /** Each once: calls of the same item share the ways that they have in common. */
  readonly parts: readonly CallPart[];
}

/** `calls`: of each item, the indices of what it calls, each once. */
export function layersOf(calls: readonly (readonly number[])[]): Layers {
  const { order, back } = circlesOf(calls);
  const isBack = (from: number, to: number) => back.has(`${from} ${to}`);
  const depths = calls.map(() => 0);
  for (const from of order) {
    for (const to of calls[from] ?? []) {
      if (!isBack(from, to)) depths[to] = Math.max(depths[to] ?? 0, (depths[from] ?? 0) + 1);
    }
  }
  const columns: Spot[][] = Array.from({ length: Math.max(-1, ...depths) + 1 }, () => []);
  const seen = new Set<string>();
  const place = (column: number, place: Spot) => {
    if (seen.has(place.key)) return;
    seen.add(place.key);
    columns[column]?.push(place);
  };
  depths.forEach((depth, item) => {
    place(depth, { key: `${item}`, item });
  });
  const parts = new Map<string, CallPart>();
  calls.forEach((targets, from) => {
    for (const to of targets) {
      const direction = from === to ? 'itself' : isBack(from, to) ? 'left' : 'right';
      const step = direction === 'left' ? -1 : 1;
      let last = `${from}`;
      for (let column = (depths[from] ?? 0) + step; direction !== 'itself' && column !== depths[to]; column += step) {
        const slot = { key: `${direction} ${to} ${column}`, item: null };
        place(column, slot);
        parts.set(`${last}>${slot.key}`, { from: last, to: slot.key, direction });
        last = slot.key;
      }
      parts.set(`${last}>${to}`, { from: last, to: `${to}`, direction });
    }
  });
  const all = [...parts.values()];
  return { columns: untangled(columns, all), parts: all };
}

/** All items, callers before what they call, and the calls by which a circle closes. Without recursion: chains may be long. */
function circlesOf(calls: readonly (readonly number[])[]): {
  readonly order: readonly number[];
  readonly back: ReadonlySet<string>;
} {
  const called = new Set(calls.flatMap((targets, from) => targets.filter((to) => to !== from)));
  const items = calls.map((_, item) => item);
  const state = new Map<number, 'open' | 'done'>();
  const back = new Set<string>();
  const order: number[] = [];
  for (const root of [...items.filter((item) => !called.has(item)), ...items]) {
    if (state.has(root)) continue;
    const stack = [{ item: root, next: 0 }];
    state.set(root, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const to = calls[top.item]?.[top.next++];
      if (to === undefined) {
        state.set(top.item, 'done');
        order.unshift(top.item);
        stack.pop();
      } else if (state.get(to) === 'open') back.add(`${top.item} ${to}`);
      else if (!state.has(to)) {
        state.set(to, 'open');
        stack.push({ item: to, next: 0 });
      }
    }
  }
  return { order, back };
}

/** How often the columns are gone through: more changes little. */
const SWEEPS = 8;

/** Brings each place near to the middle of what it is joined with in the columns beside it. */
function untangled(columns: readonly (readonly Spot[])[], parts: readonly CallPart[]): readonly (readonly Spot[])[] {
  const joined = new Map<string, string[]>();
  const join = (one: string, other: string) => {
    const others = joined.get(one) ?? [];
    joined.set(one, others);
    others.push(other);
  };
  for (const { from, to } of parts) {
    join(from, to);
    join(to, from);
  }
  const sorted = columns.map((column) => [...column]);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const step = sweep % 2 === 0 ? 1 : -1;
    for (let at = step === 1 ? 1 : sorted.length - 2; at >= 0 && at < sorted.length; at += step) {
      const ranks = new Map(sorted[at - step]?.map(({ key }, rank) => [key, rank]));
      const column = sorted[at] ?? [];
      const middles = new Map(column.map(({ key }, rank) => [key, meanOf(joined.get(key) ?? [], ranks) ?? rank]));
      sorted[at] = column.toSorted((a, b) => (middles.get(a.key) ?? 0) - (middles.get(b.key) ?? 0));
    }
  }
  return sorted;
}

/** Null when none of them stands in the column beside it. */
function meanOf(keys: readonly string[], ranks: ReadonlyMap<string, number>): number | null {
  const found = keys.flatMap((key) => ranks.get(key) ?? []);
  return found.length === 0 ? null : found.reduce((sum, rank) => sum + rank, 0) / found.length;
}
