/** Pure cards that only histories hear of: written down in a row, a few cells each, and told as events when somebody asks. */
import type { CardTrace, TraceTaker } from '../observe/index.js';
import type { Step } from '../plan/index.js';
import type { Value } from '../values/index.js';
import { cardEnded, cardStarted, type SeenCard, type ToldOf } from './card-events.js';

/** Longer texts, lists and objects are told as they come: a history that waits is not to hold on to much. */
const SLIGHT_TEXT = 128;
/** Cards of one trace. */
const MOST_CARDS = 128;

/** A value that costs nothing to keep, and that is event data as it is. */
export function isSlight(value: unknown): value is string | number | boolean | null {
  // Cheaper than `Number.isFinite`.
  if (typeof value === 'number') return value - value === 0;
  if (typeof value === 'string') return value.length <= SLIGHT_TEXT;
  return typeof value === 'boolean' || value === null;
}

export class Trace implements CardTrace, ToldOf {
  readonly type = 'trace';
  readonly runId: string;
  readonly executionId: string;
  length = 0;
  isOpen = true;
  /** Number of the first card; the others follow. */
  readonly #first: number;
  readonly #at: number;
  /** Of each card its step, its start and end after that of the trace, how long it took, its inputs, its outputs. */
  readonly #cells: unknown[] = [];

  constructor({ runId, executionId }: ToldOf, first: number, at: number) {
    this.runId = runId;
    this.executionId = executionId;
    this.#first = first;
    this.#at = at;
  }

  /** Writes a card down. All its values are slight. */
  add(
    step: Step,
    begun: number,
    ended: number,
    durationMs: number,
    args: readonly unknown[],
    slots: readonly Value[],
  ): void {
    const cells = this.#cells;
    // Small numbers are not boxed.
    cells.push(step, begun - this.#at, ended - this.#at, durationMs);
    const { inputs, outputs } = step;
    for (let i = 0; i < inputs.length; i++) cells.push(args[i]);
    for (let i = 0; i < outputs.length; i++) cells.push(slots[(outputs[i] as Step['outputs'][number]).slot]); // within the length
    if (++this.length === MOST_CARDS) this.isOpen = false;
  }

  close(): void {
    this.isOpen = false;
  }

  *events(): ReturnType<CardTrace['events']> {
    let at = 0;
    let seq = this.#first;
    const next = (count: number): unknown[] => {
      at += count;
      return this.#cells.slice(at - count, at);
    };
    const seen = (fields: readonly { readonly name: string }[]) => {
      const values = next(fields.length) as (string | number | boolean | null)[]; // slight ones
      return Object.fromEntries(fields.map(({ name }, i) => [name, values[i] ?? null]));
    };
    while (at < this.#cells.length) {
      const [step, begun, ended, durationMs] = next(4) as [Step, number, number, number]; // as `add` wrote them
      const card: SeenCard = { seq, attempts: 1, seenInputs: seen(step.inputs), seenOutputs: seen(step.outputs) };
      yield cardStarted(step, this, seq++, this.#at + begun);
      yield cardEnded(step, this, card, null, this.#at + ended, durationMs);
    }
  }
}

/** The traces of one run: of those that are open, the one that goes on. */
export class Traces {
  #last: Trace | null = null;
  #execution: ToldOf | null = null;

  /** Where the card of this number, which began `at`, is written down. */
  of(execution: ToldOf, seq: number, at: number, take: TraceTaker): Trace {
    const last = this.#last;
    if (last?.isOpen && this.#execution === execution) return last;
    const trace = new Trace(execution, seq, at);
    this.#last = trace;
    this.#execution = execution;
    take(trace);
    return trace;
  }

  /** Something else is told: nothing is to come out of order. */
  end(): void {
    this.#last = null;
  }
}
