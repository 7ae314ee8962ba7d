/** A call at the border, as mocks compare it. */
import type { Difference } from '../match/difference.js';
import { differences } from '../match/match.js';
import type { Mock, MockedRequest } from './types.js';

/** A call of a card, of HTTP or of a flow. */
export interface BorderCall {
  readonly kind: 'card' | 'http' | 'flow';
  /** `connector.card` of a card, the method and URL of a request, the id of a flow. */
  readonly name: string;
  /** Where it is made; null: nowhere that is known. */
  readonly flow: string | null;
  readonly card: string | null;
  /** As JSON. Of a request: what `requestView` makes. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** In words, what keeps a mock from answering a call; empty: nothing. Null: it is for something else altogether. */
export function misfits(mock: Mock, call: BorderCall): readonly string[] | null {
  if (!isFor(mock, call)) return null;
  const { at, http } = mock;
  const place = `${call.flow}/${call.card}`;
  return [
    ...(at === undefined || at === place ? [] : [`it is for calls at ${at}, not at ${place}`]),
    ...(http === undefined ? [] : requestMisfits(http, call.inputs)),
    ...differences(mock.in ?? {}, call.inputs, 'subset').map(inWords),
  ];
}

function isFor({ card, http, flow }: Mock, { kind, name }: BorderCall): boolean {
  if (http !== undefined) return kind === 'http';
  if (flow !== undefined) return kind === 'flow' && flow === name;
  if (kind !== 'card' || card === undefined) return false;
  const [mine, its] = [partsOf(card), partsOf(name)];
  return mine.connector === its.connector && (mine.card === '*' || mine.card === its.card);
}

/** Cards are told apart without case, connectors with it. */
function partsOf(name: string): { readonly connector: string; readonly card: string } {
  const dot = name.indexOf('.');
  return { connector: name.slice(0, dot), card: name.slice(dot + 1).toLowerCase() };
}

function requestMisfits(expected: MockedRequest, view: Readonly<Record<string, unknown>>): readonly string[] {
  const { url, headers, method, ...rest } = expected;
  const whole = expected.query === undefined ? view['url'] : view['address'];
  const wanted = {
    ...rest,
    ...(method === undefined ? {} : { method: typeof method === 'string' ? method.toUpperCase() : method }),
    ...(url === undefined ? {} : { url: typeof url === 'string' && URL.canParse(url) ? new URL(url).href : url }),
    ...(headers === undefined ? {} : { headers: lowerCase(headers) }),
  };
  return differences(wanted, { ...view, url: whole }, 'subset').map(inWords);
}

function lowerCase(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** How much of a value is shown, and how much of that stands before what differs. */
const MOST_SHOWN = { whole: 120, before: 40 };

function inWords({ pointer, expected, actual }: Difference): string {
  const [is, not] = [actual, expected].map((value) => (value === undefined ? 'nothing' : JSON.stringify(value)));
  return `${pointer.slice(1)} is ${cut(is, not)}, not ${cut(not, is)}`;
}

/** A long text, from shortly before it begins to differ from the other. */
function cut(text = '', other = ''): string {
  if (text.length <= MOST_SHOWN.whole) return text;
  let same = 0;
  while (same < text.length && text[same] === other[same]) same += 1;
  const start = same + MOST_SHOWN.before < MOST_SHOWN.whole ? 0 : same - MOST_SHOWN.before;
  const end = start + MOST_SHOWN.whole;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}

/** A request in the terms of a mock. */
export interface RequestView {
  readonly method: string;
  readonly url: string;
  /** The URL without its query. */
  readonly address: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: it has none, or one that is no text. */
  readonly body: string | null;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, unknown>>;
}

export function requestView(
  method: string,
  url: string,
  given: Readonly<Record<string, string>>,
  body: string | null,
): RequestView {
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const json = body === null ? undefined : parseBody(body);
  return {
    method: method.toUpperCase(),
    url: parsed?.href ?? url,
    address: parsed === null ? url : parsed.origin + parsed.pathname,
    path: parsed?.pathname ?? '',
    query: parsed === null ? {} : parameters(parsed.searchParams),
    headers,
    body,
    ...(json === undefined ? {} : { json }),
    ...(type === 'application/x-www-form-urlencoded' ? { form: parameters(new URLSearchParams(body ?? '')) } : {}),
  };
}

function parameters(search: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const all = search.getAll(name);
      return [name, all.length === 1 ? all[0] : all];
    }),
  );
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
