/** Numbers the executions of cards within an execution of a flow, as events tell them. */
import type { Step } from '../plan/index.js';
import type { Execution } from './execution.js';

/** A card under way. */
interface RunningCard {
  readonly seq: number;
  /** By the monotonic clock, in milliseconds; so are all starts here. */
  readonly startedAt: number;
}

/** The next number of one execution, and the cards under way that may call or tell more. */
interface Numbers {
  next: number;
  startedAt: number;
  readonly running: Map<Step, RunningCard>;
}

/** When executions and cards began that are under way, by name. */
export type Starts = ReadonlyMap<string, number>;

export class CardNumbers {
  readonly #known = new WeakMap<Execution, Numbers>();
  /** The execution that was asked for last, and its numbers: nearly always the next one too. */
  #lastExecution: Execution | null = null;
  #lastNumbers: Numbers = noNumbers;
  /** What began in a life that was given up; null once this one has come as far. */
  earlier: Starts | null = null;

  /** Passes of a loop block are part of the flow's own execution. */
  of(execution: Execution): Numbers {
    if (execution === this.#lastExecution) return this.#lastNumbers;
    let home = execution;
    while (home.pass && home.caller) home = home.caller;
    let numbers = this.#known.get(home);
    if (!numbers) {
      numbers = { next: 0, startedAt: 0, running: new Map() };
      this.#known.set(home, numbers);
    }
    this.#lastExecution = execution;
    this.#lastNumbers = numbers;
    return numbers;
  }

  /** An execution begins now. Gives when it began, which may have been in an earlier life. */
  begins(execution: Execution, now: number): number {
    const startedAt = this.earlier?.get(execution.executionId) ?? now;
    this.of(execution).startedAt = startedAt;
    return startedAt;
  }

  /** When a card began that begins now. */
  startOf({ executionId }: Execution, seq: number, now: number): number {
    return this.earlier?.get(cardNamed(executionId, seq)) ?? now;
  }

  /** Of executions under way: when they and their cards began. */
  starts(executions: Iterable<Execution>): Starts {
    const starts = new Map<string, number>();
    for (const execution of executions) {
      if (execution.pass) continue;
      const { executionId } = execution;
      const { startedAt, running } = this.of(execution);
      starts.set(executionId, startedAt);
      for (const card of running.values()) starts.set(cardNamed(executionId, card.seq), card.startedAt);
    }
    return starts;
  }
}

function cardNamed(executionId: string, seq: number): string {
  return `${executionId} ${seq}`;
}

/** Stands in until an execution was asked for; never counted with. */
const noNumbers: Numbers = Object.freeze({ next: 0, startedAt: 0, running: new Map<Step, RunningCard>() });
