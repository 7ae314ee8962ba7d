/** What an HTTP request gives the inputs of an API flow. */
import { type Field, FlowdeckError, type FlowInfo } from '@flowdeck/engine';
import type { HostCode } from '../../codes.js';

/** What is read of headers. `Headers` are such. */
export interface RequestHeaders extends Iterable<[string, string]> {
  /** Whatever the case of its letters is. */
  get(name: string): string | null;
}

/** A request as it came in. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
}

type Values = Record<string, unknown>;

/**
 * Inputs of the groups `headers`, `query` and `body` are read from there by key, those without a group from the body;
 * `raw/headers`, `raw/query` and `raw/body` are given whole (reference: API Endpoint card). What is absent keeps its
 * default.
 *
 * @throws FlowdeckError `request-body` for a body that is not what its type says.
 */
export function inputsOf(flow: FlowInfo, request: ApiRequest): Values {
  const values: Values = {};
  let body: Readonly<Values> | null = null;
  for (const field of flow.inputs) {
    if (field.group === undefined || field.group === 'body') body ??= readBody(request);
    const value = given(field, request, body);
    if (value !== undefined) values[field.group === undefined ? field.key : `${field.group}/${field.key}`] = value;
  }
  return values;
}

function given(field: Field, { url, headers, body: bytes }: ApiRequest, body: Readonly<Values> | null): unknown {
  switch (field.group) {
    case 'headers':
      return headers.get(field.key) ?? undefined;
    case 'query':
      return field.list ? url.searchParams.getAll(field.key) : (url.searchParams.get(field.key) ?? undefined);
    case 'raw':
      if (field.key === 'headers') return Object.fromEntries(headers);
      if (field.key === 'query') return url.search.slice(1);
      return field.key === 'body' ? new TextDecoder().decode(bytes) : undefined;
    default:
      return body !== null && Object.hasOwn(body, field.key) ? body[field.key] : undefined;
  }
}

/** Types under which clients send JSON; many name none, or text. */
const AS_JSON: ReadonlySet<string> = new Set(['', 'application/json', 'text/plain']);

/** JSON unless the request says that it is a form. No body has no properties. */
function readBody({ headers, body }: ApiRequest): Readonly<Values> {
  if (body.length === 0) return {};
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const text = decode(body);
  if (type === 'application/x-www-form-urlencoded') return formOf(text);
  if (!AS_JSON.has(type) && !type.endsWith('+json')) {
    throw faulty(`The body is ${type}.`, 'Send JSON or a form, or let the flow read raw/body.');
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw faulty(`The body is no JSON: ${error instanceof Error ? error.message : ''}`, 'Send a JSON object.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw faulty('The body is JSON, but no object.', 'Send an object with the inputs as its members.');
  }
  return parsed as Readonly<Values>; // it is an object, see above
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw faulty('The body is not UTF-8.', 'Send it as UTF-8.');
  }
}

/** A name that stands once is a text, one that is repeated a list. */
function formOf(text: string): Readonly<Values> {
  const form = new URLSearchParams(text);
  const values = new Map<string, unknown>();
  for (const name of new Set(form.keys())) {
    const all = form.getAll(name);
    values.set(name, all.length === 1 ? all[0] : all);
  }
  return Object.fromEntries(values);
}

function faulty(message: string, hint: string): FlowdeckError {
  return new FlowdeckError<HostCode>('request-body', message, { hint });
}
