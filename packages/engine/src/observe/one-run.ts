/** The events of one run: to its own listener first, then to those of the engine. */
import type { Logger } from '../ports/index.js';
import type { DataObject } from '../values/index.js';
import type { EventSink } from './emitter.js';
import type { FlowEvent } from './events.js';
import { harmless } from './handler.js';
import { takenBy, takerOf } from './trace.js';

/** What a host wants of the events of one run. */
export interface RunListening {
  /** Hears them all, and no other run's. */
  readonly onEvent: ((event: FlowEvent) => unknown) | undefined;
  /** Stands in each of them, unless it is empty. */
  readonly metadata: DataObject;
  readonly logger: Logger;
}

/**
 * Where a run tells its events. A listener of its own is called by itself, so that a thousand runs with a listener each
 * cost a thousand times one. Without a wish of the host it is what the engine has.
 */
export function sinkOfRun(shared: EventSink, { onEvent, metadata, logger }: RunListening): EventSink {
  const stamps = Object.keys(metadata).length > 0;
  if (onEvent === undefined && !stamps) return shared;
  const stamp = stamps ? (event: FlowEvent): FlowEvent => ({ ...event, metadata }) : (event: FlowEvent) => event;
  if (onEvent === undefined) {
    return {
      emit: (event) => shared.emit(stamp(event)),
      get active() {
        return shared.active;
      },
      hears: (type) => shared.hears(type),
      // Histories keep no metadata.
      get traces() {
        return shared.traces;
      },
    };
  }
  const own = harmless(onEvent, 'onEvent', logger);
  const taker = takerOf(onEvent);
  const take = taker && harmless(taker, 'onEvent', logger);
  return {
    active: true,
    hears: () => true,
    get traces() {
      if (take === null || !shared.hears('card')) return take;
      return shared.traces && takenBy([take, shared.traces]);
    },
    emit(event) {
      const told = stamp(event);
      own(told);
      if (shared.active) shared.emit(told);
    },
  };
}
