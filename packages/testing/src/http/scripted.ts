/** A scripted HTTP service on 127.0.0.1: it answers what its script foresees, and explains everything else. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { contentOf, type ScriptedExchange, type ScriptedResponse } from './exchange.js';
import type { ReceivedRequest } from './match.js';
import { Script, type ScriptedRequest, type ScriptOrder } from './script.js';
import { listen, plainHeaders, readBody, splitTarget, wait } from './server.js';

const MAX_BODY_BYTES = 16 * 1_048_576;
/** Status of the answer to a request that the script does not foresee. No server uses it. */
export const UNEXPECTED_STATUS = 599;

/** How the service is started. */
export interface ScriptedServiceOptions {
  /** Default `in-order`. */
  order?: ScriptOrder;
  /** TCP port on 127.0.0.1. Default 0: any free one. */
  port?: number;
}

/** A fake service that answers by a script. */
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
  const script = new Script(exchanges, options.order);
  const stopping = new AbortController();
  const origin = { url: '' };
  const server = createServer((request, response) => {
    // Only a broken connection rejects; there is nobody left to answer.
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (!body) response.setHeader('Connection', 'close');
    const found = script.next(receivedFrom(request, body?.toString('utf8') ?? '', origin.url));
    if (typeof found === 'string') {
      answer(response, { status: UNEXPECTED_STATUS, body: found }, origin.url);
      return;
    }
    await wait(found, stopping.signal);
    answer(response, found, origin.url);
  }

  const { url, close } = await listen(server, options.port ?? 0, stopping);
  origin.url = url;
  return { url, requests: script.requests, problems: () => script.problems(), close };
}

function receivedFrom(request: IncomingMessage, body: string, origin: string): ReceivedRequest {
  const { path, query } = splitTarget(request.url ?? '/');
  return {
    method: request.method ?? '',
    origin,
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
