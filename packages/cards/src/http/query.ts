/** The query of a request: an object of parameters, or ready text, joined to the one that the URL has. */
import { ConversionError, type Value, type ValueObject } from '@flowdeck/engine';
import { toJsonText, typeOf } from '@flowdeck/engine/kit';
import { encodeText } from '../url/encode-component.js';

/**
 * Null parameters are left out, lists repeat the parameter, objects are written as JSON.
 *
 * @throws ConversionError when the query is neither an object nor text.
 */
export function withQuery(url: string, query: Value): string {
  const text = queryText(query);
  if (text === '') return url;
  const hash = url.indexOf('#');
  const base = hash < 0 ? url : url.slice(0, hash);
  const fragment = hash < 0 ? '' : url.slice(hash);
  const joint = !base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&';
  return base + joint + text + fragment;
}

function queryText(query: Value): string {
  if (query === null) return '';
  if (typeof query === 'string') return query.replace(/^[?&]/, '');
  if (typeOf(query) !== 'object') {
    throw new ConversionError(`The query is ${typeOf(query)}, not an object or text.`, {
      at: { field: 'query' },
      hint: 'Give an object of parameters, such as {"page": 2}, or text such as "page=2".',
    });
  }
  // Texts have been given back, and all but objects refused.
  return parametersText(query as ValueObject);
}

/** Names and values as a query or a form has them. */
export function parametersText(parameters: ValueObject): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => valuesOf(value).map((item) => `${encodeText(name)}=${encodeText(item)}`))
    .join('&');
}

function valuesOf(value: Value): string[] {
  if (value === null) return [];
  return Array.isArray(value)
    ? value.flatMap((item: Value) => (item === null ? [] : [plainText(item)]))
    : [plainText(value)];
}

/** A value as it stands in a header or a parameter: text as it is, everything else as in JSON but without quotes. */
export function plainText(value: Value): string {
  if (typeof value === 'string') return value;
  return value instanceof Date ? value.toISOString() : toJsonText(value);
}
