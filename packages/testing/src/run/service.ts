/** The service that a case talks to: starts it, and puts its address where the case asks for it. */
import { FlowdeckError } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { JsonObject } from '../cases/json.js';
import type { ServiceSetup } from '../cases/types.js';
import type { TestingCode } from '../codes.js';

/** A fake service while a case is run. */
export interface CaseService {
  /** What the placeholders `{{service.name}}` stand for. */
  readonly facts: Readonly<Record<string, string>>;
  /** `host:port`. */
  readonly host: string;
  /** Requests so far, as plain data. */
  requests(): readonly Readonly<Record<string, unknown>>[];
  /** What went against the script. */
  problems(): readonly string[];
  /** Ends it. Called once, when the case has been judged. */
  close(): Promise<void>;
}

/**
 * What starts services, by name. A case says `{ "twilio": { ... } }`, and what stands there is handed to the starter of
 * that name; `{ "exchanges": [...] }` is for the starter `scripted`.
 */
export type Services = Readonly<Record<string, (setup: JsonObject) => Promise<CaseService>>>;

/** @throws FlowdeckError `unknown-service`, and what the starter throws for a faulty setup. */
export async function startService(setup: ServiceSetup, services: Services): Promise<CaseService> {
  // A setup is JSON of a case.
  const [name, given] = 'exchanges' in setup ? ['scripted', setup as JsonObject] : named(setup);
  const start = Object.hasOwn(services, name) ? services[name] : undefined;
  if (start === undefined) {
    throw new FlowdeckError<TestingCode>('unknown-service', `The runner was given no service "${name}".`, {
      hint: `Pass services: { ${name}: ... } to the runner. It has: ${Object.keys(services).join(', ') || 'none'}.`,
    });
  }
  return start(given);
}

function named(setup: ServiceSetup): [string, JsonObject] {
  // The reader of cases has seen that there is exactly one member, and that it is an object.
  return Object.entries(setup)[0] as [string, JsonObject];
}

/** Replaces `{{service.name}}` in every text of a value, keys included. Other braces are left alone. */
export function fillIn<T>(value: T, facts: Readonly<Record<string, string>>): T {
  return fillNames(value, Object.fromEntries(Object.entries(facts).map(([name, fact]) => [`service.${name}`, fact])));
}

/** Replaces `{{name}}` of these names in every text of a value, keys included. Other braces are left alone. */
export function fillNames<T>(value: T, facts: Readonly<Record<string, string>>): T {
  return eachText(value, (text) =>
    text.replace(/\{\{([\w.-]+)\}\}/g, (whole, name: string) =>
      Object.hasOwn(facts, name) ? String(facts[name]) : whole,
    ),
  );
}

/** The way back: puts the placeholders where the facts stand, so that two runs against two services can be compared. */
export function takeOut<T>(value: T, facts: Readonly<Record<string, string>>): T {
  // A longer fact may hold a shorter one: the address its host.
  const byLength = Object.entries(facts)
    .filter(([, fact]) => fact !== '')
    .sort(([, a], [, b]) => b.length - a.length);
  return eachText(value, (text) =>
    byLength.reduce((rest, [name, fact]) => rest.replaceAll(fact, `{{service.${name}}}`), text),
  );
}

function eachText<T>(value: T, change: (text: string) => string): T {
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return change(part);
    if (Array.isArray(part)) return part.map(walk);
    if (!isPlainObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [change(key), walk(inner)]));
  };
  return walk(value) as T; // the same shape with other texts
}
