/** What is said of a wrong shape: what a schema says about each kind of value, for people. */
import type { EngineCode } from '../codes.js';

interface Words {
  readonly code: EngineCode;
  /** What the value must be: `... must be an id`. */
  readonly expected: string;
  readonly hint: string;
}

const NOT_BLANK: Words = {
  code: 'schema-blank',
  expected: 'text that is not blank',
  hint: 'Write at least one letter.',
};
const BAD_POINTER_HINT = 'In names, write ~1 for / and ~0 for ~.';

/** What a text must look like, by its kind in the schema. */
export const SHAPE_PATTERNS: Readonly<Record<string, Words>> = {
  id: {
    code: 'schema-id',
    expected: 'an id',
    hint: 'Start with a letter or underscore, then letters, digits, underscores or hyphens; at most 64 characters.',
  },
  'card.card': {
    code: 'schema-card-type',
    expected: 'a card type',
    hint: 'Write namespace, dot, name, such as "text.compose".',
  },
  reference: {
    code: 'malformed-pointer',
    expected: 'a JSON Pointer',
    hint: `Start with / and a card id or root, such as "/inputs/name". ${BAD_POINTER_HINT}`,
  },
  'binding.item': {
    code: 'malformed-pointer',
    expected: 'a JSON Pointer into the item',
    hint: `Leave it empty for the item itself, or start with /, such as "/email". ${BAD_POINTER_HINT}`,
  },
  'connector.version': {
    code: 'schema-version',
    expected: 'a semantic version',
    hint: 'Write three numbers, such as "1.0.0".',
  },
  'connector.color': {
    code: 'schema-type',
    expected: 'a colour',
    hint: 'Write # and 3 or 6 hexadecimal digits, such as "#f22f46".',
  },
  'configValue.key': NOT_BLANK,
  'card.connection': NOT_BLANK,
  'field.key': NOT_BLANK,
  'field.group': NOT_BLANK,
  'schedule.cron': NOT_BLANK,
  'schedule.timeZone': NOT_BLANK,
  'access.issuer': NOT_BLANK,
  'access.audience': NOT_BLANK,
  'access.jwksUri': NOT_BLANK,
  'eventTrigger.name': NOT_BLANK,
  'eventTrigger.connector': NOT_BLANK,
  'eventTrigger.connection': NOT_BLANK,
};

/** What to write for a property that is missing. */
export const REQUIRED: Readonly<Record<string, string>> = {
  flowdeck: 'Add "flowdeck": 1, the version of the format.',
  cards: 'Add "cards": [ ... ]; it may be empty.',
  card: 'Add "card": "namespace.name", the card type.',
  times: 'Add "times": 3, the attempts after the first.',
  flows: 'Add "flows"; it may be empty: {} in a connector, [] in a deck.',
};

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

/** `text`, or `null, a number or a list`: the names of JSON Schema in plain English. */
export function describeTypes(types: unknown): string {
  const names = (Array.isArray(types) ? types : [types]).map((type) => TYPE_WORDS[String(type)] ?? String(type));
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}

/** What stands in the document. It names the type only, since the value may be a secret. */
export function describeActual(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  return (Array.isArray(value) ? TYPE_WORDS['array'] : TYPE_WORDS[typeof value]) ?? typeof value;
}
