/** What a run came to, as the expectation that it meets. */
import { isPlainObject, toData } from '@flowdeck/engine/kit';
import type { Expectation, ExpectedEffect } from '../cases/expectation.js';
import type { JsonObject, JsonValue } from '../cases/json.js';
import type { Effect } from '../doubles/effects.js';
import type { CaseRun } from '../run/outcome.js';

/**
 * Everything that can be said of a run: how it ended and with what, its calls, the rows of tables, errors that did not end it.
 *
 * @param run As `runCase` gives it.
 * @example
 * const { run } = await runCase(suite, entry, doubles({ packs: [standard] }));
 * if (run !== undefined) console.log(expectationOf(run));
 */
export function expectationOf({ observed, caught }: CaseRun): Expectation {
  const { status, outputs, error, border } = observed;
  const tables = Object.entries(border?.tables ?? {}).map(([table, rows]) => [table, rows.map(withoutSystem)]);
  return {
    ...(status === 'success' || status === 'error' ? {} : { status }),
    // A flow that stops early gives the words that its author wrote for it.
    ...(status === 'success' || (status === 'stopped' && outputs !== null) ? { outputs: literal(outputs) } : {}),
    ...(error === null ? {} : { error: errorPart(error) }),
    ...(border === undefined ? {} : { effects: border.effects.map(expectedEffect) }),
    ...(tables.length === 0 ? {} : { tables: Object.fromEntries(tables) }),
    ...(caught.length === 0
      ? {}
      : {
          caught: caught.map(({ code, message, at }) => ({
            code,
            ...(code === RETURNED_ERROR ? { message } : {}),
            at,
          })),
        }),
  };
}

/** The code of an error that the author of a flow wrote. */
export const RETURNED_ERROR = 'returned-error';

/** What a person looks for in an error; its words and its place in the file change with every edit, unless the flow's author wrote them. */
function errorPart(error: Readonly<Record<string, unknown>>): JsonObject {
  const { code, statusCode, at, message } = error;
  const { flow, card } = isPlainObject(at) ? at : {};
  const place = { ...(typeof flow === 'string' ? { flow } : {}), ...(typeof card === 'string' ? { card } : {}) };
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(code === RETURNED_ERROR && typeof message === 'string' ? { message } : {}),
    ...(typeof statusCode === 'number' ? { statusCode } : {}),
    ...(Object.keys(place).length === 0 ? {} : { at: place }),
  };
}

function expectedEffect({ kind, connector, action, flow, card, inputs, error }: Effect): ExpectedEffect {
  const at = flow === null || card === null ? {} : { at: `${flow}/${card}` };
  const failed = error === null ? {} : { error: { code: error.code } };
  if (kind === 'http') {
    const { url, body } = inputs;
    const http = { method: action, url: String(url), ...(typeof body === 'string' ? { body } : {}) };
    return { http, ...at, ...failed };
  }
  const named = kind === 'card' ? { card: `${connector}.${action}` } : { flow: action };
  const given = Object.entries(inputs).map(([name, value]) => [name, literal(value)]);
  return { ...named, ...at, in: Object.fromEntries(given), ...failed };
}

function withoutSystem({ 'Row ID': _, Created: __, Updated: ___, ...cells }: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(cells).map(([column, value]) => [column, literal(value)]));
}

/** As JSON; data that looks like a matcher is meant literally. */
function literal(value: unknown): JsonValue {
  const json = toData(value ?? null) as JsonValue; // data is JSON
  return JSON.stringify(json).includes('"$') ? { $literal: json } : json;
}
