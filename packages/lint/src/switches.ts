/** Switching rules off in a flow file: `"meta": { "lint": { "off": ["lint-..."] } }` on a card, a flow or the file. */
import { pointerTo } from '@flowdeck/engine/kit';
import { isRuleId, type RuleId } from './rule-ids.js';

/** Rules that are off at a place: its own, and those of what is around it. */
export interface Disabled {
  readonly rules: ReadonlySet<RuleId>;
  /** What the place's own switch says that is no rule: pointers, and the text where there is one. */
  readonly faults: readonly { readonly pointer: string; readonly name: string | null }[];
}

export const NOTHING_OFF: Disabled = Object.freeze({ rules: new Set<RuleId>(), faults: [] });

/** Reads the switch of a place. `pointer` null: the place has none of its own, because a flow inside has the same. */
export function disabledIn(
  meta: Readonly<Record<string, unknown>> | undefined,
  pointer: string | null,
  outer: Disabled,
): Disabled {
  const own = pointer === null ? undefined : member(meta, 'lint');
  if (own === undefined || pointer === null) return outer.faults.length === 0 ? outer : { ...outer, faults: [] };
  const place = pointerTo(pointer, 'meta', 'lint', 'off');
  const names = member(own, 'off');
  const list: readonly unknown[] | null = Array.isArray(names) ? names : null;
  if (list === null) return { rules: outer.rules, faults: [{ pointer: place.slice(0, -'/off'.length), name: null }] };
  const rules = new Set(outer.rules);
  const faults: { pointer: string; name: string | null }[] = [];
  for (const [index, name] of list.entries()) {
    if (isRuleId(name)) rules.add(name);
    else faults.push({ pointer: pointerTo(place, index), name: typeof name === 'string' ? name : null });
  }
  return { rules, faults };
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}
