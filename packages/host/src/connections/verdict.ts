/** Judges what the authping flow of a connector says of a connection. */
import type { ErrorData, ErrorReport, RunResult, ServiceError } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';

/** `unclear`: whether the service accepts the connection cannot be told from what happened. */
export type ConnectionAnswer = 'accepted' | 'refused' | 'unclear';

/** What a service makes of a connection. */
export interface ConnectionVerdict {
  /** Whether it works. */
  readonly answer: ConnectionAnswer;
  /** Why it is not accepted; null when it is. */
  readonly reason: ConnectionReason | null;
}

/** Why a connection is not accepted, or why nobody can tell. */
export interface ConnectionReason {
  /** Code of the error that speaks against it; `connection-refused` when the flow only says so. */
  readonly code: string;
  /** For people. */
  readonly message: string;
  /** Of the HTTP answer. */
  readonly statusCode: number | null;
  /** The service's own words, where the connector's manifest tells how to read them. */
  readonly service: ServiceError | null;
  /** What the service answered, whole. */
  readonly response: unknown;
  /** What to do about it, where that is known. */
  readonly hint: string | null;
}

/** What a person can do about an error. */
export type AdviceOnError = (error: ErrorReport | ErrorData) => string | undefined;

const plainAdvice: AdviceOnError = ({ hint }) => hint;

/** Answers that say nothing of the credentials: too early, too late, too often; those from 500 on neither. */
const NO_ANSWER: ReadonlySet<number> = new Set([408, 425, 429]);

/** What the connector itself raised, not the way to the service. */
const RAISED = 'returned-error';

/**
 * An authping flow catches what its request raises, and returns `working`. What was raised last says why it is not
 * working: the network does not refuse anybody.
 *
 * @param raised The error of the card that failed last, whether it was caught or not.
 * @param advise Words the hints. Default: those of the errors.
 */
export function judgeConnection(
  result: RunResult,
  raised: ErrorData | null,
  advise: AdviceOnError = plainAdvice,
): ConnectionVerdict {
  if (result.error !== null) return fromError(result.error, advise);
  const { working, serviceResponse } = result.outputs;
  if (working === true) return { answer: 'accepted', reason: null };
  if (working !== false) return silentFlow();
  return raised ? fromError(raised, advise) : fromResponse(serviceResponse);
}

function fromError(error: ErrorReport | ErrorData, advise: AdviceOnError): ConnectionVerdict {
  const { code, message, statusCode, extra, service } = error;
  const reason: ConnectionReason = {
    code,
    message,
    statusCode,
    service: service ?? null,
    response: extra?.['body'] ?? null,
    hint: advise(error) ?? null,
  };
  return { answer: answerOf(code, statusCode), reason };
}

/** Without an error there is only what the flow returned beside `working`. */
function fromResponse(response: unknown): ConnectionVerdict {
  const { statusCode, message } = isPlainObject(response) ? response : {};
  const status = typeof statusCode === 'number' ? statusCode : null;
  const reason: ConnectionReason = {
    code: 'connection-refused',
    message: typeof message === 'string' && message !== '' ? message : 'The connector says that it does not work.',
    statusCode: status,
    service: null,
    response: response ?? null,
    hint: null,
  };
  return { answer: status === null ? 'refused' : answerOf(reason.code, status), reason };
}

function silentFlow(): ConnectionVerdict {
  return {
    answer: 'unclear',
    reason: {
      code: 'connection-unclear',
      message: 'The authping flow of the connector returns no "working".',
      statusCode: null,
      service: null,
      response: null,
      hint: 'Let it return "working": true when its request succeeded, else false.',
    },
  };
}

function answerOf(code: string, statusCode: number | null): ConnectionAnswer {
  if (statusCode === null) return code === RAISED ? 'refused' : 'unclear';
  if (NO_ANSWER.has(statusCode) || statusCode >= 500) return 'unclear';
  // Redirects that lead nowhere are no answer, either.
  return statusCode >= 400 || statusCode < 300 ? 'refused' : 'unclear';
}
