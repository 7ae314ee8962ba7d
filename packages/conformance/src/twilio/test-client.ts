/** A small caller of the simulated service, for its own tests. */

import type { MessageResource } from './messages/message.js';
import type { TwilioService } from './options.js';
import type { TwilioErrorBody } from './wire/errors.js';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; null when it is none. */
  json: unknown;
}

type Form = Record<string, string> | [string, string][];

export interface CallOptions {
  method?: string;
  form?: Form;
  headers?: Record<string, string>;
  body?: string;
  /** `user:password`. Default: the handle's API key. Null: no Authorization header. */
  as?: string | null;
  signal?: AbortSignal;
}

/** Calls a path of the service. A `form` makes it a POST. */
export async function call(service: TwilioService, path: string, options: CallOptions = {}): Promise<Answer> {
  const pair = options.as === undefined ? `${service.keySid}:${service.keySecret}` : options.as;
  const body = options.form ? new URLSearchParams(options.form) : options.body;
  const response = await fetch(service.url + path, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(pair === null ? {} : { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parseBody(text) };
}

/** The path of an account's resource; by default of its messages. */
export function pathOf(service: TwilioService, rest = '/Messages.json'): string {
  return `/2010-04-01/Accounts/${service.accountSid}${rest}`;
}

/** Sends a message with the first owned number, unless `form` says otherwise; '' takes a parameter away. */
export function sendMessage(service: TwilioService, form: Record<string, string> = {}): Promise<Answer> {
  const parameters = { To: '+15551230001', From: '+15005550006', Body: 'Hello', ...form };
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
  return call(service, pathOf(service), { form: given });
}

// A test that got another shape fails on the first member that it reads.
export const asMessage = (answer: Answer) => answer.json as MessageResource;
// The same.
export const asError = (answer: Answer) => answer.json as TwilioErrorBody;
// The same.
export const asPage = (answer: Answer) =>
  answer.json as {
    messages: MessageResource[];
    page: number;
    page_size: number;
    start: number;
    end: number;
    uri: string;
    first_page_uri: string;
    next_page_uri: string | null;
    previous_page_uri: string | null;
  };

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
