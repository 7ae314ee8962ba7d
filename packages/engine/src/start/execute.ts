/** Carries out a call that has come from elsewhere. */
import type { Deck } from '../deck.js';
import { FlowdeckError, LimitError } from '../errors.js';
import { sinkOfRun } from '../observe/index.js';
import type { FlowPlan } from '../plan/index.js';
import type { CallOutcome, CallRequest, RunRuntime } from '../ports/index.js';
import { type RunWithAnnex, shortOutcome, wholeRequest } from '../run/annexed.js';
import type { Entrance } from '../run/entrance.js';
import { changeLimits, DEFAULT_LIMITS, type Limits } from '../run/limits.js';
import { LOCAL } from '../run/local-seam.js';
import type { FlowOutcome } from '../run/outcome.js';
import { withinRecord } from '../run/record-size.js';
import { Run } from '../run/run.js';
import { type CallResult, failureOfCall, flowsOfDeck, resultOfCall } from '../run/ship.js';
import { toldOfCall } from '../run/told.js';
import { watchStep } from '../run/watch-step.js';
import {
  decodeValue,
  encodeValue,
  isPlainObject,
  type JsonData,
  type Value,
  type ValueObject,
} from '../values/index.js';
import { type House, LifeEnd, live } from './life.js';
import { readMetadata } from './metadata.js';
import { readRequest } from './read-request.js';

/** Finds decks by their revision: a `Map` of them is one. */
export interface DeckSource {
  /** Null or undefined: this worker does not have it. */
  get(revision: string): Deck | null | undefined | Promise<Deck | null | undefined>;
}

/** How a call is carried out. */
export interface ExecuteOptions {
  /** Where the decks of the host are. The decks of connectors the engine has itself. */
  readonly decks: DeckSource;
  /** What remembers what the call performs. Default: nothing does. */
  readonly runtime?: RunRuntime;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** Gives this life of the call up, as `RunOptions.abandon` does. */
  readonly abandon?: AbortSignal;
}

/** What of the engine this needs. */
export interface Executing {
  readonly house: House;
  /** The deck of a registered connector. Throws for one that there is not. */
  readonly connector: (key: string) => Deck;
}

export async function executeCall(
  { house, connector }: Executing,
  given: JsonData | CallRequest,
  options: ExecuteOptions,
): Promise<CallOutcome> {
  const short = readRequest(given);
  const deck = short.connector === null ? await options.decks.get(short.revision) : connector(short.connector);
  if (deck === null || deck === undefined || deck.revision !== short.revision) throw revisionMissing(short);
  const plan = deck.plan.flows.get(short.flow);
  if (plan === undefined) throw unknownFlow(short);
  const { signal, abandon, runtime } = options;
  const { run: root, limits } = short;
  const recordBytes = limits['recordBytes'] ?? Number.POSITIVE_INFINITY;
  const annexing = { runId: root.id, limits: { recordBytes }, annex: runtime?.annex };
  const request = short.annexed === null ? short : readRequest(await wholeRequest(short, annexing));
  const run = calledRun(house, plan, request);
  return live(
    {
      house,
      deck,
      plan,
      slots: filledSlots(run, plan, request),
      connection: request.connection ?? undefined,
      signal,
      abandon,
      open: runtime === undefined ? null : () => runtime,
      end: new LifeEnd((ended, outcome, error) =>
        recordable(outcomeOf(ended, outcome, error, request.outputs), annexing, plan),
      ),
    },
    run,
  );
}

function calledRun({ world, observer }: House, plan: FlowPlan, request: CallRequest): Run {
  const { run, context } = request;
  const metadata = readMetadata(run.metadata);
  const caller = objectIn(context.caller, plan);
  const parent = caller?.['execution_id'];
  const until = request.until ?? Number.POSITIVE_INFINITY;
  const entrance: Entrance = {
    executionId: request.executionId,
    kind: request.kind,
    parent: typeof parent === 'string' ? parent : null,
    caller,
    error: objectIn(context.error, plan),
    index: context.index,
    depth: request.depth,
    atMostOnce: request.atMostOnce,
    until,
    wallTimeMs: until - world.clock.now(),
  };
  const called = new Run({
    origin: { runId: run.id, flow: run.flow, metadata },
    plan,
    world,
    limits: grantedLimits(request),
    events: sinkOfRun(observer, { onEvent: undefined, metadata, logger: world.logger }),
    startedAt: run.startedAt,
    onAnswer: null,
    watchStep,
    seam: LOCAL,
    entrance,
  });
  if (entrance.wallTimeMs <= 0) called.expire();
  return called;
}

/** Of the run, and not of this worker: what is over a limit must not depend on where it runs. */
function grantedLimits(request: CallRequest): Limits {
  const none = Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, Number.POSITIVE_INFINITY]));
  // Nothing left is no limit that a host could set, but it is one that a call may come with.
  const { steps = Number.POSITIVE_INFINITY, ...others } = request.limits;
  return { ...changeLimits(DEFAULT_LIMITS, { ...none, ...others }), steps: Math.max(0, steps) };
}

function objectIn(json: JsonData, plan: FlowPlan): ValueObject | null {
  const value = json === null ? null : decodeValue(json, flowsOfDeck({ plan }));
  return isPlainObject(value) ? value : null;
}

function filledSlots(run: Run, plan: FlowPlan, { values, secret }: CallRequest): Value[] {
  const slots = plan.initial.slice();
  for (const [name, json] of Object.entries(values)) {
    const parameter = plan.parameter.get(name);
    if (parameter === undefined) throw unknownValue(plan, name);
    slots[parameter.slot] = parameter.convertItem(decodeValue(json, flowsOfDeck({ plan })));
  }
  for (const { name, slot } of plan.parameters) if (secret.includes(name)) run.redactor.add(slots[slot] ?? null);
  return slots;
}

function outcomeOf(run: Run, outcome: FlowOutcome | null, error: unknown, isRead: boolean): CallOutcome {
  const { tree } = run;
  return {
    ...resultFrom(run, outcome, error, isRead),
    steps: tree.steps,
    respond: tree.answer === null ? null : encodeValue(tree.answer),
    spawned: tree.spawnedCalls ?? [],
    told: toldOfCall(run),
    annexed: null,
  };
}

/** What is too long for a runtime is put aside, or the call has failed of it. */
async function recordable(outcome: CallOutcome, annexing: RunWithAnnex, { id: flow }: FlowPlan): Promise<CallOutcome> {
  try {
    const { error } = outcome;
    if (error !== null) withinRecord(error, annexing.limits, { what: `What flow "${flow}" fails with`, at: { flow } });
    return await shortOutcome(outcome, annexing, flow);
  } catch (fault) {
    if (!(fault instanceof LimitError)) throw fault;
    const kind = outcome.kind === 'halt' ? 'halt' : 'error';
    return { ...outcome, ...failureOfCall(fault, kind), respond: null, told: null };
  }
}

function resultFrom(run: Run, outcome: FlowOutcome | null, error: unknown, isRead: boolean): CallResult {
  if (outcome === null) return failureOfCall(error, error === run.halted ? 'halt' : 'error');
  try {
    return resultOfCall(outcome, isRead);
  } catch (fault) {
    // What JSON has no form for cannot be sent back.
    return failureOfCall(fault, 'error');
  }
}

function revisionMissing({ revision, flow, connector }: CallRequest): FlowdeckError {
  const where = connector === null ? '' : ` of the connector "${connector}"`;
  return new FlowdeckError('revision-missing', `This worker does not have revision ${revision}${where}.`, {
    at: { flow },
    hint: 'Give the call back, so that a worker takes it which has the revision; or load that revision here.',
  });
}

function unknownFlow({ flow }: CallRequest): FlowdeckError {
  return new FlowdeckError('unknown-flow', `There is no flow "${flow}" in the deck of the request.`, {
    at: { flow },
    hint: 'Hand on a request as the runtime was given it; it is made by the engine.',
  });
}

function unknownValue(plan: FlowPlan, name: string): FlowdeckError {
  return new FlowdeckError('unknown-input', `Flow "${plan.id}" has no input or option "${name}".`, {
    at: { flow: plan.id, field: name },
    hint: 'Hand on a request as the runtime was given it; it is made by the engine.',
  });
}
