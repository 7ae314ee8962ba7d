/** Fields of a declaration: inputs, outputs, and what else has a key and a type. */
import { quoted } from '../../document/members.js';
import { FlowdeckError } from '../../errors.js';
import {
  converter,
  FIELD_TYPES,
  type FieldType,
  fieldName,
  isChoice,
  type TypeRef,
  type Value,
} from '../../values/index.js';
import type { CardField } from '../fields.js';
import type { DeclarationSpot } from './declaration-spot.js';
import {
  checkMembers,
  type Member,
  type MemberCheck,
  optional,
  plainList,
  required,
  type Unchecked,
} from './members.js';
import { flag, name, oneOf, text } from './scalars.js';

/** What other languages call the types. */
const MEANT: Readonly<Record<string, string>> = {
  string: '"text"',
  str: '"text"',
  int: '"number"',
  integer: '"number"',
  float: '"number"',
  bool: '"boolean"',
  datetime: '"date"',
  timestamp: '"date"',
  json: '"object"',
  record: '"object"',
  map: '"object"',
  array: '"list": true, and the type of its items',
  list: '"list": true, and the type of its items',
};

const type = required(oneOf(FIELD_TYPES, MEANT), `Write one of ${FIELD_TYPES.join(', ')}.`);

/** The members of everything that has the type of a field. */
export const TYPE_MEMBERS: Readonly<Record<keyof TypeRef, Member>> = { type, list: optional(flag) };

const FIELD: Readonly<Record<keyof CardField, Member>> = {
  key: required(name, 'Add "key": "name", by which documents address the field.'),
  ...TYPE_MEMBERS,
  group: optional(name),
  label: optional(text),
  description: optional(text),
  required: optional(flag),
  default: optional(checkDefault),
  choices: optional(checkChoices),
  openChoices: optional(flag),
  fixed: optional(flag),
  secret: optional(flag),
  properties: optional((value, spot, field) => checkFieldList(value, spot, field)),
};

/** A list of fields, no two of one name. */
export const checkFieldList: MemberCheck = (value, spot) => {
  const names = new Map<string, number>();
  for (const [index, item] of (plainList(value, spot) ?? []).entries()) {
    const here = spot.at(index);
    const field = checkMembers(item, here, 'a field', FIELD);
    const given = field === null ? null : nameOf(field);
    if (given === null) continue;
    const first = names.get(given);
    if (first === undefined) names.set(given, index);
    else {
      here
        .at('key')
        .fault(
          'declaration-duplicate',
          `The field ${quoted(given)} is declared already, at ${spot.at(first).pointer}.`,
          'Give it another key or group, or remove one of the two.',
        );
    }
  }
};

/** The name of a field that may be faulty; null when it has none. */
export function nameOf({ key, group }: Unchecked): string | null {
  if (typeof key !== 'string') return null;
  return fieldName({ key, group: typeof group === 'string' ? group : undefined });
}

/** The fields of a list that may be faulty, by name. */
export function fieldsByName(list: unknown): Map<string, Unchecked> {
  const fields = new Map<string, Unchecked>();
  for (const field of Array.isArray(list) ? list : []) {
    const given = typeof field === 'object' && field !== null ? nameOf(field) : null;
    if (given !== null) fields.set(given, field);
  }
  return fields;
}

function checkDefault(value: unknown, spot: DeclarationSpot, field: Unchecked): void {
  const fault = misfit(value, field) ?? unlike(value, field);
  if (fault !== null) spot.fault('declaration-default', `The default does not fit: ${fault.message}`, fault.hint);
}

function checkChoices(value: unknown, spot: DeclarationSpot, field: Unchecked): void {
  const choices = plainList(value, spot);
  if (choices === null) return;
  if (choices.length === 0)
    spot.fault('declaration-value', 'There is nothing to choose from.', 'Leave "choices" out, or name them.');
  const item = { ...field, list: false, choices: undefined };
  for (const [index, choice] of choices.entries()) {
    const fault = misfit(choice, item) ?? unlike(choice, item);
    if (fault !== null)
      spot.at(index).fault('declaration-value', `The choice does not fit: ${fault.message}`, fault.hint);
  }
}

/** Why a value does not fit its field. */
interface Misfit {
  readonly message: string;
  readonly hint: string;
}

/**
 * Why a value cannot arrive at a field; null when it can. Of a field whose own declaration is faulty nothing more is
 * said, and null is left to the engine.
 */
export function misfit(value: unknown, field: Unchecked): Misfit | null {
  const type = typeRefOf(field);
  if (value === null || type === null) return null;
  let converted: Value;
  try {
    converted = converter(type)(value);
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    return { message: error.message, hint: error.hint ?? `Give a value of type ${type.type}.` };
  }
  const { choices } = field;
  if (!Array.isArray(choices) || choices.length === 0 || isChoice({ choices, list: type.list === true }, converted)) {
    return null;
  }
  return { message: 'it is none of the choices.', hint: `Take one of ${JSON.stringify(choices.slice(0, 20))}.` };
}

/** Why a value that could be converted is not yet of the type: defaults and choices reach the card as they are. */
function unlike(value: unknown, field: Unchecked): Misfit | null {
  const type = typeRefOf(field);
  if (value === null || type === null || converter(type)(value) === value) return null;
  const what = type.list ? `a list of ${type.type}` : type.type;
  return { message: `it is not of type ${what} yet.`, hint: 'The card gets it as it is: write it in its own type.' };
}

function typeRefOf({ type, list }: Unchecked): TypeRef | null {
  return isFieldType(type) ? { type, list: list === true } : null;
}

function isFieldType(type: unknown): type is FieldType {
  return FIELD_TYPES.some((known) => known === type);
}
