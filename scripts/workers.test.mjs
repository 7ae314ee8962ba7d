/** What is promised of tests in several threads: what is told does not depend on how many, and a thread that is lost fails the case that it ran. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const COMMAND = resolve(dirname(fileURLToPath(import.meta.url)), '../packages/cli/bin/flowdeck.js');

const GREET = {
  flowdeck: 1,
  id: 'greet',
  type: 'helper',
  inputs: [{ key: 'name', type: 'text' }],
  outputs: [{ key: 'greeting', type: 'text' }],
  cards: [
    { id: 'text', card: 'text.compose', in: { template: 'Hello {{name}}!', name: { from: '/inputs/name' } } },
    { card: 'flow.return', in: { greeting: { from: '/text/output' } } },
  ],
};
const greeting = (name, said = `Hello ${name}!`) => ({
  id: name,
  inputs: { name },
  expect: { outputs: { greeting: said } },
});
const names = (count, prefix) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const FILES = {
  'greet.flow.json': GREET,
  'a.test.json': { subject: 'greet.flow.json', cases: names(100, 'a').map((name) => greeting(name)) },
  'b.test.json': {
    subject: 'greet.flow.json',
    cases: names(100, 'b').map((name, index) => greeting(name, index % 50 === 33 ? 'Go away.' : undefined)),
  },
  'c.test.json': { subject: 'gone.flow.json', cases: [greeting('c')] },
};

/** Writes the files, runs the tests in so many threads, and gives all that is told and written. */
function told(files, workers, more, written = []) {
  const cwd = mkdtempSync(join(tmpdir(), 'flowdeck-workers-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
    }
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
    const args = [COMMAND, 'test', '--workers', `${workers}`, ...more];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env });
    return { status, stdout, stderr, written: written.map((name) => readFileSync(join(cwd, name), 'utf8')) };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

test('what is told and written is the same to the byte, in however many threads', () => {
  const written = ['junit.xml', 'page.html', 'lcov.info'];
  const more = ['--junit', 'junit.xml', '--report', 'page.html', '--lcov', 'lcov.info'];
  const alone = told(FILES, 1, more, written);
  assert.is(alone.status, 1);
  assert.match(alone.stdout, '3 failed, 198 passed');
  for (const workers of [2, 4]) assert.equal(told(FILES, workers, more, written), alone, `${workers} threads`);
});

test('with --bail nothing is told of cases behind the first that fails, whoever ran them', () => {
  const alone = told(FILES, 1, ['--bail', '--json']);
  const { passed, failed } = JSON.parse(alone.stdout).totals;
  assert.equal([passed, failed], [133, 1]);
  assert.equal(told(FILES, 3, ['--bail', '--json']), alone);
});

test('a thread that is lost fails the case that it ran, and no other', () => {
  // The card answers in the first thread, as soon as it has ended another one.
  const pack = `import { isMainThread } from 'node:worker_threads';
import { existsSync, writeFileSync } from 'node:fs';
const gone = new URL('gone', import.meta.url);
const run = async () => {
  if (!isMainThread) { writeFileSync(gone, ''); process.exit(7); }
  while (!existsSync(gone)) await new Promise((resolve) => setImmediate(resolve));
};
export default { name: 'p', namespace: 'p', version: '1.0.0', cards: [{ id: 'p.end', title: 'End', description: 'Ends its thread.', kind: 'effect', inputs: [], outputs: [], run }] };`;
  const cases = names(8, 'a').map((id) => ({ id, subject: 'end.flow.json', expect: { status: 'success' } }));
  const end = { flowdeck: 1, id: 'end', type: 'helper', cards: [{ card: 'p.end' }] };
  const files = { 'end.flow.json': end, 'a.test.json': { cases }, 'pack.mjs': pack };
  const { status, stdout } = told(files, 2, ['--pack', './pack.mjs']);
  assert.is(status, 1);
  assert.match(stdout, '1 failed, 7 passed');
  assert.match(stdout, 'The thread that ran it ended: its exit code is 7');
});

test('a number of threads that is none is refused', () => {
  for (const workers of ['0', 'many', '65']) {
    const { status, stderr } = told(FILES, workers, []);
    assert.is(status, 2);
    assert.match(stderr, `--workers "${workers}" is no number from 1 to 64.`);
  }
});

test.run();
