// What installing the engine brings: its package and the closure of its dependencies, measured on what lies in this checkout.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const engine = join(root, 'packages/engine');
const MOST_BYTES = 2_000_000;
const MOST_PACKAGES = 6;

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The folders of the packages that a package needs at run time, itself not among them; found as Node finds them. */
function closure(folder, reached = new Map()) {
  const { dependencies, optionalDependencies, peerDependencies } = manifestOf(folder);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
    const found = locate(name, folder);
    if (found === null) {
      // What is optional may be absent; everything else has to be there to be measured.
      assert.ok(name in { ...optionalDependencies, ...peerDependencies }, `${name} is not installed`);
      continue;
    }
    if ([...reached.values()].includes(found)) continue;
    reached.set(`${name}@${manifestOf(found).version}`, found);
    closure(found, reached);
  }
  return reached;
}

function locate(name, from) {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return null;
}

/** Bytes of the files in a folder, without packages that are nested in it: those are counted for themselves. */
function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.slice(folder.length).includes('node_modules') && statSync(path).isFile())
    .reduce((sum, path) => sum + statSync(path).size, 0);
}

/** What npm would publish, or null, having said why it cannot be told. Nothing is written or fetched. */
function packed() {
  if (!existsSync(join(engine, 'dist/index.js'))) return skip('packages/engine is not built; run "npm run build"');
  const run = spawnSync('npm', ['pack', '--dry-run', '--json', '--offline', '--ignore-scripts'], {
    cwd: engine,
    encoding: 'utf8',
  });
  if (run.status !== 0) return skip(`npm pack does not work here: ${run.error?.message ?? run.stderr.trim()}`);
  return JSON.parse(run.stdout)[0];
}

function skip(why) {
  console.log(`SKIPPED: what an installation brings (${why})`);
  return null;
}

test(`installing the engine brings at most ${MOST_PACKAGES} packages and 2 MB`, () => {
  const tarball = packed();
  if (tarball === null) return;
  const dependencies = closure(engine);
  const sizes = new Map([...dependencies].map(([name, folder]) => [name, sizeOf(folder)]));
  sizes.set(tarball.id, tarball.unpackedSize);
  for (const [name, size] of sizes) assert.ok(size > 1_000, `${name} cannot have ${size} bytes`);

  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const list = [...sizes].map(([name, size]) => `${name} ${size}`).join(', ');
  console.log(`COUNT engine installed: ${sizes.size} packages, ${(bytes / 1e6).toFixed(2)} MB`);
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes: ${list}`);
  assert.ok(sizes.size <= MOST_PACKAGES, `${sizes.size} packages: ${list}`);
});

test('npm links the command before the first build, and it runs after it', () => {
  const command = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'flowdeck.cmd' : 'flowdeck');
  assert.ok(existsSync(command), 'npm ci has not linked it');
  if (!existsSync(join(root, 'packages/cli/dist/index.js'))) return void skip('packages/cli is not built');
  const run = spawnSync(command, ['--help'], { encoding: 'utf8', shell: process.platform === 'win32' });
  assert.is(run.status, 0, run.stderr);
  assert.match(run.stdout, /flowdeck COMMAND/);
});

test('the lock file agrees on what the engine depends on', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const locked = packages['packages/engine'].dependencies;
  assert.equal(locked, manifestOf(engine).dependencies);
  for (const [name, folder] of closure(engine)) {
    const path = folder.slice(root.length + 1);
    assert.is(`${name.slice(0, name.lastIndexOf('@'))}@${packages[path]?.version}`, name);
  }
});

test.run();
