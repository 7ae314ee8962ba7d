/** Handlers of what a run tells: what they do wrong stays with them. */
import type { Logger } from '../ports/index.js';

/** The logger, without its failures, also those of an async one: it has nowhere to report them to. */
export function harmlessLogger(logger: Logger): Logger {
  return {
    log(level, message, details) {
      try {
        // An async function may stand where a logger is wanted.
        const logged: unknown = logger.log(level, message, details);
        if (logged instanceof Promise) logged.catch(() => undefined);
      } catch {
        // See above.
      }
    },
  };
}

/**
 * The handler, without its failures: the first is logged as an error, later ones are not. Also catches the rejection of
 * an async handler, which would otherwise end the process. `type` is what it was registered for, to be logged.
 */
export function harmless<T>(
  handler: (told: T) => unknown,
  type: string,
  logger: Logger | undefined,
): (told: T) => void {
  let reported = false;
  const report = (error: unknown) => {
    if (reported) return;
    reported = true;
    logger?.log('error', 'An event handler failed; the run goes on. Further failures of it are not logged.', {
      type,
      error: error instanceof Error ? error.message : String(error),
    });
  };
  return (told) => {
    try {
      const result = handler(told);
      if (result instanceof Promise) result.catch(report);
    } catch (error) {
      report(error);
    }
  };
}
