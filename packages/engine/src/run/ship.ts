/** Calls that leave this process: an activation as a request, and what came back as its outcome. */
import type { Answer } from '../cards/index.js';
import { FlowdeckError } from '../errors.js';
import type { CallOutcome, CallRequest } from '../ports/index.js';
import {
  type DataObject,
  type DecodeOptions,
  decodeValue,
  deepEqual,
  encodeValue,
  FlowRef,
  isPlainObject,
  type JsonData,
} from '../values/index.js';
import { reportError, ToldError } from './error-report.js';
import { decodeError, encodeError } from './error-wire.js';
import { Failure } from './failure.js';
import type { Frame } from './frame.js';
import { stepLimit } from './halt.js';
import { FlowOutcome } from './outcome.js';
import type { RemotePlace } from './remote-place.js';
import { saidOfRepeating } from './repeating.js';
import type { Run } from './run.js';
import { adoptTold } from './told.js';
import { type WayPoint, wayTo } from './way.js';

/** What a request says beside what the activation says. */
export interface Sending {
  readonly kind: CallRequest['kind'];
  /** Somebody reads what the flow gives. */
  readonly outputs: boolean;
  /** Steps that the call may take: what was left when it, or the loop that it belongs to, began. */
  readonly steps: number;
}

/** The call of an activation that has not begun. */
export function requestOf(frame: Frame, { kind, outputs, steps }: Sending): CallRequest {
  const { run, plan } = frame;
  const { values, secret } = sentValues(frame);
  return {
    v: 1,
    executionId: frame.executionId,
    run: { id: run.id, flow: run.origin.flow, startedAt: run.startedAt, metadata: run.origin.metadata },
    revision: plan.deck.revision,
    connector: plan.deck.connector,
    flow: plan.id,
    values,
    secret,
    connection: frame.connection === null ? null : (run.tree.connectionName(frame.connection) ?? null),
    context: {
      index: frame.index,
      caller: frame.context('caller') === null ? null : encodeValue(frame.context('caller')),
      error: frame.error === null ? null : encodeValue(frame.error),
    },
    kind,
    depth: frame.depth,
    limits: sentLimits(frame, steps),
    atMostOnce: saidOfRepeating(frame, null),
    until: momentOf(run),
    outputs,
    annexed: null,
  };
}

/** The moment at which the time of the whole run is up; the same in each of its lives. Null: its time is not limited. */
function momentOf({ entrance, startedAt, limits }: Run): number | null {
  const until = entrance?.until ?? startedAt + limits.wallTimeMs;
  return Number.isFinite(until) ? until : null;
}

/** Whether a call can be carried out elsewhere, and is worth it: a pure flow is not, and a reference to a flow of one deck means nothing in another. */
export function mayLeave({ plan, slots }: Frame, caller: Frame): boolean {
  if (plan.pure) return false;
  if (plan.deck === caller.plan.deck) return true;
  return !plan.parameters.some(({ slot }) => slots[slot] instanceof FlowRef);
}

/** What the callee would not take by itself, encoded; and the names of what shows a secret. */
function sentValues({ plan, slots, run }: Frame): { readonly values: DataObject; readonly secret: readonly string[] } {
  const values: Record<string, JsonData> = {};
  const secret: string[] = [];
  for (const { name, slot, initial } of plan.parameters) {
    const value = slots[slot] ?? null;
    if (Object.is(value, initial) || deepEqual(value, initial)) continue;
    values[name] = encodeValue(value);
    if (run.holdsSecrets && run.redactor.contains(value)) secret.push(name);
  }
  return { values, secret };
}

/** JSON has no form for infinity: a limit that is infinite is not named. */
function sentLimits({ run }: Frame, steps: number): Record<string, number> {
  const limits: Record<string, number> = {};
  for (const [name, limit] of Object.entries({ ...run.limits, steps })) {
    if (Number.isFinite(limit)) limits[name] = limit;
  }
  return limits;
}

/** Finds the flows of references that crossed: those of the deck that the values belong to. */
export function flowsOfDeck({ plan }: Pick<Frame, 'plan'>): DecodeOptions {
  return {
    flow(id) {
      const flow = plan.deck.flows.get(id);
      if (flow) return flow.ref;
      throw new FlowdeckError('unknown-flow', `A value refers to the flow "${id}", which the deck does not have.`);
    },
  };
}

/**
 * Takes what came of a call into the run of its caller: its steps, its answer, its spawned flows; and gives its result,
 * or throws its error.
 */
export function receive(frame: Frame, outcome: CallOutcome): FlowOutcome {
  const { run, caller, via } = frame;
  const place = caller ?? frame;
  run.tree.steps += outcome.steps;
  adoptFrom(frame, outcome);
  if (outcome.respond !== null) run.respond(answerOf(outcome.respond));
  if (outcome.kind !== 'halt' && run.tree.steps > run.limits.steps) {
    throw run.halt(stepLimit(run.limits.steps), via ?? undefined, place);
  }
  if (outcome.kind === 'error' || outcome.kind === 'halt') throw thrownBy(frame, outcome);
  const outputs = outcome.outputs === null ? {} : decodeValue(outcome.outputs, flowsOfDeck(frame));
  const answer = outcome.answer === null ? null : answerOf(outcome.answer);
  return new FlowOutcome(outcome.kind, isPlainObject(outputs) ? outputs : {}, frame.plan, answer);
}

/** What a call tells of its result. */
export type CallResult = Pick<CallOutcome, 'kind' | 'outputs' | 'answer' | 'error'>;

/** A result as it crosses. `isRead`: somebody wants the outputs. */
export function resultOfCall(outcome: FlowOutcome, isRead: boolean): CallResult {
  const { kind, outputs, answer } = outcome;
  return {
    kind,
    outputs: isRead ? encodeValue(outputs) : null,
    answer: answer === null ? null : encodeValue(answer),
    error: null,
  };
}

/** What a call failed with, as it crosses. */
export function failureOfCall(error: unknown, kind: 'error' | 'halt'): CallResult {
  const place: RemotePlace | null =
    error instanceof Failure ? { at: error.at, path: error.path, service: error.service } : null;
  const thrown = encodeError(error instanceof Failure ? error.error : error);
  // A place is plain data.
  return { kind, outputs: null, answer: null, error: { thrown, place: place as unknown as JsonData } };
}

/** The error of a flow that nobody waited for, as it is reported. Null: it ended well. */
export function reportOfCall(outcome: CallOutcome, way: readonly WayPoint[]): ToldError | null {
  if (outcome.kind !== 'error' && outcome.kind !== 'halt') return null;
  const { thrown, place } = readFailure(outcome.error);
  const report = reportError(thrown);
  if (place === null) return new ToldError(report);
  const { at, path, service } = place;
  return new ToldError({ ...report, at, path: [...way, ...path], ...(service === null ? {} : { service }) });
}

/** What a call has started is joined by the run that was started, and what it tells is told there: the way to it leads through the card that called. */
function adoptFrom(frame: Frame, { spawned, told }: CallOutcome): void {
  if (spawned.length === 0 && told === null) return;
  const { run, caller, via } = frame;
  const way = via === null || caller === null ? [] : wayTo(via, caller);
  const wayHere = (path: readonly WayPoint[]) => [...way, ...pathFrom(frame, path)];
  run.tree.adopt(spawned.map((call) => ({ ...call, path: pathAsData(wayHere(pathOfData(call.path))) })));
  adoptTold(run.tree, told, wayHere);
}

/** A way as it crosses. */
export function pathAsData(path: readonly WayPoint[]): JsonData {
  return path.map((point) => ({ ...point }));
}

export function pathOfData(data: JsonData): readonly WayPoint[] {
  // `pathAsData` wrote it.
  return Array.isArray(data) ? (data as unknown as readonly WayPoint[]) : [];
}

/** The error of a call, at the card that failed there. */
function thrownBy(frame: Frame, outcome: CallOutcome): unknown {
  const { run, caller, via } = frame;
  const { thrown, place } = readFailure(outcome.error);
  if (via === null || caller === null) return thrown;
  const remote = place === null ? null : { ...place, path: pathFrom(frame, place.path) };
  if (outcome.kind === 'halt' && thrown instanceof FlowdeckError)
    return run.halt(thrown, via, caller, remote ?? undefined);
  return new Failure(thrown, via, caller, remote);
}

interface WireFailure {
  readonly thrown: unknown;
  readonly place: RemotePlace | null;
}

function readFailure(json: JsonData): WireFailure {
  if (!isPlainObject(json)) return { thrown: new Error('A call failed, and nothing is known of why.'), place: null };
  const { thrown, place } = json;
  // `failureOfCall` wrote it.
  return { thrown: decodeError(thrown), place: isPlainObject(place) ? (place as unknown as RemotePlace) : null };
}

/** Over there the points of the called deck are at home; seen from here, those of a connector say so. */
function pathFrom(frame: Frame, path: RemotePlace['path']): RemotePlace['path'] {
  const { deck } = frame.plan;
  const { connector } = deck;
  if (connector === null || startedDeck(frame) === deck) return path;
  return path.map((point) => ({ ...point, connector: point.connector ?? connector }));
}

function startedDeck(frame: Frame): Frame['plan']['deck'] {
  let at = frame;
  while (at.caller !== null) at = at.caller;
  return at.plan.deck;
}

/** An answer that crossed. */
function answerOf(json: JsonData): Answer {
  // Encoded from an answer, which is a value.
  return decodeValue(json) as Answer;
}
