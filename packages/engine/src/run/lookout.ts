/** When a run looks up from its cards: at the clock, at what it holds, and at those who wait for their turn. */
import { type FlowdeckError, LimitError } from '../errors.js';
import type { Step } from '../plan/index.js';
import type { Clock } from '../ports/index.js';
import { type Breath, realTime } from './breath.js';
import type { Execution } from './execution.js';
import { TOO_MANY_STEPS } from './halt.js';
import type { Holdings } from './holdings.js';
import type { Limits } from './limits.js';
import type { RunTree } from './tree.js';

/** Most calls and blocks between two looks: reading the clock costs as much as a card or two. */
const MOST_CALLS = 64;
/** Before the first look: until then nothing is known of how long the cards of a run take. */
const FIRST_CALLS = 3;
/** A card that may have worked with a large value counts as so many calls. */
export const LARGE_CALLS = 8;
/** So many cards count as much as one call. */
const CARDS_PER_CALL = 4;
/** A stretch between two looks that took longer makes the next one shorter. */
const SLOW_MS = 1;
/** Milliseconds between two estimates of what the run holds, and before the first; short runs never pay for one. */
const HELD_PAUSE_MS = 50;

/** The run that looks up. */
export interface Bounded {
  readonly limits: Limits;
  readonly tree: RunTree;
  readonly halted: unknown;
  /** Reading of `Clock.elapsed` at which the wall time is up. */
  readonly deadline: number;
  readonly holdings: Holdings;
  /** An execution that waits and that `holdings` does not know. */
  readonly parked: Execution | null;
  readonly world: { readonly clock: Clock; readonly breath: Breath };
  halt(error: FlowdeckError, step?: Step, execution?: Execution): unknown;
}

/**
 * Neither timers nor a cancel are heard while cards run in one go. So calls, blocks and rows of cards count against
 * `tree.calls` and `tree.horizon`, and the run looks up when these are used up: at once while it is slow, seldom while
 * it is quick. A run that works with large values looks up in its cards too.
 */
export class Lookout {
  readonly #run: Bounded;
  #last: number;
  #weighAt: number;
  #between = FIRST_CALLS;
  /** Others are due their turn since a look where nothing could wait. */
  #owed = false;
  /** Turns under way: others have theirs, and what waits for the run to come to rest goes on waiting. */
  #turns = 0;
  #rest: Promise<void> | null = null;

  /** Made for a run that started at this reading of `Clock.elapsed`. */
  constructor(run: Bounded, started: number) {
    const { clock } = run.world;
    this.#run = run;
    this.#last = clock.real === undefined ? started : clock.real();
    this.#weighAt = this.#last + HELD_PAUSE_MS;
  }

  /** True when others are due their turn: `afterTurn` gives it. Throws what ends the run. */
  look(step: Step, execution: Execution): boolean {
    const run = this.#run;
    if (run.tree.steps > run.limits.steps) throw TOO_MANY_STEPS;
    if (run.halted !== null) throw run.halted;
    const { clock, breath } = run.world;
    const elapsed = clock.elapsed();
    if (elapsed > run.deadline) throw run.halt(wallTime(run.limits.wallTimeMs), step, execution);
    const now = clock.real === undefined ? elapsed : clock.real();
    if (now >= this.#weighAt) {
      this.#weighAt = now + HELD_PAUSE_MS;
      const held = run.holdings.count(execution, run.parked);
      if (held > run.limits.heldBytes) throw run.halt(heldBytes(run.limits.heldBytes), step, execution);
    }
    const isSlow = now - this.#last > SLOW_MS;
    // To watch over the event loop takes a turn of it, which a short run is not to pay for.
    const due = (isSlow || this.#owed || this.#between === MOST_CALLS) && breath.due(now);
    this.#owed = false;
    this.#between = isSlow ? 1 : Math.min(this.#between * 2, MOST_CALLS);
    this.#last = now;
    if (due) this.#between = 1;
    expectLook(run.tree, run.limits, this.#between);
    return due;
  }

  /** The same where nothing can wait: when others are due their turn, the next to count gives it. */
  glance(step: Step, execution: Execution): void {
    if (!this.look(step, execution)) return;
    this.#owed = true;
    this.#lookNext();
  }

  /** Goes on when others have had their turn, unless they ended the run. */
  async afterTurn<T>(go: () => T | Promise<T>): Promise<T> {
    const run = this.#run;
    const { breath, clock } = run.world;
    this.#turns++;
    // Many may have waited for the same turn: those that would hold the event loop again wait for the next.
    do await breath.turn();
    while (run.halted === null && breath.due(realTime(clock)));
    this.#turns--;
    if (run.halted !== null) throw run.halted;
    return go();
  }

  /**
   * When a turn was due depends on how fast the machine is; what a run does in which order must not. So whatever could
   * begin beside cards that gave others their turn waits until these have gone on. Null: nothing is to be waited for.
   */
  rest(): Promise<void> | null {
    if (this.#turns === 0) return null;
    this.#rest ??= this.#untilRest();
    return this.#rest;
  }

  async #untilRest(): Promise<void> {
    const { clock } = this.#run.world;
    // A turn of the event loop, not a promise: by then what the cards led to without waiting is done.
    do await clock.yield();
    while (this.#turns > 0);
    this.#rest = null;
  }

  /** A value has come that takes long to work with: the next to count looks up. */
  large(): void {
    this.#between = 1;
    this.#lookNext();
  }

  #lookNext(): void {
    this.#run.tree.horizon = 0;
    this.#run.tree.calls = 0;
  }
}

/** Has the run look up after so many calls, or the cards that count as much. */
export function expectLook(tree: RunTree, limits: Limits, calls = FIRST_CALLS): void {
  tree.horizon = Math.min(tree.steps + calls * CARDS_PER_CALL, limits.steps);
  tree.calls = calls;
}

export function wallTime(ms: number): LimitError {
  return new LimitError('wallTimeMs', `The run took longer than the limit wallTimeMs (${ms} ms).`, {
    hint: 'Raise the limit wallTimeMs, or find out what the run waits for.',
  });
}

function heldBytes(most: number): LimitError {
  return new LimitError('heldBytes', `The run holds more than the limit heldBytes (${most} bytes, as estimated).`, {
    hint: 'Process less at a time, hand on what is needed only, or raise the limit heldBytes.',
  });
}
