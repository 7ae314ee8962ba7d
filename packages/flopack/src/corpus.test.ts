/** The same on a directory of real exports: the one that FLOWDECK_CORPUS names, or the one beside the project. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standard } from '@flowdeck/cards';
import { simulate } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, importFlopack } from './index.js';
import { sameJson } from './json.js';

const { cards = [] } = standard;
const beside = fileURLToPath(new URL('../../../../shared/flopacks', import.meta.url));
const dir = process.env['FLOWDECK_CORPUS'] ?? beside;
const names = existsSync(dir) ? readdirSync(dir).filter((name) => /\.(flopack|flow|folder)$/.test(name)) : [];

if (names.length === 0) {
  console.log('SKIPPED: no corpus of real exports. Set FLOWDECK_CORPUS to a directory that holds some.');
  test.skip('every real export is read, compiled, and written back', () => {});
} else {
  console.log(`COUNT: ${names.length} real exports.`);
  for (const name of names) {
    test(name, () => {
      const original: unknown = JSON.parse(readFileSync(join(dir, name), 'utf8'));
      assert.equal(
        checkFlopack(original).filter(({ severity }) => severity === 'error'),
        [],
      );
      const { document, pins } = importFlopack(original, { file: name, cards });
      assert.ok(document);
      assert.is(pins.arrived, pins.total);
      simulate(document, { packs: [standard] });
      assert.ok(sameJson(exportFlopack(document, { cards }).flopack, original));
    });
  }
}

test.run();
