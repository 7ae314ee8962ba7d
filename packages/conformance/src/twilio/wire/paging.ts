/** Pages of the 2010 API: newest first, `Page` and `PageToken`, host-relative links to follow. */

import type { SidSource } from '../sids.js';
import { Refusal } from './errors.js';

const DEFAULT_SIZE = 50;
const MAX_SIZE = 1000;
const PAGING_NAMES = new Set(['PageSize', 'Page', 'PageToken']);

export interface PageRequest {
  /** Path with format suffix, as called. */
  path: string;
  query: URLSearchParams;
  /** Name of the list in the answer, such as `messages`. */
  key: string;
  sids: SidSource;
}

/**
 * Cuts one page out of `items`, which stand in order of creation and are listed newest first.
 * A token names the last item already seen (`PA…`) or the first one (`PB…`, going back), so items that arrive or
 * vanish meanwhile neither repeat nor hide others. `Page` is the caller's own count and only echoed.
 * A `PageSize` that is no positive whole number counts as the default, 50.
 *
 * @throws Refusal 20007 for a size over 1000, 20006 for a token that this service did not give.
 */
export function pageOf<T extends { readonly sid: string }>(
  items: Iterable<T>,
  request: PageRequest,
  toResource: (item: T) => unknown,
): Record<string, unknown> {
  const { query, sids } = request;
  const size = pageSize(query.get('PageSize'));
  const page = wholeNumber(query.get('Page')) ?? 0;
  const all = [...items].reverse();
  const [start, end] = boundsOf(all, query.get('PageToken'), size, sids);
  const shown = all.slice(start, end);
  const first = shown[0];
  const last = shown.at(-1);
  const link = (number: number, token?: string) => pageUri(request, size, number, token);
  return {
    [request.key]: shown.map(toResource),
    page,
    page_size: size,
    start: page * size,
    end: shown.length === 0 ? page * size : page * size + shown.length - 1,
    uri: link(page, query.get('PageToken') ?? undefined),
    first_page_uri: link(0),
    next_page_uri: last && end < all.length ? link(page + 1, `PA${last.sid}`) : null,
    previous_page_uri: first && start > 0 ? link(Math.max(0, page - 1), `PB${first.sid}`) : null,
  };
}

function boundsOf(
  all: readonly { readonly sid: string }[],
  token: string | null,
  size: number,
  sids: SidSource,
): readonly [start: number, end: number] {
  if (token === null) return [0, size];
  const seen = sids.positionOf(token.slice(2));
  if (seen === undefined || !/^P[AB]/.test(token)) throw new Refusal(20006);
  const forward = token.startsWith('PA');
  const found = all.findIndex((item) => {
    const position = sids.positionOf(item.sid) ?? 0;
    return forward ? position < seen : position <= seen;
  });
  const here = found < 0 ? all.length : found;
  return forward ? [here, here + size] : [Math.max(0, here - size), here];
}

function pageSize(text: string | null): number {
  const size = wholeNumber(text);
  if (size !== undefined && size > MAX_SIZE) throw new Refusal(20007, { size: String(size) });
  return size === undefined || size === 0 ? DEFAULT_SIZE : size;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : undefined;
}

function pageUri(request: PageRequest, size: number, page: number, token?: string): string {
  const filters = [...request.query].filter(([name]) => !PAGING_NAMES.has(name));
  const parameters = new URLSearchParams([...filters, ['PageSize', String(size)], ['Page', String(page)]]);
  if (token !== undefined) parameters.set('PageToken', token);
  return `${request.path}?${parameters}`;
}
