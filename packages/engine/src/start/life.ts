/** One life of a run, from its first card to what is reported of its end. */
import type { Registry } from '../cards/index.js';
import type { Deck } from '../deck.js';
import type { Observer } from '../observe/index.js';
import type { FlowPlan, StepOutcome } from '../plan/index.js';
import type { RunRuntime } from '../ports/index.js';
import { DurableSeam } from '../run/durable-seam.js';
import type { Frame } from '../run/frame.js';
import type { FlowOutcome } from '../run/outcome.js';
import type { PendingWaits } from '../run/pending-waits.js';
import { enterRoot, outcomeOfRoot, ROOT_OUTCOME, type RootEnd } from '../run/root.js';
import type { Run } from '../run/run.js';
import type { World } from '../run/world.js';
import type { DeckTables } from '../tables.js';
import type { Value, ValueObject } from '../values/index.js';
import type { Aborts } from './abort.js';
import { connectOrEnd, HostFault, needsConnections } from './connections.js';

/** What an engine shares among its runs. */
export interface House {
  readonly world: World;
  readonly registry: Registry;
  readonly observer: Observer;
  readonly tables: DeckTables;
  readonly aborts: Aborts;
}

type Report<T> = (run: Run, outcome: FlowOutcome | null, error: unknown) => T | Promise<T>;

/** What is known before the first card. */
export interface Life<T> {
  readonly house: House;
  readonly deck: Deck;
  readonly plan: FlowPlan;
  readonly slots: Value[];
  /** Name of the connection that the flow itself runs with. */
  readonly connection: string | undefined;
  /** Cancels the run. */
  readonly signal: AbortSignal | undefined;
  /** Gives this life up. */
  readonly abandon: AbortSignal | undefined;
  /** Opens the run in what remembers it. Null: nothing does. */
  readonly open: ((run: Run) => RunRuntime | Promise<RunRuntime>) | null;
  /** Follows what the run waits for where it is opened. Absent: nobody asks. */
  readonly waits?: PendingWaits | null;
  readonly end: LifeEnd<T>;
}

/**
 * Most runs need nothing before their first card: they start at once, and hold no suspended function while they wait. One
 * that never waits has ended when this returns.
 */
export function live<T>(life: Life<T>, run: Run): Promise<T> {
  const detach = attach(life, run);
  const end = detach === null ? life.end : life.end.detaching(detach);
  const tables = life.house.tables.prepare(life.deck);
  let outcome: FlowOutcome | null = null;
  let failed: unknown = null;
  try {
    const isReady = tables === null && life.open === null && !needsConnections(life);
    if (!isReady) return ending(prepare(life, run, tables, detach), end, run);
    const entered = execute(run, life.slots, null, end);
    if (entered instanceof Promise) return entered;
    outcome = entered;
  } catch (error) {
    failed = error;
  }
  try {
    return Promise.resolve(outcome === null ? end.failed(failed, { run }) : end.given(outcome, run));
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * What is made of the end of a life. Most have the same: it knows nothing of its run, for what it can reach is held as long
 * as the run waits.
 */
export class LifeEnd<T> implements RootEnd<T> {
  readonly #report: Report<T>;
  readonly #detach: (() => void) | null;

  constructor(report: Report<T>, detach: (() => void) | null = null) {
    this.#report = report;
    this.#detach = detach;
  }

  /** The same for a run that the host's signals reach until then. */
  detaching(detach: () => void): LifeEnd<T> {
    return new LifeEnd(this.#report, detach);
  }

  ended(later: StepOutcome, frame: Frame): T | Promise<T> {
    let outcome: FlowOutcome;
    try {
      outcome = outcomeOfRoot(frame, later);
    } catch (error) {
      return this.failed(error, frame);
    }
    return this.given(outcome, frame.run);
  }

  given(outcome: FlowOutcome, run: Run): T | Promise<T> {
    return conclude(this.#report, run, this.#detach, outcome, null);
  }

  failed(error: unknown, { run }: { readonly run: Run }): T | Promise<T> {
    return conclude(this.#report, run, this.#detach, null, error);
  }
}

/** A function of its own, for the same reason. */
function ending<T>(outcome: Promise<FlowOutcome>, end: LifeEnd<T>, run: Run): Promise<T> {
  return outcome.then(
    (ended) => end.given(ended, run),
    (error: unknown) => end.failed(error, { run }),
  );
}

/** Lets the host's signals reach the run. The function that it gives ends that. */
function attach({ house, signal, abandon }: Life<unknown>, run: Run): (() => void) | null {
  const detach = house.aborts.attach(signal, run);
  return abandon === undefined ? detach : abandonable(abandon, run, detach);
}

function abandonable(abandon: AbortSignal, run: Run, detach: (() => void) | null): () => void {
  const giveUp = () => run.giveUp(abandon.reason);
  if (abandon.aborted) giveUp();
  else abandon.addEventListener('abort', giveUp, { once: true });
  return () => {
    detach?.();
    abandon.removeEventListener('abort', giveUp);
  };
}

async function prepare(
  life: Life<unknown>,
  run: Run,
  tables: Promise<void> | null,
  detach: (() => void) | null,
): Promise<FlowOutcome> {
  // A fault of a table is heard below, unless a connection fails first.
  tables?.catch(() => undefined);
  const connection = needsConnections(life) ? await connectOrEnd(life, run, detach) : null;
  await tables;
  if (life.open !== null) run.open(new DurableSeam(run, await life.open(run), life.waits));
  return execute(run, life.slots, connection, ROOT_OUTCOME);
}

function execute<T>(
  run: Run,
  slots: Value[],
  connection: ValueObject | null,
  end: RootEnd<T>,
): FlowOutcome | Promise<T> {
  if (run.halted !== null) throw run.halted;
  return enterRoot(run, slots, connection, end);
}

function conclude<T>(
  report: Report<T>,
  run: Run,
  detach: (() => void) | null,
  outcome: FlowOutcome | null,
  error: unknown,
): T | Promise<T> {
  if (error instanceof HostFault) throw error.error;
  // What the flow itself answers does not wait for the flows that it started.
  if (outcome !== null && outcome.answer !== null && run.entrance === null) run.respond(outcome.answer);
  // Flows that nobody waits for belong to the run: nothing goes on after its result is known.
  const remaining = run.seam.remaining(run);
  if (remaining !== null) {
    run.world.deadlines.add(run);
    return concludeAfter(remaining, report, run, detach, outcome, error);
  }
  // What ended the run ends it, also where only they were under way, or a card met its end as an error of its own.
  if (run.halted !== null && error !== run.halted) return conclude(report, run, detach, null, run.halted);
  detach?.();
  const { givenUp } = run;
  run.end();
  // Another life may come, and it is that one which has an end.
  if (givenUp !== null) throw givenUp.reason;
  return report(run, outcome, error);
}

function concludeAfter<T>(
  remaining: Promise<unknown>,
  report: Report<T>,
  run: Run,
  detach: (() => void) | null,
  outcome: FlowOutcome | null,
  error: unknown,
): Promise<T> {
  const again = () => conclude(report, run, detach, outcome, error);
  return remaining.then(again, again);
}
