/** Webhook events of a host: their URLs, their registrations, and who hears what comes. */
import type { Clock, Connections, DataObject, Engine, JsonData, RunResult } from '@flowdeck/engine';
import type { EventRuns } from '../events/event-runs.js';
import {
  appKey,
  asideId,
  isAside,
  type Registered,
  registeredIds,
  registeredKey,
  registeredOf,
  toKept,
  withoutRegistration,
} from './registered.js';
import { isRegisteredFor, type Registrant, registeredForOf, registrantOf } from './registrants.js';
import { Registrar } from './registrar.js';
import { DeliverySecrets } from './secrets.js';
import { isStillHeard, type Subscription } from './subscriptions.js';
import { newToken } from './tokens.js';

/** What webhooks need of their host. */
export interface WebhookHost {
  readonly clock: Clock;
  readonly events: EventRuns;
  readonly connections: Connections | null;
  /** Where services reach this host, such as `https://flows.example.com/`. */
  publicUrl(): string;
  /** Knows the connectors of now. */
  engine(): Engine;
  isOn(flow: string): boolean;
  runFlow(registrant: Registrant, flow: string, inputs: Readonly<Record<string, unknown>>): Promise<RunResult>;
  warn(flow: string, error: unknown): void;
  /** What was not registered is, from now on: what the service has not delivered before is asked for. */
  registered(flow: string): void;
  /** A registration has come to another place in its life, or failed to. */
  stepped(flow: string, phase: WebhookInfo['phase'], reason: string | null): void;
  /** A registration of a flow is still there, which nobody hears. */
  left(flow: string, reason: string): void;
}

/** The webhook of a flow, for people. */
export interface WebhookInfo {
  /** Where its deliveries go; null: nowhere at the moment. */
  readonly url: string | null;
  /** Where its registration at the service is in its life. */
  readonly phase: Registered['registration']['phase'];
  /** Why the last attempt to register, renew or end it failed, for people; null: it did not. */
  readonly reason: string | null;
}

/** Whose URL a token is. */
export type UrlOwner =
  | { readonly kind: 'flow'; readonly subscription: Subscription }
  /** Of an earlier registration, or of one whose flow is gone. */
  | { readonly kind: 'former' }
  /** Of an app: all flows that hear the event. */
  | { readonly kind: 'app'; readonly subscriptions: readonly Subscription[] };

export class Webhooks {
  readonly secrets = new DeliverySecrets();
  readonly #host: WebhookHost;
  #subscriptions: ReadonlyMap<string, Subscription>;
  readonly #registrar: Registrar;
  readonly #owners = new Map<string, UrlOwner>();
  /** What was kept, read. */
  readonly #registered = new Map<string, Registered>();

  constructor(host: WebhookHost, subscriptions: ReadonlyMap<string, Subscription>) {
    this.#host = host;
    this.#subscriptions = subscriptions;
    this.#ownAll();
    this.#registrar = new Registrar(
      {
        clock: host.clock,
        read: (flow) => this.registered(flow),
        keep: (flow, registered) => this.#keep(flow, registered),
        isOn: (flow) => host.isOn(flow),
        run: (registrant, flow, inputs) => host.runFlow(registrant, flow, inputs),
        setAside: (flow, reason) => this.#setAside(flow, reason),
        urlOf: (token) => this.urlOf(token),
        warn: (flow, error) => host.warn(flow, error),
      },
      withOwnUrls(subscriptions),
    );
  }

  /** Makes the URLs of apps, and takes up registrations where an earlier life has left them. */
  async start(): Promise<void> {
    await this.#ownApps();
    await this.#leaveOthers();
    this.#registrar.start();
  }

  /** Other subscriptions hold from now on. What the former ones have registered and these do not hear is ended. */
  async renew(subscriptions: ReadonlyMap<string, Subscription>): Promise<void> {
    this.#subscriptions = subscriptions;
    for (const [token, owner] of this.#owners) {
      if (owner.kind === 'app') this.#owners.delete(token);
      else if (owner.kind === 'flow' && !isStillHeard(owner.subscription, subscriptions))
        this.#owners.set(token, { kind: 'former' });
    }
    await this.#ownApps();
    const fresh = this.#registrar.renew(withOwnUrls(subscriptions));
    this.#ownAll();
    await this.#leaveOthers();
    this.#registrar.takeUp(fresh);
  }

  /** What was registered while the flows were others, or had flows that are gone, is ended. */
  async #leaveOthers(): Promise<void> {
    for (const id of this.#ids()) {
      const registered = this.registered(id);
      const { registration, registeredFor } = registered;
      if (registration.phase === 'off' || this.#registrar.isLeaving(id)) continue;
      const subscription = this.#ownUrlOf(id);
      if (subscription !== undefined && registeredFor === null) {
        await this.#keep(id, { ...registered, registeredFor: registeredForOf(subscription) });
      } else if (registeredFor !== null && !(subscription && isRegisteredFor(registeredFor, subscription))) {
        const registrant = registrantOf(registeredFor, this.#host.engine());
        if ('event' in registrant) this.#registrar.leave(id, registrant);
        else if (subscription === undefined) this.#host.left(registeredFor.flow, registrant.reason);
        else await this.#setAside(id, registrant.reason);
      }
    }
  }

  /** It is kept until it can be ended; its flow begins as if it had none. */
  async #setAside(flow: string, reason: string): Promise<string> {
    const registered = this.registered(flow);
    const id = asideId(flow, registered.registration);
    this.#host.left(flow, reason);
    await this.#keep(id, { ...registered, retired: [] });
    await this.#keep(flow, withoutRegistration(registered, this.#host.clock.now()));
    return id;
  }

  #ids(): readonly string[] {
    return registeredIds(this.#host.events.log.stateKeys());
  }

  async #ownApps(): Promise<void> {
    const apps = new Map<string, Subscription[]>();
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.delivery.scope !== 'app') continue;
      const key = appKey(subscription.connector, subscription.event.key);
      apps.set(key, [...(apps.get(key) ?? []), subscription]);
    }
    for (const [key, subscriptions] of apps) {
      const kept = this.#host.events.log.state(key);
      const token = typeof kept === 'string' ? kept : newToken();
      if (kept === undefined) await this.#host.events.accept([], { state: { key, value: token } });
      this.#owners.set(token, { kind: 'app', subscriptions });
    }
  }

  stop(): Promise<void> {
    return this.#registrar.stop();
  }

  /** The flow was turned on or off. */
  turn(flow: string): Promise<void> {
    return this.#registrar.turn(flow);
  }

  /** Nothing has come for long. */
  doubt(flow: string): void {
    this.#registrar.doubt(flow);
  }

  /** Null for a flow that hears no webhook. */
  info(flow: string): WebhookInfo | null {
    const subscription = this.#subscriptions.get(flow);
    if (subscription === undefined) return null;
    if (subscription.delivery.scope === 'app') {
      const token = this.#host.events.log.state(appKey(subscription.connector, subscription.event.key));
      return {
        url: typeof token === 'string' ? this.urlOf(token) : null,
        phase: this.#host.isOn(flow) ? 'on' : 'off',
        reason: null,
      };
    }
    const { phase, token, reason } = this.registered(flow).registration;
    return { url: token === null ? null : this.urlOf(token), phase, reason };
  }

  subscription(flow: string): Subscription | undefined {
    return this.#subscriptions.get(flow);
  }

  ownerOf(token: string): UrlOwner | undefined {
    return this.#owners.get(token);
  }

  registered(flow: string): Registered {
    const known = this.#registered.get(flow);
    if (known !== undefined) return known;
    const read = registeredOf(this.#host.events.log.state(registeredKey(flow)), this.#host.clock.now());
    this.#registered.set(flow, read);
    return read;
  }

  /** Values of a connection, as flows read them; empty where there is none. */
  async connectionOf({ connection, flow }: Subscription): Promise<DataObject> {
    const found = await this.#host.connections?.get(connection, { runId: 'webhook', flow: flow.id, metadata: {} });
    if (found === null || found === undefined) return {};
    // Credentials and parameters are texts, numbers and booleans.
    return { ...found.auth, ...found.parameters, ...found.config } as Record<string, JsonData>;
  }

  urlOf(token: string): string {
    return new URL(`hook/${token}`, this.#host.publicUrl()).href;
  }

  async #keep(id: string, registered: Registered): Promise<void> {
    const isDone = isAside(id) && registered.registration.phase === 'off';
    const value = isDone ? null : toKept(registered);
    await this.#host.events.accept([], { state: { key: registeredKey(id), value } });
    const { phase } = this.registered(id).registration;
    this.#registered.set(id, registered);
    this.#own(id, registered);
    const { phase: next, reason } = registered.registration;
    if (next !== phase || reason !== null) this.#host.stepped(id, next, reason);
    if (phase === 'registering' && next === 'on') this.#host.registered(id);
  }

  #ownAll(): void {
    for (const id of this.#ids()) this.#own(id, this.registered(id));
  }

  #own(id: string, { registration, registeredFor, retired }: Registered): void {
    for (const token of retired) this.#owners.set(token, { kind: 'former' });
    if (registration.token === null) return;
    const subscription = this.#ownUrlOf(id);
    const isHeard = subscription && (registeredFor === null || isRegisteredFor(registeredFor, subscription));
    this.#owners.set(registration.token, isHeard ? { kind: 'flow', subscription } : { kind: 'former' });
  }

  /** Undefined: the flow hears nothing at a URL of its own. */
  #ownUrlOf(id: string): Subscription | undefined {
    const subscription = this.#subscriptions.get(id);
    return subscription?.delivery.scope === 'app' ? undefined : subscription;
  }
}

/** All but those of apps, whose URLs many flows share. */
function withOwnUrls(subscriptions: ReadonlyMap<string, Subscription>): ReadonlyMap<string, Subscription> {
  return new Map([...subscriptions].filter(([, { delivery }]) => delivery.scope !== 'app'));
}
