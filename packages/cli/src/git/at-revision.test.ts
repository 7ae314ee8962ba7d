/** What is promised of `diff --git`: a path as a revision has it, whatever it is called, and a clear word where there is none. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck, GREET } from '../../test/support.js';

const CHANGED = { ...GREET, outputs: [...GREET.outputs, { key: 'more', type: 'text' }] };
const hasGit = spawnSync('git', ['--version']).status === 0;
if (!hasGit) console.warn('SKIPPED: diff --git is not tested. It needs git.');
const withGit = hasGit ? test : test.skip;

/** Commits files, changes some of them, and compares. */
async function compared(
  first: Readonly<Record<string, unknown>>,
  then: Readonly<Record<string, unknown>>,
  argv: readonly string[],
  inside = '.',
) {
  const directory = new Directory(first);
  const git = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: directory.path,
      encoding: 'utf8',
    });
    assert.is(status, 0, stderr);
  };
  try {
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    for (const [name, value] of Object.entries(then)) {
      mkdirSync(dirname(join(directory.path, name)), { recursive: true });
      writeFileSync(join(directory.path, name), JSON.stringify(value));
    }
    return await flowdeck(['diff', ...argv], { cwd: join(directory.path, inside) });
  } finally {
    directory.remove();
  }
}

withGit('a file is compared with what it was, from any directory of the repository', async () => {
  const first = { 'flows/a b.flow.json': GREET };
  const then = { 'flows/a b.flow.json': CHANGED };
  for (const [inside, path] of [
    ['.', 'flows/a b.flow.json'],
    ['flows', 'a b.flow.json'],
    ['flows', '../flows/a b.flow.json'],
  ] as const) {
    const { code, stdout, stderr } = await compared(first, then, ['--git', 'HEAD', path], inside);
    assert.is(code, 0, stderr);
    assert.match(stdout, 'the output "more" is new');
    assert.match(stdout, '1 change\n');
  }
});

withGit('what the revision does not have was empty; a directory is the deck of its files', async () => {
  const { stdout } = await compared({ 'a.flow.json': GREET }, { 'b.flow.json': { ...GREET, id: 'b' } }, [
    '--git',
    'HEAD',
    'b.flow.json',
  ]);
  assert.match(stdout, 'Flow "b" is new.');
  const deck = await compared({ 'd/a.flow.json': GREET }, { 'd/b.flow.json': { ...GREET, id: 'b' } }, [
    '--git',
    'HEAD',
    'd',
    '--json',
  ]);
  assert.equal(
    JSON.parse(deck.stdout).changes.map(({ kind, flow }: { kind: string; flow: string }) => [kind, flow]),
    [['flow-added', 'b']],
  );
});

withGit('what git does not know is refused by name', async () => {
  for (const argv of [
    ['--git', 'nowhere', 'a.flow.json'],
    ['--git=--output=x', 'a.flow.json'],
    ['--git', 'a\0b', 'a.flow.json'],
    ['--git', 'HEAD', '../outside.flow.json'],
  ]) {
    const { code, stderr } = await compared({ 'a.flow.json': GREET }, {}, argv);
    assert.is(code, 2);
    assert.match(stderr, 'git-failed');
  }
});

withGit('two paths and a revision are too many', async () => {
  const { code, stderr } = await compared({ 'a.flow.json': GREET }, {}, [
    '--git',
    'HEAD',
    'a.flow.json',
    'a.flow.json',
  ]);
  assert.is(code, 2);
  assert.match(stderr, 'With --git there is one file or directory.');
});

test.run();
