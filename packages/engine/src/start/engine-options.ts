/** What a host may say when it makes an engine and when it loads a file. */
import type { Interceptors, Pack } from '../cards/index.js';
import type { Ports } from '../ports/index.js';
import type { Limits } from '../run/limits.js';

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
