/** Effects of a run as mocks: given back, the run repeats itself. */

import type { Value } from '@flowdeck/engine';
import { deepEqual, isPlainObject } from '@flowdeck/engine/kit';
import type { Effect, EffectError } from '../doubles/effects.js';
import type { Mock, MockAnswer, MockError } from './types.js';

/**
 * One mock for each different call, in the order of the first; its answers in the order of the calls. Equal answers one
 * after the other are counted.
 *
 * @example
 * const { effects } = await simulate(document, { packs: [standard] }).run();
 * const mocks = mocksOf(effects); // the same run again: simulate(document, { packs: [standard], mocks })
 */
export function mocksOf(effects: readonly Effect[]): readonly Mock[] {
  const calls = new Map<string, { readonly asked: Mock; readonly answers: MockAnswer[] }>();
  for (const effect of effects) {
    const asked = askedBy(effect);
    const key = JSON.stringify(asked);
    const known = calls.get(key) ?? { asked, answers: [] };
    calls.set(key, known);
    known.answers.push(effect.kind === 'http' ? recordedHttpAnswer(effect) : recordedCardAnswer(effect));
  }
  return [...calls.values()].map(({ asked, answers }) => ({ ...asked, ...counted(answers) }));
}

function askedBy({ kind, connector, action, inputs }: Effect): Mock {
  if (kind === 'http') {
    const body = inputs['body'];
    return { http: { method: action, url: inputs['url'], ...(typeof body === 'string' ? { body } : {}) } };
  }
  const given = withoutReferences(inputs);
  const asked = Object.keys(given).length === 0 ? {} : { in: literally(given) };
  return kind === 'flow' ? { flow: action, ...asked } : { card: `${connector}.${action}`, ...asked };
}

function counted(answers: readonly MockAnswer[]): Pick<Mock, 'answer' | 'answers'> {
  const runs: { readonly answer: MockAnswer; times: number }[] = [];
  for (const answer of answers) {
    const last = runs.at(-1);
    // Effects are JSON.
    if (last !== undefined && deepEqual(last.answer as Value, answer as Value)) last.times++;
    else runs.push({ answer, times: 1 });
  }
  const [only, ...more] = runs;
  if (only !== undefined && more.length === 0) return { answer: only.answer };
  return { answers: runs.map(({ answer, times }) => (times === 1 ? answer : { ...answer, times })) };
}

function recordedCardAnswer({ outputs, records, error }: Effect): MockAnswer {
  if (error !== null) return { error: errorOf(error) };
  // What an effect holds is JSON, and so values.
  const given = withoutReferences(outputs ?? {}) as NonNullable<MockAnswer['outputs']>;
  return {
    outputs: given,
    // So do records.
    ...(records === undefined ? {} : { records: records as NonNullable<MockAnswer['records']> }),
  };
}

function recordedHttpAnswer({ outputs, error }: Effect): MockAnswer {
  if (error !== null) return { error: errorOf(error) };
  const { statusCode, headers, body } = outputs ?? {};
  const type = isPlainObject(headers) ? headers['content-type'] : undefined;
  return {
    status: typeof statusCode === 'number' ? statusCode : 200,
    // Headers of an answer are texts.
    ...(isPlainObject(headers) ? { headers: headers as NonNullable<MockAnswer['headers']> } : {}),
    ...bodyOf(body, String(type ?? '')),
  };
}

function bodyOf(body: unknown, type: string): Pick<MockAnswer, 'body' | 'json' | 'base64'> {
  if (isPlainObject(body) && typeof body['base64'] === 'string') return { base64: body['base64'] };
  if (typeof body !== 'string' || body === '') return {};
  if (!/json/i.test(type)) return { body };
  try {
    const json: unknown = JSON.parse(body);
    // Only what is written the same way again: a replay is the same to the byte.
    return JSON.stringify(json) === body ? { json } : { body };
  } catch {
    return { body };
  }
}

function errorOf({ message, code, statusCode, body }: EffectError): MockError {
  return {
    message,
    code,
    ...(statusCode === null ? {} : { statusCode }),
    // The body of an effect is JSON, and so a value.
    ...(body === null ? {} : { body: body as Value }),
  };
}

/** Files and flows are told by name only: no mock can give them, nor be chosen by them. */
function withoutReferences(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isReference(value)));
}

function isReference(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const [key, ...more] = Object.keys(value);
  return more.length === 0 && (key === 'file' || key === 'flow');
}

/** Data that looks like a matcher is meant literally. */
function literally(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      JSON.stringify(value).includes('"$') ? { $literal: value } : value,
    ]),
  );
}
