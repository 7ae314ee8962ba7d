/** Where lines are logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * Where the lines go that cards write with `ctx.logger`, and what the engine has to say of listeners that fail. Values
 * are redacted before they get here. The lines of a card have `execution` and `card` among their details, and `metadata`
 * where the run has any.
 */
export interface Logger {
  /** Takes a line. What it throws or rejects with is dropped: neither a card nor the host hears of it. */
  log(level: LogLevel, message: string, details?: Readonly<Record<string, unknown>>): void;
}
