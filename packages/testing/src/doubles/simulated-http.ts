/** HTTP without a network: mocks answer, else an empty object with status 200. */
import type { CardOrigin, Clock, HttpPort, HttpRequest, HttpResponse, Value } from '@flowdeck/engine';
import { seededRandom } from '@flowdeck/engine/kit';
import { contentOf, type ScriptedResponse } from '../http/exchange.js';
import { requestView } from '../mocks/call.js';
import type { MockAnswer } from '../mocks/types.js';
import type { Border, CallRecord } from './border.js';
import { delayed, responseOf } from './http-answer.js';
import { mockedError } from './mocked-error.js';
import type { Stage } from './perform.js';
import { plausible } from './plausible.js';

const MADE_UP: MockAnswer = { status: 200, json: {} };

function madeUp({ flow, card }: CallRecord, make: BodyMaker | null): MockAnswer {
  const json = make === null || flow === null || card === null ? null : make(flow, card);
  return json === null ? MADE_UP : { status: 200, json };
}

/** Makes up what a service answers to a card; null: nothing is read of it. */
export type BodyMaker = (flow: string, card: string) => Value | null;

/** Bodies by what the flow reads of them. */
export function madeBody({ refine, made, seed, border }: Stage): BodyMaker {
  return (flow, card) => {
    const field = refine(flow, card, { key: 'body', type: 'any' });
    const random = seededRandom(`${seed}/${flow}/${card}/${border.turn(flow, card)}`);
    return plausible(field, { ...made, random });
  };
}

/** @param make Null: what no mock answers gets an empty object. */
export function simulatedHttp(border: Border, clock: Clock, make: BodyMaker | null): HttpPort {
  return {
    async request(request, origin) {
      const { method, url, headers, body } = request;
      const text = typeof body === 'string' ? body : body === undefined ? null : `(${body.length} bytes)`;
      const call = recordOf(request, origin, text);
      const view = requestView(method, url, headers, typeof body === 'string' ? body : null);
      const { flow, card } = call;
      const name = `${view.method} ${view.url}`;
      const answer = border.answer({ kind: 'http', name, flow, card, inputs: { ...view } }, call) ?? madeUp(call, make);
      await delayed(answer.delayMs ?? 0, request, clock);
      return given(answer, call, border, url);
    },
  };
}

export function recordOf(
  { method, url, headers }: HttpRequest,
  origin: CardOrigin | undefined,
  body: string | null,
): CallRecord {
  return {
    kind: 'http',
    flow: origin?.cardFlow ?? null,
    card: origin?.card ?? null,
    connector: 'http',
    action: method,
    inputs: { url, headers, body },
  };
}

/** @throws HttpError where the mock says that nobody answers. */
function given(answer: MockAnswer, call: CallRecord, border: Border, url: string): HttpResponse {
  const { error, status = 200, headers, body, json, base64 } = answer;
  if (error !== undefined) throw mockedError(error, 'http-network', call, border);
  const scripted: ScriptedResponse = {
    status,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    ...(json === undefined ? {} : { json }),
    ...(base64 === undefined ? {} : { base64 }),
  };
  const response = responseOf(scripted, url);
  const [, content = ''] = contentOf(scripted);
  const shown = typeof content === 'string' ? content : { base64: base64 ?? '' };
  border.note(call, { statusCode: status, headers: response.headers, body: shown });
  return response;
}
