/** What a case came to, also where it breaks its engine or does not end. */
import { DocumentError, FlowdeckError } from '@flowdeck/engine';
import type { Observed } from './adapter.js';
import type { CaughtError } from './caught.js';
import type { Failure } from './failure.js';

/** What happened in a case, for whoever shows it. All of it is JSON. */
export interface CaseRun {
  /** Id of the flow; null: the only one. */
  readonly flow: string | null;
  /** How it ended, and with what. */
  readonly observed: Observed;
  /** Everything that was told of the run, in order. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  /** Errors that did not end it. */
  readonly caught: readonly CaughtError[];
}

/** What a case came to. */
export interface Outcome {
  readonly failures: readonly Failure[];
  /** Null: nothing was run, or it did not end. */
  readonly run: CaseRun | null;
}

export async function within(timeoutMs: number, work: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
  const ending = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      ending.abort();
      resolve(withoutRun({ where: 'time', message: `did not end within ${timeoutMs} ms` }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(ending.signal), late]);
  } catch (error) {
    return withoutRun(...brokenBy(error));
  } finally {
    clearTimeout(timer);
  }
}

function withoutRun(...failures: readonly Failure[]): Outcome {
  return { failures, run: null };
}

/** What is of Flowdeck's making says what to do; anything else is a fault of the engine. */
function brokenBy(error: unknown): readonly Failure[] {
  if (error instanceof DocumentError) {
    const errors = error.diagnostics.filter(({ severity }) => severity === 'error');
    return errors.map(({ code, message, hint, file = 'document', line, column }) => {
      const where = line === undefined ? file : `${file}:${line}:${column}`;
      return { where, code, message, ...(hint === undefined ? {} : { hint }) };
    });
  }
  if (error instanceof FlowdeckError) {
    const { code, message, hint } = error;
    return [{ where: 'case', code, message, ...(hint === undefined ? {} : { hint }) }];
  }
  return [{ where: 'engine', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }];
}
