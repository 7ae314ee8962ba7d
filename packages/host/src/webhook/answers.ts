/** What services are answered. */
import type { ChallengeAnswer, EventDelivery } from '@flowdeck/engine/kit';
import { bytesOf, type PartSource, textOf } from './parts.js';
import type { ProofVerdict } from './proofs.js';

const RETRY_AFTER_S = '5';
/** Statuses that have no body. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205]);

export function empty(status: number): Response {
  return new Response(null, { status });
}

/** What passes is answered by nothing that makes a sender give up. */
export function later(): Response {
  return new Response(null, { status: 503, headers: { 'retry-after': RETRY_AFTER_S } });
}

/** The reason is for the owner: whoever guesses is told nothing. */
export function unproven({ kind }: ProofVerdict): Response {
  return kind === 'unknown' ? later() : empty(401);
}

/** What a delivery is answered with as soon as it is kept. */
export function declaredAnswer({ answer = {} }: EventDelivery): Response {
  const { status = 200, type, body = '' } = answer;
  const headers = type === undefined ? {} : { 'content-type': type };
  return new Response(body === '' || WITHOUT_BODY.has(status) ? null : body, { status, headers });
}

export function challengeAnswer({ status = 200, type, body, json }: ChallengeAnswer, source: PartSource): Response {
  if (json !== undefined) {
    const told = Object.fromEntries(Object.entries(json).map(([key, part]) => [key, textOf(part, source)]));
    const headers = { 'content-type': type ?? 'application/json' };
    return new Response(JSON.stringify(told), { status, headers });
  }
  const bytes = bytesOf(body ?? [], source);
  const headers = { 'content-type': type ?? 'text/plain' };
  return new Response(bytes === null || WITHOUT_BODY.has(status) ? null : Buffer.from(bytes), { status, headers });
}
