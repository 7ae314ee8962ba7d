/** What a host may say when it makes an engine and when it loads a file. */
import type { Interceptors, Pack } from '../cards/index.js';
import type { Ports } from '../ports/index.js';
import type { Limits } from '../run/limits.js';

/** What an engine is made of. Every member may be left out: it then has no cards and no HTTP. */
export interface EngineOptions {
  /** Cards and connectors that documents may use: `standard` of `@flowdeck/cards`, and any others. */
  readonly packs?: readonly Pack[];
  /** The ways to the world. Each that is left out has its default; there is none for HTTP. */
  readonly ports?: Ports;
  /** Around cards and HTTP requests of every run: tracing, quotas, metering. */
  readonly interceptors?: Interceptors;
  /** Defaults for every run. */
  readonly limits?: Partial<Limits>;
}

/** How a flow file is read. */
export interface LoadOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
  /** Bytes. Default 32 MiB. */
  readonly maxBytes?: number;
}
