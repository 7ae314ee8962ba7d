/** What is seen of one execution of a card, and the events made of it. */
import { Leave } from '../cards/index.js';
import { type Redactor, toData } from '../observe/index.js';
import type { Step, StepOutcome } from '../plan/index.js';
import type { DataObject, JsonData, Value } from '../values/index.js';
import type { Watcher } from './attempt.js';
import type { SeenCard } from './card-events.js';
import type { Execution } from './execution.js';
import { takesRecord } from './step-values.js';

/** Sees the inputs and outputs of one step. */
export class StepWatcher implements Watcher, SeenCard {
  attempts = 1;
  seq = 0;
  /** By the monotonic clock, in milliseconds. */
  startedAt = 0;
  /** Somebody hears of cards. */
  readonly record: boolean;
  seenInputs: DataObject | null = null;
  seenOutputs: DataObject | null = null;
  readonly #step: Step;
  readonly #execution: Execution;
  readonly #redactor: Redactor;
  /** Values, where the card is pure: it gets nothing else. */
  #args: readonly Value[] = [];

  constructor(step: Step, execution: Execution, redactor: Redactor, record: boolean) {
    this.#step = step;
    this.#execution = execution;
    this.#redactor = redactor;
    this.record = record;
  }

  inputs(args: readonly unknown[]): void {
    const { inputs, extra, card } = this.#step;
    // The values of the declared inputs come first; the record of extra ones follows, where the card takes it.
    const values = args as readonly Value[];
    const record = args[inputs.length] as Readonly<Record<string, Value>> | undefined; // see above
    for (let i = 0; i < inputs.length; i++) {
      if (inputs[i]?.field.secret) this.#redactor.add(values[i] ?? null);
    }
    for (const { name, field } of extra) {
      if (field.secret) this.#redactor.add(record?.[name] ?? null);
    }
    if (!this.#redactor.empty && card.kind === 'pure') this.#args = [...values];
    if (!this.record) return;
    const seen: Record<string, JsonData> = {};
    for (let i = 0; i < inputs.length; i++) seen[inputs[i]?.name ?? ''] = dataOf(values[i] ?? null);
    if (takesRecord(this.#step)) {
      const prefix = card.extraInputs?.group === undefined ? '' : `${card.extraInputs.group}/`;
      for (const [name, value] of Object.entries(record ?? {})) seen[prefix + name] = dataOf(value);
    }
    this.seenInputs = this.#redactor.redact(seen);
  }

  outputs(): void {
    const { outputs, card } = this.#step;
    const { slots } = this.#execution;
    for (const { slot, field } of outputs) {
      const value = slots[slot] ?? null;
      if (field.secret) this.#redactor.add(value);
      else if (card.kind === 'pure' && !this.#redactor.empty) this.#redactor.derive(this.#args, value);
    }
    if (!this.record) return;
    const seen: Record<string, JsonData> = {};
    for (const { name, slot } of outputs) seen[name] = dataOf(slots[slot] ?? null);
    this.seenOutputs = this.#redactor.redact(seen);
  }

  /** A card that left gives its result instead of outputs. */
  left(outcome: StepOutcome): void {
    if (!this.record || !(outcome instanceof Leave)) return;
    // A record stays a record.
    this.seenOutputs = this.#redactor.data(outcome.outputs) as DataObject;
  }
}

/** Texts, finite numbers and booleans are data already. */
function dataOf(value: Value): JsonData {
  // See above.
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value as JsonData;
  return toData(value);
}
