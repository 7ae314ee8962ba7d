/** The shape of the house: what the engine may import, and which room may look into which. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const SRC = dirname(fileURLToPath(import.meta.url));
const DIST = join(SRC, '..', 'dist');

/** A room may import those before it. */
const ROOMS = ['values', 'expression', 'document', 'ports', 'cards', 'observe', 'plan', 'run', 'connect'] as const;
/** The front of the house, in the same order. `errors.ts` stands above all rooms. */
const FRONT = ['deck.ts', 'tables.ts', 'start', 'engine.ts', 'kit.ts', 'index.ts'] as const;
const ORDER: readonly string[] = [
  'code-table.ts',
  'codes.ts',
  'diagnostic.ts',
  'error-brand.ts',
  'errors.ts',
  ...ROOMS,
  ...FRONT,
];

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}
const MANIFEST = JSON.parse(readFileSync(join(SRC, '..', 'package.json'), 'utf8')) as Manifest;
/** What the built engine imports. */
const PACKAGES = Object.keys(MANIFEST.dependencies);
/** What the sources import and the build puts into the engine, so that nobody has to install it. */
const BUNDLED: readonly string[] = ['immer', 'mitt'];

function filesOf(folder: string, isWanted: (name: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => isWanted(name))
    .map((name) => join(folder, name))
    .sort();
}

const SOURCES = filesOf(
  SRC,
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith(`testing${sep}`),
);

/** The text of a module without comments. Texts are left as they are: none of ours holds what is looked for. */
function codeOf(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** What a module imports, types included, in every form that there is. */
function importsOf(code: string): string[] {
  const statements = /^\s*(?:import\s*|(?:import|export)\b[^'"`;=]*?\bfrom\s*)['"]([^'"]+)['"]/gm;
  const calls = /\bimport\s*\(\s*['"]([^'"]+)['"]/g;
  return [...code.matchAll(statements), ...code.matchAll(calls)].map(([, specifier = '']) => specifier);
}

/** The room or front file that a source belongs to. */
function placeOf(file: string): string {
  const [first = ''] = relative(SRC, file).split(sep);
  return first;
}

test('the sources were found', () => {
  assert.ok(SOURCES.length > 60, `${SOURCES.length} sources`);
  for (const room of ROOMS)
    assert.ok(
      SOURCES.some((file) => placeOf(file) === room),
      `the room ${room}`,
    );
  for (const file of SOURCES)
    assert.ok(ORDER.includes(placeOf(file)), `${relative(SRC, file)} stands in no known room`);
});

test('imports are understood in every form', () => {
  const code = `import a from 'a';
    import 'b';
    export * from "c";
    import type { D } from 'd';
    import {
      e,
    } from 'e';
    export const text = 'not from "x"';
    const f = await import('f');`;
  assert.equal(importsOf(code), ['a', 'b', 'c', 'd', 'e', 'f']);
});

test('the engine imports nothing of Node, no other package of the house, and only the dependencies that it declares', () => {
  const faults: string[] = [];
  for (const file of SOURCES) {
    for (const specifier of importsOf(codeOf(file))) {
      if (specifier.startsWith('.')) continue;
      if (!PACKAGES.includes(specifier) && !BUNDLED.includes(specifier))
        faults.push(`${relative(SRC, file)}: ${specifier}`);
    }
  }
  assert.equal(faults, []);
});

test('no code is made from text, and nothing is loaded by a name that is not written down', () => {
  const faults: string[] = [];
  for (const file of SOURCES) {
    const code = codeOf(file);
    for (const [found] of code.matchAll(
      /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(\s*['"`]|\bimport\s*\(\s*(?!['"])|\brequire\s*\(/g,
    ))
      faults.push(`${relative(SRC, file)}: ${found}`);
  }
  assert.equal(faults, []);
});

test('the engine names no global of Node', () => {
  const faults: string[] = [];
  for (const file of SOURCES) {
    for (const [found] of codeOf(file).matchAll(
      /(?<![.\w'"])(?:process|Buffer|__dirname|__filename|setImmediate)(?=[.([])/g,
    ))
      faults.push(`${relative(SRC, file)}: ${found}`);
  }
  assert.equal(faults, []);
});

test('a room imports only rooms above it', () => {
  const faults: string[] = [];
  for (const file of SOURCES) {
    const here = ORDER.indexOf(placeOf(file));
    for (const specifier of importsOf(codeOf(file))) {
      if (!specifier.startsWith('.')) continue;
      const there = placeOf(resolve(dirname(file), specifier.replace(/\.js$/, '.ts')));
      if (ORDER.indexOf(there) > here) faults.push(`${relative(SRC, file)} looks into ${there}`);
    }
  }
  assert.equal(faults, []);
});

test('every import of the engine leads to a file', () => {
  const faults: string[] = [];
  for (const file of SOURCES) {
    for (const specifier of importsOf(codeOf(file))) {
      if (!specifier.startsWith('.')) continue;
      const target = resolve(dirname(file), specifier);
      if (!existsSync(target) && !existsSync(target.replace(/\.js$/, '.ts')))
        faults.push(`${relative(SRC, file)}: ${specifier}`);
    }
  }
  assert.equal(faults, []);
});

test('no module keeps state', () => {
  const faults: string[] = [];
  for (const file of SOURCES) {
    for (const [found] of codeOf(file).matchAll(/^(?:export\s+)?(?:let|var)\s+\w+.*$/gm))
      faults.push(`${relative(SRC, file)}: ${found}`);
  }
  assert.equal(faults, []);
});

function whyNotBuilt(): string | null {
  const entry = join(DIST, 'index.js');
  if (!existsSync(entry)) return 'packages/engine/dist does not exist';
  if (!existsSync(join(DIST, 'types'))) return 'packages/engine/dist is not what the build makes: it has no types';
  const built = statSync(entry).mtimeMs;
  return SOURCES.some((file) => statSync(file).mtimeMs > built)
    ? 'packages/engine/dist is older than the sources'
    : null;
}

test('the built engine is as pure as its sources', () => {
  const missing = whyNotBuilt();
  if (missing !== null) {
    console.error(`\nSKIPPED: ${missing}, so the built engine was not looked at. Build it first.`);
    return;
  }
  const built = filesOf(DIST, (name) => name.endsWith('.js'));
  assert.ok(built.length > 0, 'dist holds modules');
  for (const file of built) {
    const code = codeOf(file);
    for (const specifier of importsOf(code)) {
      if (!specifier.startsWith('.'))
        assert.ok(PACKAGES.includes(specifier), `${relative(DIST, file)} imports ${specifier}`);
    }
    assert.not.match(code, /\beval\s*\(|\bnew\s+Function\b|\brequire\s*\(/);
  }
  const types = filesOf(DIST, (name) => name.endsWith('.d.ts'));
  assert.not.ok(
    types.some((file) => file.includes(`${sep}testing${sep}`) || file.endsWith('.test.d.ts')),
    'tests are not shipped',
  );
  for (const file of types) assert.not.match(codeOf(file), /(?:from|import)\s*\(?['"]node:|reference types="node"/);
});

test.run();
