/** Flows beside a run, which nobody waits for: those that have not begun, those under way, and how the others ended. */
import type { RunStatus } from '../observe/index.js';
import type { Step } from '../plan/index.js';
import type { Execution } from './execution.js';

/** How a flow that was started with Call Flow Async ended. */
export interface ChildOutcome {
  readonly executionId: string;
  readonly flow: string;
  readonly status: RunStatus;
  readonly error: unknown;
}

/** A flow that has not begun. */
export interface Unstarted {
  readonly executionId: string;
  readonly flow: string;
  /** Runs it. */
  begin(): Ending | Promise<Ending>;
}

interface Ending {
  readonly kind: 'return' | 'end' | 'stop';
}

/** The run that they are beside. */
export interface Spawning {
  /** What to wait for before another flow begins; null: nothing. */
  rest(): Promise<void> | null;
  /** What an error means that a flow ended with. */
  failed(error: unknown): Pick<ChildOutcome, 'status' | 'error'>;
}

/** So many of them are told of, and as many again that failed. */
const MOST_CHILDREN = 500;

export class Beside {
  /** How they ended, in that order. */
  readonly children: ChildOutcome[] = [];
  /** Those that are not in the list, which ends somewhere. */
  moreChildren = 0;
  #failedChildren = 0;
  readonly #run: Spawning;
  #unstarted: Unstarted[] = [];
  /** Place of the first that has not begun: taking from the front of a long list would copy it. */
  #first = 0;
  #underWay = 0;
  #isBeginning = false;
  #settled: Promise<void> | null = null;
  #settle: () => void = () => {};

  constructor(run: Spawning) {
    this.#run = run;
  }

  /** Those that have not ended. */
  get live(): number {
    return this.#unstarted.length - this.#first + this.#underWay;
  }

  /** All of them. */
  get spawned(): number {
    return this.live + this.children.length + this.moreChildren;
  }

  /** Begins the flow when those before it have, and whoever starts it waits or ends. */
  add(start: Unstarted): void {
    this.#unstarted.push(start);
    if (!this.#isBeginning) void this.#beginAll();
  }

  /** One line for all of them: they are dropped in one pass when the run ends, and each lets others go on. */
  async #beginAll(): Promise<void> {
    this.#isBeginning = true;
    do {
      await null;
      for (let rest = this.#run.rest(); rest !== null; rest = this.#run.rest()) await rest;
    } while (this.#beginNext());
    this.#isBeginning = false;
  }

  /** False: none waits. */
  #beginNext(): boolean {
    const start = this.#unstarted[this.#first];
    if (start === undefined) return false;
    if (++this.#first === this.#unstarted.length) this.#clear();
    this.#underWay++;
    try {
      const ending = start.begin();
      if (ending instanceof Promise) this.#follow(start, ending);
      else this.#ended(start, ending);
    } catch (error) {
      this.#broke(start, error);
    }
    return true;
  }

  /** None of those begins that have not: the run has ended with this error. */
  drop(error: unknown): void {
    const dropped = this.#unstarted;
    const how = this.#run.failed(error);
    let at = this.#first;
    this.#clear();
    for (; at < dropped.length && this.#room(how.status) > 0; at++) {
      const { executionId, flow } = dropped[at] as Unstarted; // within the length
      this.keep({ executionId, flow, ...how });
    }
    this.moreChildren += dropped.length - at;
    this.#check();
  }

  /**
   * True when this card is all that one of these flows waits for: the flow has ended with the run, and nothing is left of
   * it. False for any other, which ends by itself.
   */
  leave(step: Step | null, { plan, home, pass }: Execution, error: unknown): boolean {
    if (home === null || pass || step === null || !plan.body.steps.includes(step)) return false;
    this.#keepFailed({ executionId: home, flow: plan.id }, error);
    this.#underWay--;
    return true;
  }

  /** Resolves when none is left. */
  settled(): Promise<void> {
    this.#settled ??= new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#check();
    return this.#settled;
  }

  #clear(): void {
    this.#unstarted = [];
    this.#first = 0;
  }

  #follow(start: Unstarted, ending: Promise<Ending>): void {
    ending.then(
      (value) => this.#ended(start, value),
      (error: unknown) => this.#broke(start, error),
    );
  }

  #ended({ executionId, flow }: Unstarted, { kind }: Ending): void {
    this.keep({ executionId, flow, status: kind === 'stop' ? 'stopped' : 'success', error: null });
    this.#underWay--;
    this.#check();
  }

  #broke(start: Unstarted, error: unknown): void {
    this.#keepFailed(start, error);
    this.#underWay--;
    this.#check();
  }

  /** A flow that ran elsewhere has ended with this error. */
  ended(executionId: string, flow: string, error: unknown): void {
    this.#keepFailed({ executionId, flow }, error);
  }

  #keepFailed({ executionId, flow }: Pick<Unstarted, 'executionId' | 'flow'>, error: unknown): void {
    this.keep({ executionId, flow, ...this.#run.failed(error) });
  }

  /** Successes leave room for failures: those are what is looked for. */
  keep(child: ChildOutcome): void {
    if (this.#room(child.status) <= 0) this.moreChildren++;
    else {
      this.children.push(child);
      if (child.status === 'error') this.#failedChildren++;
    }
  }

  #room(status: RunStatus): number {
    return MOST_CHILDREN - (status === 'error' ? this.#failedChildren : this.children.length - this.#failedChildren);
  }

  #check(): void {
    if (this.live > 0 || this.#settled === null) return;
    this.#settle();
    this.#settled = null;
  }
}
