/** Results that share nothing with what a host gave: whoever changes a result changes no input of the next run. */
import type { Outputs } from '../cards/index.js';
import { FlowOutcome } from '../run/outcome.js';
import { isPlainObject, setOwn, type Value } from '../values/index.js';

/** The outcome with lists, objects and dates of its own. What stands in many places of it stands there once more. */
export function apart({ kind, outputs, plan, answer }: FlowOutcome): FlowOutcome {
  const copies = new Map<object, Value>();
  const own = (value: Value) => copyOfValue(value, copies);
  return new FlowOutcome(
    kind,
    own(outputs) as Outputs, // the copy of an object is one
    plan,
    answer === null
      ? null
      : { ...answer, headers: own(answer.headers) as typeof answer.headers, body: own(answer.body) }, // as above
  );
}

/** Ends, and within the stack: what a run gives is neither too large nor too deep (`outputLength`). */
function copyOfValue(value: Value, copies: Map<object, Value>): Value {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const copy = beginOf(value);
  copies.set(value, copy);
  if (Array.isArray(copy)) {
    for (let at = 0; at < copy.length; at++) {
      const item: Value = copy[at];
      if (typeof item === 'object' && item !== null) copy[at] = copyOfValue(item, copies);
    }
  } else if (isPlainObject(value)) {
    const members = copy as Record<string, Value>; // made as one
    for (const key of Object.keys(value)) setOwn(members, key, copyOfValue(value[key] ?? null, copies));
  }
  return copy;
}

/** What a copy begins with; a file and a reference of a flow are as they are, for they cannot be changed. */
function beginOf(value: Value & object): Value {
  if (Array.isArray(value)) return value.slice();
  if (value instanceof Date) return new Date(value);
  return isPlainObject(value) ? {} : value;
}
