/** The law of edits, on whole files: whatever one edits in a flow, every other card is byte for byte as it was. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type JsonObject, member } from '../json.js';
import { dataOf, held } from '../testing/held.js';
import { SAMPLES } from '../testing/samples.js';
import { differences } from '../testing/untouched.js';

for (const [name, make] of Object.entries(SAMPLES)) {
  test(`sample ${name}`, () => {
    assert.ok(held(make(), name) > 0);
  });
}

test('the law says no to a card that changed', () => {
  const original = SAMPLES['helper']?.() as JsonObject; // there is a sample of this name
  const flows = Object.values(member(member(original, 'data'), 'flos') as JsonObject);
  const before = dataOf(flows[0]);
  const after = JSON.parse(
    JSON.stringify(before)
      .replace('"displayed":', '"shown":')
      .replace(/"uuid":"/, '"uuid":"x'),
  );
  assert.ok(differences(before, after, new Set()).length > 0);
});

const beside = fileURLToPath(new URL('../../../../../shared/flopacks', import.meta.url));
const dir = process.env['FLOWDECK_CORPUS'] ?? beside;
const names = existsSync(dir) ? readdirSync(dir).filter((name) => /\.(flopack|flow|folder)$/.test(name)) : [];
if (names.length === 0) {
  console.log('SKIPPED: no corpus of real exports. Set FLOWDECK_CORPUS to a directory that holds some.');
  test.skip('every card of real exports that an edit leaves alone is as it was', () => {});
}
for (const name of names) {
  test(name, () => {
    held(JSON.parse(readFileSync(join(dir, name), 'utf8')), name);
  });
}

test.run();
