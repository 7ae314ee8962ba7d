/** The life of a registration: a URL before the service hears of it, no delivery to an old one, an end until the service has heard. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  answersChallenges,
  newRegistration,
  registrationDueAt,
  stepRegistration,
  takesDeliveries,
} from './registration.js';
import type { Registration, RegistrationEvent, RegistrationPolicy } from './registration-types.js';

const ALL: RegistrationPolicy = { exists: true, renew: true, deregister: true };
const HOUR = 3_600_000;

/** Takes steps one after the other, a minute apart; gives the phases and what was to be done. */
function life(events: readonly RegistrationEvent[], policy = ALL, from: Registration = newRegistration(0)) {
  let state = from;
  const told: string[] = [];
  for (const [index, event] of events.entries()) {
    const step = stepRegistration(state, event, policy, (index + 1) * 60_000);
    state = step.state;
    told.push(step.act === null ? state.phase : `${state.phase}: ${step.act}`);
  }
  return { state, told };
}

const on = (token: string): RegistrationEvent => ({ kind: 'turn-on', token });
const registered = (expiresAt: number | null = null): RegistrationEvent => ({
  kind: 'registered',
  data: { id: 7 },
  expiresAt,
});
const failed = (isFinal = false): RegistrationEvent => ({ kind: 'failed', reason: 'busy', isFinal });
const due = (token = 'next'): RegistrationEvent => ({ kind: 'due', token });
const off: RegistrationEvent = { kind: 'turn-off' };

test('on: the URL is there before the service is told, answers challenges first and deliveries then', () => {
  const first = life([on('url-1')]).state;
  assert.equal([answersChallenges(first, 'url-1'), takesDeliveries(first, 'url-1')], [true, false]);
  const { state, told } = life([on('url-1'), registered()]);
  assert.equal(told, ['registering: register', 'on']);
  assert.equal([takesDeliveries(state, 'url-1'), takesDeliveries(state, 'url-2')], [true, false]);
  assert.equal(state.data, { id: 7 });
});

test('doubted: asked for while it is on, unless that was a moment ago; one that was being asked for is asked for again', () => {
  const doubt = (state: Registration, now: number, policy = ALL) =>
    stepRegistration(state, { kind: 'doubted' }, policy, now);
  const { state } = life([on('url-1'), registered()]);
  assert.equal([doubt(state, 120_000 + 599_999).act, doubt(state, 120_000 - HOUR).act], [null, null]);
  const asking = doubt(state, 120_000 + 600_000);
  assert.equal([asking.act, takesDeliveries(asking.state, 'url-1')], ['exists', true]);
  // The host was killed before the answer.
  assert.is(doubt(asking.state, 120_001).act, 'exists');
  assert.is(doubt(state, HOUR, { ...ALL, exists: false }).act, null);
  for (const phase of ['off', 'asking', 'registering', 'renewing', 'deregistering', 'failed'] as const)
    assert.equal(doubt({ ...state, phase, dueAt: null }, HOUR), { state: { ...state, phase, dueAt: null }, act: null });
});

test('off: here at once, there until it has heard', () => {
  const { state, told } = life([on('url-1'), registered(), off, failed(), failed(), due(), { kind: 'deregistered' }]);
  assert.equal(told, [
    'registering: register',
    'on',
    'deregistering: deregister',
    'deregistering',
    'deregistering',
    'deregistering: deregister',
    'off',
  ]);
  assert.is(state.token, null);
  const ending = life([on('url-1'), registered(), off]).state;
  assert.equal([takesDeliveries(ending, 'url-1'), ending.data], [false, { id: 7 }]);
});

test('pauses grow, and a service that refuses for good is not asked again', () => {
  const waiting = life([on('u'), failed(), due('x')]).state;
  assert.equal([waiting.dueAt, waiting.token], [null, 'x'], 'asked again, with a URL that nobody has had');
  const [once, twice] = [life([on('u'), failed()]).state, life([on('u'), failed(), failed()]).state];
  assert.equal([once.dueAt, twice.dueAt], [120_000 + 5_000, 180_000 + 10_000]);
  const { state, told } = life([on('u'), failed(true), due(), on('v')]);
  assert.equal(told, ['registering: register', 'failed', 'failed', 'registering: register']);
  assert.is(state.token, 'v');
});

test('turned off while it registers: the answer is waited for, and ended there', () => {
  const { told } = life([on('u'), off, registered(), { kind: 'deregistered' }]);
  assert.equal(told, ['registering: register', 'registering', 'deregistering: deregister', 'off']);
  assert.equal(life([on('u'), off, failed()]).told.at(-1), 'off');
  assert.equal(life([on('u'), off, on('v'), registered()]).told.at(-1), 'on', 'wanted again');
});

test('renewed at half of its life; a renewal that fails leaves it on until its end', () => {
  const { state } = life([on('u'), registered(HOUR)]);
  assert.is(state.dueAt, 120_000 + (HOUR - 120_000) / 2);
  const at = (now: number, from: Registration, event: RegistrationEvent = due()) =>
    stepRegistration(from, event, ALL, now);
  const renewing = at(state.dueAt ?? 0, state);
  assert.equal([renewing.act, renewing.state.phase], ['renew', 'renewing']);
  assert.ok(takesDeliveries(renewing.state, 'u'));
  const lost = at(1_900_000, renewing.state, failed()).state;
  assert.equal([lost.phase, lost.dueAt], ['on', 1_905_000]);
  const anew = at(HOUR, lost, due('url-2'));
  assert.equal([anew.act, anew.state.token, takesDeliveries(anew.state, 'u')], ['register', 'url-2', false]);
});

test('asked for every day; one that the service has forgotten is registered anew, under a new URL', () => {
  const { state } = life([on('u'), registered()]);
  assert.is(state.dueAt, 120_000 + 86_400_000);
  const asking = stepRegistration(state, due(), ALL, state.dueAt ?? 0);
  assert.equal([asking.act, takesDeliveries(asking.state, 'u')], ['exists', true]);
  const gone = stepRegistration(asking.state, { kind: 'found', exists: false, token: 'v' }, ALL, 90_000_000);
  assert.equal([gone.act, gone.state.token], ['register', 'v']);
  const there = stepRegistration(asking.state, { kind: 'found', exists: true, token: 'v' }, ALL, 90_000_000);
  assert.equal([there.act, there.state.token, there.state.phase], [null, 'u', 'on']);
});

test('without a way to end it, off is off', () => {
  assert.equal(
    life([on('u'), registered(), off], { exists: false, renew: false, deregister: false }).told.at(-1),
    'off',
  );
});

const anyEvent = fc.oneof(
  fc.constantFrom(off, failed(), failed(true), { kind: 'deregistered' } as const, registered(), registered(HOUR)),
  fc.string({ minLength: 1, maxLength: 3 }).map(on),
  fc.string({ minLength: 1, maxLength: 3 }).map(due),
  fc.constant<RegistrationEvent>({ kind: 'doubted' }),
  fc.boolean().map((exists): RegistrationEvent => ({ kind: 'found', exists, token: `t${exists}` })),
);

test('whatever happens: nothing is registered without a URL, and what is off takes nothing', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      let state = newRegistration(0);
      for (const [index, event] of events.entries()) {
        const { state: next, act } = stepRegistration(state, event, ALL, (index + 1) * HOUR);
        if (act === 'register' || next.phase === 'on') assert.is.not(next.token, null);
        if (act === 'deregister') assert.is.not(next.data, null);
        const takes = takesDeliveries(next, next.token ?? '');
        assert.is(takes, next.phase === 'on' || next.phase === 'renewing');
        if (event.kind === 'turn-off') assert.not(takes, 'off here at once');
        state = next;
      }
    }),
  );
});

test('whatever happens: turned off and answered, it ends', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
      let state = newRegistration(0);
      let now = 0;
      const take = (event: RegistrationEvent) => {
        now += HOUR;
        state = stepRegistration(state, event, ALL, now).state;
      };
      for (const event of events) take(event);
      for (const event of [off, registered(), { kind: 'deregistered' } as const, off]) take(event);
      assert.is(state.phase, 'off');
    }),
  );
});

test('a clock that is set back makes nobody wait for it, and one that leaps ahead does what is due once', () => {
  const YEAR = 365 * 24 * HOUR;
  const waiting = life([on('url-1'), failed()], ALL).state;
  const before = 120_000 - YEAR;
  assert.is(registrationDueAt(waiting, ALL, before), before);
  assert.is(stepRegistration(waiting, due(), ALL, before).act, 'register');
  // A pause that is as long as pauses are is kept, forward and back.
  assert.is(registrationDueAt(waiting, ALL, 120_000 - HOUR / 2), waiting.dueAt);
  assert.is(stepRegistration(waiting, due(), ALL, 120_000 - HOUR / 2).act, null);
  const still = life([on('url-1'), registered()], ALL).state;
  assert.is(registrationDueAt(still, ALL, 120_000), still.dueAt);
  assert.is(stepRegistration(still, due(), ALL, 120_000 - YEAR).act, 'exists');
  // What ends in a year is waited for as long.
  const lasting = life([on('url-1'), registered(2 * YEAR)], { ...ALL, exists: false }).state;
  assert.is(registrationDueAt(lasting, { ...ALL, exists: false }, 120_000), lasting.dueAt);
  const ahead = stepRegistration(still, due(), ALL, 120_000 + 10 * YEAR);
  assert.is(ahead.act, 'exists');
  assert.is(stepRegistration(ahead.state, due(), ALL, 120_000 + 10 * YEAR).act, null);
});

test.run();
