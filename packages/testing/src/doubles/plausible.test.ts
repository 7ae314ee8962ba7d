/** Plausible values: of the declared type, fitting the name, and the same again for the same seed. */
import type { Field } from '@flowdeck/engine';
import { converter, deepEqual, FIELD_TYPES, seededRandom } from '@flowdeck/engine/kit';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { START } from '../clock/start.js';
import { type FieldToMake, plausible } from './plausible.js';
import { plausibleInputs } from './plausible-inputs.js';

const make = (field: FieldToMake, seed = 's') => plausible(field, { random: seededRandom(seed), now: START });

const anyField = fc.record({
  key: fc.string({ minLength: 1, maxLength: 12 }),
  type: fc.constantFrom(...FIELD_TYPES),
  list: fc.boolean(),
});

test('a value is of the type of its field: converting it changes nothing', () => {
  fc.assert(
    fc.property(anyField, fc.string(), (field, seed) => {
      const value = make(field, seed);
      if (field.type === 'file' || field.type === 'flow') return;
      assert.ok(deepEqual(converter(field)(value), value), JSON.stringify([field, value]));
      assert.is(Array.isArray(value), field.list);
      assert.ok(value !== null);
    }),
  );
});

test('the same seed gives the same, another one soon something else', () => {
  fc.assert(fc.property(anyField, fc.string(), (field, seed) => assert.equal(make(field, seed), make(field, seed))));
  const names = new Set(['a', 'b', 'c', 'd', 'e', 'f'].map((seed) => make({ key: 'id', type: 'text' }, seed)));
  assert.ok(names.size > 1);
});

test('a name says what a text or a number holds', () => {
  const text = (key: string) => String(make({ key, type: 'text' }));
  assert.match(text('Email'), /^[a-z]+@example\.com$/);
  assert.match(text('Mobile Phone'), /^\+1500555\d{4}$/);
  assert.match(text('Created'), /^20\d\d-\d\d-\d\dT[\d:.]+Z$/);
  assert.match(text('Profile URL'), /^https:\/\/example\.com\//);
  assert.is(text('Payload'), '{}');
  for (const name of ['Last Login', 'lastSignIn', 'Last Seen', 'Start Date', 'Signed On'])
    assert.match(text(name), /^20\d\d-\d\d-\d\dT/, name);
  for (const name of ['Login', 'Updated By', 'Owner']) assert.match(text(name), /@example\.com$/, name);
  assert.is(make({ key: 'Status Code', type: 'number' }), 200);
  assert.match(String(make({ key: 'x', label: 'E-mail', type: 'text' })), /@/);
});

test('a name says what a value of any type is', () => {
  const any = (key: string, more: Partial<FieldToMake> = {}) => make({ key, type: 'any', ...more });
  assert.match(String(any('Last Login')), /^20\d\d-\d\d-\d\dT/);
  assert.match(String(any('Email')), /@example\.com$/);
  assert.is(any('Status Code'), 200);
  for (const name of ['Records Streamed', 'Total']) assert.type(any(name), 'number', name);
  for (const name of ['body', 'Raw Output', 'User', 'x']) assert.equal(any(name), {}, name);
  const properties: Field[] = [{ key: 'login', type: 'text' }];
  assert.type(any('Email', { properties }), 'object', 'what is read of it says more than its name');
});

test('readers tell what a value is where its own name does not, and what a text holds', () => {
  assert.match(String(make({ key: 'x', type: 'text', readers: ['Profile URL'] })), /^https:/);
  assert.is(make({ key: 'x', type: 'number', readers: ['statusCode'] }), 200);
  const content = { key: 'x', type: 'object', properties: [{ key: 'n', type: 'number' }] } as const;
  assert.type(JSON.parse(String(make({ key: 'x', type: 'text', holds: 'json', content }))).n, 'number');
  assert.match(String(make({ key: 'x', type: 'text', holds: 'number' })), /^\d+$/);
  assert.match(String(make({ key: 'x', type: 'text', holds: 'date' })), /^20\d\d-/);
  assert.match(String(make({ key: 'x', type: 'text', holds: 'boolean' })), /^(true|false)$/);
});

test('a choice is one of the choices, an object has the declared properties', () => {
  const field: Field = { key: 'kind', type: 'text', choices: ['a', 'b'] };
  for (const seed of ['1', '2', '3', '4']) assert.ok(['a', 'b'].includes(String(make(field, seed))));
  const nested: Field = {
    key: 'o',
    type: 'object',
    properties: [
      { key: 'n', type: 'number' },
      { key: '__proto__', type: 'text' },
    ],
  };
  const value = make(nested);
  assert.equal(Object.keys(value as object), ['n', '__proto__']);
  assert.is(Object.getPrototypeOf(value), Object.prototype);
});

test('properties without an end come to one', () => {
  const field: { key: string; type: 'object'; properties: Field[] } = { key: 'o', type: 'object', properties: [] };
  field.properties.push(field);
  assert.type(make(field), 'object');
});

test('inputs are made for the signature, defaults are kept, flows and files are left out', () => {
  const flow = {
    id: 'f',
    inputs: [
      { key: 'email', type: 'text' },
      { key: 'id', group: 'User', type: 'text' },
      { key: 'size', type: 'number', default: 7 },
      { key: 'helper', type: 'flow' },
      { key: 'file', type: 'file' },
    ],
    options: [{ key: 'dry', type: 'boolean' }],
  } as const;
  const { inputs, options } = plausibleInputs(flow, 's');
  assert.equal(Object.keys(inputs), ['email', 'User/id', 'size']);
  assert.is(inputs['size'], 7);
  assert.type(options['dry'], 'boolean');
  assert.equal(plausibleInputs(flow, 's').inputs, inputs);
  assert.equal(plausibleInputs({ id: 'g' }), { inputs: {}, options: {} });
});

test.run();
