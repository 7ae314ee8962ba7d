/** Whether a value is one that flows can hold. */
import { isPlainObject, typeOf } from '@flowdeck/engine/kit';

/** Parts of a value that are looked at: enough for what an author makes by hand. */
const PARTS = 1000;

/** What in a value no flow can hold, such as `a Map` or `NaN`. Null: nothing that was looked at. */
export function oddIn(value: unknown): string | null {
  const rest: unknown[] = [value];
  for (let seen = 0; seen < PARTS && rest.length > 0; seen++) {
    const part = rest.pop();
    const odd = oddOf(part);
    if (odd !== null) return odd;
    const parts = Array.isArray(part) ? part : isPlainObject(part) ? Object.values(part) : [];
    rest.push(...parts.slice(0, PARTS));
  }
  return null;
}

function oddOf(value: unknown): string | null {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value instanceof Date && Number.isNaN(value.getTime())) return 'a date that is none';
  if (typeOf(value) !== 'any') return null;
  if (typeof value !== 'object') return `a ${typeof value}`;
  return `a ${value?.constructor?.name ?? 'object without a class'}`;
}
