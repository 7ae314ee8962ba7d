// The committed reports of what every package gives out are current: a change of the public surface shows in the diff.
// And every public name is documented.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { doors, report, undocumentedIn } from './docs/api.mjs';

const reports = join(dirname(fileURLToPath(import.meta.url)), '../docs/api');

test('docs/api tells what the packages give out', () => {
  assert.ok(doors().length >= 12, `${doors().length} doors`);
  const { stale, messages } = report({ isCheck: true });
  assert.equal(messages, []);
  assert.equal(stale, [], 'not current: npm run docs:api');
});

test('every public name says what it is', () => {
  const names = readdirSync(reports).flatMap((file) =>
    undocumentedIn(readFileSync(join(reports, file), 'utf8')).map((name) => `${file}: ${name}`),
  );
  assert.equal(names, [], 'write TSDoc above it, then npm run docs:api');
});

test('a name that says nothing is found, and told with the name that it belongs to', () => {
  const text = [
    '// @public',
    'export interface Pack {',
    '    // (undocumented)',
    '    readonly cards: number;',
    '    readonly name: string;',
    '}',
    '',
    '// @public (undocumented)',
    'export const packs: Pack[];',
  ];
  assert.equal(undocumentedIn(text.join('\n')), ['Pack: readonly cards: number;', 'export const packs: Pack[];']);
});

test.run();
