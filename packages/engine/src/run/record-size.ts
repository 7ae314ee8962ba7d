/** How much of one thing a runtime is handed to remember. */
import type { Place } from '../diagnostic.js';
import { LimitError } from '../errors.js';
import { jsonLength, MAX_JSON_LENGTH } from '../values/index.js';
import type { Limits } from './limits.js';

/** Bytes that one unit of an estimated length takes at most: an escape such as \u0000. */
const WIDEST = 6;

/** What is measured, for the message: its name, such as `The result of a card`, and its place. */
export interface Measured {
  readonly what: string;
  readonly at?: Place;
}

/**
 * The JSON text of what is longer than a runtime remembers; null: it is not. Most things are not even written out.
 *
 * @throws LimitError when it is longer than an annex takes, too.
 */
export function textBeyond(
  json: unknown,
  { recordBytes }: Pick<Limits, 'recordBytes'>,
  measured: Measured,
): string | null {
  const surely = recordBytes / WIDEST;
  if (jsonLength(json, surely) <= surely) return null;
  if (jsonLength(json, MAX_JSON_LENGTH) > MAX_JSON_LENGTH) throw tooLongForRecord(recordBytes, measured);
  const text = JSON.stringify(json);
  return new TextEncoder().encode(text).length > recordBytes ? text : null;
}

/**
 * What is given, unless a runtime would not remember it. `measured` is for the message.
 *
 * @throws LimitError `recordBytes` when its JSON text has more bytes than that limit.
 * @example
 * withinRecord(run, DEFAULT_LIMITS, { what: 'What the run starts with' });
 */
export function withinRecord<T>(json: T, limits: Pick<Limits, 'recordBytes'>, measured: Measured): T {
  if (textBeyond(json, limits, measured) !== null) throw tooLongForRecord(limits.recordBytes, measured);
  return json;
}

/** A runtime would not remember it. */
export function tooLongForRecord(most: number, { what, at = {} }: Measured): LimitError {
  return new LimitError('recordBytes', `${what} is longer than the limit recordBytes (${most} bytes of JSON).`, {
    at,
    hint: 'Put large contents into a file and hand on the file, or give its workers an annex ("flowdeck work --annex DIR", or their option "annex"), which takes results of cards and what called flows take and give. What a run takes and gives itself has no place there.',
  });
}
