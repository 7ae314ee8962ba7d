/** Runs the interceptors of a host around a card and around its HTTP requests. */
import type { CardInterceptor, HttpInterceptor, Interceptors } from '../cards/index.js';
import { RunError } from '../errors.js';
import type { CardOrigin, HttpPort, HttpRequest, HttpResponse } from '../ports/index.js';
import { isHttpAnswer } from './http-answer.js';
import { isThenable } from './waiting.js';

/** The interceptors of an engine; null where there are none, so that nothing is done for them. */
export interface Chains {
  readonly pure: readonly CardInterceptor[] | null;
  readonly effect: readonly CardInterceptor[] | null;
  readonly control: readonly CardInterceptor[] | null;
  readonly http: readonly HttpInterceptor[] | null;
}

export function chainsOf({ pure, effect, control, http }: Interceptors = {}): Chains {
  return { pure: chainOf(pure), effect: chainOf(effect), control: chainOf(control), http: chainOf(http) };
}

/** A copy, which the host cannot change any more. */
function chainOf<T>(given: readonly T[] | undefined): readonly T[] | null {
  return given === undefined || given.length === 0 ? null : [...given];
}

/** Performs a card within its interceptors. */
export function interceptCard(chain: readonly CardInterceptor[], card: CardOrigin, perform: () => unknown): unknown {
  return chain.reduceRight((inner, interceptor) => () => within(interceptor, card, inner), perform)();
}

/** What one interceptor makes of what is inside. */
function within(interceptor: CardInterceptor, card: CardOrigin, inner: () => unknown): unknown {
  let settled: (() => unknown) | null = null;
  const next = () => {
    if (settled !== null)
      throw misbehaved(card, 'called next twice', "An attempt is performed once; retries are the flow's.");
    settled = performed(inner);
    // What a card gives is looked at where the engine takes it.
    return settled() as ReturnType<CardInterceptor>;
  };
  const conclude = (given: unknown): unknown => {
    if (given !== undefined) return given;
    if (settled !== null) return settled();
    throw misbehaved(card, 'neither called next nor gave outputs', 'Throw an error to refuse the card.');
  };
  const given = interceptor(card, next);
  return isThenable(given) ? Promise.resolve(given).then(conclude) : conclude(given);
}

/** Performs it, and gives how that went as often as it is asked. */
function performed(inner: () => unknown): () => unknown {
  try {
    const given = inner();
    // An interceptor that fails meanwhile leaves nobody who waits for it.
    if (isThenable(given)) Promise.resolve(given).catch(() => undefined);
    return () => given;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** The port with its interceptors around it. */
export function interceptHttp(chain: readonly HttpInterceptor[], port: HttpPort, card: CardOrigin): HttpPort {
  const send = chain.reduceRight<(request: HttpRequest) => Promise<HttpResponse>>(
    (inner, interceptor) => async (request) => answerIn(await interceptor(request, inner, card), card),
    (request) => port.request(request),
  );
  return { request: send };
}

function answerIn(response: unknown, card: CardOrigin): HttpResponse {
  if (isHttpAnswer(response)) return response;
  throw misbehaved(card, 'gave no HTTP answer', 'Hand back what next gives, or an HttpResponse of your own.');
}

function misbehaved({ cardType }: CardOrigin, what: string, hint: string): RunError {
  return new RunError('interceptor-result', `An interceptor of "${cardType}" ${what}.`, { hint });
}
