/** A run that reaches a real service, to record it: what is called at the border, and what came back. */
import {
  type AttemptEvent,
  type CardEnded,
  type DeckDocument,
  type Engine,
  type ErrorData,
  type FlowEvent,
  HttpError,
  type HttpPort,
  type HttpRequest,
  type HttpResponse,
} from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { Border, CallRecord } from './border.js';
import { recordOf } from './simulated-http.js';

/** What really answers in a recording. */
export interface LiveService {
  /** The way out. */
  readonly http: HttpPort;
  /** Hears every exchange before anything of it is noted: what is secret in it becomes known. */
  readonly onExchange?: (request: HttpRequest, response: HttpResponse | null) => void;
}

/** Requests of the deck's own cards are calls at the border; those that a connector makes belong to its card. */
export function liveHttp({ http, onExchange }: LiveService, border: Border, { flows }: DeckDocument): HttpPort {
  const own = new Set(flows.map(({ id }) => id));
  return {
    async request(request, origin) {
      const call =
        origin === undefined || own.has(origin.cardFlow) ? recordOf(request, origin, shownBody(request)) : null;
      try {
        const response = await http.request(request, origin);
        onExchange?.(request, response);
        if (call !== null) border.note(call, toldAnswer(response));
        return response;
      } catch (error) {
        onExchange?.(request, null);
        if (call !== null && error instanceof HttpError) border.noteError(call, { ...toldError(error), body: null });
        throw error;
      }
    },
  };
}

function shownBody({ body }: HttpRequest): string | null {
  return typeof body === 'string' ? body : body === undefined ? null : `(${body.length} bytes)`;
}

function toldAnswer({ status, headers, body }: HttpResponse) {
  return { statusCode: status, headers: { ...headers }, body: bodyText(body) ?? { base64: bodyBase64(body) } };
}

function bodyText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function bodyBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function toldError({ message, code, statusCode }: { message: string; code: string; statusCode: number | null }) {
  return { message, code, statusCode };
}

/** Notes what cards of connectors were given and gave, as a run tells of them: secrets are out of it. */
export class LiveCalls {
  readonly #flows = new Map<string, string>();
  /** Attempts that failed and were repeated, by execution and card. */
  readonly #failed = new Map<string, ErrorData[]>();
  readonly #connected: ReadonlySet<string>;
  readonly #own: ReadonlySet<string>;
  readonly #border: Border;

  constructor({ cards, connectors }: Engine, { flows }: DeckDocument, border: Border) {
    const keys = new Set(connectors.map(({ key }) => key));
    this.#connected = new Set(cards.map(({ card }) => card.id).filter((id) => keys.has(nameParts(id).connector)));
    this.#own = new Set(flows.map(({ id }) => id));
    this.#border = border;
  }

  readonly hear = (event: FlowEvent): void => {
    if (event.type === 'execution' && event.phase === 'started') this.#flows.set(event.executionId, event.flow);
    if (event.type === 'attempt') this.#keep(event);
    if (event.type !== 'card' || event.phase !== 'ended') return;
    const failed = this.#taken(event);
    const flow = this.#flows.get(event.executionId);
    if (!this.#connected.has(event.cardType) || flow === undefined || !this.#own.has(flow)) return;
    const { connector, action } = nameParts(event.cardType);
    const call: CallRecord = { kind: 'card', flow, card: event.card, connector, action, inputs: event.inputs ?? {} };
    for (const error of failed) this.#noteError(call, error);
    if (event.error === null) this.#border.note(call, event.outputs ?? {});
    else this.#noteError(call, event.error);
  };

  #noteError(call: CallRecord, error: ErrorData): void {
    const { extra } = error;
    const body = isPlainObject(extra) && Object.hasOwn(extra, 'body') ? (extra['body'] ?? null) : (extra ?? null);
    this.#border.noteError(call, { ...toldError(error), body });
  }

  #keep({ executionId, seq, error }: AttemptEvent): void {
    const key = `${executionId}#${seq}`;
    this.#failed.set(key, [...(this.#failed.get(key) ?? []), error]);
  }

  #taken({ executionId, seq }: CardEnded): readonly ErrorData[] {
    const key = `${executionId}#${seq}`;
    const failed = this.#failed.get(key) ?? [];
    this.#failed.delete(key);
    return failed;
  }
}

function nameParts(id: string): { readonly connector: string; readonly action: string } {
  const dot = id.indexOf('.');
  return { connector: id.slice(0, dot), action: id.slice(dot + 1) };
}
