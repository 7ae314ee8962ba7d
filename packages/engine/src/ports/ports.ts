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
  readonly http?: HttpPort;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly ids?: Ids;
  readonly tables?: TableStore;
  readonly files?: FileStore;
  /** By name, or a port that finds them. */
  readonly connections?: Connections | Readonly<Record<string, Connection>>;
  readonly logger?: Logger;
  /** Where runs live. Default: in memory. */
  readonly runtime?: Runtime;
}
