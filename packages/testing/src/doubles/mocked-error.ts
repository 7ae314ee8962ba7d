/** The error that a mock asks for, and how it is told of. */
import { HttpError } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { TestingCode } from '../codes.js';
import type { MockError } from '../mocks/types.js';
import type { Border, CallRecord } from './border.js';
import { plain } from './effects.js';

/** Notes the failing call, and gives what it fails with. `http-status` without a status is 500. */
export function mockedError(
  { message, code: named, statusCode, body = null }: MockError,
  otherwise: TestingCode,
  call: CallRecord,
  border: Border,
): HttpError {
  const code = named ?? otherwise;
  const status = statusCode ?? (code === 'http-status' ? 500 : null);
  border.noteError(call, { message, code, statusCode: status, body: plain(body) });
  // A mock may name a code of the service that it stands for.
  return new HttpError<TestingCode>(code as TestingCode, message, {
    statusCode: status,
    extra: { ...(isPlainObject(body) ? body : {}), body },
  });
}
