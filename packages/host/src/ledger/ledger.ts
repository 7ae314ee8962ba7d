/** States by key that survive a power cut: a log of changes, written anew when most of it is void. */
import { FlowdeckError, type RunSeal } from '@flowdeck/engine';
import type { Disk } from '../log/disk.js';
import type { StoreErrors } from '../log/errors.js';
import type { LogEntry } from '../log/line.js';
import type { Lock } from '../log/lock.js';
import { Log } from '../log/log.js';
import type { Tail } from '../log/segment.js';

/** A state, whole; null when the key is gone. */
interface StateEntry<S> extends LogEntry {
  readonly k: 'state';
  readonly key: string;
  readonly state: S | null;
}

export interface LedgerOptions {
  readonly dir: string;
  /** What the names of its files begin with. */
  readonly name: string;
  readonly maxSegmentBytes: number;
  readonly disk: Disk;
  readonly lock: Lock;
  readonly errors: StoreErrors;
  readonly torn: (file: string, bytes: number, tail: Tail) => void;
  /** What stands there in the clear, or under a former key of it, is sealed anew when the ledger is opened. */
  readonly seal?: RunSeal | undefined;
}

/** Void changes that are always put up with. */
const VOID_ALLOWED = 1_000;

export class Ledger<S> {
  readonly #states = new Map<string, S>();
  readonly #errors: StoreErrors;
  readonly #lock: Lock;
  #log: Log<StateEntry<S>> | null = null;
  /** Changes on disk. */
  #written = 0;
  #sweeping: Promise<void> | null = null;
  #broken: FlowdeckError | null = null;
  #closed: Promise<void> | null = null;

  private constructor({ errors, lock }: LedgerOptions) {
    this.#errors = errors;
    this.#lock = lock;
  }

  /** @throws FlowdeckError `corrupt` or `formatUnknown` of its errors. */
  static async open<S>(options: LedgerOptions): Promise<Ledger<S>> {
    const ledger = new Ledger<S>(options);
    let reading = true;
    const { seal, ...others } = options;
    const log = await Log.open<StateEntry<S>>({
      ...others,
      ...(seal === undefined ? {} : { seal }),
      note: ({ key, state }) => {
        ledger.#written++;
        // What is appended later has happened in memory before.
        if (reading) ledger.#apply(key, state);
      },
      held: () => options.lock.held(),
    });
    reading = false;
    ledger.#log = log;
    if (log.isStale) {
      await log.roll();
      await ledger.#rewrite(log);
    }
    return ledger;
  }

  get(key: string): S | undefined {
    return this.#states.get(key);
  }

  entries(): IterableIterator<[string, S]> {
    return this.#states.entries();
  }

  /** Takes effect at once; resolves when it is durable. Null removes the key. */
  async set(key: string, state: S | null): Promise<void> {
    if (this.#broken !== null) throw this.#broken;
    if (this.#log === null) throw this.#errors.closed();
    this.#apply(key, state);
    try {
      await this.#log.append({ k: 'state', key, state });
    } catch (error) {
      // Memory is ahead of the disk from here on.
      this.#broken ??= error instanceof FlowdeckError ? error : this.#errors.diskFailed(error);
      throw this.#broken;
    }
    if (this.#written > 2 * this.#states.size + VOID_ALLOWED) this.#sweeping ??= this.#sweep(this.#log);
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    const log = this.#log;
    this.#log = null;
    await this.#sweeping;
    try {
      await log?.close();
    } finally {
      this.#lock.release();
    }
  }

  #apply(key: string, state: S | null): void {
    if (state === null) this.#states.delete(key);
    else this.#states.set(key, state);
  }

  /** Writes all states to the end, then removes what stood before them. */
  async #rewrite(log: Log<StateEntry<S>>): Promise<void> {
    const segments = [...log.sealed()];
    if (segments.length === 0) return;
    await Promise.all([...this.#states].map(([key, state]) => log.append({ k: 'state', key, state })));
    for (const segment of segments) await log.remove(segment);
    this.#written = this.#states.size;
  }

  /** What fails is tried again with a later change. */
  async #sweep(log: Log<StateEntry<S>>): Promise<void> {
    try {
      await this.#rewrite(log);
    } catch {
      // The log is whole: it holds more than it needs.
    } finally {
      this.#sweeping = null;
    }
  }
}
