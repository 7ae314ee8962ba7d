import type { Value } from '../values/index.js';
import type { HttpRequest, HttpResponse } from './http.js';
import type { CardOrigin, RunOrigin } from './origin.js';

/** One account at a service, as a host keeps it. */
export interface Connection {
  /** Key of the connector it belongs to, such as `twilio`. */
  readonly connector: string;
  /** Key of the method of authentication, where the connector has several. Absent: the first. */
  readonly method?: string;
  /** Credentials: `username` and `password` for basic, `access_token` for OAuth 2.0. All of them are secret. */
  readonly auth: Readonly<Record<string, Value>>;
  /** What the connector's manifest asks for beside credentials (a region, an account), by field name. */
  readonly parameters?: Readonly<Record<string, Value>>;
  /** What helper flows of the connector worked out when the connection was made, by key. */
  readonly config?: Readonly<Record<string, Value>>;
}

/** A request of a flow that runs with a connection, on its way out. */
export interface ConnectionExchange {
  /** Name of the connection. */
  readonly name: string;
  /** The request as the flow made it. */
  readonly request: HttpRequest;
  /** The card that asks. */
  readonly origin: CardOrigin;
  /** Sends a request; called as often as need be. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Tells the run what the connection is from now on: redacted at once, and what calls that begin later read. */
  renewed(connection: Connection): void;
}

/** Finds connections by the name that a card gives in `connection`. */
export interface Connections {
  /** Null when there is none of that name. By the metadata of the run, a host with tenants knows whose it is. */
  get(name: string, origin: RunOrigin): Connection | null | Promise<Connection | null>;
  /**
   * True: a connection may change while a run goes on, and every call that names one asks for it again. Default: once a
   * run, before its first card.
   */
  readonly perCall?: boolean;
  /**
   * Stands around each HTTP request of a flow that runs with a connection, inside of the host's interceptors: renews
   * credentials that are about to expire or were refused. Absent: requests go out as they are.
   */
  exchange?(exchange: ConnectionExchange): Promise<HttpResponse>;
}
