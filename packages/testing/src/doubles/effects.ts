/** What a simulated run would have done. */
import { FileRef, FlowRef, type Value } from '@flowdeck/engine';

/** Values by name, as JSON. */
export type PlainRecord = Readonly<Record<string, unknown>>;

/** One call to the world that was not made. */
export interface Effect {
  /** `card`: of a connector. `http`: a request. */
  readonly kind: 'card' | 'http';
  /** Flow and card that would have made it; null for a request, which the port cannot place. */
  readonly flow: string | null;
  readonly card: string | null;
  /** Such as `okta`; `http` for requests. */
  readonly connector: string;
  /** Such as `readUser`; the method of a request. */
  readonly action: string;
  readonly inputs: PlainRecord;
  /** What it was answered; null when it failed. */
  readonly outputs: PlainRecord | null;
  readonly error: string | null;
}

/** The effects of a run, in order, and how often each card had its turn. */
export class Journal {
  readonly effects: Effect[] = [];
  readonly #turns = new Map<string, number>();

  note(effect: Effect): void {
    this.effects.push(effect);
  }

  /** 0 for the first time that the card is run, then 1, 2, ... */
  turn(flow: string, card: string): number {
    const key = `${flow}/${card}`;
    const turn = this.#turns.get(key) ?? 0;
    this.#turns.set(key, turn + 1);
    return turn;
  }
}

/** Values as JSON: dates as ISO text, files and flows by name. */
export function recorded(values: Readonly<Record<string, Value>>): PlainRecord {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value, 0)]));
}

const SHOWN_LEVELS = 40;

function plain(value: Value, level: number): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof FileRef) return { file: value.name };
  if (value instanceof FlowRef) return { flow: value.id };
  if (level >= SHOWN_LEVELS) return '…';
  if (Array.isArray(value)) return value.map((item: Value) => plain(item, level + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, level + 1)]));
}
