/** Notes the HTTP requests of a run for its report. Secrets that turn up on the way become known as such. */
import type { CardOrigin, HttpPort, HttpRequest, HttpResponse } from '@flowdeck/engine';
import { isPlainObject, parseJsonText, type Redactor } from '@flowdeck/engine/kit';
import type { ReportedExchange } from '@flowdeck/view';

/** So many requests are told. */
const MOST_EXCHANGES = 10_000;
/** Characters of a body that are kept. */
const MOST_BODY = 20_000;
/** Names whose values nobody shows: of headers, and of members of JSON bodies. */
const SECRET_NAME = /authorization|cookie|token|secret|password|passwd|api[-_]?key/i;

export class ExchangeLog {
  readonly exchanges: ReportedExchange[] = [];
  readonly #secrets: Redactor;

  constructor(secrets: Redactor) {
    this.#secrets = secrets;
  }

  /** A port that notes what goes through it. */
  around(port: HttpPort): HttpPort {
    return {
      request: async (request, origin) => {
        const startedAt = Date.now();
        try {
          const response = await port.request(request, origin);
          this.#note(request, origin, startedAt, { response });
          return response;
        } catch (error) {
          this.#note(request, origin, startedAt, { error: error instanceof Error ? error.message : String(error) });
          throw error;
        }
      },
    };
  }

  #note(
    request: HttpRequest,
    origin: CardOrigin | undefined,
    startedAt: number,
    { response, error = null }: { readonly response?: HttpResponse; readonly error?: string | null },
  ): void {
    if (this.exchanges.length === MOST_EXCHANGES || origin === undefined) return;
    const { executionId, cardFlow: flow, card, attempt } = origin;
    const { method, url, headers, body } = request;
    this.#learn(headers, body);
    if (response !== undefined) this.#learn(response.headers, response.body);
    const exchange: ReportedExchange = {
      executionId,
      flow,
      card,
      attempt,
      startedAt,
      method,
      url,
      requestHeaders: { ...headers },
      requestBody: body === undefined ? null : this.#text(body),
      status: response?.status ?? null,
      responseHeaders: response?.headers ?? {},
      responseBody: response === undefined || response.body.length === 0 ? null : this.#text(response.body),
      error,
      durationMs: Date.now() - startedAt,
    };
    this.exchanges.push(this.#secrets.redact(exchange));
  }

  /** What is secret by its name is so wherever else it turns up. */
  #learn(headers: Readonly<Record<string, string>>, body: string | Uint8Array | undefined): void {
    for (const [name, value] of Object.entries(headers)) {
      // `Bearer` and the like are no secret.
      if (SECRET_NAME.test(name)) this.#secrets.add(value.replace(/^\w+ /, ''));
    }
    const text = typeof body === 'string' ? body : body === undefined ? null : textOf(body);
    if (text === null || !/^\s*[{[]/.test(text)) return;
    try {
      learnMembers(parseJsonText(text), this.#secrets);
    } catch {
      // It only looked like JSON: there are no members to know.
    }
  }

  /** Redacted before it is cut: half of a secret would not be known again. */
  #text(body: string | Uint8Array): string {
    const text = typeof body === 'string' ? body : textOf(body);
    if (text === null) return `(${body.length} bytes that are no text)`;
    const clean = this.#secrets.redact(text);
    return clean.length > MOST_BODY ? `${clean.slice(0, MOST_BODY)}… (${clean.length} characters in all)` : clean;
  }
}

function learnMembers(value: unknown, secrets: Redactor): void {
  if (Array.isArray(value)) for (const item of value) learnMembers(item, secrets);
  else if (isPlainObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'string' && SECRET_NAME.test(name)) secrets.add(member);
      else learnMembers(member, secrets);
    }
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
