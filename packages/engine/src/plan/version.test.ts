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
});

test('a version that is none satisfies nothing but what cannot be asked', () => {
  for (const version of ['', 'one', '1.2', 'v1.2.3']) assert.not.ok(satisfies(version, '^1'));
});

test.run();
