/** Cards that are given much data work in pieces, so that they do not hold a host; with little data they are done at once. */
import { type CardContext, Gradual } from '@flowdeck/engine';
import { type Eventual, isPromise } from './eventually.js';
import { Turns } from './turns.js';

/** Units of one piece: a millisecond or two. */
const PIECE = 8_192;
/** Characters that count as much as an item. */
const CHARACTERS = 64;

/** Work that says where it may be left alone for a while, or waits for a promise, and gives its result at last. */
export type Pieces<T> = Generator<Promise<unknown> | undefined, T, undefined>;

/** What a piece of work has used up: an item that is looked at is a unit, and so are so many characters. */
export class Pace {
  #used = 0;

  spend(units: number): void {
    this.#used += units;
  }

  /** Counts a text that is read, beside the item that it is. */
  read(text: string): void {
    if (text.length >= CHARACTERS) this.#used += text.length / CHARACTERS;
  }

  /** Counts an item. True when the piece is done: `if (pace.step()) yield;`. */
  step(): boolean {
    if (++this.#used < PIECE) return false;
    this.#used = 0;
    return true;
  }
}

/** What the work gives: at once where it is done in one piece, else piece by piece. */
export function gradually<T>(work: Pieces<T>): T | Gradual<T> {
  const first = work.next();
  return first.done ? first.value : new Gradual(work, first.value);
}

/** What has come, or comes later. */
export function* settled<T>(value: Eventual<T>): Pieces<T> {
  if (!isPromise(value)) return value;
  const come: T[] = [];
  yield value.then((given) => come.push(given));
  return come[0] as T; // the work goes on when the promise is fulfilled
}

/** The same for a control card, whose context gives it its turns. */
export function inTurns<T>(work: Pieces<T>, context: CardContext): T | Promise<T> {
  const first = work.next();
  return first.done ? first.value : workInTurns(work, first.value, new Turns(context));
}

async function workInTurns<T>(work: Pieces<T>, first: Promise<unknown> | undefined, turns: Turns): Promise<T> {
  let pending = first;
  for (;;) {
    await pending;
    const turn = turns.due();
    if (turn !== null) await turn;
    const piece = work.next();
    if (piece.done) return piece.value;
    pending = piece.value;
  }
}
