/** Cancels runs by the signals that their hosts gave. */

interface Cancellable {
  cancel(reason?: string): void;
}

/**
 * One listener a signal, however many runs it may cancel: platforms warn of more than a few, and a signal may outlive
 * thousands of runs.
 */
export class Aborts {
  readonly #runs = new WeakMap<AbortSignal, Set<Cancellable>>();

  /** Cancels the run when the signal aborts, at once if it has. The function that it gives ends that. */
  attach(signal: AbortSignal | undefined, run: Cancellable): (() => void) | null {
    if (signal === undefined) return null;
    if (signal.aborted) {
      run.cancel(reasonOf(signal));
      return null;
    }
    const runs = this.#runs.get(signal) ?? this.#listen(signal);
    runs.add(run);
    return () => void runs.delete(run);
  }

  #listen(signal: AbortSignal): Set<Cancellable> {
    const runs = new Set<Cancellable>();
    this.#runs.set(signal, runs);
    signal.addEventListener(
      'abort',
      () => {
        const reason = reasonOf(signal);
        for (const run of runs) run.cancel(reason);
        runs.clear();
      },
      { once: true },
    );
    return runs;
  }
}

function reasonOf({ reason }: AbortSignal): string | undefined {
  return reason instanceof Error && reason.name !== 'AbortError' ? reason.message : undefined;
}
