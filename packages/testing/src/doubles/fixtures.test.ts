/** Fixtures: which one answers, and which file of them is refused. */
import { DocumentError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Fixture, fixtureFor, readFixtures } from './fixtures.js';

const fits = (fixture: Fixture, connector: string, card: string, inputs: Record<string, unknown> = {}) =>
  fixtureFor([fixture], connector, card, inputs) === fixture;

test('a fixture is for its connector, and for its card whatever the case of it', () => {
  assert.ok(fits({ connector: 'okta' }, 'okta', 'readUser'));
  assert.not(fits({ connector: 'okta' }, 'Okta', 'readUser'));
  assert.ok(fits({ connector: 'okta', card: 'ReadUser' }, 'okta', 'readUser'));
  assert.not(fits({ connector: 'okta', card: 'readUsers' }, 'okta', 'readUser'));
});

test('what "when" names has to be equal, or to fit a text with a star at an end', () => {
  const when = (wanted: unknown, given: unknown) =>
    fits({ connector: 'c', when: { a: wanted } }, 'c', 'x', { a: given });
  const rows: readonly [wanted: unknown, given: unknown, isFit: boolean][] = [
    ['u1', 'u1', true],
    ['u1', 'u10', false],
    ['u*', 'u10', true],
    ['u*', 'xu', false],
    ['*.com', 'a.com', true],
    ['*.com', 'a.comm', false],
    ['*mid*', 'amidst', true],
    ['*mid*', 'ami', false],
    ['a*b', 'axb', false],
    ['a*b', 'a*b', true],
    [1, 1, true],
    [1, '1', false],
    [null, undefined, true],
    [null, 0, false],
    [{ a: [1] }, { a: [1] }, true],
    [{ a: [1] }, { a: [2] }, false],
    ['2030-01-01T00:00:00.000Z', new Date('2030-01-01'), true],
    ['2030-01-02T00:00:00.000Z', new Date('2030-01-01'), false],
    ['*', 7, false],
  ];
  for (const [wanted, given, isFit] of rows) assert.is(when(wanted, given), isFit, JSON.stringify([wanted, given]));
});

test('the first that fits answers, and none when none does', () => {
  const one = { connector: 'c', when: { a: 1 } };
  const any = { connector: 'c' };
  assert.is(fixtureFor([one, any], 'c', 'x', { a: 1 }), one);
  assert.is(fixtureFor([any, one], 'c', 'x', { a: 1 }), any);
  assert.is(fixtureFor([one], 'c', 'x', { a: 2 }), null);
  assert.is(fixtureFor([], 'c', 'x', {}), null);
});

test('every fault of a fixtures file is reported', () => {
  const faulty = {
    fixtures: [
      { conector: 'x' },
      7,
      { connector: 'okta', when: [], error: {} },
      { connector: 'okta', card: 1, outputs: 'x' },
    ],
  };
  const pointers = (source: unknown) => {
    try {
      readFixtures(source);
    } catch (error) {
      assert.instance(error, DocumentError);
      // The class is asserted above.
      const { diagnostics } = error as DocumentError;
      for (const { code, hint } of diagnostics) assert.ok(code === 'fixture-invalid' && hint);
      return diagnostics.map(({ pointer }) => pointer);
    }
    return [];
  };
  assert.equal(pointers(faulty), [
    '/fixtures/0/conector',
    '/fixtures/0/connector',
    '/fixtures/1',
    '/fixtures/2/when',
    '/fixtures/2/error/message',
    '/fixtures/3/card',
    '/fixtures/3/outputs',
  ]);
  for (const source of [null, [], { fixtures: {} }, 'text'])
    assert.equal(pointers(source), [''], JSON.stringify(source));
  assert.equal(readFixtures({ fixtures: [{ connector: 'okta' }] }), [{ connector: 'okta' }]);
});

test.run();
