/** What a simulated run would have done. */
import { FileRef, FlowRef, type Value } from '@flowdeck/engine';

/** Values by name, as JSON. */
export type PlainRecord = Readonly<Record<string, unknown>>;

/** How a call failed. */
export interface EffectError {
  /** What happened, in the words of the service or the port. */
  readonly message: string;
  /** Such as `http-status`. */
  readonly code: string;
  /** Of HTTP; null without one. */
  readonly statusCode: number | null;
  /** What the service said; null when nothing is known. */
  readonly body: unknown;
}

/** One call to the world that was not made. */
export interface Effect {
  /** `card`: of a connector. `http`: a request. `flow`: of a flow that a mock stands for. */
  readonly kind: 'card' | 'http' | 'flow';
  /** Flow and card that would have made it; null for a request that no card made. */
  readonly flow: string | null;
  /** Id of the card, see `flow`. */
  readonly card: string | null;
  /** Such as `okta`; `http` for requests; `flow` for flows. */
  readonly connector: string;
  /** Such as `readUser`; the method of a request; the id of a flow. */
  readonly action: string;
  /** What it was given, as JSON. */
  readonly inputs: PlainRecord;
  /** What it was answered; null when it failed. */
  readonly outputs: PlainRecord | null;
  /** What a streaming card handed to its helper flow, one after the other. */
  readonly records?: readonly unknown[];
  /** How it failed; null when it did not. */
  readonly error: EffectError | null;
}

/** Values as JSON: dates as ISO text, files and flows by name. */
export function recorded(values: Readonly<Record<string, Value>>): PlainRecord {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
}

const SHOWN_LEVELS = 40;

/** A value as JSON. */
export function plain(value: Value, level = 0): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof FileRef) return { file: value.name };
  if (value instanceof FlowRef) return { flow: value.id };
  if (level >= SHOWN_LEVELS) return '…';
  if (Array.isArray(value)) return value.map((item: Value) => plain(item, level + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, level + 1)]));
}
