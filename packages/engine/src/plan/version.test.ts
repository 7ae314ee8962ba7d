/** Version ranges of `requires`. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { leastVersion, satisfies } from './version.js';

const CASES: readonly [range: string, within: readonly string[], outside: readonly string[]][] = [
  ['*', ['0.0.1', '9.9.9'], []],
  ['1.2.3', ['1.2.3', '1.2.3-beta.1'], ['1.2.4', '1.2.2', '2.2.3']],
  ['=1.2.3', ['1.2.3'], ['1.2.4']],
  ['1.2', ['1.2.0', '1.2.9'], ['1.3.0', '1.1.9']],
  ['1.x', ['1.0.0', '1.9.9'], ['2.0.0', '0.9.9']],
  ['1', ['1.0.0', '1.9.9'], ['2.0.0']],
  ['^1', ['1.0.0', '1.99.0'], ['2.0.0', '0.9.0']],
  ['^1.2', ['1.2.0', '1.9.0'], ['1.1.9', '2.0.0']],
  ['^1.2.3', ['1.2.3', '1.3.0'], ['1.2.2', '2.0.0']],
  ['^0.2.3', ['0.2.3', '0.2.9'], ['0.3.0', '0.2.2', '1.0.0']],
  ['^0.0.3', ['0.0.3'], ['0.0.4', '0.1.0']],
  ['^0.0', ['0.0.0', '0.0.9'], ['0.1.0']],
  ['^0', ['0.0.0', '0.9.0'], ['1.0.0']],
  ['~1.2.3', ['1.2.3', '1.2.9'], ['1.3.0', '1.2.2']],
  ['~1', ['1.0.0', '1.9.0'], ['2.0.0']],
  ['>=1.2', ['1.2.0', '3.0.0'], ['1.1.9']],
  ['10.12.13', ['10.12.13'], ['1.12.13', '10.1.13', '10.12.1']],
  ['^10.11.12', ['10.11.12', '10.11.13', '10.20.0'], ['10.11.11', '10.9.99', '11.0.0', '9.99.99']],
  ['~12.10', ['12.10.0', '12.10.99'], ['12.11.0', '12.9.99', '12.1.0', '13.0.0']],
  ['^0.0.12', ['0.0.12'], ['0.0.13', '0.0.1', '0.1.0']],
  ['^0.12', ['0.12.0', '0.12.99'], ['0.13.0', '0.1.0', '0.11.99']],
  ['>=10.9.8', ['10.9.8', '10.10.0', '11.0.0'], ['10.9.7', '9.99.99']],
  ['x', ['0.0.1', '10.0.0'], []],
  ['1.2.*', ['1.2.0', '1.2.99'], ['1.3.0', '1.1.0']],
  ['  ^1.2  ', ['1.2.0'], ['2.0.0', '1.1.9']],
  ['1.2.3-beta.1', ['1.2.3'], ['1.2.4', '1.2.2']],
  ['1.2.3+build', ['1.2.3'], ['1.2.4']],
  ['1.2.3.4', [], ['1.2.3']],
  ['1.2.3abc', [], ['1.2.3']],
  ['v1.2.3', [], ['1.2.3']],
  ['^', [], ['1.0.0']],
  ['', [], ['1.0.0']],
  ['latest', [], ['1.0.0']],
  ['^1 || ^2', [], ['1.0.0']],
];

test('ranges', () => {
  for (const [range, within, outside] of CASES) {
    for (const version of within) assert.ok(satisfies(version, range), `${version} is in "${range}"`);
    for (const version of outside) assert.not.ok(satisfies(version, range), `${version} is not in "${range}"`);
  }
});

test('the least version of a range lies in it; a range that is none has none', () => {
  for (const [range, within] of CASES) {
    const least = leastVersion(range);
    if (within.length === 0) assert.is(least, null, range);
    else assert.ok(satisfies(least ?? '', range), `${least} is in "${range}"`);
  }
  const least = ['*', '^1', '~12.10', '>=10.9.8', '1.x'].map(leastVersion);
  assert.equal(least, ['0.0.0', '1.0.0', '12.10.0', '10.9.8', '1.0.0']);
});

test('a version that is none satisfies nothing but what cannot be asked', () => {
  for (const version of ['', 'one', '1.2', 'v1.2.3']) assert.not.ok(satisfies(version, '^1'));
});

test.run();
