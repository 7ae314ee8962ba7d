/** Compares a request with what a script expects, and says in words what differs. */
import type { Value } from '@flowdeck/engine';
import { deepEqual } from '@flowdeck/engine/kit';
import type { ExpectedRequest } from './exchange.js';

/** A request as it came in. */
export interface ReceivedRequest {
  /** In capitals. */
  readonly method: string;
  /** Such as `https://api.example.com`. */
  readonly origin: string;
  /** Without the query, as it came. */
  readonly path: string;
  /** Parameters of the URL. */
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text, decoded as UTF-8; empty without one. */
  readonly body: string;
}

type Parameters = Readonly<Record<string, string | readonly string[]>>;

/** Every difference between a request and the expectation. Empty: it matches. */
export function requestDifferences(expected: ExpectedRequest, actual: ReceivedRequest): string[] {
  const { origin, path, search } = targetOf(expected.path);
  const query = search === '' ? toParameters(expected.query ?? {}) : new URLSearchParams(search);
  return [
    ...differs('the method', expected.method, actual.method),
    ...(origin === null ? [] : differs('the origin', origin, actual.origin)),
    ...differs('the path', path, actual.path),
    ...parameterDifferences('query parameter', query, actual.query),
    ...Object.entries(expected.headers ?? {}).flatMap(([name, value]) =>
      differs(`header ${name}`, value ?? undefined, actual.headers[name.toLowerCase()]),
    ),
    ...bodyDifferences(expected, actual),
  ];
}

/** The parts of a path that may be a whole URL. */
function targetOf(target: string): { readonly origin: string | null; readonly path: string; readonly search: string } {
  if (!target.startsWith('/')) {
    const { origin, pathname, search } = new URL(target);
    return { origin, path: pathname, search };
  }
  const mark = target.indexOf('?');
  return mark < 0
    ? { origin: null, path: target, search: '' }
    : { origin: null, path: target.slice(0, mark), search: target.slice(mark) };
}

function bodyDifferences(expected: ExpectedRequest, actual: ReceivedRequest): string[] {
  if (expected.body !== undefined) return differs('the body', expected.body, actual.body);
  if (expected.form !== undefined) {
    const type = (actual.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
    return [
      ...differs('the media type', 'application/x-www-form-urlencoded', type),
      ...parameterDifferences('form parameter', toParameters(expected.form), new URLSearchParams(actual.body)),
    ];
  }
  if (expected.json === undefined) return [];
  const value = parse(actual.body);
  if (value === undefined) return [`the body is no JSON: ${show(actual.body)}`];
  // What stands in a script, like what came over the wire, is JSON.
  return deepEqual(value, expected.json as Value) ? [] : differs('the JSON body', show(expected.json), show(value));
}

function parameterDifferences(what: string, expected: URLSearchParams, actual: URLSearchParams): string[] {
  const names = [...new Set([...expected.keys(), ...actual.keys()])];
  return names.flatMap((name) => {
    const [wanted, given] = [expected.getAll(name), actual.getAll(name)];
    return deepEqual(wanted, given) ? [] : differs(`${what} ${name}`, listed(wanted), listed(given));
  });
}

function differs(what: string, expected: string | undefined, actual: string | undefined): string[] {
  if (expected === actual) return [];
  if (actual === undefined) return [`${what} is missing, expected ${show(expected)}`];
  if (expected === undefined) return [`${what} is ${show(actual)}, expected none`];
  return [`${what} is ${show(actual)}, expected ${show(expected)}`];
}

function toParameters(values: Parameters): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const text of [value].flat()) parameters.append(name, text);
  }
  return parameters;
}

function listed(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(', ');
}

function parse(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const MAX_SHOWN = 200;

function show(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
