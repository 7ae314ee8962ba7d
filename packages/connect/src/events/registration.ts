/**
 * The life of a registration at a service, as a pure state machine: from what is, and what has happened, to what is then and
 * what is to be done. Whoever drives it keeps the state durably before it does anything.
 */
import type { Value } from '@flowdeck/engine';
import type {
  Registration,
  RegistrationEvent,
  RegistrationPhase,
  RegistrationPolicy,
  RegistrationStep,
} from './registration-types.js';

const DAY = 86_400_000;
const LONGEST_PAUSE = 3_600_000;
/** What was seen within this time is not asked for because somebody doubts it. */
const LATELY = 600_000;

/** A registration that nobody wants yet. */
export function newRegistration(now: number): Registration {
  return {
    phase: 'off',
    token: null,
    data: null,
    expiresAt: null,
    dueAt: null,
    attempts: 0,
    since: now,
    reason: null,
    unwanted: false,
  };
}

/**
 * When something is to be done: `dueAt`, or now where that lies further ahead than anything is waited for. Then the clock was
 * set back, and nobody shall wait until it has come so far again.
 */
export function registrationDueAt(state: Registration, policy: RegistrationPolicy, now: number): number | null {
  const { phase, dueAt, expiresAt } = state;
  if (dueAt === null) return null;
  const latest = [now + LONGEST_PAUSE];
  if (phase === 'on' && policy.exists) latest.push(now + (policy.checkEveryMs ?? DAY));
  // It ends by the clock of the service.
  if (phase === 'on' && expiresAt !== null) latest.push(expiresAt);
  return dueAt > Math.max(...latest) ? now : dueAt;
}

/** True: a delivery to the URL with this token is taken. Any other is answered with 410. */
export function takesDeliveries({ phase, token }: Registration, given: string): boolean {
  return token === given && (phase === 'on' || phase === 'renewing');
}

/** True: a challenge to the URL with this token is answered. The service asks while the register flow still waits. */
export function answersChallenges({ phase, token }: Registration, given: string): boolean {
  return token === given && (phase === 'registering' || phase === 'on' || phase === 'renewing');
}

/**
 * One step of the life. What does not fit the phase changes nothing: answers come late, and twice.
 *
 * @example
 * const { state, act } = stepRegistration(kept, { kind: 'turn-on', token }, policy, now);
 * await keep(state); // before the flow of `act` runs
 */
export function stepRegistration(
  state: Registration,
  event: RegistrationEvent,
  policy: RegistrationPolicy,
  now: number,
): RegistrationStep {
  switch (event.kind) {
    case 'turn-on':
      return turnOn(state, event.token, policy, now);
    case 'turn-off':
      return turnOff(state, policy, now);
    case 'found':
      return found(state, event, policy, now);
    case 'registered':
      return registered(state, event, policy, now);
    case 'deregistered':
      return state.phase === 'deregistering' ? still(ended(state, now)) : still(state);
    case 'failed':
      return failed(state, event, policy, now);
    case 'doubted':
      return doubted(state, policy, now);
    case 'due':
      return due(state, event.token, policy, now);
  }
}

function turnOn(state: Registration, token: string, policy: RegistrationPolicy, now: number): RegistrationStep {
  if (state.phase === 'off' || state.phase === 'failed') return begin(state, token, policy, now);
  // It is ended there first: the new one gets a URL of its own, and nobody mistakes one for the other.
  return still({ ...state, unwanted: false });
}

/** Asks whether one is there only where there was one: a URL that was never given away is registered nowhere. */
function begin(state: Registration, token: string, { exists }: RegistrationPolicy, now: number): RegistrationStep {
  if (exists && state.token !== null && state.data !== null)
    return { state: enter(state, 'asking', now), act: 'exists' };
  return { state: { ...enter(state, 'registering', now), token, data: null, expiresAt: null }, act: 'register' };
}

function turnOff(state: Registration, policy: RegistrationPolicy, now: number): RegistrationStep {
  switch (state.phase) {
    case 'off':
      return still(state);
    case 'failed':
      return still(ended(state, now));
    case 'registering':
      // The service may have it already, and only the answer says under which name.
      return still({ ...state, unwanted: true });
    case 'deregistering':
      return still({ ...state, unwanted: true });
    default:
      return end(state, policy, now);
  }
}

/** Off here at once; the service is told until it has heard. */
function end(state: Registration, policy: RegistrationPolicy, now: number): RegistrationStep {
  if (!policy.deregister || state.data === null) return still(ended(state, now));
  return { state: { ...enter(state, 'deregistering', now), unwanted: true }, act: 'deregister' };
}

function found(
  state: Registration,
  { exists, token }: { readonly exists: boolean; readonly token: string },
  policy: RegistrationPolicy,
  now: number,
): RegistrationStep {
  if (state.phase !== 'asking' && state.phase !== 'on') return still(state);
  if (exists) return still(settle({ ...enter(state, 'on', now) }, policy, now));
  return { state: { ...enter(state, 'registering', now), token, data: null, expiresAt: null }, act: 'register' };
}

function registered(
  state: Registration,
  { data, expiresAt }: { readonly data: Value; readonly expiresAt: number | null },
  policy: RegistrationPolicy,
  now: number,
): RegistrationStep {
  if (state.phase !== 'registering' && state.phase !== 'renewing') return still(state);
  const on = settle({ ...enter(state, 'on', now), data: data ?? state.data, expiresAt }, policy, now);
  return state.unwanted ? end(on, policy, now) : still(on);
}

function failed(
  state: Registration,
  { reason, isFinal }: { readonly reason: string; readonly isFinal: boolean },
  policy: RegistrationPolicy,
  now: number,
): RegistrationStep {
  const attempts = state.attempts + 1;
  const dueAt = now + pauseAfter(attempts, policy);
  switch (state.phase) {
    case 'registering':
      if (state.unwanted) return still(ended(state, now));
      if (isFinal) return still({ ...enter(state, 'failed', now), reason });
      return still({ ...state, attempts, dueAt, reason });
    case 'asking':
    case 'deregistering':
      return still({ ...state, attempts, dueAt, reason });
    case 'renewing':
      // Until its end it is as good as before.
      return still({ ...state, phase: 'on', attempts, dueAt, reason });
    case 'on':
      return still({ ...state, attempts, dueAt, reason });
    default:
      return still(state);
  }
}

function doubted(state: Registration, { exists }: RegistrationPolicy, now: number): RegistrationStep {
  const { phase, dueAt, since } = state;
  if (phase !== 'on' || !exists) return still(state);
  // Without a next moment it was being asked for when its host was killed.
  if (dueAt !== null && now - since < LATELY) return still(state);
  return { state: { ...state, dueAt: null }, act: 'exists' };
}

function due(state: Registration, token: string, policy: RegistrationPolicy, now: number): RegistrationStep {
  const dueAt = registrationDueAt(state, policy, now);
  if (dueAt === null || now < dueAt) return still(state);
  switch (state.phase) {
    case 'registering':
      // The service may have taken the URL of before without our hearing of it: nothing that it sends there counts.
      return { state: { ...state, token, dueAt: null }, act: 'register' };
    case 'asking':
      return { state: { ...state, dueAt: null }, act: 'exists' };
    case 'deregistering':
      return { state: { ...state, dueAt: null }, act: 'deregister' };
    case 'on':
      return lookAfter(state, token, policy, now);
    default:
      return still({ ...state, dueAt: null });
  }
}

/** What is on is renewed before its end, registered anew after it, and asked for now and then. */
function lookAfter(state: Registration, token: string, policy: RegistrationPolicy, now: number): RegistrationStep {
  const { expiresAt } = state;
  if (expiresAt !== null && now >= expiresAt)
    return { state: { ...enter(state, 'registering', now), token, data: null, expiresAt: null }, act: 'register' };
  if (expiresAt !== null && policy.renew && now >= renewalOf(state, policy))
    return { state: { ...state, phase: 'renewing', dueAt: null }, act: 'renew' };
  if (policy.exists) return { state: { ...state, dueAt: null }, act: 'exists' };
  return still(settle(state, policy, now));
}

/** When it is to be looked after next. */
function settle(state: Registration, policy: RegistrationPolicy, now: number): Registration {
  const moments = [
    ...(policy.exists ? [now + (policy.checkEveryMs ?? DAY)] : []),
    ...(state.expiresAt === null ? [] : [policy.renew ? renewalOf(state, policy) : state.expiresAt]),
  ];
  return { ...state, dueAt: moments.length === 0 ? null : Math.max(now, Math.min(...moments)) };
}

function renewalOf({ expiresAt, since }: Registration, { renewBefore = 0.5 }: RegistrationPolicy): number {
  const end = expiresAt ?? Number.POSITIVE_INFINITY;
  return end - (end - since) * renewBefore;
}

function pauseAfter(attempts: number, { retryMs = 5_000 }: RegistrationPolicy): number {
  return Math.min(retryMs * 2 ** (attempts - 1), LONGEST_PAUSE);
}

function enter(state: Registration, phase: RegistrationPhase, now: number): Registration {
  return { ...state, phase, since: now, attempts: 0, dueAt: null, reason: null };
}

function ended(state: Registration, now: number): Registration {
  return { ...newRegistration(now), reason: state.phase === 'failed' ? state.reason : null };
}

function still(state: Registration): RegistrationStep {
  return { state, act: null };
}
