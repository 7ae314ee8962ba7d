/** What the steps of a case are played with. */
import type { CaseService } from '../run/service.js';
import type { ServedHost } from './served.js';

/** A host, and what stands around it. */
export interface LifeStage {
  readonly host: ServedHost;
  /** Null: the case has none. */
  readonly service: CaseService | null;
  readonly signal: AbortSignal;
  /** Milliseconds of real time for what a step waits for. */
  readonly patienceMs: number;
}

/** Looks again and again, with a turn for everybody else in between. Null: it was not so in time. */
export async function seen<T>(look: () => Promise<T | null>, { patienceMs, signal }: LifeStage): Promise<T | null> {
  const end = performance.now() + patienceMs;
  do {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 1));
  } while (!signal.aborted && performance.now() < end);
  return null;
}
