// The page of errors is what the tables of codes say, and the tables are sound.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isStale, tablesOfCodes } from './docs/errors.mjs';

test('docs/errors.md is up to date; "npm run docs:errors" makes it so', async () => {
  assert.is(await isStale(), false);
});

test('a code stands in one table, in the form of a code, with a sentence and a remedy', async () => {
  const owners = new Map();
  const faults = [];
  for (const [name, table] of await tablesOfCodes()) {
    for (const [code, { sentence, remedy }] of Object.entries(table)) {
      if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(code)) faults.push(`${name}: ${code} is not in kebab case`);
      if (owners.has(code)) faults.push(`${code} stands in ${owners.get(code)} and ${name}`);
      if (!/[.:?]$|`$/.test(sentence) || remedy.trim() === '') faults.push(`${name}: ${code} does not explain itself`);
      owners.set(code, name);
    }
  }
  assert.ok(owners.size > 200, 'hardly any codes were found');
  assert.equal(faults, []);
});

test.run();
