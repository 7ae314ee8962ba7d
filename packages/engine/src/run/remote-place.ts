/** Where an error came from that was thrown in an execution of another worker. */
import type { Place } from '../diagnostic.js';
import type { ServiceError } from '../observe/index.js';
import type { WayPoint } from './way.js';

export interface RemotePlace {
  /** Flow, card, pointer, run and execution. */
  readonly at: Place;
  /** From the card of the called flow to the one that failed. */
  readonly path: readonly WayPoint[];
  /** The service's own words, as the manifest over there tells to read them. */
  readonly service: ServiceError | null;
}
