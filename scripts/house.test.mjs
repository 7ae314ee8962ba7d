// The shape of the house: which package may depend on which, and that no package imports in circles.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const HOUSE = '@flowdeck/';

/** What each package may import of the house at run time (docs/architecture.md). */
const MAY_IMPORT = {
  engine: [],
  cards: ['engine'],
  testing: ['engine', 'cards'],
  view: ['engine'],
  'connector-twilio': ['engine'],
  conformance: ['engine', 'cards', 'testing', 'view'],
  flopack: ['engine'],
  lint: ['engine'],
  host: ['engine', 'view'],
  cli: ['engine', 'cards', 'testing', 'view', 'connector-twilio', 'conformance', 'flopack', 'lint', 'host'],
};
const packages = readdirSync(join(root, 'packages')).filter((name) =>
  existsSync(join(root, 'packages', name, 'package.json')),
);

/** Sources of a package that it ships. */
function sourcesOf(name) {
  const src = join(root, 'packages', name, 'src');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|d)\.ts$/.test(file) && !/(?:^|[\\/])testing[\\/]/.test(file))
    .map((file) => join(src, file));
}

/** Every import and re-export of a module, as `{ from, isType }`. */
function importsOf(file) {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const statements =
    /^\s*(?:import|export)\s+(type\s+)?((?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)?)\s*(?:from\s*)?['"]([^'"]+)['"]/gm;
  const found = [...code.matchAll(statements)].map(([, type, names = '', from = '']) => ({
    from,
    isType: type !== undefined || onlyTypes(names),
  }));
  for (const [, from = ''] of code.matchAll(/\bimport\s*\(\s*['"]([^'"]+)['"]/g)) found.push({ from, isType: true });
  return found;
}

function onlyTypes(names) {
  const list = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  const parts = list?.split(',').flatMap((part) => part.trim() || []) ?? [];
  return parts.length > 0 && parts.every((part) => part.startsWith('type '));
}

test('every package is known here', () => {
  assert.equal(packages.slice().sort(), Object.keys(MAY_IMPORT).sort());
});

for (const name of packages) {
  const allowed = MAY_IMPORT[name] ?? [];

  test(`${name} depends on nothing of the house but ${allowed.join(', ') || 'itself'}`, () => {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
    const faults = Object.keys(declared)
      .filter((dependency) => dependency.startsWith(HOUSE) && !allowed.includes(dependency.slice(HOUSE.length)))
      .map((dependency) => `package.json: ${dependency}`);
    for (const file of sourcesOf(name)) {
      for (const { from } of importsOf(file)) {
        const other = from.startsWith(HOUSE) ? from.slice(HOUSE.length).split('/')[0] : null;
        if (other === null || other === name) continue;
        if (!allowed.includes(other)) faults.push(`${relative(root, file)}: ${from}`);
        else if (declared[HOUSE + other] === undefined) faults.push(`${relative(root, file)}: ${from} is not declared`);
      }
    }
    assert.equal(faults, []);
  });

  test(`${name} imports in no circle`, () => {
    const files = sourcesOf(name);
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter(({ from, isType }) => from.startsWith('.') && !isType)
          .map(({ from }) => resolve(dirname(file), from.replace(/\.js$/, '.ts'))),
      ]),
    );
    assert.is(
      circleIn(graph)
        ?.map((file) => relative(root, file))
        .join(' -> '),
      undefined,
    );
  });
}

test('a circle is found, and types alone make none', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['a']],
  ]);
  assert.equal(circleIn(graph), ['a', 'b', 'c', 'a']);
  graph.set('c', []);
  assert.is(circleIn(graph), undefined);
  assert.ok(onlyTypes('{ type A, type B }'));
  assert.not(onlyTypes('{ type A, b }'));
  assert.not(onlyTypes('* as c'));
});

/** The first circle, its beginning at both ends. */
function circleIn(graph) {
  const done = new Set();
  for (const start of graph.keys()) {
    const path = [];
    const found = visit(start, path);
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
