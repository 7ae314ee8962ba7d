/** Cards told to histories in one piece: nobody else hears of cards, and a history that nobody reads needs no events. */
import type { CardEvent, FlowEvent } from './events.js';

/** Pure cards of one execution that have ended well, one after the other. */
export interface CardTrace {
  readonly type: 'trace';
  readonly executionId: string;
  /** How many there are by now. */
  readonly length: number;
  /** Nothing is added any more: a history has counted on what there is. */
  close(): void;
  /** What an observer would have heard of them. */
  events(): Iterable<CardEvent>;
}

/** Takes a trace when its first card has ended. Others may follow, until it is closed. */
export type TraceTaker = (trace: CardTrace) => void;

/** Where a handler says that it takes traces. Another copy of the engine does not know the name, and gives events. */
const TAKES = Symbol('takes traces');

/** A handler of events that would rather have traces of cards. */
export function takingTraces(handler: (event: FlowEvent) => void, take: TraceTaker): (event: FlowEvent) => void {
  return Object.assign(handler, { [TAKES]: take });
}

/** What the handler takes traces with. Null: it hears of cards as they begin and end. */
export function takerOf(handler: (event: never) => unknown): TraceTaker | null {
  return (handler as { readonly [TAKES]?: TraceTaker })[TAKES] ?? null; // only `takingTraces` knows the name
}

/** Gives a trace to all of them. Null: there is none. */
export function takenBy(takers: readonly TraceTaker[]): TraceTaker | null {
  const [first = null, ...others] = takers;
  if (first === null || others.length === 0) return first;
  return (trace) => {
    for (const take of takers) take(trace);
  };
}
