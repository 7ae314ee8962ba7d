/** Reads what the flow of a lookup gave: choices, or the members of an object. What a service answers may be anything. */
import { type Field, FlowdeckError, type Value } from '@flowdeck/engine';
import {
  type ConnectorLookup,
  converter,
  isPlainObject,
  parseDocument,
  parsePointer,
  readPointer,
  typeOf,
} from '@flowdeck/engine/kit';
import type { ConnectCode } from '../codes.js';

/** One of the values that a field may have. */
export interface FieldChoice {
  /** What people read. */
  readonly label: string;
  /** What is given to the field, of its type. */
  readonly value: Value;
}

/** The choices among the outputs of the flow. @throws FlowdeckError `lookup-answer`. */
export function readChoices(lookup: ConnectorLookup, field: Field, outputs: Value): readonly FieldChoice[] {
  const convert = converter({ ...field, list: false });
  const places = { value: lookup.value ?? '/value', label: lookup.label ?? '/label' };
  return itemsOf(lookup, '/choices', outputs).map((item, index) => {
    const where = `Item ${index} of what "${lookup.flow}" gave`;
    const value = isBare(item) ? item : at(item, places.value);
    if (value === null) throw misshapen(lookup, `${where} has no ${places.value}.`, keysHint(item));
    const label = isBare(item) ? item : at(item, places.label);
    try {
      return { label: isBare(label) ? String(label) : String(value), value: convert(value) };
    } catch (cause) {
      throw misshapen(lookup, `${where} is no ${field.type}, which "${field.key}" is.`, undefined, cause);
    }
  });
}

/** The members of an object, held to what a field of a document is held to. @throws FlowdeckError `lookup-answer`. */
export function readFields(lookup: ConnectorLookup, outputs: Value): readonly Field[] {
  const items = itemsOf(lookup, '/fields', outputs);
  const { document, diagnostics } = parseDocument({
    flowdeck: 1,
    id: 'fields',
    type: 'helper',
    inputs: items,
    cards: [],
  });
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (fault === undefined && document !== null && 'inputs' in document) return document.inputs ?? [];
  const place = fault?.pointer.replace(/^\/inputs/, '') ?? '';
  throw misshapen(
    lookup,
    `What "${lookup.flow}" gave is no list of fields: at "${place}": ${fault?.message}`,
    fault?.hint,
  );
}

function itemsOf(lookup: ConnectorLookup, usual: string, outputs: Value): readonly Value[] {
  const place = lookup.items ?? usual;
  const items = at(outputs, place);
  if (Array.isArray(items)) return items;
  if (items === null) throw misshapen(lookup, `"${lookup.flow}" gave nothing at ${place}.`, keysHint(outputs));
  throw misshapen(lookup, `"${lookup.flow}" gave no list at ${place}, but ${typeOf(items)}.`);
}

function at(value: Value, pointer: string): Value {
  return readPointer(value, parsePointer(pointer) ?? []);
}

/** A text, number or boolean says by itself what it is. */
function isBare(value: Value): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function keysHint(value: Value): string | undefined {
  if (!isPlainObject(value)) return undefined;
  const keys = Object.keys(value).slice(0, 10);
  return keys.length === 0 ? undefined : `It has ${keys.join(', ')}.`;
}

function misshapen({ flow }: ConnectorLookup, message: string, hint?: string, cause?: unknown): FlowdeckError {
  return new FlowdeckError<ConnectCode>('lookup-answer', message, {
    at: { flow },
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause }),
  });
}
