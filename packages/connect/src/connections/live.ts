/** Connections that live while runs go on: read at every call, their tokens renewed before they end and when they are refused. */
import type { Connection, ConnectionExchange, Connections, HttpResponse } from '@flowdeck/engine';
import { isUnsettled, needsLogin } from './errors.js';
import { type Renewal, Renewals, type RenewalWorld } from './renewal.js';
import { withCredentials } from './rewrite.js';
import { type ConnectionStore, isConnectionName, type StoredConnection } from './types.js';

/** What live connections are made of. */
export type LiveConnectionsOptions = RenewalWorld;

/** As many states of a connection are remembered, so that requests made with them can be brought up to date. */
const REMEMBERED_STATES = 20;
/** A token is renewed this many milliseconds before it ends, or a tenth of its life if that is more. */
const LEAST_MARGIN_MS = 60_000;

/** How long before its end a token is renewed. One that lives for less than that is used for half of its life. */
function marginOf({ expiresAt, changedAt }: StoredConnection): number {
  if (expiresAt === null) return 0;
  const life = expiresAt - changedAt;
  return Math.min(Math.max(LEAST_MARGIN_MS, life / 10), life / 2);
}

/** The connections that a store keeps, as the port of an engine: `createEngine({ ports: { connections } })`. */
export interface LiveConnections extends Connections {
  /** Null when there is none of that name. Renews its token where that is about to end. */
  get(name: string): Promise<Connection | null>;
  /** It may change while a run goes on. */
  readonly perCall: true;
  /** Brings a request up to date, and renews the token once after a 401. */
  exchange(exchange: ConnectionExchange): Promise<HttpResponse>;
  /** Where they are kept. */
  readonly store: ConnectionStore;
  /** `listener` hears of each renewal from now on, for a log or metrics. It must not throw. */
  onRenewal(listener: (renewal: Renewal) => void): void;
}

/**
 * The port of an engine over a store of connections: it reads them at every call, and renews their tokens.
 *
 * @example
 * const connections = liveConnections({ store, http, clock: systemClock(), manifest });
 * const engine = createEngine({ packs, ports: { http, connections } });
 */
export function liveConnections(world: LiveConnectionsOptions): LiveConnections {
  const book = new Book(world);
  return {
    perCall: true,
    store: world.store,
    get: (name) => book.get(name),
    exchange: (exchange) => book.exchange(exchange),
    onRenewal: (listener) => book.onRenewal(listener),
  };
}

class Book {
  readonly #world: RenewalWorld;
  readonly #renewals: Renewals;
  /** What was given out, by name, the latest last. */
  readonly #given = new Map<string, Connection[]>();
  /** Which state of the store the latest was. */
  readonly #states = new WeakMap<Connection, StoredConnection>();

  constructor(world: RenewalWorld) {
    this.#world = world;
    this.#renewals = new Renewals(world);
  }

  onRenewal(listener: (renewal: Renewal) => void): void {
    this.#renewals.onRenewal(listener);
  }

  async get(name: string): Promise<Connection | null> {
    const current = await this.#current(name);
    return current === null ? null : this.#give(current);
  }

  async exchange({ name, request, send, renewed }: ConnectionExchange): Promise<HttpResponse> {
    const stored = await this.#current(name);
    // It was removed meanwhile: what the flow has made of it may still work, and nobody can give it another.
    if (stored === null) return send(request);
    const now = this.#give(stored);
    renewed(now);
    const response = await send(withCredentials(request, this.#given.get(name) ?? [], now));
    if (response.status !== 401 || !this.#renewals.can(stored)) return response;
    let fresh: StoredConnection;
    try {
      fresh = await this.#renewals.renew(name, stored.auth['access_token']);
    } catch (error) {
      // Whether another token would do, nobody can tell: so the 401 is no answer yet.
      if (isUnsettled(error)) throw error;
      // The service's own answer says more than that there is no other token. The next request says the latter.
      return response;
    }
    const again = this.#give(fresh);
    renewed(again);
    return send(withCredentials(request, this.#given.get(name) ?? [], again));
  }

  /** The connection of now, renewed where it is about to end. */
  async #current(name: string): Promise<StoredConnection | null> {
    const stored = isConnectionName(name) ? await this.#world.store.read(name) : null;
    if (stored === null) return null;
    if (stored.state === 'needs-login') throw needsLogin(name, stored.reason);
    const token = stored.auth['access_token'];
    if (!this.#renewals.can(stored)) return stored;
    const left = stored.expiresAt === null ? Number.POSITIVE_INFINITY : stored.expiresAt - this.#world.clock.now();
    if (token !== undefined && left > marginOf(stored)) return stored;
    try {
      return await this.#renewals.renew(name, token);
    } catch (error) {
      // It still has some time: the server may be back by then.
      const again = await this.#world.store.read(name);
      if (token !== undefined && left > 0 && again?.state === 'ready') return again;
      throw error;
    }
  }

  /** The same object for the same credentials: the engine tells by it that nothing has changed. */
  #give(stored: StoredConnection): Connection {
    const given = this.#given.get(stored.name) ?? [];
    const last = given.at(-1);
    const known = last === undefined ? undefined : this.#states.get(last);
    if (last !== undefined && known !== undefined && isSame(known, stored)) return last;
    const connection = connectionOf(stored);
    this.#states.set(connection, stored);
    this.#given.set(stored.name, [...given.slice(1 - REMEMBERED_STATES), connection]);
    return connection;
  }
}

/** What of it is for flows. */
export function connectionOf({ connector, method, auth, parameters, config }: StoredConnection): Connection {
  return {
    connector,
    ...(method === undefined ? {} : { method }),
    auth,
    ...(parameters === undefined ? {} : { parameters }),
    ...(config === undefined ? {} : { config }),
  };
}

function isSame(a: StoredConnection, b: StoredConnection): boolean {
  return a === b || JSON.stringify(connectionOf(a)) === JSON.stringify(connectionOf(b));
}
