/** Opens logs of events. */
import { type Clock, type RunSeal, systemClock } from '@flowdeck/engine';
import { type Disk, nodeDisk } from '../log/disk.js';
import { storeErrors, tailMessage } from '../log/errors.js';
import { Log } from '../log/log.js';
import { openDirectory } from '../log/open-directory.js';
import { DEFAULT_SEGMENT_BYTES } from '../log/segment.js';
import type { EventEntry } from './entry.js';
import { KeptEvents } from './event-log.js';
import { KeeperInMemory, KeeperOnDisk } from './keeper.js';
import type { EventBounds, EventLog, EventsWarning } from './types.js';

/** How `eventLog` keeps events. */
export interface EventLogOptions extends EventBounds {
  /** Made when it is not there. One process owns it at a time. */
  readonly dir: string;
  /** Bytes after which a new file is begun. Default 16,777,216. */
  readonly maxSegmentBytes?: number;
  /**
   * All that is kept is sealed with it: deliveries, cursors, and what services gave for registrations. What stands there in the
   * clear, or under a former key of the seal, is sealed anew when the log is opened. Default: it can be read.
   */
  readonly seal?: RunSeal;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Told of what nobody has asked for. */
  readonly onWarning?: (warning: EventsWarning) => void;
}

const errors = storeErrors('events', 'Events');

/**
 * Opens a log of events in a directory, or begins one there.
 *
 * @throws FlowdeckError `events-locked`, `events-corrupt`, `events-format`, `events-open`, `events-option`, `runtime-key` (sealed
 * with another key); while it is in use `events-full`, `events-disk`, `events-lost` and `events-closed`.
 * @example
 * const events = await eventLog({ dir: './state/events', seal: runSeal(key) });
 * const host = new Host({ engine, deck, events });
 */
export function eventLog(options: EventLogOptions): Promise<EventLog> {
  return openEventLog(options, nodeDisk);
}

/** `eventLog` on a given disk. */
export async function openEventLog(options: EventLogOptions, disk: Disk): Promise<EventLog> {
  const { dir, maxSegmentBytes = DEFAULT_SEGMENT_BYTES, clock = systemClock(), onWarning = () => {} } = options;
  const { seal } = options;
  checkBounds({ ...options, maxSegmentBytes });
  return openDirectory(dir, disk, errors, async (lock) => {
    const events = new KeptEvents({ bounds: options, now: () => clock.now(), errors, warn: onWarning });
    let bytes = 0;
    let keeper: KeeperOnDisk | null = null;
    const log = await Log.open<EventEntry>({
      dir,
      name: 'events',
      maxSegmentBytes,
      disk,
      errors,
      held: () => lock.held(),
      ...(seal === undefined ? {} : { seal }),
      torn: (file, length, tail) => onWarning({ code: 'events-torn', message: tailMessage(file, length, tail) }),
      note: (entry, location) => {
        if (keeper === null) {
          bytes += location.bytes;
          events.restore(entry);
        } else {
          keeper.bytes += location.bytes;
          events.written(entry);
        }
      },
    });
    keeper = new KeeperOnDisk(log, bytes);
    events.attach(keeper, () => lock.release());
    if (log.isStale) {
      await log.roll();
      await events.rewrite();
    }
    return events;
  });
}

/** A log whose events end with the process. */
export function eventsInMemory(bounds: EventBounds = {}, clock: Clock = systemClock()): EventLog {
  const events = new KeptEvents({ bounds, now: () => clock.now(), errors, warn: () => {} });
  events.attach(new KeeperInMemory((entry) => events.written(entry)), () => {});
  return events;
}

const BOUNDS = [
  'maxWaitingBytes',
  'rememberMs',
  'maxRemembered',
  'maxParked',
  'maxParkedBytes',
  'maxSegmentBytes',
] as const;

function checkBounds(options: EventLogOptions): void {
  for (const name of BOUNDS) {
    const value = options[name];
    if (value !== undefined && !(Number.isFinite(value) && value > 0)) {
      throw errors.optionFaulty(name, 'a number above 0');
    }
  }
}
