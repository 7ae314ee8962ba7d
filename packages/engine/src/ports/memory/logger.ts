/** A logger that drops everything. */
import type { Logger } from '../logger.js';

/** A logger that drops every line: the default of an engine. */
export function silentLogger(): Logger {
  return { log() {} };
}
