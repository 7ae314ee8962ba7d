/** Fields declared secret are hidden as a whole. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Field, Value } from '../values/index.js';
import { redactFields, secretValues } from './redact-fields.js';

const fields: readonly Field[] = [
  { key: 'token', group: 'auth', type: 'text', secret: true },
  { key: 'user', type: 'text' },
  {
    key: 'accounts',
    type: 'object',
    list: true,
    properties: [
      { key: 'pin', type: 'number', secret: true },
      { key: 'name', type: 'text' },
    ],
  },
];

test('replaces what is declared secret, also in lists of objects', () => {
  const record: Record<string, Value> = {
    'auth/token': 'abc',
    user: 'jane',
    accounts: [{ pin: 1, name: 'a' }, { name: 'b' }, null],
  };
  assert.equal(redactFields(record, fields), {
    'auth/token': '[redacted]',
    user: 'jane',
    accounts: [{ pin: '[redacted]', name: 'a' }, { name: 'b' }, null],
  });
  assert.equal(secretValues(record, fields), ['abc', 1]);
});

test('the same reference when nothing is hidden; null stays null', () => {
  const record: Record<string, Value> = { user: 'jane', 'auth/token': null, accounts: [{ name: 'a' }] };
  assert.is(redactFields(record, fields), record);
  assert.equal(secretValues(record, fields), []);
});

test.run();
