/** The ports of an engine, all filled in but HTTP. */
import type {
  Clock,
  Connections,
  FileStore,
  HttpPort,
  Ids,
  Logger,
  Random,
  Runtime,
  TableStore,
} from '../ports/index.js';
import type { Deadlines } from './deadlines.js';
import type { Chains } from './intercept.js';

export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly tables: TableStore;
  readonly files: FileStore;
  readonly connections: Connections;
  readonly logger: Logger;
  readonly runtime: Runtime;
  readonly http: HttpPort | null;
  readonly interceptors: Chains;
  /** Wall time of the engine's runs. */
  readonly deadlines: Deadlines;
}
