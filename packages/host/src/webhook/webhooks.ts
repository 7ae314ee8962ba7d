/** Webhook events of a host: their URLs, their registrations, and who hears what comes. */
import type { Clock, Connections, DataObject, JsonData, RunResult } from '@flowdeck/engine';
import type { EventRuns } from '../events/event-runs.js';
import { appKey, type Registered, registeredKey, registeredOf, toKept } from './registered.js';
import { newToken, Registrar } from './registrar.js';
import { DeliverySecrets } from './secrets.js';
import { isStillHeard, type Subscription } from './subscriptions.js';

/** What webhooks need of their host. */
export interface WebhookHost {
  readonly clock: Clock;
  readonly events: EventRuns;
  readonly connections: Connections | null;
  /** Where services reach this host, such as `https://flows.example.com/`. */
  publicUrl(): string;
  isOn(flow: string): boolean;
  runFlow(subscription: Subscription, flow: string, inputs: Readonly<Record<string, unknown>>): Promise<RunResult>;
  warn(flow: string, error: unknown): void;
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
  /** `isFormer`: of an earlier registration. */
  | { readonly kind: 'flow'; readonly subscription: Subscription; readonly isFormer: boolean }
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
    const ofFlows = withOwnUrls(subscriptions);
    for (const [flow, subscription] of ofFlows) this.#own(subscription, this.registered(flow));
    this.#registrar = new Registrar(
      {
        clock: host.clock,
        read: (flow) => this.registered(flow),
        keep: (flow, registered) => this.#keep(flow, registered),
        isOn: (flow) => host.isOn(flow),
        run: (subscription, flow, inputs) => host.runFlow(subscription, flow, inputs),
        urlOf: (token) => this.urlOf(token),
        warn: (flow, error) => host.warn(flow, error),
      },
      ofFlows,
    );
  }

  /** Makes the URLs of apps, and takes up registrations where an earlier life has left them. */
  async start(): Promise<void> {
    await this.#ownApps();
    this.#registrar.start();
  }

  /** Other subscriptions hold from now on. What the former ones have registered and these do not hear is ended. */
  async renew(subscriptions: ReadonlyMap<string, Subscription>): Promise<void> {
    this.#subscriptions = subscriptions;
    for (const [token, owner] of this.#owners) {
      if (owner.kind === 'app') this.#owners.delete(token);
      else if (!isStillHeard(owner.subscription, subscriptions)) this.#owners.set(token, { ...owner, isFormer: true });
    }
    await this.#ownApps();
    const ofFlows = withOwnUrls(subscriptions);
    const unchanged = this.#registrar.renew(ofFlows);
    for (const [flow, subscription] of unchanged) this.#own(subscription, this.registered(flow));
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

  async #keep(flow: string, registered: Registered): Promise<void> {
    const subscription = this.#subscriptions.get(flow);
    await this.#host.events.accept([], { state: { key: registeredKey(flow), value: toKept(registered) } });
    this.#registered.set(flow, registered);
    if (subscription !== undefined) this.#own(subscription, registered);
  }

  #own(subscription: Subscription, { registration, retired }: Registered): void {
    for (const token of retired) this.#owners.set(token, { kind: 'flow', subscription, isFormer: true });
    if (registration.token === null) return;
    this.#owners.set(registration.token, { kind: 'flow', subscription, isFormer: false });
  }
}

/** All but those of apps, whose URLs many flows share. */
function withOwnUrls(subscriptions: ReadonlyMap<string, Subscription>): ReadonlyMap<string, Subscription> {
  return new Map([...subscriptions].filter(([, { delivery }]) => delivery.scope !== 'app'));
}
