/** All ports of an engine. */
import type { Clock } from './clock.js';
import type { Connection, Connections } from './connections.js';
import type { FileStore } from './files.js';
import type { HttpPort } from './http.js';
import type { Ids } from './ids.js';
import type { Logger } from './logger.js';
import type { Random } from './random.js';
import type { Runtime } from './runtime.js';
import type { TableStore } from './tables.js';

/** The ways to the world. Every one has a default, but HTTP: what may be reached is the host's decision. */
export interface Ports {
  /** No default: without one, a card that asks for it fails with `http-missing`. */
  readonly http?: HttpPort;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
  /** Default: `crypto.getRandomValues`. */
  readonly random?: Random;
  /** Default: `run-` and 24 hexadecimal digits. */
  readonly ids?: Ids;
  /** Default: in memory. */
  readonly tables?: TableStore;
  /** Default: in memory, 64 MiB a file and 256 MiB in all. */
  readonly files?: FileStore;
  /** By name, or a port that finds them. */
  readonly connections?: Connections | Readonly<Record<string, Connection>>;
  /** Default: drops every line. */
  readonly logger?: Logger;
  /** Where runs live. Default: in memory. */
  readonly runtime?: Runtime;
}
