// The recipe of docs/ci.md, run in a repository: what is good passes, what breaks fails, and the comment says what changed.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const page = readFileSync(join(root, 'docs/ci.md'), 'utf8');
const recipe = /```text\n(# flows\.sh[^`]*)```/.exec(page)[1];

const GREET = {
  flowdeck: 1,
  id: 'greet',
  type: 'helper',
  inputs: [{ key: 'name', type: 'text' }],
  outputs: [{ key: 'text', type: 'text' }],
  cards: [
    { id: 'words', card: 'text.compose', in: { template: 'Hello {{{name}}}', name: { from: '/inputs/name' } } },
    { card: 'flow.return', in: { text: { from: '/words/output' } } },
  ],
};

/** A repository with one commit of `GREET` and the recipe, and `flowdeck` on the path. */
class Repository {
  constructor() {
    this.path = mkdtempSync(join(tmpdir(), 'flowdeck-ci-'));
    mkdirSync(join(this.path, 'bin'));
    const command = join(this.path, 'bin/flowdeck');
    writeFileSync(
      command,
      `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'packages/cli/bin/flowdeck.js')}" "$@"\n`,
    );
    chmodSync(command, 0o755);
    writeFileSync(join(this.path, 'flows.sh'), recipe);
    this.write('flows/greet.flow.json', GREET);
    this.git('init', '-q', '-b', 'main');
    this.git('add', '.');
    this.git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-q', '-m', 'first');
  }

  write(name, value) {
    mkdirSync(join(this.path, dirname(name)), { recursive: true });
    writeFileSync(join(this.path, name), typeof value === 'string' ? value : JSON.stringify(value, null, 2));
    if (name.endsWith('.json')) spawnSync('git', ['add', '-N', '.'], { cwd: this.path });
  }

  git(...args) {
    const { status, stderr } = spawnSync('git', args, { cwd: this.path, encoding: 'utf8' });
    assert.is(status, 0, stderr);
  }

  /** Runs the recipe against the first commit, and takes the repository away. */
  check() {
    const env = { ...process.env, NO_COLOR: '1', PATH: `${join(this.path, 'bin')}${delimiter}${process.env.PATH}` };
    const { status, stdout, stderr } = spawnSync('sh', ['flows.sh', 'HEAD'], { cwd: this.path, encoding: 'utf8', env });
    const comment = readFileSync(join(this.path, 'out/comment.md'), 'utf8');
    const pages = readdirSync(join(this.path, 'out')).filter((name) => name.endsWith('.html'));
    rmSync(this.path, { recursive: true });
    return { status, told: stdout + stderr, comment, pages };
  }
}

const hasGit = spawnSync('git', ['--version']).status === 0 && process.platform !== 'win32';
if (!hasGit) console.warn('SKIPPED: the recipe of docs/ci.md is not run. It needs git and a shell.');
const withGit = hasGit ? test : test.skip;

withGit('nothing changed, nothing is said', () => {
  const { status, comment, pages } = new Repository().check();
  assert.equal([status, comment, pages], [0, '', []]);
});

withGit('a change that breaks nobody passes, with a comment and a page', () => {
  const repository = new Repository();
  const [words, ...rest] = GREET.cards;
  repository.write('flows/greet.flow.json', {
    ...GREET,
    cards: [{ ...words, in: { ...words.in, template: 'Hi {{{name}}}' } }, ...rest],
  });
  repository.write('flows/more.flow.json', { ...GREET, id: 'more' });
  const { status, told, comment, pages } = repository.check();
  assert.is(status, 0, told);
  assert.match(comment, '#### greet.flow.json');
  assert.match(comment, '`"Hello {{{name}}}"` → `"Hi {{{name}}}"`');
  assert.match(comment, '```mermaid');
  assert.match(comment, 'Flow "more" is new');
  assert.equal(pages.sort(), ['flows-greet.flow.json.html', 'flows-more.flow.json.html']);
});

withGit('a change that breaks callers fails, and says so first', () => {
  const repository = new Repository();
  repository.write('flows/greet.flow.json', {
    ...GREET,
    inputs: [...GREET.inputs, { key: 'tone', type: 'text', required: true }],
  });
  const { status, comment } = repository.check();
  assert.is(status, 1);
  assert.match(comment, /\*\*What may break\*\*\n\n.*"tone" is new and required/);
});

withGit('tests are run: a failed one, and too little coverage, fail, and a page says which', () => {
  const of = (outputs) => ({
    subject: 'greet.flow.json',
    cases: [{ id: 'greets', inputs: { name: 'Ada' }, expect: { outputs } }],
  });
  const good = new Repository();
  good.write('flows/greet.test.json', of({ text: 'Hello Ada' }));
  const passed = good.check();
  assert.is(passed.status, 0, passed.told);
  assert.equal(passed.pages, ['tests.html']);
  const bad = new Repository();
  bad.write('flows/greet.test.json', of({ text: 'Bye Ada' }));
  const failed = bad.check();
  assert.is(failed.status, 1);
  assert.match(failed.told, 'flows/greet/greets');
  const bare = new Repository();
  bare.write('flows/idle.flow.json', { ...GREET, id: 'idle' });
  bare.write('flows/greet.test.json', { subject: '.', run: 'idle', cases: of({ text: 'Hello Ada' }).cases });
  const low = bare.check();
  assert.is(low.status, 1);
  assert.match(low.told, /coverage of cards is 50 %, below 60 %/);
});

withGit('a faulty file fails', () => {
  const repository = new Repository();
  repository.write('flows/greet.flow.json', '{"flowdeck": 1,');
  const { status, told } = repository.check();
  assert.is(status, 1);
  assert.match(told, 'flows/greet.flow.json');
});

test.run();
