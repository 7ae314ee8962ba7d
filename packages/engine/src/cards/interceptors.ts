/** Interceptors: what a host puts around cards and HTTP requests, one concern each. */
import type { CardOrigin, HttpRequest, HttpResponse } from '../ports/index.js';
import type { CardResult, Outputs } from './context.js';

/**
 * Stands around one attempt of a card. `next` performs the card, or the interceptor inside of this one; it is called once,
 * or not at all to refuse the card by an error or to stand in for it by outputs. What the interceptor gives is what the
 * card gave; when it gives nothing, what `next` gave or threw stands.
 *
 * @example
 * const timed: CardInterceptor = async (card, next) => {
 *   const started = performance.now();
 *   try {
 *     await next();
 *   } finally {
 *     durations.record(performance.now() - started, { card: card.cardType, tenant: card.metadata.tenant });
 *   }
 * };
 */
export type CardInterceptor = (card: CardOrigin, next: () => CardResult<Outputs>) => CardResult<Outputs>;

/**
 * Stands around one HTTP request of a card: may change it, send it more than once or not at all, and gives an answer.
 *
 * @example
 * const traced: HttpInterceptor = (request, next, card) =>
 *   next({ ...request, headers: { ...request.headers, traceparent: traceparentOf(card) } });
 */
export type HttpInterceptor = (
  request: HttpRequest,
  next: (request: HttpRequest) => Promise<HttpResponse>,
  card: CardOrigin,
) => Promise<HttpResponse>;

/**
 * By what they stand around, the first of a list outermost. Without any, nothing of this costs a card anything.
 *
 * - `effect`: within what a durable runtime remembers. An effect that is not performed again on a replay is not
 *   intercepted again, and a refusal is remembered as any other error.
 * - `control`, `pure`: every time, on replays too, so whether they refuse must not depend on anything but the card. A run
 *   takes the slower way of one that is listened to.
 * - `http`: inside of `effect`, outside of the limits of size, which hold what is really sent and received.
 */
export interface Interceptors {
  /** Around cards that only compute. */
  readonly pure?: readonly CardInterceptor[];
  /** Around cards that reach the world. */
  readonly effect?: readonly CardInterceptor[];
  /** Around cards that run blocks and call flows; what happens inside is inside of `next`. */
  readonly control?: readonly CardInterceptor[];
  /** Around each request that a card sends through the port. */
  readonly http?: readonly HttpInterceptor[];
}
