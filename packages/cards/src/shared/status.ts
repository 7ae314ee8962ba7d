/** The statuses with which a flow may answer over HTTP. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export const STATUS_ERRORS = { 'invalid-status': 'The status is neither 200 nor one of 400 to 599.' } as const;

/** @throws RunError `invalid-status`. */
export function checkStatus(status: number): number {
  if (status === 200 || (Number.isInteger(status) && status >= 400 && status <= 599)) return status;
  throw new RunError<CardsCode>('invalid-status', `A flow cannot answer with status ${status}.`, {
    at: { field: 'statusCode' },
    hint: 'Use 200, or a status from 400 to 599. That work goes on, or where to look next, can stand in the body.',
  });
}
