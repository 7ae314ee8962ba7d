// The shape of the house: which package may depend on which, what its manifest says of that, and that nothing runs in circles.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { importsOf, namesOf, packageOf } from './reading/imports.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const HOUSE = '@flowdeck/';
/** Packages that run in a page, from these sources on. */
const BROWSER = {
  engine: ['index.ts', 'kit.ts'],
  view: ['index.ts'],
  testing: ['index.ts'],
  lint: ['index.ts'],
  connect: ['index.ts'],
};

const names = readdirSync(join(root, 'packages')).filter((name) =>
  existsSync(join(root, 'packages', name, 'package.json')),
);
/** What each package may import of the house when it runs, as docs/architecture.md says: the table is the rule. */
const MAY_IMPORT = rulesIn(readFileSync(join(root, 'docs/architecture.md'), 'utf8'));

/** The rows of the table of packages: `@flowdeck/NAME`, its job, a list of names or "all". */
function rulesIn(page) {
  const rows = [...page.matchAll(/^\| `@flowdeck\/([\w-]+)` \|[^|]*\|([^|]*)\|$/gm)];
  const all = rows.map(([, name]) => name);
  return Object.fromEntries(
    rows.map(([, name, list]) => [
      name,
      list.trim() === 'all'
        ? all.filter((other) => other !== name)
        : list.split(',').flatMap((each) => each.trim() || []),
    ]),
  );
}

/** A package as it is: its manifest, and what each of its sources imports. */
function read(name) {
  const folder = join(root, 'packages', name);
  const src = join(folder, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|d)\.ts$/.test(file) && !/(?:^|[\\/])testing[\\/]/.test(file))
    .map((file) => join(src, file));
  return {
    name,
    manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
    sources: new Map(files.map((file) => [file, importsOf(readFileSync(file, 'utf8'))])),
  };
}

/** What a package does against the rule, as sentences. */
function faultsOf({ name, manifest, sources }, allowed) {
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  const bundled = manifest.devDependencies ?? {};
  const faults = [];
  const used = new Set();
  for (const dependency of Object.keys(declared)) {
    if (dependency.startsWith(HOUSE) && !allowed.includes(dependency.slice(HOUSE.length)))
      faults.push(`its package.json depends on ${dependency}, which it may not`);
  }
  for (const [file, imports] of sources) {
    for (const { from } of imports) {
      const target = packageOf(from);
      if (target === null || target === HOUSE + name) continue;
      used.add(target);
      const place = relative(root, file);
      const ours = target.startsWith(HOUSE);
      if (ours && !allowed.includes(target.slice(HOUSE.length)))
        faults.push(`${place} imports ${from}, which it may not`);
      else if (declared[target] === undefined && (ours || bundled[target] === undefined))
        faults.push(`${place} imports ${from}, which its package.json does not name`);
    }
  }
  for (const dependency of Object.keys(declared))
    if (!used.has(dependency)) faults.push(`its package.json depends on ${dependency}, which nothing imports`);
  // npm links the commands that are there when it installs, which is before anything is built.
  for (const target of Object.values(manifest.bin ?? {}))
    if (!/^\.\/bin\//.test(target) || !existsSync(join(root, 'packages', name, target)))
      faults.push(`its command ${target} is not there before the build`);
  return faults;
}

/** The sources that one leads to when it is loaded, itself included. */
function loadedFrom(entry, sources) {
  const loaded = new Set();
  const open = [entry];
  for (let file = open.pop(); file; file = open.pop()) {
    if (loaded.has(file) || !sources.has(file)) continue;
    loaded.add(file);
    open.push(...neighboursOf(file, sources));
  }
  return [...loaded];
}

/** The files that a source imports for what they do, not only for their types. */
function neighboursOf(file, sources) {
  return filesBehind(file, new Map([[file, sources.get(file).filter(({ isType }) => !isType)]]));
}

/** The files that a source imports, be it for their types. */
function filesBehind(file, sources) {
  return sources
    .get(file)
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => resolve(dirname(file), from.replace(/\.js$/, '.ts')));
}

/** Names that more than one file declares, with the files: `name: a.ts, b.ts`. */
function declaredTwice(declared) {
  const files = new Map();
  for (const [file, found] of declared)
    for (const name of found) files.set(name, [...(files.get(name) ?? []), relative(root, file)]);
  return [...files].filter(([, where]) => where.length > 1).map(([name, where]) => `${name}: ${where.join(', ')}`);
}

test('the table names every package, and no other', () => {
  assert.equal(Object.keys(MAY_IMPORT).sort(), names.slice().sort());
  const unknown = Object.values(MAY_IMPORT)
    .flat()
    .filter((name) => !names.includes(name));
  assert.equal(unknown, []);
});

test('what may be imported leads in no circle', () => {
  assert.is(circleIn(new Map(Object.entries(MAY_IMPORT)))?.join(' -> '), undefined);
});

for (const name of names) {
  const allowed = MAY_IMPORT[name] ?? [];
  const ours = read(name);

  test(`${name} depends on nothing of the house but ${allowed.join(', ') || 'itself'}, and says what it depends on`, () => {
    assert.ok(ours.sources.size > 0);
    assert.equal(faultsOf(ours, allowed), []);
  });

  test(`${name} imports in no circle, not by type either`, () => {
    const graph = new Map([...ours.sources.keys()].map((file) => [file, filesBehind(file, ours.sources)]));
    const circle = circleIn(graph)?.map((file) => relative(root, file));
    assert.is(circle?.join(' -> '), undefined);
  });

  // A name that is found is the thing: no two files of a package declare the same one at their top.
  test(`${name} gives every name one meaning`, () => {
    const declared = [...ours.sources.keys()].map((file) => [file, namesOf(readFileSync(file, 'utf8'))]);
    assert.equal(declaredTwice(declared), []);
  });

  for (const entry of BROWSER[name] ?? []) {
    test(`${name}/${entry} needs nothing of Node`, () => {
      const start = join(root, 'packages', name, 'src', entry);
      const loaded = loadedFrom(start, ours.sources);
      assert.ok(loaded.length > 0, `${start} is no source`);
      const faults = loaded.flatMap((file) =>
        ours.sources
          .get(file)
          .flatMap(({ from, isType }) =>
            from.startsWith('node:') && !isType ? `${relative(root, file)}: ${from}` : [],
          ),
      );
      assert.equal(faults, []);
    });
  }
}

test('every fault is found', () => {
  const file = join(root, 'packages/view/src/a.ts');
  const view = (manifest, code) =>
    faultsOf({ name: 'view', manifest, sources: new Map([[file, importsOf(code)]]) }, ['engine']);
  const engine = { dependencies: { '@flowdeck/engine': '1' } };
  const code = "import { a } from '@flowdeck/engine/kit'; import './b.js'; import 'node:fs';";
  assert.equal(view(engine, code), []);
  assert.equal(view({ peerDependencies: engine.dependencies }, code), []);
  assert.equal(view({}, code), [
    'packages/view/src/a.ts imports @flowdeck/engine/kit, which its package.json does not name',
  ]);
  assert.equal(
    view({ devDependencies: engine.dependencies }, code).length,
    1,
    'a package of the house is never bundled',
  );
  assert.equal(view(engine, `${code} export type { B } from '@flowdeck/cards';`), [
    'packages/view/src/a.ts imports @flowdeck/cards, which it may not',
  ]);
  assert.equal(view({ dependencies: { ...engine.dependencies, '@flowdeck/cards': '1' } }, code), [
    'its package.json depends on @flowdeck/cards, which it may not',
    'its package.json depends on @flowdeck/cards, which nothing imports',
  ]);
  assert.equal(view(engine, `${code} import x from 'left-pad/x.js';`).length, 1);
  assert.equal(view({ ...engine, devDependencies: { 'left-pad': '1' } }, `${code} import x from 'left-pad/x.js';`), []);
  for (const target of ['./dist/cli.js', './bin/missing.js'])
    assert.equal(view({ ...engine, bin: { view: target } }, code), [
      `its command ${target} is not there before the build`,
    ]);
  assert.equal(view(engine, ''), ['its package.json depends on @flowdeck/engine, which nothing imports']);
});

test('the table is read as it is written', () => {
  const page =
    '| `@flowdeck/a` | does `x`. | |\n| `@flowdeck/b` | job | a |\n| `@flowdeck/c` | job | all |\n| a | `@flowdeck/d` | b |\n';
  assert.equal(rulesIn(page), { a: [], b: ['a'], c: ['a', 'b'] });
});

test('imports are understood in every form, and what only looks like one is none', () => {
  const code = `import a from 'a';
    import 'b';
    export * from "c";
    export { x } from 'd';
    import type { E } from 'e';
    import { type F, type G } from 'f';
    import { type H, h } from 'h';
    import I = require('i');
    const j = await import('j'), k = await import(name);
    let l: import('l').L<string>;
    export type { M } from 'm';
    const text = "import 'n'"; // import 'o'
    /* import 'p' */ const q = \`import r from 'r'\`;`;
  const shown = (kind) =>
    importsOf(code)
      .filter((each) => each[kind])
      .map(({ from }) => from);
  assert.equal(
    importsOf(code).map(({ from }) => from),
    ['a', 'b', 'c', 'd', 'e', 'f', 'h', 'i', 'j', 'l', 'm'],
  );
  assert.equal(shown('isType'), ['e', 'f', 'l', 'm']);
  assert.equal(shown('isLazy'), ['j']);
  assert.equal(['./a.js', 'node:fs', '@a/b/c', 'a/b', 'a'].map(packageOf), [null, null, '@a/b', 'a', 'a']);
});

test('a circle is found', () => {
  const graph = new Map(Object.entries({ a: ['b'], b: ['c'], c: ['a'] }));
  assert.equal(circleIn(graph), ['a', 'b', 'c', 'a']);
  graph.set('c', []);
  assert.is(circleIn(graph), undefined);
});

test('a name that two files declare is found, in every form', () => {
  const code = `import { used } from './used.js';
    export { other } from './other.js';
    const a = 1, { b, c: { d }, ...e } = a, [f, g = 2] = b;
    export type H<T> = T;
    interface I {}
    declare const j: number;
    export async function* k() { const inside = 1; }
    export abstract class L { m() {} }
    enum N {}
    export function o(p: number): void;
    export function o(p: unknown) {}
    export default function q() {}
    export * as r from './r.js';`;
  assert.equal(namesOf(code).join(' '), 'a b d e f g H I j k L N o q');
  const file = (name) => join(root, name);
  assert.equal(
    declaredTwice([
      [file('x.ts'), ['a', 'b']],
      [file('y/z.ts'), ['b', 'c']],
    ]),
    ['b: x.ts, y/z.ts'],
  );
  assert.equal(
    declaredTwice([
      [file('x.ts'), ['a']],
      [file('y.ts'), ['b']],
    ]),
    [],
  );
});

test('a circle of types is found where one of what is run is not', () => {
  const [a, b] = [join(root, 'a.ts'), join(root, 'b.ts')];
  const sources = new Map([
    [a, importsOf("import type { B } from './b.js';")],
    [b, importsOf("import { a } from './a.js';")],
  ]);
  assert.is(circleIn(new Map([a, b].map((file) => [file, neighboursOf(file, sources)]))), undefined);
  assert.equal(circleIn(new Map([a, b].map((file) => [file, filesBehind(file, sources)]))), [a, b, a]);
});

/** The first circle, its beginning at both ends. */
function circleIn(graph) {
  const done = new Set();
  for (const start of graph.keys()) {
    const found = visit(start, []);
    if (found) return found;
  }
  return undefined;

  function visit(file, path) {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const found = visit(next, path);
      if (found) return found;
    }
    path.pop();
    done.add(file);
    return undefined;
  }
}

test.run();
