/** Hands a runtime where things lie that are too long for it: the annex has them, and gives them back to later lives. */
import { FlowdeckError } from '../errors.js';
import type { CallOutcome, CallRequest, RunRuntime } from '../ports/index.js';
import { isPlainObject, type JsonData } from '../values/index.js';
import type { Limits } from './limits.js';
import { type Measured, textBeyond, tooLongForRecord } from './record-size.js';

/** The run that has an annex, or none. */
export interface RunWithAnnex {
  readonly runId: string;
  readonly limits: Pick<Limits, 'recordBytes'>;
  /** Absent: the runtime has none. */
  readonly annex: RunRuntime['annex'];
}

/**
 * Where it was put; null: it is short enough.
 *
 * @throws LimitError when it is too long and there is no annex.
 */
export function putAside(
  json: JsonData | object,
  { runId, limits, annex }: RunWithAnnex,
  measured: Measured,
): Promise<string> | null {
  const text = textBeyond(json, limits, measured);
  if (text === null) return null;
  if (annex === undefined) throw tooLongForRecord(limits.recordBytes, measured);
  return annex.put(runId, text);
}

/** What was put aside. Rejects when it is not there. */
export async function takeBack(id: string, { runId, annex }: RunWithAnnex): Promise<JsonData> {
  const text = await annex?.read(runId, id);
  if (text === undefined || text === null) throw annexMissing(runId, id, annex !== undefined);
  return JSON.parse(text);
}

/** Of a request what may be long, as it lies in an annex. */
type LongRequest = Pick<CallRequest, 'values' | 'context'>;
/** Of an outcome likewise. */
type LongOutcome = Pick<CallOutcome, 'outputs' | 'answer' | 'respond' | 'told'>;

const SHORT_REQUEST: LongRequest = Object.freeze({
  values: Object.freeze({}),
  context: Object.freeze({ index: null, caller: null, error: null }),
});
const SHORT_OUTCOME: LongOutcome = Object.freeze({ outputs: null, answer: null, respond: null, told: null });

/** The request with what is too long put aside. Throws as `putAside`. */
export function shortRequest(request: CallRequest, run: RunWithAnnex): CallRequest | Promise<CallRequest> {
  const { values, context, flow, executionId } = request;
  const what = `What flow "${flow}" is called with`;
  const id = putAside({ values, context }, run, { what, at: { flow, run: executionId } });
  return id === null ? request : id.then((annexed) => ({ ...request, ...SHORT_REQUEST, annexed }));
}

/** What `shortRequest` was given. */
export async function wholeRequest(request: CallRequest, run: RunWithAnnex): Promise<CallRequest> {
  if (request.annexed === null) return request;
  const { values, context } = readLong(await takeBack(request.annexed, run));
  // `shortRequest` put them there; whoever carries the request out looks at them all the same.
  return { ...request, ...({ values, context } as LongRequest), annexed: null };
}

/** Likewise for an outcome, whose error always stands in it. */
export async function shortOutcome(outcome: CallOutcome, run: RunWithAnnex, flow: string): Promise<CallOutcome> {
  const { outputs, answer, respond, told } = outcome;
  const id = putAside({ outputs, answer, respond, told }, run, { what: `What flow "${flow}" gives`, at: { flow } });
  return id === null ? outcome : { ...outcome, ...SHORT_OUTCOME, annexed: await id };
}

/** What `shortOutcome` was given. */
export async function wholeOutcome(outcome: CallOutcome, run: RunWithAnnex): Promise<CallOutcome> {
  if (outcome.annexed === null) return outcome;
  const { outputs = null, answer = null, respond = null, told = null } = readLong(await takeBack(outcome.annexed, run));
  return { ...outcome, outputs, answer, respond, told, annexed: null };
}

function readLong(json: JsonData): Readonly<Record<string, JsonData>> {
  return isPlainObject(json) ? json : {};
}

/** A result of an effect as it is remembered: itself, or where it lies. */
export function annexedAt(kept: JsonData): string | null {
  if (!isPlainObject(kept)) return null;
  const { annexed } = kept;
  return typeof annexed === 'string' ? annexed : null;
}

function annexMissing(runId: string, id: string, isGiven: boolean): FlowdeckError {
  const why = isGiven ? `"${id}" is not in the annex of the runtime` : 'the runtime was given no annex';
  return new FlowdeckError('annex-missing', `Something that the run remembers cannot be read: ${why}.`, {
    at: { run: runId },
    hint: 'Give all workers and clients the annex that the run began with, or restore it. The run is not lost meanwhile.',
  });
}
