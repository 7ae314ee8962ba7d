/** A scripted HTTP service on 127.0.0.1: it answers what its script foresees, and explains everything else. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { checkExchanges, type ScriptedExchange, type ScriptedResponse } from './exchange.js';
import { differences, type ReceivedRequest } from './match.js';
import { listen, plainHeaders, readBody, splitTarget, wait } from './server.js';

const MAX_BODY_BYTES = 16 * 1_048_576;
/** Status of the answer to a request that the script does not foresee. No server uses it. */
export const UNEXPECTED_STATUS = 599;

export interface ScriptedServiceOptions {
  /**
   * `in-order` (default): requests come in the order of the exchanges. `by-match`: in any order; the first
   * exchange that fits and is not used up answers.
   */
  order?: 'in-order' | 'by-match';
  /** TCP port on 127.0.0.1. Default 0: any free one. */
  port?: number;
}

/** A request and what became of it. */
export interface ScriptedRequest extends ReceivedRequest {
  /** Number of the exchange that answered, from 1. Null when there was none. */
  readonly exchange: number | null;
}

export interface ScriptedService {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly ScriptedRequest[];
  /** One sentence for every unforeseen request, and for every exchange that was not asked for often enough. */
  problems(): string[];
  /** Stops listening and ends all sockets. May be called twice. */
  close(): Promise<void>;
}

interface Entry {
  readonly exchange: ScriptedExchange;
  readonly number: number;
  used: number;
}

/**
 * Starts a service that plays a script. A request that does not fit is answered 599 with an explanation, which
 * `problems()` repeats; the script then stays where it was.
 *
 * @throws FlowdeckError `scripted-exchange` (the script is faulty), `service-port` (cannot listen there)
 * @example
 * const service = await startScriptedService([
 *   { request: { method: 'GET', path: '/items', query: { page: '1' } }, response: { status: 200, json: [] } },
 * ]);
 * // ... run the flow against service.url, then
 * assert.equal(service.problems(), []);
 * await service.close();
 */
export async function startScriptedService(
  exchanges: readonly ScriptedExchange[],
  options: ScriptedServiceOptions = {},
): Promise<ScriptedService> {
  checkExchanges(exchanges);
  const script = exchanges.map((exchange, index): Entry => ({ exchange, number: index + 1, used: 0 }));
  const find = options.order === 'by-match' ? findAny : findNext;
  const requests: ScriptedRequest[] = [];
  const unforeseen: string[] = [];
  const stopping = new AbortController();
  const origin = { url: '' };
  const server = createServer((request, response) => {
    // Only a broken connection rejects; there is nobody left to answer.
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (!body) response.setHeader('Connection', 'close');
    const received = receivedOf(request, body?.toString('utf8') ?? '');
    const found = find(script, received);
    if (typeof found === 'string') {
      const problem = `${received.method} ${request.url}: ${found}`;
      requests.push({ ...received, exchange: null });
      unforeseen.push(problem);
      answer(response, { status: UNEXPECTED_STATUS, body: problem }, origin.url);
      return;
    }
    found.used += 1;
    requests.push({ ...received, exchange: found.number });
    await wait(found.exchange.response, stopping.signal);
    answer(response, found.exchange.response, origin.url);
  }

  const { url, close } = await listen(server, options.port ?? 0, stopping);
  origin.url = url;
  return { url, requests, problems: () => [...unforeseen, ...script.filter(isOpen).map(unasked)], close };
}

/** The next open entry if the request fits it, else why it does not. */
function findNext(script: readonly Entry[], received: ReceivedRequest): Entry | string {
  const entry = script.find(isOpen);
  if (!entry) return 'the script is at its end';
  const found = differences(entry.exchange.request, received);
  return found.length === 0 ? entry : mismatch(entry, found);
}

/** The first open entry that the request fits, else how it differs from the nearest one. */
function findAny(script: readonly Entry[], received: ReceivedRequest): Entry | string {
  const open = script.filter(isOpen).map((entry) => ({ entry, found: differences(entry.exchange.request, received) }));
  const nearest = open.sort((a, b) => a.found.length - b.found.length)[0];
  if (!nearest) return 'the script is at its end';
  return nearest.found.length === 0 ? nearest.entry : mismatch(nearest.entry, nearest.found);
}

function mismatch(entry: Entry, found: readonly string[]): string {
  return `does not fit exchange ${entry.number} (${nameOf(entry)}): ${found.join('; ')}`;
}

function unasked(entry: Entry): string {
  return `Exchange ${entry.number} (${nameOf(entry)}) was asked for ${entry.used} of ${entry.exchange.times ?? 1} times.`;
}

function nameOf(entry: Entry): string {
  return `${entry.exchange.request.method} ${entry.exchange.request.path}`;
}

function isOpen(entry: Entry): boolean {
  return entry.used < (entry.exchange.times ?? 1);
}

function receivedOf(request: IncomingMessage, body: string): ReceivedRequest {
  const { path, query } = splitTarget(request.url ?? '/');
  return {
    method: request.method ?? '',
    path,
    query: new URLSearchParams(query),
    headers: plainHeaders(request),
    body,
  };
}

function answer(response: ServerResponse, scripted: ScriptedResponse, url: string): void {
  const withUrl = (text: string) => text.replaceAll('{{url}}', url);
  response.statusCode = scripted.status;
  const [type, body] = contentOf(scripted);
  if (type !== undefined) response.setHeader('Content-Type', type);
  for (const [name, value] of Object.entries(scripted.headers ?? {})) {
    response.setHeader(name, typeof value === 'string' ? withUrl(value) : value.map(withUrl));
  }
  response.end(typeof body === 'string' ? withUrl(body) : body);
}

function contentOf(scripted: ScriptedResponse): [type?: string, body?: string | Uint8Array] {
  if (scripted.json !== undefined) return ['application/json', JSON.stringify(scripted.json)];
  if (scripted.base64 !== undefined) return ['application/octet-stream', Buffer.from(scripted.base64, 'base64')];
  return scripted.body === undefined ? [] : ['text/plain; charset=utf-8', scripted.body];
}
