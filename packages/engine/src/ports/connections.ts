import type { Value } from '../values/index.js';
import type { RunOrigin } from './origin.js';

/** One account at a service, as a host keeps it. */
export interface Connection {
  /** Key of the connector it belongs to, such as `twilio`. */
  readonly connector: string;
  /** Credentials: `username` and `password` for basic, `access_token` for OAuth 2.0. All of them are secret. */
  readonly auth: Readonly<Record<string, Value>>;
  /** What the connector's manifest asks for beside credentials (a region, an account), by field name. */
  readonly parameters?: Readonly<Record<string, Value>>;
}

/** Finds connections by the name that a card gives in `connection`. */
export interface Connections {
  /** Null when there is none of that name. By the metadata of the run, a host with tenants knows whose it is. */
  get(name: string, origin: RunOrigin): Connection | null | Promise<Connection | null>;
}
