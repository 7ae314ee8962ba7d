/** Drives registrations at services through their lives: each step is kept before anything is done, and taken up again after a crash. */
import {
  type Registration,
  type RegistrationAct,
  type RegistrationEvent,
  registrationDueAt,
  stepRegistration,
} from '@flowdeck/connect';
import type { Clock, RunResult } from '@flowdeck/engine';
import { reasonOf } from '../log/errors.js';
import { actFailed, outcomeOf } from './outcomes.js';
import { CUT_OFF, DOUBTED, IS_ON, UNDER_WAY } from './phases.js';
import { type Registered, stepped } from './registered.js';
import { policyOf, type Registrant } from './registrants.js';
import { isStillHeard, type Subscription } from './subscriptions.js';
import { newToken } from './tokens.js';

/** What the registrar needs of its host. */
export interface RegistrarHost {
  readonly clock: Clock;
  read(flow: string): Registered;
  /** Resolves when it is durable. */
  keep(flow: string, registered: Registered): Promise<void>;
  /** Whether the flow is on. */
  isOn(flow: string): boolean;
  /** Runs a flow of the connector to its end. */
  run(registrant: Registrant, flow: string, inputs: Readonly<Record<string, unknown>>): Promise<RunResult>;
  /** Keeps what is registered under an id of its own, which it gives, so that its flow may register anew. */
  setAside(flow: string, reason: string): Promise<string>;
  urlOf(token: string): string;
  warn(flow: string, error: unknown): void;
}

export class Registrar {
  readonly #host: RegistrarHost;
  #subscriptions: ReadonlyMap<string, Subscription>;
  /** What is no longer heard, or heard otherwise: by these its registrations are ended. */
  readonly #leaving = new Map<string, Registrant>();
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
    this.takeUp([...this.#subscriptions.keys()]);
  }

  /** Other subscriptions hold from now on. Gives the flows that had none before: they are to be taken up. */
  renew(subscriptions: ReadonlyMap<string, Subscription>): readonly string[] {
    const former = this.#subscriptions;
    this.#subscriptions = subscriptions;
    if (!this.#isStarted) return [];
    for (const [flow, subscription] of former) {
      if (!isStillHeard(subscription, subscriptions)) this.leave(flow, subscription);
    }
    return [...subscriptions.keys()].filter((flow) => !former.has(flow));
  }

  /** What is registered is ended by whoever made it. */
  leave(id: string, registrant: Registrant): void {
    if (this.#leaving.has(id) || this.#host.read(id).registration.phase === 'off') return;
    this.#leaving.set(id, registrant);
    const isCutOff = this.#isCutOff(id);
    this.#inTurn(id, () => this.#step(id, { kind: 'turn-off' }));
    if (isCutOff) this.#failCutOff(id);
  }

  isLeaving(id: string): boolean {
    return this.#leaving.has(id);
  }

  /** Goes on with what an earlier life has left of these. */
  takeUp(flows: readonly string[]): void {
    for (const flow of flows) if (this.#isStarted) this.#takeUp(flow);
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

  /** The service may have lost it: it is asked, unless that was a moment ago, or is under way. */
  doubt(flow: string): void {
    const subscription = this.#subscriptions.get(flow);
    if (subscription === undefined || !this.#isStarted || this.#turns.has(flow)) return;
    const { registration } = this.#host.read(flow);
    // Each step is written before it is done: what is seen to change nothing costs no write.
    const { act } = stepRegistration(registration, DOUBTED, policyOf(subscription), this.#host.clock.now());
    if (act !== null) this.#inTurn(flow, () => this.#step(flow, DOUBTED));
  }

  /** By what its registration is stepped on: of one that is no longer heard, by what has made it. */
  #heardBy(flow: string): Registrant | undefined {
    return this.#leaving.get(flow) ?? this.#subscriptions.get(flow);
  }

  #wish(flow: string): RegistrationEvent {
    return this.#isWanted(flow) ? { kind: 'turn-on', token: newToken() } : { kind: 'turn-off' };
  }

  #isWanted(flow: string): boolean {
    return this.#subscriptions.has(flow) && !this.#leaving.has(flow) && this.#host.isOn(flow);
  }

  #takeUp(flow: string): void {
    const subscription = this.#subscriptions.get(flow);
    if (subscription === undefined || this.#leaving.has(flow)) return;
    const { registration } = this.#host.read(flow);
    const now = this.#host.clock.now();
    if (this.#isCutOff(flow)) this.#failCutOff(flow);
    else this.#wakeBy(registrationDueAt(registration, policyOf(subscription), now));
    if (this.#isWanted(flow) !== IS_ON[registration.phase])
      this.#inTurn(flow, () => this.#step(flow, this.#wish(flow)));
    else this.doubt(flow);
  }

  /** Between its flow and the write that tells of its end the host was killed: what came of it is not known. */
  #isCutOff(id: string): boolean {
    const { phase, dueAt } = this.#host.read(id).registration;
    return dueAt === null && UNDER_WAY.has(phase) && !this.#turns.has(id);
  }

  #failCutOff(id: string): void {
    const { phase } = this.#host.read(id).registration;
    this.#inTurn(id, async () => {
      // What leaves may have come further by itself.
      if (this.#host.read(id).registration.phase === phase) await this.#step(id, CUT_OFF);
    });
  }

  /** Steps, and does what the step asks for, until nothing is asked for. `kept` is called after the first write. */
  async #step(flow: string, first: RegistrationEvent, kept?: () => void): Promise<void> {
    let event: RegistrationEvent | null = first;
    let tell = kept;
    while (event !== null && !(this.#isStopped && tell === undefined)) {
      const registrant = this.#heardBy(flow);
      if (registrant === undefined) return;
      const before = this.#host.read(flow);
      const { state, act } = stepRegistration(before.registration, event, policyOf(registrant), this.#host.clock.now());
      await this.#host.keep(flow, stepped(before, state, act, registrant));
      tell?.();
      tell = undefined;
      this.#wakeBy(registrationDueAt(state, policyOf(registrant), this.#host.clock.now()));
      if (state.phase === 'off') this.#leaving.delete(flow);
      event = act === null ? await this.#afterwards(flow, state) : await this.#do(flow, registrant, act);
    }
  }

  /** What was wished for while the one before came to its end. */
  async #afterwards(flow: string, { phase, attempts, reason }: Registration): Promise<RegistrationEvent | null> {
    const leaving = this.#leaving.get(flow);
    const isUnheard = phase === 'deregistering' && attempts > 0;
    if (leaving !== undefined && isUnheard && this.#subscriptions.has(flow)) {
      // It is told until it has heard, and nobody waits for that.
      const aside = await this.#host.setAside(flow, reason ?? '');
      this.#leaving.delete(flow);
      this.#leaving.set(aside, leaving);
      this.#wakeBy(this.#host.read(aside).registration.dueAt);
      return this.#isWanted(flow) ? this.#wish(flow) : null;
    }
    return phase === 'off' && this.#isWanted(flow) ? this.#wish(flow) : null;
  }

  async #do(flow: string, registrant: Registrant, act: NonNullable<RegistrationAct>): Promise<RegistrationEvent> {
    const { registration, secret } = this.#host.read(flow);
    const id = registrant.event[act];
    // An event without a flow for it has its URL told by a person.
    if (id === undefined) return { kind: 'registered', data: null, expiresAt: null };
    const eventUrl = registration.token === null ? null : this.#host.urlOf(registration.token);
    let result: RunResult;
    try {
      const given = { eventUrl, secret, registration: registration.data, flowId: registrant.flow.id };
      result = await this.#host.run(registrant, id, given);
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
      const registrant = this.#heardBy(flow);
      if (registrant === undefined) continue;
      const dueAt = registrationDueAt(this.#host.read(flow).registration, policyOf(registrant), now);
      if (dueAt === null) continue;
      if (dueAt > now) this.#wakeBy(dueAt);
      else this.#inTurn(flow, () => this.#step(flow, { kind: 'due', token: newToken() }));
    }
  }
}
