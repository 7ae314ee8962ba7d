/** What becomes of a request to the URL of an event: its answer, and what those who watch are told. */
import type { EventDelivery } from '@flowdeck/engine/kit';
import type { Acceptance, NewEvent } from '../events/types.js';
import type { DeliveryNotice } from '../notices/types.js';
import { declaredAnswer, empty, unproven } from './answers.js';
import type { ProofVerdict } from './proofs.js';

/** What became of a request to the URL of an event. */
export interface Received {
  readonly outcome: DeliveryNotice['outcome'];
  readonly answer: Response;
  readonly reason?: string;
  /** What was taken, or known, by the flows that hear it. */
  readonly events?: readonly Pick<DeliveryNotice, 'outcome' | 'flow' | 'delivery' | 'run'>[];
}

export function turnedAway(status: number, reason: string): Received {
  return { outcome: 'refused', answer: empty(status), reason };
}

/** Says which methods there are (RFC 9110, section 15.5.6). */
export function undeclared(methods: readonly string[]): Received {
  const received = turnedAway(405, 'Its method is not declared.');
  received.answer.headers.set('allow', methods.join(', '));
  return received;
}

export function notProven(verdict: Exclude<ProofVerdict, { kind: 'proven' }>): Received {
  const { kind, reason } = verdict;
  return { outcome: kind === 'unknown' ? 'later' : 'refused', answer: unproven(verdict), reason };
}

/** The one that decides the answer first. */
const OUTCOMES = ['conflict', 'accepted', 'repeated'] as const;

/** All but the answer. */
export function receivedOf(acceptances: readonly Acceptance[], events: readonly NewEvent[]) {
  const taken = acceptances.map((each, index) => takenAs(each, events[index]));
  const [outcome = 'repeated'] = OUTCOMES.filter((each) => taken.some((one) => one.outcome === each));
  return { outcome, events: taken };
}

function takenAs(acceptance: Acceptance, event: NewEvent | undefined) {
  const [flow, delivery] = [event?.flow ?? null, event?.id ?? null];
  const { kind: outcome } = acceptance;
  return { outcome, flow, delivery, run: acceptance.kind === 'accepted' ? acceptance.event.runId : null };
}

export function ignored(declared: EventDelivery): Received {
  return { outcome: 'ignored', answer: declaredAnswer(declared) };
}
