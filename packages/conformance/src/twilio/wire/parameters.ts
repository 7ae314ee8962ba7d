/** Parameters of a form by a table: what each must be, read with its type, refused with its name. */

import { Refusal } from './errors.js';
import { isWebUrl } from './urls.js';

/** What a parameter must be; a list holds the texts that it may be. An empty URL clears what was set. */
export type ParameterKind = 'text' | 'url' | 'method' | 'boolean' | 'integer' | readonly string[];

interface KindValues {
  text: string;
  url: string;
  method: 'GET' | 'POST';
  boolean: boolean;
  integer: number;
}

type ValueOf<K> = K extends keyof KindValues ? KindValues[K] : K extends readonly (infer Choice)[] ? Choice : never;

/** The values of a table of parameters. */
export type ValuesOf<T extends Readonly<Record<string, ParameterKind>>> = { -readonly [K in keyof T]: ValueOf<T[K]> };

/**
 * Reads what is given of a table's parameters; others are ignored, as the vendor does.
 *
 * @throws Refusal 20001 naming the parameter
 */
export function readParameters<const T extends Readonly<Record<string, ParameterKind>>>(
  given: URLSearchParams,
  table: T,
): Partial<ValuesOf<T>> {
  const values = Object.entries(table).flatMap(([name, kind]) => {
    const text = given.get(name);
    return text === null ? [] : [[name, readValue(name, text, kind)]];
  });
  return Object.fromEntries(values) as Partial<ValuesOf<T>>; // readValue gave each the type that its kind stands for
}

function readValue(name: string, text: string, kind: ParameterKind): unknown {
  if (kind === 'text') return text;
  if (kind === 'url') {
    if (text !== '' && !isWebUrl(text)) throw new Refusal(20001, { what: `${name} is not a URL` });
    return text;
  }
  if (kind === 'boolean') return chosen(name, text.toLowerCase(), ['true', 'false']) === 'true';
  if (kind === 'integer') {
    if (!/^\d{1,9}$/.test(text)) throw new Refusal(20001, { what: `${name} must be a whole number` });
    return Number(text);
  }
  return kind === 'method' ? chosen(name, text.toUpperCase(), ['GET', 'POST']) : chosen(name, text, kind);
}

function chosen(name: string, text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  throw new Refusal(20001, { what: `${name} must be ${choices.join(' or ')}` });
}

/** @throws Refusal 20001 when a parameter is missing or empty */
export function required(given: URLSearchParams, name: string): string {
  const text = given.get(name);
  if (text === null || text === '') throw new Refusal(20001, { what: `${name} is required` });
  return text;
}

/** Fields of a resource from values by parameter: `SmsUrl` is `sms_url`. */
export function fieldsOf(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [snakeCase(name), value]));
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]|(?<=.)[A-Z](?=[a-z])/g, (letter) => `_${letter}`).toLowerCase();
}
