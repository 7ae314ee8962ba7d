/** Numbers the executions of cards within an execution of a flow, as events tell them. */
import type { Step } from '../plan/index.js';
import type { Execution } from './execution.js';

/** The next number of one execution, and those of the cards under way, for those that call or tell more. */
interface Numbers {
  next: number;
  readonly running: Map<Step, number>;
}

export class CardNumbers {
  readonly #known = new WeakMap<Execution, Numbers>();
  /** The execution that was asked for last, and its numbers: nearly always the next one too. */
  #lastExecution: Execution | null = null;
  #lastNumbers: Numbers = noNumbers;

  /** Passes of a loop block are part of the flow's own execution. */
  of(execution: Execution): Numbers {
    if (execution === this.#lastExecution) return this.#lastNumbers;
    let home = execution;
    while (home.pass && home.caller) home = home.caller;
    let numbers = this.#known.get(home);
    if (!numbers) {
      numbers = { next: 0, running: new Map() };
      this.#known.set(home, numbers);
    }
    this.#lastExecution = execution;
    this.#lastNumbers = numbers;
    return numbers;
  }
}

/** Stands in until an execution was asked for; never counted with. */
const noNumbers: Numbers = Object.freeze({ next: 0, running: new Map<Step, number>() });
