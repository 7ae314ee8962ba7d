/** Reads a Where Expression: a flat list of conditions, joined by AND and OR. */
import {
  type RowCondition,
  type RowOperator,
  type RowQuery,
  RunError,
  type Value,
  type ValueObject,
} from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { CardsCode } from '../codes.js';

/**
 * The groups of conditions that the expression stands for, one of which a row has to fulfil. Undefined: all rows.
 *
 * `values` are what `rhd` names.
 *
 * @throws RunError `where-expression`
 * @example
 * readWhere({ expr: [{ lhs: 'a', op: '=', rhs: 1, join: 'OR' }, { lhs: 'b', op: '=', rhd: 'x' }] }, { x: 2 });
 * // [[{ column: 'a', operator: '=', value: 1 }], [{ column: 'b', operator: '=', value: 2 }]]
 */
export function readWhere(expression: ValueObject, values: ValueObject): RowQuery['where'] {
  const expr = own(expression, 'expr') ?? null;
  if (expr === null) {
    const [stray] = Object.keys(expression);
    if (stray !== undefined) throw malformedWhere(`it has "${stray.slice(0, 40)}" and no "expr"`);
    return undefined;
  }
  if (!Array.isArray(expr)) throw malformedWhere('"expr" is not a list');
  if (expr.length === 0) return undefined;
  let group: RowCondition[] = [];
  const groups = [group];
  for (const [index, entry] of expr.entries()) {
    const where = `condition ${index + 1}`;
    if (!isPlainObject(entry)) throw malformedWhere(`${where} is not an object`);
    group.push(conditionOf(entry, values, where));
    // What follows the last condition does not count.
    if (joinOf(entry, where) === 'OR' && index < expr.length - 1) {
      group = [];
      groups.push(group);
    }
  }
  return groups;
}

function conditionOf(entry: ValueObject, values: ValueObject, where: string): RowCondition {
  const column = own(entry, 'lhs');
  const operator = own(entry, 'op');
  if (typeof column !== 'string') throw malformedWhere(`${where} has no column as "lhs"`);
  if (typeof operator !== 'string') throw malformedWhere(`${where} has no operator as "op"`);
  // The store knows its operators, and says so.
  return { column, operator: operator.trim() as RowOperator, value: valueOfEntry(entry, values, where) };
}

function valueOfEntry(entry: ValueObject, values: ValueObject, where: string): Value {
  const named = own(entry, 'rhd') ?? null;
  if (named === null) return own(entry, 'rhs') ?? null;
  // An imported flow names the output of the card that the value comes from.
  const name = isPlainObject(named) ? own(named, 'outputId') : named;
  if (typeof name !== 'string') throw malformedWhere(`the "rhd" of ${where} is no name`);
  const value = own(values, name);
  if (value === undefined)
    throw malformedWhere(`${where} takes "${name.slice(0, 60)}", and no input "values/" has that name`);
  return value;
}

function joinOf(entry: ValueObject, where: string): 'AND' | 'OR' {
  const join = own(entry, 'join') ?? 'AND';
  const word = typeof join === 'string' ? join.trim().toUpperCase() : '';
  if (word === 'AND' || word === 'OR') return word;
  throw malformedWhere(`the "join" of ${where} is neither AND nor OR`);
}

function own(object: ValueObject, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function malformedWhere(why: string): RunError {
  return new RunError<CardsCode>('where-expression', `The Where Expression cannot be used: ${why}.`, {
    at: { field: 'where' },
    hint: 'Write {"expr": [{"lhs": "COLUMN", "op": "=", "rhs": VALUE, "join": "AND"}]}, or "rhd": "NAME" for the input "values/NAME".',
  });
}
