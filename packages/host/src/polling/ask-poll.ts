/** Asks the poll flow of a connector, and reads what it gives. */
import { type ErrorReport, FlowdeckError, type RunResult, type Value } from '@flowdeck/engine';
import { reasonOf } from '../log/errors.js';

/** What a turn gave. */
export interface Asked {
  readonly cursor: Value;
  readonly items: readonly Value[];
}

/** Why it gave nothing. */
export interface Unasked {
  readonly failure: string;
  /** Of the error, which its run ended with or which kept it from beginning. */
  readonly code?: string;
  /** Of an answer that refused. */
  readonly extra?: ErrorReport['extra'];
}

export async function askPoll(run: () => Promise<RunResult>, cursor: Value): Promise<Asked | Unasked> {
  let result: RunResult;
  try {
    result = await run();
  } catch (error) {
    return { failure: reasonOf(error), ...(error instanceof FlowdeckError ? { code: error.code } : {}) };
  }
  const { error, outputs, status } = result;
  if (error !== null) {
    const { message, code, extra } = error;
    return { failure: message, code, ...(extra === undefined ? {} : { extra }) };
  }
  // It ended before its Return: there was nothing to give.
  if (status === 'stopped' || outputs === null) return { cursor, items: [] };
  const { items = null, cursor: next = null } = outputs;
  if (!Array.isArray(items)) return { failure: 'The poll flow gave no list as its output "items".' };
  return { cursor: next, items };
}
