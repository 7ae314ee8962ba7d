/** What ends a run from outside: it was cancelled, the journal failed it, or the journal was shut down. */
import { CancelledError, FlowdeckError } from '@flowdeck/engine';

/**
 * One listener on the run's signal, however many steps are under way: a signal warns of a leak above ten listeners.
 * The first reason stays.
 */
export class Halt {
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<(reason: FlowdeckError) => void>();
  readonly #onAbort: () => void;
  #reason: FlowdeckError | null = null;

  constructor(signal: AbortSignal, run: string) {
    this.#signal = signal;
    this.#onAbort = () => {
      const reason: unknown = signal.reason;
      this.stop(reason instanceof FlowdeckError ? reason : new CancelledError(undefined, { at: { run } }));
    };
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort);
  }

  /** Null while the run goes on. */
  get reason(): FlowdeckError | null {
    return this.#reason;
  }

  stop(reason: FlowdeckError): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const tell of waiting) tell(reason);
  }

  /** Calls `tell` once when the run is stopped. Returns what takes it back. */
  onStop(tell: (reason: FlowdeckError) => void): () => void {
    this.#waiting.add(tell);
    return () => this.#waiting.delete(tell);
  }

  /** Lets go of the run's signal. */
  release(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
  }
}
