/** The HTTP port: one guarded undici agent, redirects by hand, everything within limits. */
import type { HttpPort, HttpRequest, HttpResponse } from '@flowdeck/engine';
import type { Dispatcher } from 'undici';
import type { GuardedAgents } from './agent.js';
import { announcesTooMuch, readAll, readRequestBody, tooLarge } from './body.js';
import { checkForProxy, checkNamed } from './connect.js';
import { Cookies } from './cookies.js';
import { timeFor, tooLate, withDeadline } from './deadline.js';
import { decodeBody } from './decode.js';
import { explain, explainProxied, httpError, type Target } from './errors.js';
import { asUtf8, cookiesOf, joinedHeaders, readHeaders, toLines, usualFields } from './headers.js';
import { readMethod } from './method.js';
import { type HttpPortOptions, readOptions, type Settings } from './options.js';
import { proxyFor } from './proxies.js';
import { type Hop, nextHop, tooManyRedirects } from './redirects.js';
import { readUrl } from './urls.js';

/** An HTTP port that holds connections, and lets go of them. */
export interface ClosableHttpPort extends HttpPort {
  /** Takes no further requests, waits for those under way, and closes all connections. */
  close(): Promise<void>;
}

/** A redirect's own body is worth reading only if that costs less than a new connection. */
const SMALL_BODY = 16 * 1024;

/**
 * The way of runs into the web, for Node.js.
 *
 * Only http and https, and only public addresses: loopback, private, link-local and metadata addresses are refused
 * after name resolution and on every redirect, unless `allowHosts` names the host. Bodies, redirects and time are
 * limited, certificates always checked. Proxies are used only where `proxies` names them, and held to the same rules: a
 * name that leads to such an address is refused before the proxy is asked.
 *
 * Beside the codes of `HttpPort`, a request rejects with `http-header` (a header that cannot be sent), `http-method`
 * (CONNECT, TRACE or no method at all) and `http-closed` (after `close`). Methods are sent in capitals.
 *
 * @throws FlowdeckError `http-options` for an option that cannot be used.
 * @example
 * const http = httpPort({ allowHosts: ['localhost:8080'], timeoutMs: 10_000 });
 * const answer = await http.request({ method: 'GET', url: 'https://example.com/', headers: {} });
 * await http.close();
 */
export function httpPort(options: HttpPortOptions = {}): ClosableHttpPort {
  const settings = readOptions(options);
  const underWay = new Set<Promise<unknown>>();
  let agents: Promise<GuardedAgents> | null = null;
  let closed = false;

  async function start(request: HttpRequest): Promise<HttpResponse> {
    if (closed) {
      throw httpError(
        'http-closed',
        'the HTTP port was closed.',
        { method: String(request.method), url: null },
        {
          hint: 'Close the port after the last run, not before.',
        },
      );
    }
    return exchange(request, settings, () => {
      agents ??= createAgents(settings);
      return agents;
    });
  }

  return {
    request(request) {
      const answer = start(request);
      const done = answer.catch(() => {}).finally(() => underWay.delete(done));
      underWay.add(done);
      return answer;
    },
    async close() {
      closed = true;
      await Promise.all(underWay);
      await (await agents)?.destroy();
    },
  };
}

/** undici is loaded with the first request: hosts whose flows make none should not pay for it. */
async function createAgents(settings: Settings): Promise<GuardedAgents> {
  return (await import('./agent.js')).guardedAgents(settings);
}

async function exchange(
  request: HttpRequest,
  settings: Settings,
  agents: () => Promise<GuardedAgents>,
): Promise<HttpResponse> {
  const ms = timeFor(request, settings);
  let current: Target = { method: String(request.method), url: null };
  let proxy: string | null = null;
  const late = () => tooLate(ms, settings.maxTimeoutMs, current);
  try {
    return await withDeadline({ ms, signal: request.signal, late }, async (signal) => {
      let hop = firstHop(request, settings);
      const cookies = new Cookies();
      for (let redirects = 0; ; redirects++) {
        current = hop;
        checkNamed(hop.url, settings);
        const opened = await agents();
        signal.throwIfAborted();
        proxy = proxyFor(hop.url, settings.proxies);
        if (proxy !== null) await checkForProxy(hop.url, settings);
        const answer = await sendHop(opened.by(proxy), await cookies.give(hop), signal);
        const headers = joinedHeaders(answer.headers);
        const setCookie = cookiesOf(answer.headers);
        const next = request.redirect === 'manual' ? null : nextHop(hop, answer.statusCode, headers['location']);
        if (next === null) {
          const response = await receive(answer, headers, hop, settings);
          return setCookie.length === 0 ? response : { ...response, setCookie: setCookie.map(asUtf8) };
        }
        await cookies.take(hop, setCookie);
        discard(answer, headers, signal);
        if (redirects === settings.maxRedirects) throw tooManyRedirects(settings.maxRedirects, hop);
        hop = next;
      }
    });
  } catch (error) {
    throw proxy === null ? explain(error, current) : explainProxied(error, current);
  }
}

function firstHop(request: HttpRequest, settings: Settings): Hop {
  const method = readMethod(request.method);
  const url = readUrl(request.url, method);
  const target = { method, url };
  return {
    ...target,
    headers: readHeaders(request.headers, target, usualFields(settings.userAgent)),
    body: readRequestBody(request.body, settings.maxRequestBytes, target),
  };
}

function sendHop(agent: Dispatcher, hop: Hop, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  return agent.request({
    origin: hop.url.origin,
    path: hop.url.pathname + hop.url.search,
    // undici sends any token; its type lists the usual ones only.
    method: hop.method as Dispatcher.HttpMethod,
    headers: toLines(hop.headers),
    body: hop.body,
    signal,
  });
}

async function receive(
  answer: Dispatcher.ResponseData,
  headers: HttpResponse['headers'],
  hop: Hop,
  { maxResponseBytes }: Settings,
): Promise<HttpResponse> {
  if (announcesTooMuch(headers, hop.method, maxResponseBytes)) {
    drop(answer);
    throw tooLarge(maxResponseBytes, hop);
  }
  const body = await readAll(answer.body, maxResponseBytes, hop);
  const decoded = await decodeBody({ headers, body }, maxResponseBytes, hop);
  const url = new URL(hop.url);
  url.hash = '';
  return { status: answer.statusCode, statusText: answer.statusText, ...decoded, url: url.href };
}

/** Keeps the connection for the next request if the rest is small, and closes it otherwise. */
function discard(answer: Dispatcher.ResponseData, headers: HttpResponse['headers'], signal: AbortSignal): void {
  if (Number(headers['content-length'] ?? Number.NaN) <= SMALL_BODY)
    answer.body.dump({ limit: SMALL_BODY, signal }).catch(() => {});
  else drop(answer);
}

function drop(answer: Dispatcher.ResponseData): void {
  // The stream reports that it was destroyed before its end, which is what is wanted here.
  answer.body.on('error', () => {}).destroy();
}
