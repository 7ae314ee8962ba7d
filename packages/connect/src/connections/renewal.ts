/** Renews the token of one connection, once for all who wait: in this process, and in every other that uses the store. */
import type { Clock, HttpPort } from '@flowdeck/engine';
import { type AuthMethod, authMethodOf, type ConnectorDocument, type OAuthGrant } from '@flowdeck/engine/kit';
import type { TokenAnswer } from '../oauth/answer.js';
import { askAsClient, askToRefresh } from '../oauth/token.js';
import { misconfigured, needsLogin, unsettled } from './errors.js';
import type { ConnectionStore, StoredConnection } from './types.js';

/** What renewing takes. */
export interface RenewalWorld {
  /** Where connections are kept. */
  readonly store: ConnectionStore;
  /** The way to authorization servers: a guarded port. */
  readonly http: HttpPort;
  /** Tells when a token ends. */
  readonly clock: Pick<Clock, 'now'>;
  /** The manifest of a connector; null: it is not known here. */
  manifest(connector: string): ConnectorDocument | null;
}

/** What came of asking for a new token of a connection. */
export interface Renewal {
  /** Name of the connection. */
  readonly connection: string;
  /** `refused`: it needs a login. `unsettled`: the server could not say, and is asked again. `misconfigured`: asking was faulty. */
  readonly outcome: 'renewed' | 'refused' | 'misconfigured' | 'unsettled';
  /** For people; null when it was renewed. */
  readonly reason: string | null;
}

/** A failed renewal is not repeated before this many milliseconds, or as many as the server asks for. */
const PAUSE_MS = 5_000;

/** Its method of authentication, if that gets tokens. */
export function methodWithGrant(
  { connector, method }: StoredConnection,
  world: Pick<RenewalWorld, 'manifest'>,
): (AuthMethod & { readonly oauth: OAuthGrant }) | null {
  const manifest = world.manifest(connector);
  const found = manifest === null ? null : authMethodOf(manifest, method);
  return found?.oauth === undefined ? null : { ...found, oauth: found.oauth };
}

export class Renewals {
  readonly #world: RenewalWorld;
  /** Renewals under way, by name: whoever comes meanwhile waits for the same. */
  readonly #running = new Map<string, Promise<StoredConnection>>();
  /** Failed ones, by name, and until when they are not tried again. */
  readonly #paused = new Map<string, { readonly until: number; readonly error: Error }>();

  readonly #listeners = new Set<(renewal: Renewal) => void>();

  constructor(world: RenewalWorld) {
    this.#world = world;
  }

  /** `listener` hears of each renewal from now on, when what came of it is kept. */
  onRenewal(listener: (renewal: Renewal) => void): void {
    this.#listeners.add(listener);
  }

  /** True: a token of it can be had without its owner. */
  can(connection: StoredConnection): boolean {
    const method = methodWithGrant(connection, this.#world);
    if (method === null) return false;
    return method.oauth.grant === 'clientCredentials' || typeof connection.auth['refresh_token'] === 'string';
  }

  /**
   * A connection whose access token is another than `used`: that which somebody else has got meanwhile, or a new one.
   *
   * @throws ConnectionError `connection-needs-login`, `connection-oauth`, `connection-unsettled`.
   */
  renew(name: string, used: unknown): Promise<StoredConnection> {
    const running = this.#running.get(name);
    if (running) return running;
    const renewal = this.#world.store
      .exclusive(name, () => this.#renewAlone(name, used))
      .finally(() => this.#running.delete(name));
    this.#running.set(name, renewal);
    return renewal;
  }

  async #renewAlone(name: string, used: unknown): Promise<StoredConnection> {
    const { store, clock } = this.#world;
    // The second look: another process may have been here since the first.
    const known = await store.read(name);
    if (known === null) throw unsettled(name, 'It is not in the store any more.');
    if (known.state === 'needs-login') throw needsLogin(name, known.reason);
    if (known.auth['access_token'] !== used) return known;
    const paused = this.#paused.get(name);
    if (paused && clock.now() < paused.until) throw paused.error;
    // Told before it is sent: if this process dies before the answer is kept, the next one knows that it may be lost.
    const begun: StoredConnection = { ...known, renewingSince: known.renewingSince ?? clock.now() };
    await store.write(begun);
    const answer = await this.#ask(begun);
    if (answer.kind === 'granted') return this.#keep(begun, answer.token.auth, answer.token.expiresAt);
    return this.#failed(begun, answer);
  }

  async #ask(connection: StoredConnection): Promise<TokenAnswer> {
    const { http, clock } = this.#world;
    const method = methodWithGrant(connection, this.#world);
    if (method === null) return { kind: 'misconfigured', reason: 'Its connector says nothing of tokens.' };
    const values = { ...connection.config, ...connection.parameters, ...connection.auth };
    const request = { method, values, http, clock };
    const refreshToken = connection.auth['refresh_token'];
    return typeof refreshToken === 'string' ? askToRefresh(request, refreshToken) : askAsClient(request);
  }

  /** A new token is durable before anybody uses it. */
  async #keep(
    connection: StoredConnection,
    auth: StoredConnection['auth'],
    expiresAt: number | null,
  ): Promise<StoredConnection> {
    const { store, clock } = this.#world;
    const renewed: StoredConnection = {
      ...connection,
      auth: { ...connection.auth, ...auth },
      expiresAt,
      renewingSince: null,
      changedAt: clock.now(),
    };
    await store.write(renewed);
    this.#paused.delete(connection.name);
    this.#tell({ connection: connection.name, outcome: 'renewed', reason: null });
    return renewed;
  }

  async #failed(connection: StoredConnection, answer: Exclude<TokenAnswer, { kind: 'granted' }>): Promise<never> {
    const { store, clock } = this.#world;
    const { name } = connection;
    const { reason } = answer;
    if (answer.kind === 'refused') {
      // Nothing is deleted: whoever looks into it should see what there was.
      await store.write({ ...connection, state: 'needs-login', reason, renewingSince: null, changedAt: clock.now() });
      this.#tell({ connection: name, outcome: 'refused', reason });
      throw needsLogin(name, reason);
    }
    if (answer.kind === 'misconfigured') await store.write({ ...connection, renewingSince: null });
    const error = answer.kind === 'misconfigured' ? misconfigured(name, reason) : unsettled(name, reason);
    const pause = answer.kind === 'unsettled' ? (answer.retryAfterMs ?? PAUSE_MS) : PAUSE_MS;
    this.#paused.set(name, { until: clock.now() + pause, error });
    this.#tell({ connection: name, outcome: answer.kind, reason });
    throw error;
  }

  #tell(renewal: Renewal): void {
    for (const listener of this.#listeners) listener(renewal);
  }
}
