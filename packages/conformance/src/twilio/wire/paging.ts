/** Pages: newest first, `PageSize`, `Page` and `PageToken`; links of the 2010 API and those of the later products. */

import type { Listing, Shelved } from '../shelf.js';
import { Refusal } from './errors.js';

const DEFAULT_SIZE = 50;
const MAX_SIZE = 1000;
const PAGING_NAMES = new Set(['PageSize', 'Page', 'PageToken']);

export interface PageRequest {
  /** Path with format suffix, as called. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Such as `https://api.twilio.com`: where absolute links lead. */
  readonly origin: string;
  /** Name of the list in the answer, such as `messages`. */
  readonly key: string;
}

/** What is listed: a shelf, and which of it is wanted. */
export interface Listed<T extends Shelved> {
  readonly shelf: Listing<T>;
  readonly wanted?: (item: T) => boolean;
  readonly show: (item: T) => unknown;
}

interface Cut<T> {
  readonly size: number;
  readonly page: number;
  readonly shown: readonly T[];
  /** Parameters of the neighbours. Null: there is none. */
  readonly next: string | null;
  readonly previous: string | null;
}

/**
 * A page of the 2010 API: counts and host-relative links beside the list.
 *
 * @throws Refusal 20007 for a size over 1000, 20006 for a token that this service did not give
 */
export function pageOf<T extends Shelved>(listed: Listed<T>, request: PageRequest): Record<string, unknown> {
  const { size, page, shown, next, previous } = cut(listed, request);
  const link = (query: string | null) => (query === null ? null : `${request.path}?${query}`);
  return {
    [request.key]: shown.map(listed.show),
    page,
    page_size: size,
    start: page * size,
    end: shown.length === 0 ? page * size : page * size + shown.length - 1,
    uri: link(parameters(request, size, page, request.query.get('PageToken'))),
    first_page_uri: link(parameters(request, size, 0, null)),
    next_page_uri: link(next),
    previous_page_uri: link(previous),
  };
}

/** A page of a later product: a `meta` with absolute links. @throws Refusal as `pageOf` */
export function metaPageOf<T extends Shelved>(listed: Listed<T>, request: PageRequest): Record<string, unknown> {
  const { size, page, shown, next, previous } = cut(listed, request);
  const link = (query: string | null) => (query === null ? null : `${request.origin}${request.path}?${query}`);
  return {
    meta: {
      page,
      page_size: size,
      first_page_url: link(parameters(request, size, 0, null)),
      previous_page_url: link(previous),
      url: link(parameters(request, size, page, request.query.get('PageToken'))),
      next_page_url: link(next),
      key: request.key,
    },
    [request.key]: shown.map(listed.show),
  };
}

/**
 * Cuts one page. A token names the last item already seen (`PA…`) or the first one (`PB…`, going back), so items that
 * arrive or vanish meanwhile neither repeat nor hide others. `Page` is the caller's own count and only echoed.
 * A `PageSize` that is no positive whole number counts as the default, 50. Looks at no more items than it must: those
 * of the page, the one after it, and what the filter passes over between them.
 */
function cut<T extends Shelved>(listed: Listed<T>, request: PageRequest): Cut<T> {
  const { query } = request;
  const size = pageSize(query.get('PageSize'));
  const page = wholeNumber(query.get('Page')) ?? 0;
  const token = query.get('PageToken');
  const named = token?.slice(2) ?? '';
  if (token !== null && (!/^P[AB]/.test(token) || !listed.shelf.knows(named))) throw new Refusal(20006);
  const back = token?.startsWith('PB') === true;
  const walk = token === null ? listed.shelf.newestFirst() : listed.shelf[back ? 'oldestFirst' : 'newestFirst'](named);
  const { taken, more } = takePage(walk, size, listed.wanted);
  const shown = back ? taken.reverse() : taken;
  const [first, last] = [shown[0], shown.at(-1)];
  const { shelf, wanted } = listed;
  const hasNext = back ? last !== undefined && takePage(shelf.newestFirst(last.sid), 0, wanted).more : more;
  const hasPrevious = back ? more : first !== undefined && takePage(shelf.oldestFirst(first.sid), 0, wanted).more;
  return {
    size,
    page,
    shown,
    next: hasNext && last ? parameters(request, size, page + 1, `PA${last.sid}`) : null,
    previous: hasPrevious && first ? parameters(request, size, Math.max(0, page - 1), `PB${first.sid}`) : null,
  };
}

function takePage<T>(walk: Iterable<T>, size: number, wanted?: (item: T) => boolean): { taken: T[]; more: boolean } {
  const taken: T[] = [];
  for (const item of walk) {
    if (wanted && !wanted(item)) continue;
    if (taken.length === size) return { taken, more: true };
    taken.push(item);
  }
  return { taken, more: false };
}

function pageSize(text: string | null): number {
  const size = wholeNumber(text);
  if (size !== undefined && size > MAX_SIZE) throw new Refusal(20007, { size: String(size) });
  return size === undefined || size === 0 ? DEFAULT_SIZE : size;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : undefined;
}

function parameters(request: PageRequest, size: number, page: number, token: string | null): string {
  const filters = [...request.query].filter(([name]) => !PAGING_NAMES.has(name));
  const all = new URLSearchParams([...filters, ['PageSize', String(size)], ['Page', String(page)]]);
  if (token !== null) all.set('PageToken', token);
  return all.toString();
}
