/** The HTTP port on `fetch`: the contract of ports, as far as a page can keep it. */
import type { HttpPort, HttpRequest, HttpResponse } from '@flowdeck/engine';
import { announcesTooMuch, readAll, readRequestBody, tooLarge } from '../http-port/body.js';
import { Cookies } from '../http-port/cookies.js';
import { timeFor, tooLate, withDeadline } from '../http-port/deadline.js';
import { explain, httpError, type Target } from '../http-port/errors.js';
import { asUtf8, joinedHeaders, readHeaders } from '../http-port/headers.js';
import { readMethod } from '../http-port/method.js';
import { type Hop, nextHop, tooManyRedirects } from '../http-port/redirects.js';
import { readUrl } from '../http-port/urls.js';
import { type FetchPortOptions, type FetchSettings, readFetchOptions } from './options.js';
import { keepsPageRules, requestOf } from './request.js';

/**
 * The way of runs into the web where there is no undici: in pages, in workers, at the edge, in Deno and Bun.
 *
 * Only http and https. Time and bodies are limited; cookies of the page never go along, and no cache answers. Which
 * services a page reaches is the browser's to say: same origin, CORS, and the page's Content-Security-Policy. Addresses
 * are **not** judged: on a server, flows of strangers reach through this port whatever the server reaches. There take
 * `httpPort` of `@flowdeck/cards/http`.
 *
 * In a page the browser follows redirects by its own rules, hides headers that the service does not expose, and refuses
 * some headers, which is an `http-header`. A GET or HEAD with a body is an `http-method`. Elsewhere redirects follow the
 * rules of `httpPort`.
 *
 * @throws FlowdeckError `http-options` for an option that cannot be used.
 * @example
 * const engine = createEngine({ packs: [standard], ports: { http: fetchPort({ timeoutMs: 10_000 }) } });
 */
export function fetchPort(options: FetchPortOptions = {}): HttpPort {
  const settings = readFetchOptions(options);
  return { request: (request) => fetchExchange(request, settings) };
}

async function fetchExchange(request: HttpRequest, settings: FetchSettings): Promise<HttpResponse> {
  const ms = timeFor(request, settings);
  let current: Target = { method: String(request.method), url: null };
  const late = () => tooLate(ms, settings.maxTimeoutMs, current);
  try {
    return await withDeadline({ ms, signal: request.signal, late }, async (signal) => {
      const mode = redirectMode(request, settings);
      let hop = firstFetchHop(request, settings);
      const cookies = new Cookies();
      for (let redirects = 0; ; redirects++) {
        current = hop;
        const answer = await settings.fetch(requestOf(await cookies.give(hop), mode, signal));
        if (answer.type === 'opaqueredirect') throw unseen(request, settings, hop);
        const { location } = joinedHeaders(Object.fromEntries(answer.headers));
        const next = request.redirect === 'manual' ? null : nextHop(hop, answer.status, location);
        if (next === null) return await readFetched(answer, hop, settings);
        await cookies.take(hop, answer.headers.getSetCookie());
        await answer.body?.cancel();
        if (redirects === settings.maxRedirects) throw tooManyRedirects(settings.maxRedirects, hop);
        hop = next;
      }
    });
  } catch (error) {
    throw told(error, current);
  }
}

/** Browsers do not tell a page why nothing came: no cause, no code. */
function told(error: unknown, target: Target): Error {
  if (!(error instanceof TypeError) || error.cause !== undefined || 'code' in error) return explain(error, target);
  return httpError('http-network', 'the server cannot be reached, or does not let this page ask.', target, {
    hint: "The browser's console says more. A service that is to be asked from pages allows it by CORS headers.",
    cause: error,
  });
}

/** A page is not shown where a redirect leads, so it cannot follow one itself. */
function redirectMode({ redirect }: HttpRequest, { maxRedirects }: FetchSettings): 'follow' | 'manual' {
  return redirect !== 'manual' && maxRedirects > 0 && keepsPageRules() ? 'follow' : 'manual';
}

function unseen({ redirect }: HttpRequest, { maxRedirects }: FetchSettings, hop: Hop): Error {
  if (redirect !== 'manual') return tooManyRedirects(maxRedirects, hop);
  return httpError('http-redirects', 'the service redirects, and a browser does not show a page where to.', hop, {
    hint: 'Let the request follow redirects, or run the flow on a server.',
  });
}

function firstFetchHop(request: HttpRequest, settings: FetchSettings): Hop {
  const method = readMethod(request.method);
  const target = { method, url: readUrl(request.url, method) };
  return {
    ...target,
    headers: readHeaders(request.headers, target, new Map()),
    body: readRequestBody(request.body, settings.maxRequestBytes, target),
  };
}

async function readFetched(answer: Response, hop: Hop, { maxResponseBytes }: FetchSettings): Promise<HttpResponse> {
  const { 'content-encoding': coding, ...headers } = joinedHeaders(Object.fromEntries(answer.headers));
  const setCookie = answer.headers.getSetCookie().map(asUtf8);
  if (announcesTooMuch(headers, hop.method, maxResponseBytes)) {
    await answer.body?.cancel();
    throw tooLarge(maxResponseBytes, hop);
  }
  const body =
    answer.body === null ? new Uint8Array() : await readAll(piecesOfStream(answer.body), maxResponseBytes, hop);
  // What was coded has been decoded on the way; the length is that of the body that is handed on.
  const decoded = coding !== undefined && 'content-length' in headers && hop.method !== 'HEAD';
  const url = new URL(answer.url || hop.url);
  url.hash = '';
  return {
    status: answer.status,
    statusText: answer.statusText,
    headers: decoded ? { ...headers, 'content-length': String(body.byteLength) } : headers,
    body,
    url: url.href,
    ...(setCookie.length === 0 ? {} : { setCookie }),
  };
}

/** Not every browser lets a loop read a stream. Leaving the loop early ends the exchange. */
async function* piecesOfStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // Of a stream that has ended or failed there is nothing to cancel.
    await reader.cancel().catch(() => {});
  }
}
