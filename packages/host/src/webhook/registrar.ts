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
import type { Clock, RunResult, Value } from '@flowdeck/engine';
import { reasonOf } from '../log/errors.js';
import { changed, type Registered } from './registered.js';
import type { Subscription } from './subscriptions.js';

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
  readonly #subscriptions: ReadonlyMap<string, Subscription>;
  /** One step of a flow at a time. */
  readonly #turns = new Map<string, Promise<void>>();
  #wakeAt = Number.POSITIVE_INFINITY;
  #cancelWake: () => void = () => {};
  #isStopped = false;

  constructor(host: RegistrarHost, subscriptions: ReadonlyMap<string, Subscription>) {
    this.#host = host;
    this.#subscriptions = subscriptions;
  }

  /** Takes up what an earlier life has left. */
  start(): void {
    for (const [flow, subscription] of this.#subscriptions) this.#takeUp(flow, subscription);
  }

  /** Lets steps under way come to their end, and begins nothing more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelWake();
    await Promise.all(this.#turns.values());
  }

  /** The flow was turned on or off. Resolves when the first step of that is kept: a service may take its time. */
  turn(flow: string): Promise<void> {
    const subscription = this.#subscriptions.get(flow);
    if (subscription === undefined) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#inTurn(flow, async () => {
        const event = this.#wish(flow);
        await this.#step(flow, subscription, event, resolve).catch((error: unknown) => {
          reject(error);
          throw error;
        });
      });
    });
  }

  #wish(flow: string): RegistrationEvent {
    return this.#host.isOn(flow) ? { kind: 'turn-on', token: newToken() } : { kind: 'turn-off' };
  }

  #takeUp(flow: string, subscription: Subscription): void {
    const { registration } = this.#host.read(flow);
    const { phase, dueAt } = registration;
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
      this.#inTurn(flow, () => this.#step(flow, subscription, failed));
    } else this.#wakeBy(wakeAt);
    if (isWanted !== IS_ON[phase]) this.#inTurn(flow, () => this.#step(flow, subscription, this.#wish(flow)));
  }

  /** Steps, and does what the step asks for, until nothing is asked for. `kept` is called after the first write. */
  async #step(flow: string, subscription: Subscription, first: RegistrationEvent, kept?: () => void): Promise<void> {
    let event: RegistrationEvent | null = first;
    let tell = kept;
    while (event !== null && !(this.#isStopped && tell === undefined)) {
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
      event = act === null ? this.#afterwards(flow, state) : await this.#do(flow, subscription, act);
    }
  }

  /** What was wished for while the one before came to its end. */
  #afterwards(flow: string, { phase }: Registration): RegistrationEvent | null {
    return phase === 'off' && this.#host.isOn(flow) ? this.#wish(flow) : null;
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
    const { error } = result;
    if (error !== null) {
      // What is not there any more need not be ended.
      if (act === 'deregister' && GONE.has(error.statusCode ?? 0)) return { kind: 'deregistered' };
      return { kind: 'failed', reason: error.message, isFinal: isFinal(error.statusCode) };
    }
    return outcomeOf(act, result.outputs ?? {}, registration);
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
    for (const [flow, subscription] of this.#subscriptions) {
      const dueAt = registrationDueAt(this.#host.read(flow).registration, policyOf(subscription), now);
      if (dueAt === null) continue;
      if (dueAt > now) this.#wakeBy(dueAt);
      else this.#inTurn(flow, () => this.#step(flow, subscription, { kind: 'due', token: newToken() }));
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

const GONE: ReadonlySet<number> = new Set([404, 410]);
/** Refusals that may be over in a moment. */
const PASSING: ReadonlySet<number> = new Set([401, 408, 409, 425, 429]);

function isFinal(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500 && !PASSING.has(status);
}

function policyOf({ event: { exists, renew, deregister } }: Subscription): RegistrationPolicy {
  return { exists: exists !== undefined, renew: renew !== undefined, deregister: deregister !== undefined };
}

type Outputs = Readonly<Record<string, Value>>;

function outcomeOf(act: NonNullable<RegistrationAct>, outputs: Outputs, { data }: Registration): RegistrationEvent {
  switch (act) {
    case 'exists':
      return { kind: 'found', exists: outputs['exists'] === true, token: newToken() };
    case 'deregister':
      return { kind: 'deregistered' };
    default: {
      const given = outputs['registration'] ?? null;
      // Without a name for it, it could be neither asked for nor ended.
      if (given === null && data === null) {
        return { kind: 'failed', reason: 'The register flow gave no "registration".', isFinal: false };
      }
      return { kind: 'registered', data: given, expiresAt: momentOf(outputs['expiresAt'] ?? null) };
    }
  }
}

/** A date, an ISO 8601 text, or milliseconds since 1970. */
function momentOf(value: Value): number | null {
  const moment =
    typeof value === 'number' ? value : Date.parse(value instanceof Date ? value.toISOString() : String(value));
  return Number.isFinite(moment) ? moment : null;
}

/** Cannot be guessed: 192 bits. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}
