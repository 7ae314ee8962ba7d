/** An error that was stored comes back as it was. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  CancelledError,
  ConnectionError,
  ConversionError,
  DocumentError,
  FlowdeckError,
  HttpError,
  LimitError,
  PlanError,
  RunError,
  TimeoutError,
} from '../errors.js';
import { FileRef } from '../values/index.js';
import { decodeError, encodeError } from './error-wire.js';

const details = { at: { run: 'r', flow: 'f', card: 'c', field: 'x/y', pointer: '/cards/0' }, hint: 'Do this.' };
const extra = {
  body: { at: new Date(5), file: new FileRef('1', 'a.txt', 3, 'text/plain') },
  $date: 'no date',
  list: [1],
};
const diagnostics = [
  { severity: 'error', code: 'unknown-card', message: 'No such card.', pointer: '/cards/0' },
] as const;

const ERRORS: readonly FlowdeckError[] = [
  new RunError('card-failed', 'Broken.', { ...details, statusCode: 418, extra }),
  new RunError<'bare'>('bare', 'Nothing else is known.'),
  new HttpError<'http-status'>('http-status', 'HTTP 503.', { ...details, statusCode: 503, extra }),
  new ConversionError('A text is no number.', details),
  new TimeoutError('Too slow.', details),
  new LimitError('steps', 'Too many steps.', details),
  new CancelledError('Stopped.', details),
  new ConnectionError('connection-missing', 'None of that name.', details),
  new DocumentError(diagnostics),
  new PlanError(diagnostics),
  new FlowdeckError<'other'>('other', 'Something else.', details),
];

for (const error of ERRORS) {
  test(`${error.constructor.name} (${error.code}) survives JSON`, () => {
    const back = decodeError(JSON.parse(JSON.stringify(encodeError(error))));
    assert.instance(back, error.constructor);
    assert.equal(facts(back), facts(error));
  });
}

test('the names under which errors are stored stay: later versions read them', () => {
  const stored = [...ERRORS, new TypeError('x')].map((error) => (encodeError(error) as { class: string }).class);
  assert.equal(stored, [
    ...['run', 'run', 'http', 'conversion', 'timeout', 'limit', 'cancelled', 'connection'],
    ...['document', 'plan', 'flowdeck', 'Error'],
  ]);
});

test('an error class of a pack comes back as the class that it extends, under its own name', () => {
  class QuotaError extends RunError<'quota'> {}
  const back = decodeError(JSON.parse(JSON.stringify(encodeError(new QuotaError('quota', 'Used up.', { extra })))));
  assert.instance(back, RunError);
  assert.equal(facts(back), { ...facts(new RunError<'quota'>('quota', 'Used up.', { extra })), name: 'QuotaError' });
});

test('errors of others keep name, message and code', () => {
  const error = Object.assign(new TypeError('x is not a function'), { code: 'ERR_X' });
  const back = decodeError(JSON.parse(JSON.stringify(encodeError(error))));
  assert.instance(back, Error);
  assert.equal(facts(back), { name: 'TypeError', message: 'x is not a function', code: 'ERR_X' });
  const numbered = Object.assign(new Error('Gone.'), { code: 410 });
  assert.is(Reflect.get(decodeError(JSON.parse(JSON.stringify(encodeError(numbered)))) as Error, 'code'), 410); // an error
});

test('what is thrown and no error comes back as it was', () => {
  for (const thrown of ['text', null, 5, { message: 'a plain object', at: new Date(1) }]) {
    assert.equal(decodeError(JSON.parse(JSON.stringify(encodeError(thrown)))), thrown);
  }
});

test('what no value can hold becomes text, and never stops an error from being recorded', () => {
  const loop: Record<string, unknown> = { name: 'loop' };
  loop['self'] = loop;
  const error = new RunError<'odd'>('odd', 'Odd.', { extra: { call: () => 1, big: 5n, loop, kept: 'yes' } });
  const back = decodeError(JSON.parse(JSON.stringify(encodeError(error))));
  assert.instance(back, RunError);
  const kept = (back as RunError).extra;
  assert.is(kept['kept'], 'yes');
  assert.is(kept['big'], '5');
  assert.type(kept['call'], 'string');
  assert.type(decodeError(JSON.parse(JSON.stringify(encodeError(Symbol('s'))))), 'string');
});

test('what is no stored error becomes an error that says so', () => {
  for (const json of [null, 'text', 5, [], {}, { class: 7 }]) {
    assert.is((decodeError(json) as Error).message, 'An error that cannot be read.', JSON.stringify(json));
  }
});

/** Everything that code can see of an error, but its stack and its cause. */
function facts(error: unknown): Record<string, unknown> {
  assert.instance(error, Error);
  const { stack: _stack, cause: _cause, ...rest } = error as Error & Record<string, unknown>;
  return { ...rest, name: (error as Error).name, message: (error as Error).message };
}

test.run();
