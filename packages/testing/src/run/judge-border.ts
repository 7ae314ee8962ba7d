/** Judges what happened at the border of a run: calls, tables, mocks, and errors that did not end it. */
import { SYSTEM_COLUMNS } from '@flowdeck/engine/kit';
import type { Expectation, ExpectedEffect } from '../cases/expectation.js';
import type { JsonObject } from '../cases/json.js';
import type { Effect } from '../doubles/effects.js';
import { differences, matches } from '../match/match.js';
import { misfits, requestView } from '../mocks/call.js';
import type { ObservedBorder } from './adapter.js';
import type { CaughtError } from './caught.js';
import type { Failure } from './failure.js';

export function judgeBorder(expect: Expectation, border: ObservedBorder, caught: readonly CaughtError[]): Failure[] {
  return [
    ...(expect.effects === undefined ? [] : judgeEffects(expect.effects, border.effects, 'effects')),
    ...judgeTables(expect.tables ?? {}, border.tables),
    ...judgeCaught(expect.caught ?? [], caught),
    ...border.unused.map(({ pointer, message, hint }) => ({
      where: pointer.slice(1),
      code: 'mock-unused',
      message,
      hint,
    })),
  ];
}

/** Calls that no mock foresaw: they come first, since the rest follows from them. */
export function judgeProblems({ problems }: ObservedBorder): Failure[] {
  return problems.map(({ code, message, hint, flow, card }) => ({
    where: flow === null ? 'mocks' : `mocks (${flow}/${card})`,
    code,
    message,
    hint,
  }));
}

function judgeEffects(expected: readonly ExpectedEffect[], effects: readonly Effect[], where: string): Failure[] {
  const failures: Failure[] = [];
  let at = 0;
  for (const [index, entry] of expected.entries()) {
    const { $unordered, times = 1, ...one } = entry;
    const place = `${where}/${index}`;
    const wanted = $unordered === undefined ? times : callsIn($unordered);
    const part = effects.slice(at, at + wanted);
    at += wanted;
    if ($unordered !== undefined) failures.push(...judgeUnordered($unordered, part, place));
    else {
      for (let time = 0; time < times; time++) failures.push(...judgeEffect(one, part[time], place));
    }
    // What follows a call that is missing or in the way would only repeat it.
    if (failures.length > 0) return failures;
  }
  return effects.slice(at).map((effect) => ({
    where: `${where}/${expected.length}`,
    message: 'is called as well, and is not expected',
    actual: shownEffect(effect),
  }));
}

function callsIn(entries: readonly ExpectedEffect[]): number {
  return entries.reduce((sum, { times = 1, $unordered }) => sum + ($unordered ? callsIn($unordered) : times), 0);
}

function judgeEffect(expected: ExpectedEffect, effect: Effect | undefined, where: string): Failure[] {
  if (effect === undefined) return [{ where, message: 'is not called', expected }];
  const { at, in: given, card, http, flow, ...rest } = expected;
  const call = callOf(effect);
  const asked = { card, http, flow, at, in: given };
  const why = misfits(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)), call);
  if (why === null || why.length > 0) {
    const message = why === null ? 'another call comes here' : why.join('; ');
    return [{ where, message, expected, actual: shownEffect(effect) }];
  }
  const { status, error, outputs } = shownEffect(effect);
  return differences(rest, { status, error, outputs }, 'subset').map(({ pointer, ...difference }) => ({
    where: where + pointer,
    ...difference,
  }));
}

/** Each expected call takes the first that fits it, those that ask for more before those that ask for less. */
function judgeUnordered(expected: readonly ExpectedEffect[], effects: readonly Effect[], where: string): Failure[] {
  const single = expected.flatMap(({ times = 1, ...one }) => Array.from({ length: times }, () => one));
  const fits = (index: number, effect: Effect) => judgeEffect(single[index] ?? {}, effect, '').length === 0;
  const takenBy = new Map<number, number>();
  const take = (index: number, seen: Set<number>): boolean =>
    effects.some((effect, at) => {
      if (seen.has(at) || !fits(index, effect)) return false;
      seen.add(at);
      const other = takenBy.get(at);
      if (other !== undefined && !take(other, seen)) return false;
      takenBy.set(at, index);
      return true;
    });
  const missing = single.filter((_, index) => !take(index, new Set()));
  const over = effects.filter((_, at) => !takenBy.has(at));
  return missing.map((each, index) => {
    const instead = over[index];
    return {
      where: `${where}/$unordered`,
      message: instead === undefined ? 'is not called' : 'another call comes in its place',
      expected: each,
      ...(instead === undefined ? {} : { actual: shownEffect(instead) }),
    };
  });
}

/** An effect as mocks see a call. */
function callOf({ kind, connector, action, flow, card, inputs }: Effect) {
  const name = kind === 'card' ? `${connector}.${action}` : action;
  if (kind !== 'http') return { kind, name, flow, card, inputs };
  const { url, headers, body } = inputs;
  // As the port noted them.
  const given = headers as Readonly<Record<string, string>>;
  const view = requestView(action, String(url), given, typeof body === 'string' ? body : null);
  return { kind, name, flow, card, inputs: { ...view } };
}

/** A call in the words in which a case expects one. */
export function shownEffect({ kind, connector, action, flow, card, inputs, outputs, error }: Effect) {
  const at = flow === null || card === null ? {} : { at: `${flow}/${card}` };
  if (kind === 'http') {
    const { url, body } = inputs;
    const { statusCode = error?.statusCode ?? null } = outputs ?? {};
    const http = { method: action, url, ...(body === null ? {} : { body }) };
    return { http, ...at, status: statusCode, outputs, error };
  }
  const name = kind === 'card' ? { card: `${connector}.${action}` } : { flow: action };
  return { ...name, ...at, in: inputs, status: error?.statusCode ?? null, outputs, error };
}

function judgeTables(expected: NonNullable<Expectation['tables']>, tables: ObservedBorder['tables']): Failure[] {
  return Object.entries(expected).flatMap(([table, rows]) => {
    const actual = tables[table] ?? [];
    const named = new Set(rows.flatMap((row) => Object.keys(row)));
    const hidden = SYSTEM_COLUMNS.filter((column) => !named.has(column));
    const shown = actual.map((row) => without(row, hidden));
    if (shown.length !== rows.length) {
      const message = `has ${shown.length} rows, not ${rows.length}`;
      return [{ where: `tables/${table}`, message, expected: rows, actual: shown }];
    }
    // A column that is not named is empty.
    return rows.flatMap((row, index) =>
      differences({ ...emptyCells(shown[index] ?? {}), ...row }, shown[index], 'exact').map(({ pointer, ...rest }) => ({
        where: `tables/${table}/${index}${pointer}`,
        ...rest,
      })),
    );
  });
}

function emptyCells(row: JsonObject): Record<string, null> {
  return Object.fromEntries(Object.keys(row).map((column) => [column, null]));
}

function without(row: JsonObject, columns: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
}

/** What the one that wrote the mocks has to mend. */
export const LACKING: ReadonlySet<string> = new Set(['mock-missing', 'mock-exhausted']);

function judgeCaught(expected: readonly JsonObject[], caught: readonly CaughtError[]): Failure[] {
  const left = [...caught];
  const missing = expected.filter((each) => {
    const index = left.findIndex((error) => matches(each, error, 'subset'));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return [
    ...missing.map((each) => ({ where: 'caught', message: 'is not caught', expected: each, actual: caught })),
    // What a mock lacks is told as such, and is nothing to expect.
    ...left
      .filter(({ code }) => !LACKING.has(code))
      .map((error) => ({
        where: 'caught',
        message: `${error.by.flow}/${error.by.card ?? ''} kept an error to itself: ${error.message}`,
        actual: error,
        hint: `If it is meant to: add ${JSON.stringify({ code: error.code, at: error.at })} to "caught".`,
      })),
  ];
}
