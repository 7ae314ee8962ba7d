// How the code reads, as CONTRIBUTING says: no `any`, a reason beside every cast, one idea a file.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { castFaults } from './reading/casts.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const packages = readdirSync(join(root, 'packages'));
const MOST_LINES = 250;
/** Tables may be longer. */
const TABLES = ['engine', 'cards', 'flopack', 'cli', 'host'].map((name) => `packages/${name}/src/codes.ts`);

/** The sources of a package, by their path in the repository: what is not a test, and not there for tests alone. */
function sourcesOf(name) {
  const src = join(root, 'packages', name, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(?:test|d)\.ts$/.test(file) && !/(?:^|[\\/])testing[\\/]/.test(file),
  );
  return files.map((file) => {
    const path = relative(root, join(src, file)).split(sep).join('/');
    return { path, text: readFileSync(join(src, file), 'utf8') };
  });
}

/** Files with more lines than one idea takes. */
function tooLong(sources, except) {
  return sources
    .filter(({ path, text }) => text.split('\n').length - 1 > MOST_LINES && !except.includes(path))
    .map(({ path }) => path);
}

for (const name of packages) {
  test(`${name} has no any, and gives a reason for every cast`, () => {
    const sources = sourcesOf(name);
    assert.ok(sources.length > 0);
    assert.equal(
      sources.flatMap(({ path, text }) => castFaults(text).map((fault) => `${path}:${fault}`)),
      [],
    );
  });
}

test(`no source has more than ${MOST_LINES} lines, but tables`, () => {
  assert.equal(tooLong(packages.flatMap(sourcesOf), TABLES), []);
});

test('what is excepted needs it', () => {
  const long = tooLong(packages.flatMap(sourcesOf), []);
  assert.equal(
    TABLES.filter((path) => !long.includes(path)),
    [],
  );
});

test('a line too many is told', () => {
  const file = (lines) => ({ path: 'a.ts', text: 'x\n'.repeat(lines) });
  assert.equal(tooLong([file(MOST_LINES)], []), []);
  assert.equal(tooLong([file(MOST_LINES + 1)], []), ['a.ts']);
  assert.equal(tooLong([file(MOST_LINES + 1)], ['a.ts']), []);
});

test('any is told in every form, whatever stands beside it', () => {
  assert.equal(castFaults('let a: any; // why'), ['1: any']);
  assert.equal(castFaults('function f(a: Map<string, any[]>): any {}'), ['1: any', '1: any']);
  assert.equal(castFaults('/* why */ const a = b as any;'), ['1: any']);
  assert.equal(castFaults('const any = "any"; // any'), []);
});

test('a cast without a reason is told, in every form', () => {
  assert.equal(castFaults('const a = b as C;'), ['1: as']);
  assert.equal(castFaults('const a = <C>b;'), ['1: <>']);
  assert.equal(castFaults('const a = b!;'), ['1: !']);
  assert.equal(castFaults('let a!: B;\nclass C {\n  d!: D;\n  #e!: E;\n}'), ['1: !', '3: !', '4: !']);
  assert.equal(castFaults('const a = b as unknown as C;').length, 2);
  assert.equal(castFaults('const a = [b] as const, c = d satisfies E, f = !g;'), []);
  assert.equal(castFaults("import { a as b } from 'a'; export { b as c };"), []);
});

test('a reason stands on the line, or above the cast or the statement or member that holds it', () => {
  assert.equal(castFaults('const a = b as C; // why'), []);
  assert.equal(castFaults('const a = b as C; /* why */'), []);
  assert.equal(castFaults('// why\nconst a = b as C;'), []);
  assert.equal(castFaults('// why,\n// at length\nconst a = {\n  b: 1,\n  ...(c as D),\n};'), []);
  assert.equal(castFaults('const a = {\n  b: 1,\n  // why\n  c: d as E,\n};'), []);
  assert.equal(castFaults('class A {\n  // why\n  b = c!;\n}'), []);
});

test('what stands elsewhere is no reason', () => {
  assert.equal(castFaults('const a = 1; // why\nconst b = c as D;'), ['2: as']);
  assert.equal(castFaults('// why\n\nconst b = c as D;'), ['3: as']);
  assert.equal(castFaults('const b = c as D;\n// why'), ['1: as']);
  assert.equal(castFaults('// why\nfunction a() {\n  return b as C;\n}'), ['3: as']);
  assert.equal(castFaults('const a = {\n  // why\n  b: c as D,\n  e: f as G,\n};'), ['4: as']);
  assert.equal(castFaults('/** What it is. */\nconst a = b as C;'), ['2: as']);
  assert.equal(castFaults('// biome-ignore lint/a: why\nconst a = b as C;'), ['2: as']);
});

test.run();
