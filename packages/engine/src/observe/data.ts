/** Turns live values and errors into what stands in an event: plain JSON data. */
import { FlowdeckError, RunError } from '../errors.js';
import { type DataObject, FileRef, FlowRef, type JsonData, jsonLength, MAX_JSON_LENGTH } from '../values/index.js';
import type { ErrorData } from './events.js';
import { isContainer, type Rules, rewrite } from './rewrite.js';

/** Causes told after the error itself; a longer chain, or a circle, ends there. */
const MAX_CAUSES = 8;

/** Parts that are shared count in each place: a few of them may be more than there is paper for. */
const TOO_LARGE = '[too large to tell]';

const TO_DATA: Rules = { value: leafToData, key: (name) => name };

/**
 * A value as event data: dates as ISO text, files as `{id, name, size, mediaType}`, flows as `{flow, name}`; what JSON
 * cannot hold as null. The same reference when it is JSON already; a note in its place when nobody could write it down.
 */
export function toData(value: unknown): JsonData {
  const data = rewrite(value, TO_DATA);
  if (isContainer(data) && jsonLength(data, MAX_JSON_LENGTH) > MAX_JSON_LENGTH) return TOO_LARGE;
  // The rules leave nothing behind that is not `JsonData`.
  return data as JsonData;
}

function leafToData(leaf: unknown): unknown {
  if (typeof leaf === 'string' || typeof leaf === 'boolean' || leaf === null) return leaf;
  if (typeof leaf === 'number') return Number.isFinite(leaf) ? leaf : null;
  if (typeof leaf === 'bigint') return String(leaf);
  if (leaf instanceof Date) return Number.isNaN(leaf.getTime()) ? null : leaf.toISOString();
  if (leaf instanceof FileRef) return { id: leaf.id, name: leaf.name, size: leaf.size, mediaType: leaf.mediaType };
  if (leaf instanceof FlowRef) return { flow: leaf.id, name: leaf.name };
  if (leaf instanceof Error) return toErrorData(leaf);
  return null;
}

/** Anything thrown, as event data: without the stack, which names files of the host. */
export function toErrorData(error: unknown): ErrorData {
  const chain: unknown[] = [];
  for (let each = error; each !== undefined && chain.length <= MAX_CAUSES; each = causeOf(each)) {
    if (chain.includes(each)) break;
    chain.push(each);
  }
  const last = chain.pop();
  return chain.reduceRight<ErrorData>((cause, each) => ({ ...oneError(each), cause }), oneError(last));
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? (error.cause ?? undefined) : undefined;
}

function oneError(error: unknown): ErrorData {
  if (!(error instanceof Error)) {
    const message = isContainer(error) ? 'An object was thrown that is not an error.' : String(error);
    return { name: 'Error', code: 'card-failed', message, at: {}, statusCode: null };
  }
  if (!(error instanceof FlowdeckError)) {
    return { name: String(error.name), code: 'card-failed', message: String(error.message), at: {}, statusCode: null };
  }
  return {
    name: error.name,
    code: error.code,
    message: error.message,
    at: toDataObject(error.at),
    statusCode: error instanceof RunError ? error.statusCode : null,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error instanceof RunError && Object.keys(error.extra).length > 0 ? { extra: toDataObject(error.extra) } : {}),
  };
}

function toDataObject(value: object): DataObject {
  const data = toData({ ...value });
  // A record stays a record, unless it cannot be told.
  return isContainer(data) ? (data as DataObject) : { '…': data };
}
