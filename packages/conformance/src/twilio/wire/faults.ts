/** Scripted faults: what goes wrong with the next requests, so that a caller's error handling can be tested. */

import { errorBody, errorRow } from './errors.js';

/**
 * One scripted fault. Without `status`, `code` and `disconnect` it only delays; the answer is then the normal one.
 *
 * @example { status: 503, times: 2 } // the next two requests
 * @example { status: 500, processed: true, method: 'POST' } // the message is sent, yet the caller sees an error
 */
export interface Fault {
  /** How many matching requests it hits. Default 1. */
  times?: number;
  /** Only requests with this method. */
  method?: string;
  /** Only requests whose path contains this text. */
  path?: string;
  /** Milliseconds to wait before answering. */
  delayMs?: number;
  /** Waits for this instead of a time: a test decides when the answer comes. A rejection counts as settled. */
  until?: Promise<unknown>;
  /** HTTP status of the answer. Default: that of `code`, or 500. */
  status?: number;
  /** Error code of the answer. Default: the general code of the status where there is one, else no code. */
  code?: number;
  /** The `message` of the error body. Default: that of the code. */
  message?: string;
  /** Answers this text instead of an error body, such as the HTML page of a proxy. */
  body?: string;
  /** Media type of `body`. Default `text/html`. */
  contentType?: string;
  /** Further headers of the answer. */
  headers?: Readonly<Record<string, string>>;
  /** Closes the connection without an answer. */
  disconnect?: boolean;
  /** Lets the request take effect first: the outcome is unknown to the caller. Default false. */
  processed?: boolean;
}

/** The faults that are still to come. */
export interface FaultScript {
  add(fault: Fault): void;
  /** Takes the first fault that fits a request. */
  take(method: string, path: string): Fault | undefined;
}

/** An empty script. Faults are taken in the order in which they were added. */
export function createFaultScript(): FaultScript {
  const waiting: { fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    take(method, path) {
      const entry = waiting.find(
        ({ fault, left }) =>
          left > 0 &&
          (fault.method === undefined || fault.method.toUpperCase() === method) &&
          (fault.path === undefined || path.includes(fault.path)),
      );
      if (!entry) return undefined;
      entry.left -= 1;
      return entry.fault;
    },
  };
}

/** Codes that stand for a status when a fault names none. */
const GENERAL_CODES: Readonly<Record<number, number>> = {
  401: 20003,
  404: 20404,
  429: 20429,
  500: 20500,
  503: 20503,
};

/** True when a fault replaces the answer, false when it only delays it. */
export function replacesAnswer(fault: Fault): boolean {
  return fault.status !== undefined || fault.code !== undefined || fault.body !== undefined;
}

/** The status and error fields that a fault answers. */
export function faultAnswer(fault: Fault): { status: number; fields: Readonly<Record<string, unknown>> } {
  const status = fault.status ?? (fault.code === undefined ? 500 : (errorRow(fault.code)?.status ?? 400));
  const code = fault.code ?? GENERAL_CODES[status];
  const message = fault.message ?? (code === undefined ? undefined : errorRow(code)?.message) ?? 'Scripted fault';
  return { status, fields: code === undefined ? { message, status } : { ...errorBody(code, status, message) } };
}
