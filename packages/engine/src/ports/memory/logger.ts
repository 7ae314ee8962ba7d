/** A logger that drops everything. */
import type { Logger } from '../logger.js';

export function silentLogger(): Logger {
  return { log() {} };
}
