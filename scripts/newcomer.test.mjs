// A pack author on a machine of their own: the example of a pack installed from the packages as npm would publish them, its own
// tests run there, and the pack with ten mistakes told of each of them.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const TOOLS = ['uvu', 'tsx', 'typescript', '@types/node'];
const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const OURS = withDependencies(['engine', 'cards', 'testing', 'conformance']);
const npmEnv = { ...process.env, npm_config_loglevel: 'error' };

/** Our packages of these names, and those that npm would install with them. */
function withDependencies(names) {
  const all = new Set(names);
  for (const name of all) {
    const { dependencies = {} } = manifestOf(join(root, 'packages', name));
    for (const other of Object.keys(dependencies))
      if (other.startsWith('@flowdeck/')) all.add(other.slice('@flowdeck/'.length));
  }
  return [...all];
}

/** Installs without a registry: our packages from their tarballs, all others as links to those that lie in this checkout. */
function install(folder) {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@flowdeck'), { recursive: true });
  const others = new Set(TOOLS);
  for (const name of OURS) {
    const source = join(root, 'packages', name);
    const [{ filename }] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--offline', '--ignore-scripts', '--pack-destination', folder], {
        cwd: source,
        encoding: 'utf8',
        env: npmEnv,
        shell: process.platform === 'win32',
      }),
    );
    const target = join(modules, '@flowdeck', name);
    mkdirSync(target);
    execFileSync('tar', ['-xzf', filename, '-C', join(modules, '@flowdeck', name), '--strip-components=1'], {
      cwd: folder,
    });
    const { dependencies = {}, peerDependencies = {} } = manifestOf(target);
    for (const other of Object.keys({ ...dependencies, ...peerDependencies }))
      if (!other.startsWith('@flowdeck/')) others.add(other);
  }
  for (const other of others) {
    mkdirSync(dirname(join(modules, other)), { recursive: true });
    symlinkSync(realpathSync(join(root, 'node_modules', other)), join(modules, other), 'junction');
  }
}

const newcomer = suite('a newcomer');
const missing = OURS.filter((name) => !existsSync(join(root, 'packages', name, 'dist/index.js')));

newcomer.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'flowdeck-newcomer-'));
  cpSync(join(root, 'examples/pack'), context.folder, { recursive: true });
  cpSync(join(root, 'examples/pack-mistakes'), join(context.folder, 'mistakes'), { recursive: true });
  install(context.folder);
});
newcomer.after((context) => rmSync(context.folder, { recursive: true, force: true }));

const node = (folder, ...args) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
const said = ({ stdout, stderr }) => `${stdout}${stderr}`;

newcomer('has a pack that type checks and whose tests pass', ({ folder }) => {
  const types = node(folder, 'node_modules/typescript/bin/tsc');
  assert.is(types.status, 0, said(types));
  const tests = node(folder, '--import', 'tsx', 'src/index.test.ts');
  assert.is(tests.status, 0, said(tests));
  assert.ok(Number(/Passed:\s+(\d+)/.exec(tests.stdout)?.[1]) > 5, said(tests));
});

newcomer('is told of a false example', ({ folder }) => {
  const source = readFileSync(join(folder, 'src/check-isbn.ts'), 'utf8');
  const copy = join(folder, 'red');
  for (const name of ['src', 'cases', 'package.json'])
    cpSync(join(folder, name), join(copy, name), { recursive: true });
  writeChanged(join(copy, 'src/check-isbn.ts'), source, "'9783161484100' } },", "'978' } },");
  const tests = node(copy, '--import', 'tsx', 'src/index.test.ts');
  assert.is(tests.status, 1, said(tests));
  assert.match(said(tests), /library\.checkIsbn/);
});

newcomer('is told of ten mistakes at once when the pack is loaded', ({ folder }) => {
  const run = node(folder, 'mistakes/pack.js');
  assert.is(run.status, 1);
  const told = run.stderr.split('\n').filter((line) => /^ {2,}\//.test(line));
  const mistakes = [
    /\/version: .*no "version"/,
    /\/cards\/0\/id .*"shout".*/,
    /\/cards\/0\/kind .*"Pure".*Did you mean "pure"\?/,
    /\/cards\/0\/timeoutMs .*/,
    /\/cards\/0\/inputs\/0\/type .*"string".*"text"/,
    /\/cards\/0\/inputs\/1\/require .*Did you mean "required"\?/,
    /\/cards\/0\/inputs\/1.*twice|\/cards\/0\/inputs\/1.*"text"/,
    /\/cards\/0\/inputs\/2\/secrets .*Did you mean "secret"\?/,
    /\/cards\/0\/inputs\/3\/choice .*Did you mean "choices"\?/,
    /\/cards\/0\/inputs\/4\/default .*/,
  ];
  for (const mistake of mistakes)
    assert.ok(
      told.some((line) => mistake.test(line)),
      `${mistake}\n${run.stderr}`,
    );
  assert.is(told.length, mistakes.length, run.stderr);
});

newcomer('is told of them by the types, too', ({ folder }) => {
  const strict = [
    '--strict',
    '--noEmit',
    '--skipLibCheck',
    '--module',
    'NodeNext',
    '--target',
    'ES2022',
    '--ignoreConfig',
  ];
  const right = node(folder, 'node_modules/typescript/bin/tsc', ...strict, 'mistakes/types.ts');
  assert.is(right.status, 0, said(right));
  const source = readFileSync(join(folder, 'mistakes/types.ts'), 'utf8');
  const remarks = source.match(/\/\/ @ts-expect-error.*\n/g) ?? [];
  writeChanged(join(folder, 'mistakes/bare.ts'), source, /\/\/ @ts-expect-error.*\n/g, '');
  const wrong = node(folder, 'node_modules/typescript/bin/tsc', ...strict, 'mistakes/bare.ts');
  const lines = new Set(said(wrong).match(/bare\.ts\(\d+/g) ?? []);
  assert.is(lines.size, remarks.length, said(wrong));
});

function writeChanged(path, source, from, to) {
  const changed = source.replaceAll(from, to);
  assert.is.not(changed, source);
  writeFileSync(path, changed);
}

if (missing.length > 0)
  console.log(`SKIPPED: a newcomer's pack (not built: ${missing.join(', ')}; run "npm run build")`);
else newcomer.run();
