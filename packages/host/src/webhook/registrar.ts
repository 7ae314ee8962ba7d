/** Drives registrations at services through their lives: each step is kept before anything is done, and taken up again after a crash. */
import { randomBytes } from 'node:crypto';
import {
  type Registration,
  type RegistrationAct,
  type RegistrationEvent,
  type RegistrationPolicy,
  registrationDueAt,
  stepRegistration,
} from '@flowdeck/connect';
import type { Clock, RunResult } from '@flowdeck/engine';
import { reasonOf } from '../log/errors.js';
import { actFailed, outcomeOf } from './outcomes.js';
import { changed, type Registered } from './registered.js';
import { isStillHeard, type Subscription } from './subscriptions.js';

/** What the registrar needs of its host. */
export interface RegistrarHost {
  readonly clock: Clock;
  read(flow: string): Registered;
  /** Resolves when it is durable. */
  keep(flow: string, registered: Registered): Promise<void>;
  /** Whether the flow is on. */
  isOn(flow: string): boolean;
  /** Runs a flow of the connector to its end. */
  run(subscription: Subscription, flow: string, inputs: Readonly<Record<string, unknown>>): Promise<RunResult>;
  urlOf(token: string): string;
  warn(flow: string, error: unknown): void;
}

export class Registrar {
  readonly #host: RegistrarHost;
  #subscriptions: ReadonlyMap<string, Subscription>;
  /** What is no longer heard, or heard otherwise: by these its registrations are ended. */
  readonly #leaving = new Map<string, Subscription>();
  /** One step of a flow at a time. */
  readonly #turns = new Map<string, Promise<void>>();
  #wakeAt = Number.POSITIVE_INFINITY;
  #cancelWake: () => void = () => {};
  #isStarted = false;
  #isStopped = false;

  constructor(host: RegistrarHost, subscriptions: ReadonlyMap<string, Subscription>) {
    this.#host = host;
    this.#subscriptions = subscriptions;
  }

  /** Takes up what an earlier life has left. */
  start(): void {
    this.#isStarted = true;
    for (const flow of this.#subscriptions.keys()) this.#takeUp(flow);
  }

  /** Other subscriptions hold from now on. Gives those whose registrations stay as they are. */
  renew(subscriptions: ReadonlyMap<string, Subscription>): ReadonlyMap<string, Subscription> {
    const former = this.#subscriptions;
    this.#subscriptions = subscriptions;
    const isNew = (flow: string) => !former.has(flow);
    if (this.#isStarted) {
      for (const [flow, subscription] of former) {
        if (!isStillHeard(subscription, subscriptions)) this.#leave(flow, subscription);
      }
      for (const flow of subscriptions.keys()) if (isNew(flow) && !this.#leaving.has(flow)) this.#takeUp(flow);
    }
    return new Map([...subscriptions].filter(([flow]) => !this.#leaving.has(flow)));
  }

  #leave(flow: string, subscription: Subscription): void {
    if (this.#leaving.has(flow) || this.#host.read(flow).registration.phase === 'off') return;
    this.#leaving.set(flow, subscription);
    this.#inTurn(flow, () => this.#step(flow, { kind: 'turn-off' }));
  }

  /** Lets steps under way come to their end, and begins nothing more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelWake();
    await Promise.all(this.#turns.values());
  }

  /** The flow was turned on or off. Resolves when the first step of that is kept: a service may take its time. */
  turn(flow: string): Promise<void> {
    if (!this.#subscriptions.has(flow)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#inTurn(flow, async () => {
        const event = this.#wish(flow);
        await this.#step(flow, event, resolve).catch((error: unknown) => {
          reject(error);
          throw error;
        });
      });
    });
  }

  /** By what its registration is stepped on: of one that is no longer heard, by what has made it. */
  #heardBy(flow: string): Subscription | undefined {
    return this.#leaving.get(flow) ?? this.#subscriptions.get(flow);
  }

  #wish(flow: string): RegistrationEvent {
    return this.#host.isOn(flow) ? { kind: 'turn-on', token: newToken() } : { kind: 'turn-off' };
  }

  #takeUp(flow: string): void {
    const { registration } = this.#host.read(flow);
    const { phase, dueAt } = registration;
    const subscription = this.#heardBy(flow);
    if (subscription === undefined) return;
    const wakeAt = registrationDueAt(registration, policyOf(subscription), this.#host.clock.now());
    const isWanted = this.#host.isOn(flow);
    // Between its flow and the write that tells of its end the host was killed: what came of it is not known.
    const isCutOff = dueAt === null && UNDER_WAY.has(phase);
    if (isCutOff) {
      const failed: RegistrationEvent = {
        kind: 'failed',
        reason: 'The host was stopped before the answer.',
        isFinal: false,
      };
      this.#inTurn(flow, () => this.#step(flow, failed));
    } else this.#wakeBy(wakeAt);
    if (isWanted !== IS_ON[phase]) this.#inTurn(flow, () => this.#step(flow, this.#wish(flow)));
  }

  /** Steps, and does what the step asks for, until nothing is asked for. `kept` is called after the first write. */
  async #step(flow: string, first: RegistrationEvent, kept?: () => void): Promise<void> {
    let event: RegistrationEvent | null = first;
    let tell = kept;
    while (event !== null && !(this.#isStopped && tell === undefined)) {
      const subscription = this.#heardBy(flow);
      if (subscription === undefined) return;
      const before = this.#host.read(flow);
      const { state, act } = stepRegistration(
        before.registration,
        event,
        policyOf(subscription),
        this.#host.clock.now(),
      );
      const isAnew = act === 'register' && state.token !== before.registration.token;
      const next = changed(before, state);
      const secret = isAnew && subscription.delivery.secret?.from === 'generated' ? newToken() : next.secret;
      await this.#host.keep(flow, { ...next, secret: state.phase === 'off' ? null : secret });
      tell?.();
      tell = undefined;
      this.#wakeBy(state.dueAt);
      if (state.phase === 'off') this.#leaving.delete(flow);
      event = act === null ? this.#afterwards(flow, state) : await this.#do(flow, subscription, act);
    }
  }

  /** What was wished for while the one before came to its end. */
  #afterwards(flow: string, { phase }: Registration): RegistrationEvent | null {
    return phase === 'off' && this.#subscriptions.has(flow) && this.#host.isOn(flow) ? this.#wish(flow) : null;
  }

  async #do(flow: string, subscription: Subscription, act: NonNullable<RegistrationAct>): Promise<RegistrationEvent> {
    const { registration, secret } = this.#host.read(flow);
    const id = subscription.event[act];
    // An event without a flow for it has its URL told by a person.
    if (id === undefined) return { kind: 'registered', data: null, expiresAt: null };
    const eventUrl = registration.token === null ? null : this.#host.urlOf(registration.token);
    let result: RunResult;
    try {
      result = await this.#host.run(subscription, id, {
        eventUrl,
        secret,
        registration: registration.data,
        flowId: flow,
      });
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error), isFinal: false };
    }
    if (result.error !== null) return actFailed(act, result.error);
    return outcomeOf(act, result.outputs ?? {}, registration, newToken);
  }

  #inTurn(flow: string, work: () => Promise<void>): void {
    const before = this.#turns.get(flow) ?? Promise.resolve();
    const turn = before.then(work).catch((error: unknown) => this.#host.warn(flow, error));
    this.#turns.set(flow, turn);
    turn.finally(() => {
      if (this.#turns.get(flow) === turn) this.#turns.delete(flow);
    });
  }

  /** One timer for all: the earliest moment at which something is due. */
  #wakeBy(dueAt: number | null): void {
    if (dueAt === null || dueAt >= this.#wakeAt || this.#isStopped) return;
    this.#cancelWake();
    this.#wakeAt = dueAt;
    this.#cancelWake = this.#host.clock.after(Math.max(0, dueAt - this.#host.clock.now()), () => this.#wake());
  }

  #wake(): void {
    this.#wakeAt = Number.POSITIVE_INFINITY;
    const now = this.#host.clock.now();
    for (const flow of new Set([...this.#leaving.keys(), ...this.#subscriptions.keys()])) {
      const subscription = this.#heardBy(flow);
      if (subscription === undefined) continue;
      const dueAt = registrationDueAt(this.#host.read(flow).registration, policyOf(subscription), now);
      if (dueAt === null) continue;
      if (dueAt > now) this.#wakeBy(dueAt);
      else this.#inTurn(flow, () => this.#step(flow, { kind: 'due', token: newToken() }));
    }
  }
}

const UNDER_WAY: ReadonlySet<Registration['phase']> = new Set(['asking', 'registering', 'renewing', 'deregistering']);
/** Whether somebody who is in the phase is on, or on the way there. */
const IS_ON: Readonly<Record<Registration['phase'], boolean>> = {
  off: false,
  asking: true,
  registering: true,
  on: true,
  renewing: true,
  deregistering: false,
  // The service has refused: it is asked again when its owner turns it on again.
  failed: true,
};

function policyOf({ event: { exists, renew, deregister } }: Subscription): RegistrationPolicy {
  return { exists: exists !== undefined, renew: renew !== undefined, deregister: deregister !== undefined };
}

/** Cannot be guessed: 192 bits. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}
