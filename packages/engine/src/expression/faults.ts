/** The errors of expressions: one way to make each, so that plain and full evaluation report alike. */
import type { EngineCode } from '../codes.js';
import type { Diagnostic } from '../diagnostic.js';
import { FlowdeckError, LimitError, RunError, TimeoutError } from '../errors.js';
import type { ExpressionLimits } from './types.js';

/** Where in the source something failed. */
export interface At {
  readonly token: string;
  /** Offset just after the token, as JSONata counts. */
  readonly position: number;
}

/** What JSONata's codes mean, for those that the plain subset raises too. */
const MEANINGS: Readonly<Record<string, string>> = {
  D1001: 'A number is out of range.',
  D1002: 'Only a number can be negated.',
  D3001: 'A number that is infinite or undefined cannot become text.',
  T2001: 'The left side of the operator must be a number.',
  T2002: 'The right side of the operator must be a number.',
  T2009: 'Both sides of a comparison must be of the same type.',
  T2010: 'Only numbers and texts have an order.',
};

/** Longer messages of JSONata quote data; their end is cut. */
const MAX_FAULT_MESSAGE = 300;

/** An evaluation error of JSONata: code `expression`, JSONata's own code in `extra.jsonata`. */
export function evaluationError(code: string, at?: Partial<At>, message?: string): RunError {
  const text = MEANINGS[code] ?? message ?? 'The expression failed.';
  return new RunError('expression', text.slice(0, MAX_FAULT_MESSAGE), {
    extra: {
      jsonata: code,
      ...(at?.token === undefined ? {} : { token: at.token }),
      ...(at?.position === undefined ? {} : { position: at.position }),
    },
    hint:
      at?.position === undefined
        ? 'Check the types of the values that the expression reads.'
        : `See the source before character ${at.position}, and the types of the values that it reads.`,
  });
}

/** The expression's result is no Flowdeck value. */
export function resultError(what: string): RunError {
  return new RunError('expression-result', `The result of the expression is ${what}.`, {
    hint: 'Let the expression give a text, a number, a boolean, a list, an object or nothing.',
  });
}

export function limitError(limit: Exclude<keyof ExpressionLimits, 'timeMs'>, most: number): LimitError {
  return new LimitError(`expression-${limit}`, `The expression exceeded its limit of ${most} (${limit}).`, {
    hint: 'Let the expression do less at a time, or raise the limit.',
  });
}

export function timeError(most: number): TimeoutError {
  return new TimeoutError(`The expression took longer than ${most} ms.`, {
    hint: 'Let the expression do less at a time, or raise its limit "timeMs".',
  });
}

/** Something that JSONata knows and Flowdeck refuses. */
export function expressionRefusal(code: EngineCode, message: string, hint: string): RunError {
  return new RunError(code, message, { hint });
}

/** A fault in the source. */
export interface SourceFault {
  readonly code:
    | 'expression-syntax'
    | 'expression-too-deep'
    | 'expression-too-long'
    | 'expression-regex'
    | 'expression-signature';
  readonly message: string;
  readonly hint: string;
}

export function syntaxFault(what: string, position: number): SourceFault {
  return {
    code: 'expression-syntax',
    message: `The expression is malformed at character ${position}: ${what}`,
    hint: 'Correct the JSONata expression.',
  };
}

export function diagnose(fault: {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}): Diagnostic {
  return {
    severity: 'error',
    code: fault.code,
    message: fault.message,
    pointer: '',
    ...(fault.hint === undefined ? {} : { hint: fault.hint }),
  };
}

/** Makes a documented error of whatever an evaluation threw. */
export function toFault(thrown: unknown, limits: ExpressionLimits): FlowdeckError {
  if (thrown instanceof FlowdeckError) return thrown;
  if (thrown instanceof RangeError) {
    // The two that V8, SpiderMonkey and JavaScriptCore raise here: a text beyond what they hold, and a full stack.
    const text = /string|allocat|memory/i.test(thrown.message);
    return text ? limitError('size', limits.size) : limitError('depth', limits.depth);
  }
  const { code, message, position, token } = knownMembers(thrown);
  if (code === undefined) return unsuitable(thrown);
  if (code === 'D2014' || code === 'D2015') return limitError('list', limits.list);
  return evaluationError(
    code,
    { ...(position === undefined ? {} : { position }), ...(token ? { token } : {}) },
    message,
  );
}

/** A part of JSONata that was given what it does not expect fails without a code, in words of the JavaScript engine. */
function unsuitable(cause: unknown): RunError {
  return new RunError('expression', 'A function or operator of the expression was given what it cannot take.', {
    hint: 'Check the types of the values that the expression reads.',
    cause,
  });
}

function knownMembers(thrown: unknown): { code?: string; message?: string; position?: number; token?: string } {
  if (typeof thrown !== 'object' || thrown === null) return {};
  // Of any object a property may be asked; what it is, is looked at below.
  const { code, message, position, token } = thrown as Readonly<Record<string, unknown>>;
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
    ...(typeof position === 'number' ? { position } : {}),
    ...(typeof token === 'string' ? { token } : {}),
  };
}
