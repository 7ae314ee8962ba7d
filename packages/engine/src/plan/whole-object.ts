/** Reads all that a root has by name as one object. */
import { setOwn, type Value } from '../values/index.js';
import { type Resolved, reading } from './bound.js';
import type { Reader } from './reader.js';
import type { BlockScope, Source } from './scope.js';

/** All outputs of a card, or all of one group, as one object. */
export function wholeObject(sources: readonly Source[], scope: BlockScope, bare = false): Resolved {
  for (const { slot } of sources) scope.flow.read(slot);
  const parts = sources.map(({ slot, field }) => ({ slot, key: field.key, group: bare ? undefined : field.group }));
  const read: Reader = ({ slots }) => {
    const whole: Record<string, Value> = {};
    for (const { slot, key, group } of parts) {
      const value = slots[slot] ?? null;
      if (group === undefined) setOwn<Value>(whole, key, value);
      else {
        if (!Object.hasOwn(whole, group)) setOwn<Value>(whole, group, {});
        setOwn<Value>(whole[group] as Record<string, Value>, key, value); // defined just above
      }
    }
    return whole;
  };
  return reading(read, { type: 'object' });
}
