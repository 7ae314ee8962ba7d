/** The ports of an engine, all filled in but HTTP. */
import type { Connections, HttpPort, Ports } from '../ports/index.js';
import type { Breath } from './breath.js';
import type { Deadlines } from './deadlines.js';
import type { Chains } from './intercept.js';

export interface World extends Required<Omit<Ports, 'connections' | 'http'>> {
  readonly connections: Connections;
  /** Null: the host gave none. */
  readonly http: HttpPort | null;
  readonly interceptors: Chains;
  /** Wall time of the engine's runs. */
  readonly deadlines: Deadlines;
  /** The turn of others between those of the engine's runs. */
  readonly breath: Breath;
}
