/** What a host says about a run: a frozen copy, and only what JSON has a form for. */
import { FlowdeckError } from '../errors.js';
import {
  type DataObject,
  formatPointer,
  isPlainObject,
  isUnsafeKey,
  type JsonData,
  MAX_DEPTH,
} from '../values/index.js';

const NONE: DataObject = Object.freeze({});

/** @throws FlowdeckError `invalid-metadata`. */
export function readMetadata(given: unknown): DataObject {
  if (given === undefined) return NONE;
  if (!isPlainObject(given)) throw invalid(describe(given), []);
  return copyObject(given, []);
}

function copyObject(given: Readonly<Record<string, unknown>>, path: readonly string[]): DataObject {
  if (path.length > MAX_DEPTH) throw invalid('an object that holds itself, or nests too deep', []);
  const copy: Record<string, JsonData> = {};
  for (const [key, value] of Object.entries(given)) {
    if (isUnsafeKey(key)) throw invalid('a forbidden name', [...path, key]);
    if (value !== undefined) copy[key] = copyData(value, [...path, key]);
  }
  return Object.freeze(copy);
}

function copyData(value: unknown, path: readonly string[]): JsonData {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value) && path.length <= MAX_DEPTH) {
    return Object.freeze(value.map((item: unknown, index) => copyData(item, [...path, String(index)])));
  }
  if (isPlainObject(value)) return copyObject(value, path);
  throw invalid(describe(value), path);
}

function describe(value: unknown): string {
  if (typeof value === 'number') return `the number ${value}`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? `a ${value?.constructor?.name ?? 'null'}` : `a value of type ${typeof value}`;
}

function invalid(what: string, path: readonly string[]): FlowdeckError {
  const message =
    path.length === 0
      ? `The metadata of a run is an object, not ${what}.`
      : `The metadata of a run is JSON data. At ${formatPointer(path)} stands ${what}.`;
  return new FlowdeckError('invalid-metadata', message, {
    hint: 'Give an object of texts, finite numbers, booleans, null, lists and objects, such as { tenant: "acme" }.',
  });
}
