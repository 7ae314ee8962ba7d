/** Starts a run and brings it to its result. */
import type { Registry } from './cards/index.js';
import { openConnection } from './connect/index.js';
import type { Deck } from './deck.js';
import { CancelledError, FlowdeckError } from './errors.js';
import type { Observer, Redactor } from './observe/index.js';
import type { FlowPlan, Parameter } from './plan/index.js';
import type { FlowOutcome } from './run/call.js';
import type { Limits } from './run/limits.js';
import { type ErrorReport, type RunResult, reportError } from './run/result.js';
import { Run } from './run/run.js';
import { openConnection as openRunConnection } from './run/services.js';
import type { World } from './run/world.js';
import type { DeckTables } from './tables.js';
import type { Value, ValueObject } from './values/index.js';

export interface RunOptions {
  /** Id or name of the flow. Default: the only flow of the deck, or the only one that is not a helper. */
  readonly flow?: string;
  /** By field name. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Name of the connection that the flow itself runs with: for the flows of a connector. */
  readonly connection?: string;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<Limits>;
  /** Default: a new one from the engine's ids. */
  readonly runId?: string;
  /** To resume a run: when it was first started, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAt?: number;
}

/** A run under way. */
export interface RunHandle {
  readonly runId: string;
  /** Never rejects for what happens in the flow: look at `status`. */
  readonly result: Promise<RunResult>;
  cancel(reason?: string): void;
  /** Delivers a signal to a run that waits for it (Pause); kept if nobody waits yet. */
  signal(name: string, value: Value): void | Promise<void>;
}

export interface Start {
  readonly deck: Deck;
  readonly plan: FlowPlan;
  readonly options: RunOptions;
  readonly world: World;
  readonly registry: Registry;
  readonly limits: Limits;
  readonly observer: Observer;
  readonly tables: DeckTables;
}

/**
 * Starts a run. What the host did wrong (unknown or unusable inputs, a missing connection) rejects `result`; what goes
 * wrong in the flow is part of it.
 */
export function startRun(start: Start): RunHandle {
  const { plan, options, world } = start;
  const run = new Run({
    id: options.runId ?? world.ids.run(),
    plan,
    world,
    limits: start.limits,
    observer: start.observer,
    startedAt: options.startedAt ?? world.clock.now(),
  });
  return new Handle(run, bring(start, run));
}

class Handle implements RunHandle {
  readonly result: Promise<RunResult>;
  readonly #run: Run;

  constructor(run: Run, result: Promise<RunResult>) {
    this.#run = run;
    this.result = result;
  }

  get runId(): string {
    return this.#run.id;
  }

  cancel(reason?: string): void {
    this.#run.cancel(reason);
  }

  signal(name: string, value: Value): void | Promise<void> {
    return this.#run.signal(name, value);
  }
}

/** Most runs need nothing before their first card: they start at once, and hold no suspended function while they wait. */
function bring(start: Start, run: Run): Promise<RunResult> {
  let slots: Value[];
  try {
    slots = fill(start.plan, start.options, run);
  } catch (error) {
    return Promise.reject(error);
  }
  const detach = attach(start.options.signal, run);
  const tables = start.tables.prepare(start.deck);
  const isReady = tables === null && start.world.runtime.transient && !needsConnections(start);
  const outcome = isReady ? execute(run, slots, null) : prepare(start, run, slots, tables, detach);
  return outcome.then(
    (ended) => conclude(run, detach, ended, null),
    (error: unknown) => conclude(run, detach, null, error),
  );
}

async function prepare(
  start: Start,
  run: Run,
  slots: Value[],
  tables: Promise<void> | null,
  detach: (() => void) | null,
): Promise<FlowOutcome> {
  const { plan, world } = start;
  // A fault of a table is heard below, unless a connection fails first.
  tables?.catch(() => undefined);
  const connection = needsConnections(start) ? await connectOrEnd(start, run, detach) : null;
  await tables;
  if (!world.runtime.transient) {
    const record = {
      runId: run.id,
      flow: plan.id,
      revision: start.deck.revision,
      inputs: byName(plan, slots, false),
      options: byName(plan, slots, true),
      startedAt: run.startedAt,
    };
    run.runtime = await world.runtime.open(record, { signal: run.controller().signal });
  }
  return execute(run, slots, connection);
}

function execute(run: Run, slots: Value[], connection: ValueObject | null): Promise<FlowOutcome> {
  if (run.halted !== null) return Promise.reject(run.halted);
  try {
    const outcome = run.execute(slots, connection);
    return outcome instanceof Promise ? outcome : Promise.resolve(outcome);
  } catch (error) {
    return Promise.reject(error);
  }
}

function conclude(
  run: Run,
  detach: (() => void) | null,
  outcome: FlowOutcome | null,
  error: unknown,
): RunResult | Promise<RunResult> {
  if (error instanceof HostFault) throw error.error;
  // Flows that nobody waits for belong to the run: nothing goes on after its result is known.
  if (run.tree.pending !== null && run.tree.pending.size > 0) {
    return run.tree.settled().then(() => conclude(run, detach, outcome, error));
  }
  detach?.();
  run.end();
  const result = resultOf(run, outcome, error);
  // A run that its runtime refused to open is not the runtime's to close.
  if (run.runtime === null) return result;
  const { status, outputs } = result;
  return Promise.resolve(run.world.runtime.close(run.id, { status, outputs, error: result.error })).then(() => result);
}

/** What rejects the result of a run instead of being part of it: the host's doing, before the first card. */
class HostFault {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Puts the given inputs and options into the flow's slots. */
function fill(plan: FlowPlan, options: RunOptions, run: Run): Value[] {
  const slots = plan.initial.slice();
  assignGiven(plan, slots, options.inputs, false);
  assignGiven(plan, slots, options.options, true);
  for (const parameter of plan.parameters) {
    const { field, name, slot, option } = parameter;
    if (field.required && field.default === undefined) {
      const given = option ? options.options : options.inputs;
      if (given === undefined || !Object.hasOwn(given, name)) throw missingInput(plan, parameter);
    }
    if (field.secret) run.redactor.add(slots[slot] ?? null);
  }
  return slots;
}

function assignGiven(
  plan: FlowPlan,
  slots: Value[],
  values: Readonly<Record<string, unknown>> | undefined,
  option: boolean,
): void {
  if (values === undefined) return;
  for (const name of Object.keys(values)) {
    const parameter = plan.parameter.get(name);
    if (parameter?.option !== option) throw unknownInput(plan, name, option);
    slots[parameter.slot] = convertInput(plan, parameter, values[name]);
  }
}

function unknownInput(plan: FlowPlan, name: string, option: boolean): FlowdeckError {
  const kind = option ? 'option' : 'input';
  const known = plan.parameters.filter((each) => each.option === option).map((each) => each.name);
  return new FlowdeckError('unknown-input', `Flow "${plan.id}" has no ${kind} "${name}".`, {
    at: { flow: plan.id, field: name },
    hint: known.length === 0 ? `It declares no ${kind}s.` : `It has: ${known.join(', ')}.`,
  });
}

function missingInput(plan: FlowPlan, { field, name, option }: Parameter): FlowdeckError {
  return new FlowdeckError('missing-input', `Flow "${plan.id}" needs the ${option ? 'option' : 'input'} "${name}".`, {
    at: { flow: plan.id, field: name },
    hint: `Give it a ${field.list ? 'list of ' : ''}${field.type}${field.description ? `: ${field.description}` : '.'}`,
  });
}

function convertInput(plan: FlowPlan, parameter: Parameter, value: unknown): Value {
  try {
    return parameter.convert(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'It cannot be converted.';
    throw new FlowdeckError('invalid-input', `The value of "${parameter.name}" does not fit: ${reason}`, {
      at: { flow: plan.id, field: parameter.name },
      cause,
    });
  }
}

function byName(plan: FlowPlan, slots: readonly Value[], option: boolean): ValueObject {
  return Object.fromEntries(
    plan.parameters
      .filter((parameter) => parameter.option === option)
      .map(({ name, slot }) => [name, slots[slot] ?? null]),
  );
}

function needsConnections(start: Start): boolean {
  return start.options.connection !== undefined || start.plan.connections.size > 0;
}

/** Null when the run was cancelled meanwhile. Without a connection that it needs the run ends before it has begun. */
async function connectOrEnd(start: Start, run: Run, detach: (() => void) | null): Promise<ValueObject | null> {
  try {
    // The guard hands on what `connect` gave.
    return (await run.waiting.guard(connect(start, run), null, null)) as ValueObject | null;
  } catch (error) {
    if (run.halted !== null) throw run.halted;
    detach?.();
    run.end();
    throw new HostFault(error);
  }
}

/** Opens every connection that the flow may need, before anything happens. */
async function connect(start: Start, run: Run): Promise<ValueObject | null> {
  const { plan, options, world, registry } = start;
  const wanted = new Map(plan.connections);
  const own = options.connection;
  if (own !== undefined) {
    const key = plan.deck.connector;
    wanted.set(own, new Set([...(wanted.get(own) ?? []), ...(key === null ? [] : [key])]));
  }
  for (const [name, connectors] of wanted) {
    run.tree.open(name, await openConnection(name, connectors, world.connections, registry, run.redactor));
  }
  return own === undefined ? null : openRunConnection(run, own).values;
}

function attach(signal: AbortSignal | undefined, run: Run): (() => void) | null {
  if (!signal) return null;
  const abort = () =>
    run.cancel(
      signal.reason instanceof Error && signal.reason.name !== 'AbortError' ? signal.reason.message : undefined,
    );
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return () => signal.removeEventListener('abort', abort);
}

function resultOf(run: Run, outcome: FlowOutcome | null, error: unknown): RunResult {
  const { tree } = run;
  return {
    status:
      outcome === null ? (isCancelled(error) ? 'cancelled' : 'error') : outcome.kind === 'stop' ? 'stopped' : 'success',
    outputs: outcome?.nested ?? null,
    value: outcome?.value ?? null,
    error: outcome === null ? redacted(error, run.redactor) : null,
    runId: run.id,
    steps: tree.steps,
    durationMs: run.elapsedMs,
    answer: tree.answer ?? outcome?.answer ?? null,
    children: (tree.children ?? []).map((child) => ({
      ...child,
      error: child.error === null ? null : redacted(child.error, run.redactor),
    })),
  };
}

function isCancelled(error: unknown): boolean {
  return error instanceof CancelledError || reportError(error).code === 'cancelled';
}

function redacted(error: unknown, redactor: Redactor): ErrorReport {
  const { cause, ...report } = reportError(error);
  return { ...redactor.redact(report), cause: redactor.redactError(cause) };
}
