/** The service that a case talks to: starts it, and puts its address where the case asks for it. */
import { isPlainObject } from '@flowdeck/engine/kit';
import { startScriptedService } from '../http/index.js';
import type { ServiceSetup } from '../suite/types.js';
import { startTwilioService } from '../twilio/index.js';

export interface CaseService {
  /** What the placeholders `{{service.name}}` stand for. */
  readonly facts: Readonly<Record<string, string>>;
  /** `host:port`. */
  readonly host: string;
  /** Requests so far, as plain data. */
  requests(): readonly Readonly<Record<string, unknown>>[];
  /** What went against the script. */
  problems(): readonly string[];
  close(): Promise<void>;
}

/** @throws FlowdeckError `scripted-exchange` when the script is faulty. */
export async function startService(setup: ServiceSetup): Promise<CaseService> {
  if ('twilio' in setup) {
    const { faults = [], ...options } = setup.twilio;
    const twilio = await startTwilioService(options);
    for (const fault of faults) twilio.failNext(fault);
    const { url, accountSid, authToken, keySid, keySecret } = twilio;
    return {
      facts: { url, host: hostOf(url), accountSid, authToken, keySid, keySecret },
      host: hostOf(url),
      requests: () => twilio.requests.map((request) => ({ ...plain(request), form: fromEntries(request.form) })),
      problems: () => [],
      close: () => twilio.close(),
    };
  }
  const scripted = await startScriptedService(setup.exchanges, setup.order === undefined ? {} : { order: setup.order });
  return {
    facts: { url: scripted.url, host: hostOf(scripted.url) },
    host: hostOf(scripted.url),
    requests: () => scripted.requests.map(plain),
    problems: () => scripted.problems(),
    close: () => scripted.close(),
  };
}

/** Replaces `{{service.name}}` in every text of a value, keys included. Other braces are left alone. */
export function fillIn<T>(value: T, facts: Readonly<Record<string, string>>): T {
  const fill = (text: string) =>
    text.replace(/\{\{service\.(\w+)\}\}/g, (whole, name: string) =>
      Object.hasOwn(facts, name) ? String(facts[name]) : whole,
    );
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return fill(part);
    if (Array.isArray(part)) return part.map(walk);
    if (!isPlainObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [fill(key), walk(inner)]));
  };
  return walk(value) as T; // the same shape with other texts
}

function plain(request: object): Record<string, unknown> {
  const entries = Object.entries(request).map(([key, value]) => [
    key,
    value instanceof URLSearchParams ? fromEntries(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** A repeated parameter becomes a list. */
function fromEntries(parameters: URLSearchParams): Record<string, unknown> {
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const all = parameters.getAll(name);
      return [name, all.length === 1 ? all[0] : all];
    }),
  );
}

function hostOf(url: string): string {
  return new URL(url).host;
}
