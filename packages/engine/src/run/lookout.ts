/** When a run looks up from its cards: at the clock, at what it holds, and at those who wait for their turn. */
import { type FlowdeckError, LimitError } from '../errors.js';
import type { Step } from '../plan/index.js';
import type { Clock } from '../ports/index.js';
import type { Breath } from './breath.js';
import type { Execution } from './execution.js';
import { TOO_MANY_STEPS } from './halt.js';
import type { Holdings } from './holdings.js';
import type { Limits } from './limits.js';
import type { RunTree } from './tree.js';

/** Most cards, and most calls, between two looks. Reading the clock costs as much as two plain cards. */
const MOST_BETWEEN = 64;
/** A stretch between two looks that took longer makes the next one shorter. */
const SLOW_MS = 1;

/** The run that looks up. */
export interface Bounded {
  readonly limits: Limits;
  readonly tree: RunTree;
  readonly halted: unknown;
  /** Reading of `Clock.elapsed` at which the wall time is up. */
  readonly deadline: number;
  readonly holdings: Holdings;
  readonly world: { readonly clock: Clock; readonly breath: Breath };
  halt(error: FlowdeckError, step?: Step, execution?: Execution): unknown;
}

/**
 * Neither timers nor a cancel are heard while cards run in one go. So the cards of a run, its calls and blocks count
 * against `tree.horizon` and `tree.calls`, and look up when these are used up: often while cards are slow, and at most
 * every 64 of them.
 */
export class Lookout {
  readonly #run: Bounded;
  #last: number;
  #between = 1;

  constructor(run: Bounded) {
    this.#run = run;
    this.#last = run.world.clock.elapsed();
    this.#setHorizon();
  }

  /** True when others are due their turn: wait for `turn` before the run goes on. Throws what ends the run. */
  look(step: Step, execution: Execution): boolean {
    const run = this.#run;
    if (run.tree.steps > run.limits.steps) throw TOO_MANY_STEPS;
    if (run.halted !== null) throw run.halted;
    const now = run.world.clock.elapsed();
    if (now > run.deadline) throw run.halt(wallTime(run.limits.wallTimeMs), step, execution);
    const held = run.holdings.count(execution, now);
    if (held > run.limits.heldBytes) throw run.halt(heldBytes(run.limits.heldBytes), step, execution);
    this.#between = now - this.#last > SLOW_MS ? 1 : Math.min(this.#between * 2, MOST_BETWEEN);
    this.#last = now;
    const due = run.world.breath.due(now);
    if (due) this.#between = 1;
    this.#setHorizon();
    return due;
  }

  /** Resolves when others have had their turn; rejects if they ended the run. */
  async turn(): Promise<void> {
    const { breath, clock } = this.#run.world;
    // Many may have waited for the same turn: those that would hold the event loop again wait for the next.
    do await breath.turn();
    while (this.#run.halted === null && breath.due(clock.elapsed()));
    if (this.#run.halted !== null) throw this.#run.halted;
  }

  /** The next card looks up: this one gave a value that takes long to work with. */
  soon(): void {
    this.#between = 1;
    this.#run.tree.horizon = 0;
    this.#run.tree.calls = 0;
  }

  #setHorizon(): void {
    const { tree, limits } = this.#run;
    tree.horizon = Math.min(tree.steps + this.#between, limits.steps);
    tree.calls = this.#between;
  }
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
