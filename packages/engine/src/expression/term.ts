/** What an operator works on, as data: to call a closure for a literal or a value in a slot costs more than to read it. */
import { FlowRef } from '../values/index.js';

/** Gives a JSONata value: undefined is nothing. */
export type Evaluator<F> = (frame: F) => unknown;

/** A literal, a short path from a slot, or whatever a closure gives. One shape for all. */
export interface Term<F> {
  /** Of the frame; or `LITERAL` or `COMPUTED`. */
  readonly slot: number;
  /** Names of the path from there; null: it is no longer. */
  readonly first: string | null;
  readonly last: string | null;
  readonly literal: unknown;
  /** Gives the value, whatever it is. */
  readonly read: Evaluator<F>;
}

const LITERAL = -1;
const COMPUTED = -2;

export function literally<F>(literal: unknown): Term<F> {
  return { slot: LITERAL, first: null, last: null, literal, read: () => literal };
}

export function computed<F>(read: Evaluator<F>): Term<F> {
  return { slot: COMPUTED, first: null, last: null, literal: undefined, read };
}

/** Only names that no list, date or prototype has. */
export function inSlot<F>(slot: number, first: string | null, last: string | null, read: Evaluator<F>): Term<F> {
  return { slot, first, last, literal: undefined, read };
}

/** A frame whose binder tells slots. */
interface Slotted {
  readonly slots: readonly unknown[];
}

/** Numbers, texts and booleans are found here; `read` knows lists, dates and all that is rare. */
export function termValue<F>(term: Term<F>, frame: F): unknown {
  const { slot } = term;
  if (slot >= 0) {
    let value = (frame as unknown as Slotted).slots[slot]; // the binder says so
    if (term.first !== null) value = member(value, term.first);
    if (term.last !== null) value = member(value, term.last);
    if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  }
  return slot === LITERAL ? term.literal : term.read(frame);
}

/** For those who want a closure. */
export function evaluatorOf<F>(term: Term<F>): Evaluator<F> {
  return term.slot >= 0 ? (frame) => termValue(term, frame) : term.read;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || value instanceof FlowRef) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name]; // any object has members
}
