/** Limits of a run. Every one has a default; an engine and a single run may set others. */

import type { Place } from '../diagnostic.js';
import { didYouMean } from '../document/did-you-mean.js';
import { FlowdeckError, LimitError } from '../errors.js';
import { jsonLength, MAX_JSON_LENGTH } from '../values/index.js';

/** How far a run may go. Going over one fails the run, or the card, with a `LimitError` that names it. */
export interface Limits {
  /** Executed cards in the whole tree of a run. Default 2,000,000. */
  readonly steps: number;
  /** Flows calling flows. Default 100. */
  readonly callDepth: number;
  /** Milliseconds from start to end. Default 30 days: what a waiting run may take. */
  readonly wallTimeMs: number;
  /** Milliseconds for one attempt of an effect, where neither card nor document says otherwise. Default 90,000. */
  readonly cardTimeMs: number;
  /** Items of a list that a card gives. Default 1,000,000. */
  readonly listLength: number;
  /** UTF-16 units of a text that a card gives. Default 16,777,216. */
  readonly textLength: number;
  /** Bytes of an HTTP request or answer. Default 10,485,760. */
  readonly payloadBytes: number;
  /** Flows that a per-item card may have in progress. Default 200. */
  readonly concurrency: number;
  /** Flows started with Call Flow Async that are under way at a time. Default 1,000. */
  readonly liveFlows: number;
  /** Flows started with Call Flow Async in the whole tree of a run. Default 10,000. */
  readonly spawnedFlows: number;
  /** Bytes, about, of the values that a run holds at a time. Default 536,870,912. */
  readonly heldBytes: number;
  /** UTF-16 units, about, of the JSON text of what a run gives: what stands in many places counts in each. Default 67,108,864. */
  readonly outputLength: number;
  /** Bytes of the JSON text of one thing that a durable runtime remembers. Default 16,777,216. */
  readonly recordBytes: number;
}

/** The limits of an engine that is given none. Frozen. */
export const DEFAULT_LIMITS: Limits = Object.freeze({
  steps: 2_000_000,
  callDepth: 100,
  wallTimeMs: 30 * 24 * 60 * 60 * 1000,
  cardTimeMs: 90_000,
  listLength: 1_000_000,
  textLength: 16 * 1024 * 1024,
  payloadBytes: 10 * 1024 * 1024,
  concurrency: 200,
  liveFlows: 1_000,
  spawnedFlows: 10_000,
  heldBytes: 512 * 1024 * 1024,
  outputLength: MAX_JSON_LENGTH,
  recordBytes: 16 * 1024 * 1024,
});

/**
 * The limits with some of them changed. One that is undefined stays as it is.
 *
 * @throws FlowdeckError `limit-invalid` for an unknown limit, or one that is not a positive number: taken as it is, it
 * would limit nothing.
 */
export function changeLimits(limits: Limits, changes: Partial<Limits> | undefined): Limits {
  if (changes === undefined) return limits;
  const changed: Record<string, number> = { ...limits };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(limits, name)) throw invalidLimit(name, `There is no limit "${name}".`, Object.keys(limits));
    if (typeof value !== 'number' || !(value > 0))
      throw invalidLimit(name, `The limit ${name} is not a positive number.`, []);
    changed[name] = value;
  }
  // Every name was there before.
  return changed as unknown as Limits;
}

function invalidLimit(name: string, message: string, close: readonly string[]): FlowdeckError {
  const limits = `Limits: ${Object.keys(DEFAULT_LIMITS).join(', ')}; each a positive number, or Infinity.`;
  return new FlowdeckError('limit-invalid', message, { at: { field: name }, hint: didYouMean(name, close, limits) });
}

/** The value that a run gives, unless it would be too long as text. */
export function withinOutputLength<T>(value: T, { outputLength }: Limits, at: Place = {}): T {
  if (jsonLength(value, outputLength) > outputLength) throw tooLongOutput(outputLength, at);
  return value;
}

/** What a run gives would be too long as text. */
export function tooLongOutput(most: number, at: Place = {}): LimitError {
  const message = `What the run gives is longer than the limit outputLength (${most} characters of JSON), or nests too deep.`;
  return new LimitError('outputLength', message, {
    at,
    hint: 'Give less, put large contents into a file, or raise the limit outputLength. A value that stands in many places counts in each.',
  });
}
