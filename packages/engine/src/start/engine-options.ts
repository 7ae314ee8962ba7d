/** What a host may say when it makes an engine and when it loads a file. */
import type { Interceptors, Pack } from '../cards/index.js';
import type {
  Clock,
  Connection,
  Connections,
  FileStore,
  HttpPort,
  Ids,
  Logger,
  Random,
  Runtime,
  TableStore,
} from '../ports/index.js';
import type { Limits } from '../run/limits.js';

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

export interface EngineOptions {
  readonly packs?: readonly Pack[];
  readonly ports?: Ports;
  /** Around cards and HTTP requests of every run: tracing, quotas, metering. */
  readonly interceptors?: Interceptors;
  /** Defaults for every run. */
  readonly limits?: Partial<Limits>;
}

export interface LoadOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
  /** Bytes. Default 32 MiB. */
  readonly maxBytes?: number;
}
