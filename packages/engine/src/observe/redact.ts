/** Keeps secrets out of events, history, logs and errors: by value, wherever and however encoded they turn up. */
import { FlowdeckError } from '../errors.js';
import { type Field, FileRef, FlowRef, type JsonData, type Value } from '../values/index.js';
import { toData, toErrorData } from './data.js';
import { derivedTexts } from './derive.js';
import type { ErrorData } from './events.js';
import { secretValues } from './redact-fields.js';
import { isContainer, type Rules, rewrite, someLeaf } from './rewrite.js';
import { createVault, REDACTED, type Vault } from './vault.js';

/**
 * Knows the secrets of one run tree. None of its functions throws, and none changes what it is given.
 * What cannot be read at all is hidden.
 */
export interface Redactor {
  /** False: there is a secret, and values have to be looked at. */
  readonly empty: boolean;
  /**
   * Makes the texts in a value secret, wherever they stand in it, and its numbers as decimal text. Texts shorter than
   * four characters are not: hiding them would hide everything. Of `{username, password}` the HTTP Basic form too.
   */
  add(value: Value): void;
  /** Makes the values of those fields secret that are declared so. `record` is keyed by field name. */
  addFields(record: Readonly<Record<string, Value>>, fields: readonly Field[]): void;
  /** True when some secret stands in the value, in any form. */
  contains(value: unknown): boolean;
  /**
   * Replaces every secret by `[redacted]`: inside longer text, in keys, percent-encoded, JSON- or markup-escaped, in
   * base64. The same reference when there was none. A number, date or foreign object that shows one becomes a text.
   */
  redact<T>(value: T): T;
  /** The error itself when it shows no secret; else one of its class, without it. */
  redactError<E>(error: E): E;
  /** `redact`, as event data. */
  data(value: unknown): JsonData;
  /** An error as event data, without secrets. */
  errorData(error: unknown): ErrorData;
  /**
   * To be told what a pure card made of its inputs. If a secret is among them, texts of the output that were computed
   * from it become secret themselves. Not those that merely contain it, nor those that can be read in what else was given.
   */
  derive(inputs: readonly Value[], output: Value): void;
}

/**
 * Makes a redactor that knows no secrets yet; `add` tells it of them.
 *
 * @example
 * const redactor = createRedactor();
 * redactor.add('hunter22');
 * redactor.redact({ url: 'https://example.com/?key=hunter22' }); // { url: 'https://example.com/?key=[redacted]' }
 */
export function createRedactor(): Redactor {
  const vault = createVault();
  const rules = rulesFor(vault);
  const contains = (value: unknown) =>
    !vault.empty &&
    attemptOr(
      () => someLeaf(value, (leaf) => !Object.is(rules.value(leaf), leaf), vault.test),
      () => true,
    );
  const redact = <T>(value: T): T =>
    vault.empty
      ? value
      : (attemptOr(
          () => rewrite(value, rules),
          () => REDACTED,
        ) as T); // What is hidden changes its type: a reader of redacted values has to expect text anywhere.

  return {
    get empty() {
      return vault.empty;
    },
    add: (value) => addTo(vault, value),
    addFields(record, fields) {
      for (const value of secretValues(record, fields)) addTo(vault, value);
    },
    contains,
    redact,
    redactError: redact,
    data: (value) =>
      redact(
        attemptOr(
          () => toData(value),
          () => REDACTED,
        ),
      ),
    errorData: (error) => redact(attemptOr(() => toErrorData(error), unreadableError)),
    derive(inputs, output) {
      if (vault.empty) return;
      attemptOr(
        () => {
          for (const text of derivedTexts(vault, inputs, output, contains)) vault.add(text);
        },
        () => undefined,
      );
    },
  };
}

function addTo(vault: Vault, value: unknown): void {
  const take = (leaf: unknown): boolean => {
    if (typeof leaf === 'string') vault.add(leaf);
    else if (typeof leaf === 'number' || typeof leaf === 'bigint') vault.add(String(leaf));
    else if (leaf instanceof Date && !Number.isNaN(leaf.getTime())) vault.add(leaf.toISOString());
    return false;
  };
  attemptOr(
    () => {
      someLeaf(value, take);
      if (!isContainer(value)) return;
      const { username, password }: { username?: unknown; password?: unknown } = value;
      if (typeof username === 'string' && typeof password === 'string') vault.addBasic(username, password);
    },
    () => undefined,
  );
}

function rulesFor(vault: Vault): Rules {
  /** Objects being rewritten, so that one that holds itself ends. */
  const under = new Set<object>();
  const rules: Rules = {
    key: (name) => vault.hide(name),
    value(leaf) {
      if (typeof leaf === 'string') return vault.hide(leaf);
      if (typeof leaf === 'number' || typeof leaf === 'bigint') {
        return vault.numeric && vault.test(String(leaf)) ? REDACTED : leaf;
      }
      if (typeof leaf !== 'object' || leaf === null || leaf instanceof FlowRef || ArrayBuffer.isView(leaf)) return leaf;
      if (leaf instanceof Date) {
        return !Number.isNaN(leaf.getTime()) && vault.test(leaf.toISOString()) ? REDACTED : leaf;
      }
      if (leaf instanceof FileRef) return fileRef(leaf, vault);
      if (under.has(leaf)) return REDACTED;
      under.add(leaf);
      try {
        return leaf instanceof Error ? hideInError(leaf, rules) : hideInForeign(leaf, rules);
      } finally {
        under.delete(leaf);
      }
    },
  };
  return rules;
}

function fileRef(file: FileRef, vault: Vault): FileRef {
  const id = vault.hide(file.id);
  const name = vault.hide(file.name);
  const mediaType = file.mediaType === null ? null : vault.hide(file.mediaType);
  const same = id === file.id && name === file.name && mediaType === file.mediaType;
  return same ? file : new FileRef(id, name, file.size, mediaType);
}

/** Own properties, enumerable or not (`message`, `stack` and `cause` are not), and the two that may be inherited. */
function hideInError(error: Error, rules: Rules): Error {
  const names = new Set([...Object.getOwnPropertyNames(error), 'message', 'name']);
  const shown = new Map<string, unknown>();
  let hidden = false;
  for (const name of names) {
    const before: unknown = Reflect.get(error, name);
    const after = rewrite(before, rules);
    if (!Object.is(before, after)) hidden = true;
    shown.set(name, after);
  }
  if (!hidden) return error;
  const copy = new Error();
  // Classes of others may have getters that work on their own instances only.
  if (error instanceof FlowdeckError) Object.setPrototypeOf(copy, Object.getPrototypeOf(error));
  for (const [name, value] of shown) {
    const enumerable = Object.prototype.propertyIsEnumerable.call(error, name);
    Object.defineProperty(copy, name, { value, enumerable, writable: true, configurable: true });
  }
  return copy;
}

/** Maps, sets and objects of classes unknown here: as what they show, when that shows a secret. */
function hideInForeign(value: object, rules: Rules): unknown {
  if (value instanceof Map || value instanceof Set) {
    const before = [...value];
    const after = rewrite(before, rules);
    return after === before ? value : after;
  }
  const shown: unknown = 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : { ...value };
  const after = rewrite(shown, rules);
  return Object.is(after, shown) ? value : after;
}

function unreadableError(): ErrorData {
  return { name: 'Error', code: 'card-failed', message: 'An error that cannot be read.', at: {}, statusCode: null };
}

/** Getters and proxies may throw anything; out of here comes nothing. */
function attemptOr<T>(attempt: () => T, otherwise: () => T): T {
  try {
    return attempt();
  } catch {
    return otherwise();
  }
}
