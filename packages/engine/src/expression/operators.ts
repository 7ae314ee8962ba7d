/** JSONata's operators on plain data, error for error. Undefined is JSONata's "nothing". */

import { type JsonForms, writeJson } from '../values/index.js';
import { dataTooDeep, dateText, instanceData, scalarOf, seenData } from './data.js';
import { type At, evaluationError, limitError } from './faults.js';
import { sameData } from './same-data.js';
import type { ExpressionLimits } from './types.js';

/** A number that arithmetic accepts. NaN counts as no number, an infinite one as out of range. */
function isNumeric(value: unknown, at?: At): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) throw evaluationError('D1001', at);
  return true;
}

/** What arithmetic gives when its operands are not two finite numbers: nothing, or an error. */
export function arithmeticFault(left: unknown, right: unknown, at: At): undefined {
  if (left !== undefined && !isNumeric(left, at)) throw evaluationError('T2001', at);
  if (right !== undefined && !isNumeric(right, at)) throw evaluationError('T2002', at);
  return undefined;
}

export function negate(value: unknown, at: At): number | undefined {
  if (value === undefined) return undefined;
  // JSONata gives no place for a number out of range here.
  if (isNumeric(value)) return -value;
  throw evaluationError('D1002', at);
}

/** False when one side is nothing and nothing has to be compared; errors for what has no order. */
export function isOrdered(left: unknown, right: unknown, at: At): boolean {
  if (!hasOrder(left) || !hasOrder(right)) throw evaluationError('T2010', at);
  if (left === undefined || right === undefined) return false;
  if (typeof left !== typeof right) throw evaluationError('T2009', at);
  return true;
}

function hasOrder(value: unknown): boolean {
  return value === undefined || typeof value === 'string' || typeof value === 'number';
}

/** The value as a condition takes it. Nothing is false. */
export function isTrue(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.length > 0;
    case 'number':
      return isNumeric(value) && value !== 0;
    case 'object':
      if (value === null) return false;
      if (Array.isArray(value)) return isTrueList(value);
      return value instanceof Date ? dateText(value) !== null : hasKeys(value);
    default:
      return false;
  }
}

/** Every item is looked at, as an infinite number after a true one is still an error. */
function isTrueList(list: readonly unknown[]): boolean {
  let found = false;
  for (const item of list) if (isTrue(item)) found = true;
  return found;
}

function hasKeys(value: object): boolean {
  return Object.keys(instanceData(value) ?? {}).length > 0;
}

/** The value as `&` takes it. */
export function textOf(value: unknown, limits: ExpressionLimits, at: At): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'undefined':
      return '';
    case 'number':
      if (!Number.isFinite(value)) throw evaluationError('D3001', at);
      return String(withFifteenDigits(value));
    case 'object':
      return value === null ? 'null' : jsonText(value, limits, at);
    default:
      return String(value);
  }
}

function jsonText(value: object, limits: ExpressionLimits, at: At): string {
  const forms: JsonForms = {
    scalar: (part) => JSON.stringify(isNumeric(part, at) ? withFifteenDigits(part) : scalarOf(part)),
    object(part) {
      const data = seenData(part);
      return typeof data === 'object' && data !== null ? data : JSON.stringify(data);
    },
    tooDeep: dataTooDeep,
    tooLong: () => limitError('size', limits.size),
  };
  return writeJson(value, forms, limits.size) ?? 'null';
}

/** JSONata shows 15 digits. */
function withFifteenDigits(number: number): number {
  return Number.isInteger(number) ? number : Number(number.toPrecision(15));
}

/** Deep equality. Nothing equals nothing. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  return sameData(left, right);
}

/** Membership by identity: objects only match themselves. A single value counts as a list of one. */
export function isMemberOf(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false;
  if (!Array.isArray(right)) return left === right;
  return right.some((item: unknown) => (item instanceof Date ? dateText(item) : item) === left);
}
