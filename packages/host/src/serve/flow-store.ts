/** What a host remembers of its flows: on or off, their tokens, and how far their schedules have come. */
import type { RunSeal } from '@flowdeck/engine';
import { Ledger } from '../ledger/ledger.js';
import { type Disk, nodeDisk } from '../log/disk.js';
import { storeErrors, tailMessage } from '../log/errors.js';
import { openDirectory } from '../log/open-directory.js';

/** One flow, as the host remembers it. */
export interface FlowState {
  /** Whether anything but its owner may start it. */
  readonly on: boolean;
  /** Proves that a caller may start it; null for a flow that is not called from outside. */
  readonly token: string | null;
  /** Moments of the schedule up to this one are done with, in milliseconds since 1970. */
  readonly since: number;
}

/** A flow that was never touched. */
export const OFF: FlowState = Object.freeze({ on: false, token: null, since: 0 });

/** Where flow states are kept. */
export interface FlowStore {
  /** Undefined for a flow that was never touched. */
  get(flow: string): FlowState | undefined;
  /** Takes effect at once, and resolves when it is kept. */
  set(flow: string, state: FlowState): Promise<void>;
  /** Lets changes under way be finished. */
  close(): Promise<void>;
}

/** States that end with the process. */
export function flowStoreInMemory(): FlowStore {
  const states = new Map<string, FlowState>();
  return {
    get: (flow) => states.get(flow),
    set: async (flow, state) => void states.set(flow, state),
    close: async () => {},
  };
}

/** How `flowStore` keeps states. */
export interface FlowStoreOptions {
  /** Made when it is not there. One process owns it at a time. */
  readonly dir: string;
  /**
   * All that is kept is sealed with it, tokens above all. What stands there in the clear, or under a former key of the seal, is
   * sealed anew when the store is opened. Default: it can be read.
   */
  readonly seal?: RunSeal;
  /** Told of an end of the log that was cut off. */
  readonly onWarning?: (warning: { readonly code: 'flows-torn'; readonly message: string }) => void;
}

/** Small: states are few, and each is short. */
const SEGMENT_BYTES = 256 * 1024;

/**
 * Opens the states of flows in a directory, or begins with none there.
 *
 * @throws FlowdeckError `flows-locked`, `flows-corrupt`, `flows-format`, `flows-open`, `flows-option`, `runtime-key` (sealed with
 * another key); while it is in use `flows-disk`, `flows-lost` and `flows-closed`.
 */
export function flowStore(options: FlowStoreOptions): Promise<FlowStore> {
  return openFlowStore(options, nodeDisk);
}

/** `flowStore` on a given disk. */
export function openFlowStore(
  { dir, seal, onWarning }: FlowStoreOptions,
  disk: Disk,
  bytes = SEGMENT_BYTES,
): Promise<FlowStore> {
  const errors = storeErrors('flows', 'The states of flows');
  return openDirectory(dir, disk, errors, (lock) =>
    Ledger.open<FlowState>({
      dir,
      name: 'flows',
      maxSegmentBytes: bytes,
      disk,
      lock,
      errors,
      seal,
      torn: (file, length, tail) => onWarning?.({ code: 'flows-torn', message: tailMessage(file, length, tail) }),
    }),
  );
}
