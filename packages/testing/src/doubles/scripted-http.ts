/** HTTP that answers by a script, without a network: for a card under test, and for a whole engine. */
import { CancelledError, type Clock, HttpError, type HttpPort, type HttpRequest, systemClock } from '@flowdeck/engine';
import type { TestingCode } from '../codes.js';
import type { ScriptedExchange } from '../http/exchange.js';
import type { ReceivedRequest } from '../http/match.js';
import { Script, type ScriptedRequest, type ScriptOrder } from '../http/script.js';
import { delayed, responseOf } from './http-answer.js';

/** How a script is played. */
export interface ScriptedHttpOptions {
  /** Default `in-order`. */
  readonly order?: ScriptOrder;
  /** What an answer with a `delayMs` waits by. Default: the time of this machine. */
  readonly clock?: Clock;
}

/** A port that plays a script, and what came of it. */
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
      const { origin } = new URL(request.url);
      return responseOf(response, request.url, (text) => text.replaceAll('{{url}}', origin));
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
