/** A change as data, and what the comparisons of all parts share. */
import type { Field } from '@flowdeck/engine';
import { fieldName } from '@flowdeck/engine/kit';
import { sameJson } from '../json.js';

/**
 * The kinds of differences. `rewired`: an input takes its value from elsewhere. `literal`: the value itself changed.
 */
export type ChangeKind =
  | 'flow-added'
  | 'flow-removed'
  | 'flow-changed'
  | 'signature-changed'
  | 'card-added'
  | 'card-removed'
  | 'card-moved'
  | 'card-type'
  | 'rewired'
  | 'literal'
  | 'card-changed'
  | 'table-added'
  | 'table-removed'
  | 'table-changed'
  | 'connector-added'
  | 'connector-removed'
  | 'connector-changed'
  | 'action-added'
  | 'action-removed';

/** One difference between two documents, as data. */
export interface Change {
  /** What kind of difference it is. */
  readonly kind: ChangeKind;
  /** Null for tables, and for what a connector declares. */
  readonly flow: string | null;
  /** Id of the card. Null: it is not about one. */
  readonly card: string | null;
  /** Name of the input, or the member that changed. */
  readonly field: string | null;
  /** JSON Pointer of the card into its flow, before. Null: it was not there, or it is about no card. */
  readonly pointerBefore: string | null;
  /** JSON Pointer of the card into its flow, now. Null: it is not there, or it is about no card. */
  readonly pointerAfter: string | null;
  /** What stood there. Null: nothing. */
  readonly before: unknown;
  /** What stands there now. Null: nothing. */
  readonly after: unknown;
  /** True: whoever calls the flow, reads the table, or uses the connector, may break. */
  readonly breaking: boolean;
  /** The same in a sentence, for people. */
  readonly message: string;
}

export function change(kind: ChangeKind, details: Partial<Change> & { readonly message: string }): Change {
  return {
    kind,
    flow: null,
    card: null,
    field: null,
    pointerBefore: null,
    pointerAfter: null,
    before: null,
    after: null,
    breaking: false,
    ...details,
  };
}

/** In the order of the first list, then what is only in the second. */
export function* paired<T>(
  a: readonly T[],
  b: readonly T[],
  key: (each: T) => string,
): Iterable<[string, T | null, T | null]> {
  const others = new Map(b.map((each) => [key(each), each]));
  const known = new Set(a.map(key));
  for (const each of a) yield [key(each), each, others.get(key(each)) ?? null];
  for (const each of b) if (!known.has(key(each))) yield [key(each), null, each];
}

type FieldReport = (field: string, breaking: boolean, message: string) => void;

/** A field that is gone or of another type breaks callers; one that a caller has to give does so when it is new. */
export function diffFields(a: readonly Field[], b: readonly Field[], what: string, report: FieldReport): void {
  for (const [name, old, field] of paired(a, b, fieldName)) {
    if (!field) report(name, true, `the ${what} "${name}" is gone.`);
    else if (!old) {
      const isRequired = hasToBeGiven(field, what);
      report(name, isRequired, `the ${what} "${name}" is new${isRequired ? ' and required' : ''}.`);
    } else diffField(old, field, what, report);
  }
}

/** All that changed in a field that stayed: a new default does not hide that it is no secret any more. */
function diffField(old: Field, field: Field, what: string, report: FieldReport): void {
  const name = fieldName(field);
  const the = `the ${what} "${name}"`;
  if (old.type !== field.type || isList(old) !== isList(field)) {
    report(name, true, `${the} was ${typeName(old)} and is ${typeName(field)}.`);
  }
  if (isRequired(old) !== isRequired(field)) {
    const breaking = !isRequired(old) && hasToBeGiven(field, what);
    report(name, breaking, `${the} is ${isRequired(field) ? 'required now' : 'no longer required'}.`);
  } else if (hasToBeGiven(field, what) && !hasToBeGiven(old, what)) {
    report(name, true, `${the} is required, and has no default any more.`);
  } else if (!sameJson(old.default ?? null, field.default ?? null)) {
    report(name, false, `the default of ${the} changed.`);
  }
  if ((old.secret === true) !== (field.secret === true)) {
    report(name, false, `${the} is ${field.secret ? 'a secret now' : 'no longer a secret: it is shown'}.`);
  }
  if (!sameJson(old.choices ?? null, field.choices ?? null)) {
    report(name, what !== 'output' && losesChoices(old, field), `the choices of ${the} changed.`);
  }
}

/** True: something that was allowed is so no longer. */
function losesChoices(old: Field, { choices }: Field): boolean {
  if (choices === undefined) return false;
  return old.choices === undefined || old.choices.some((one) => !choices.some((other) => sameJson(one, other)));
}

function hasToBeGiven(field: Field, what: string): boolean {
  return isRequired(field) && field.default === undefined && what !== 'output';
}

function isRequired({ required }: Field): boolean {
  return required === true;
}

function isList({ list }: Field): boolean {
  return list === true;
}

function typeName(field: Field): string {
  return field.list ? `a list of ${field.type}` : field.type;
}
