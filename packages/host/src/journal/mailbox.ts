/** Signals of one run: kept until somebody waits for them, each given once. */
import type { SentEntry } from './entry.js';

export class Mailbox {
  readonly #kept: SentEntry[];
  readonly #waiting: { readonly name: string; readonly receive: (signal: SentEntry) => void }[] = [];

  /** `kept`: delivered earlier and not received, oldest first. */
  constructor(kept: SentEntry[]) {
    this.#kept = kept;
  }

  /** Hands a signal to whoever has waited longest for its name, or keeps it. */
  deliver(signal: SentEntry): void {
    const waiter = takeNamed(this.#waiting, signal.name);
    if (waiter === null) this.#kept.push(signal);
    else waiter.receive(signal);
  }

  /** The oldest kept signal of that name, which is then no longer kept. */
  take(name: string): SentEntry | null {
    return takeNamed(this.#kept, name);
  }

  /** Calls `receive` once with the next signal of that name. Returns what takes it back. */
  wait(name: string, receive: (signal: SentEntry) => void): () => void {
    const waiter = { name, receive };
    this.#waiting.push(waiter);
    return () => {
      const at = this.#waiting.indexOf(waiter);
      if (at >= 0) this.#waiting.splice(at, 1);
    };
  }
}

/** Takes the first of that name out of a list. */
function takeNamed<T extends { readonly name: string }>(list: T[], name: string): T | null {
  const at = list.findIndex((each) => each.name === name);
  return list.splice(at, at < 0 ? 0 : 1)[0] ?? null;
}
