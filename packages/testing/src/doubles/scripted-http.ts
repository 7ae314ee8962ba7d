/** HTTP that answers by a script, without a network: for a card under test, and for a whole engine. */
import {
  CancelledError,
  type Clock,
  HttpError,
  type HttpPort,
  type HttpRequest,
  type HttpResponse,
  systemClock,
} from '@flowdeck/engine';
import type { TestingCode } from '../codes.js';
import { contentOf, type ScriptedExchange, type ScriptedResponse } from '../http/exchange.js';
import type { ReceivedRequest } from '../http/match.js';
import { Script, type ScriptedRequest, type ScriptOrder } from '../http/script.js';

export interface ScriptedHttpOptions {
  /** Default `in-order`. */
  readonly order?: ScriptOrder;
  /** What an answer with a `delayMs` waits by. Default: the time of this machine. */
  readonly clock?: Clock;
}

export interface ScriptedHttp extends HttpPort {
  /** Every request so far, in order. */
  readonly requests: readonly ScriptedRequest[];
  /** One sentence for every unforeseen request, and for every exchange that was not asked for often enough. */
  problems(): string[];
}

/**
 * An HTTP port that plays a script. It rejects as a real one does: `cancelled` when the signal aborts, `http-timeout`
 * when the answer takes longer than the request allows, `http-url`; and `http-unscripted` for what the script does not foresee,
 * which `problems()` repeats, since a card may catch it.
 *
 * @throws FlowdeckError `scripted-exchange` when the script is faulty, with a JSON Pointer into it.
 * @example
 * const http = scriptedHttp([
 *   { request: { method: 'GET', path: 'https://weather.example.com/now?place=Graz' }, response: { status: 200, json: { celsius: 21 } } },
 * ]);
 * assert.equal(await runCard(weather, { service: 'https://weather.example.com', place: 'Graz' }, { http }), { celsius: 21 });
 * assert.equal(http.problems(), []);
 */
export function scriptedHttp(exchanges: readonly ScriptedExchange[], options: ScriptedHttpOptions = {}): ScriptedHttp {
  const script = new Script(exchanges, options.order);
  const clock = options.clock ?? systemClock();
  return {
    requests: script.requests,
    problems: () => script.problems(),
    async request(request) {
      if (request.signal?.aborted) throw new CancelledError();
      if (!URL.canParse(request.url)) {
        throw new HttpError<TestingCode>('http-url', `${JSON.stringify(request.url)} is no absolute URL.`);
      }
      const response = script.next(receivedOf(request));
      if (typeof response === 'string') {
        throw new HttpError<TestingCode>('http-unscripted', `The script does not foresee ${response}.`, {
          hint: 'Add an exchange for it, or mend the request.',
        });
      }
      await delayed(response.delayMs ?? 0, request, clock);
      return responseOf(response, request.url);
    },
  };
}

function receivedOf({ method, url, headers, body = '' }: HttpRequest): ReceivedRequest {
  const { origin, pathname, searchParams } = new URL(url);
  return {
    method,
    origin,
    path: pathname,
    query: searchParams,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: typeof body === 'string' ? body : new TextDecoder().decode(body),
  };
}

function responseOf(scripted: ScriptedResponse, url: string): HttpResponse {
  const { origin } = new URL(url);
  const withUrl = (text: string) => text.replaceAll('{{url}}', origin);
  const [type, body = ''] = contentOf(scripted);
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  const setCookie: string[] = [];
  for (const [name, value] of Object.entries(scripted.headers ?? {})) {
    if (name.toLowerCase() === 'set-cookie') setCookie.push(...[value].flat().map(withUrl));
    else headers[name.toLowerCase()] = [value].flat().map(withUrl).join(', ');
  }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(withUrl(body)) : body;
  const response = { status: scripted.status, statusText: '', headers, body: bytes, url };
  return setCookie.length === 0 ? response : { ...response, setCookie };
}

/** Waits for the answer, no longer than the request is willing to. */
function delayed(
  ms: number,
  { signal, timeoutMs = Number.POSITIVE_INFINITY }: HttpRequest,
  clock: Clock,
): Promise<void> {
  if (ms === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stopClock = clock.after(Math.min(ms, timeoutMs), () => {
      signal?.removeEventListener('abort', abort);
      if (ms <= timeoutMs) resolve();
      else reject(new HttpError<TestingCode>('http-timeout', `The answer did not come within ${timeoutMs} ms.`));
    });
    function abort(): void {
      stopClock();
      reject(new CancelledError());
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}
