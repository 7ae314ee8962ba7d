/** Every code of the package is provoked by a test: by one of its own, or of the package that throws it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { VIEW_CODES } from './codes.js';

const PACKAGES = fileURLToPath(new URL('../..', import.meta.url));

/** Tests of these packages, joined. */
function testsOf(...packages: readonly string[]): string {
  const files = packages.flatMap((name) =>
    readdirSync(join(PACKAGES, name, 'src'), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(name, 'src', file),
    ),
  );
  return files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(PACKAGES, file), 'utf8'))
    .join('\n');
}

test('every code stands in a test', () => {
  const tests = testsOf('view');
  assert.equal(
    Object.keys(VIEW_CODES).filter((code) => !tests.includes(code)),
    [],
  );
});

test.run();
