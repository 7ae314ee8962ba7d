// The counts that `npm test` ends with: nothing that went wrong is lost on the way.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isOfAnyNode } from './any-node.mjs';
import { totalsOf } from './totals.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const head = `import { test } from 'uvu';\nimport * as assert from 'uvu/assert';\n`;

/** Runs files as the tests of a folder; it lies in the checkout, so that they find uvu. */
function run(files, pattern = '', env = {}) {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'tests-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const ran = spawnSync(process.execPath, [join(root, 'scripts/run-tests.mjs'), folder, pattern], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    const told = /^TESTS (.*)$/m.exec(ran.stdout)?.[1];
    return {
      code: ran.status,
      output: ran.stdout + ran.stderr,
      told: told === undefined ? undefined : JSON.parse(told),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const FILES = {
  'good.test.mjs': `${head}test('a', () => {});\ntest('b', () => {});\ntest.skip('c', () => {});\ntest.run();\n`,
  'bad.test.mjs': `${head}test('a', () => {});\ntest('no', () => assert.is(1, 2));\ntest.run();\n`,
  'broken.test.mjs': `import 'no-such-package';\n`,
  'idle.test.mjs': `${head}test('never', () => {});\n`,
  'hook.test.mjs': `${head}test.before(() => { throw new Error('no'); });\ntest('a', () => {});\ntest.run();\n`,
};

test('tests are counted; a file that cannot be loaded, or runs nothing, fails alone', () => {
  const { code, told, output } = run(FILES);
  assert.is(code, 1);
  assert.equal(
    { passed: told.passed, failed: told.failed, skipped: told.skipped },
    { passed: 3, failed: 4, skipped: 1 },
  );
  assert.is(told.slowest.length, 5);
  assert.match(output, 'broken.test.mjs cannot be run');
  assert.match(output, 'The file has no test.run().');
  assert.match(output, '1 of 1 tests did not run; a hook threw');
  assert.is(run(FILES, 'hook').code, 1);
});

test('what no Node changes is left out on another one, and only there', () => {
  const [left, kept] = ['scripts/house.test.mjs', 'scripts/install.test.mjs'];
  assert.equal(
    [left, kept].map((file) => isOfAnyNode(join(root, file))),
    [true, false],
  );
  const list = (env) =>
    spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/run-tests.mjs'), 'scripts', '^release'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  const again = list({ FLOWDECK_ANOTHER_NODE: '1' });
  assert.match(again.stdout, 'SKIPPED: 1 files of tests that no Node changes');
  assert.match(again.stdout, '"passed":0');
  assert.is(again.status, 0);
  assert.match(list({ FLOWDECK_ANOTHER_NODE: '' }).stdout, /"passed":[1-9]/);
});

test('a test that never ends is named, and ends the others', () => {
  const endless = `import { createServer } from 'node:net';\n${head}test('a', () => new Promise(() => createServer().listen(0, '127.0.0.1')));\ntest.run();\n`;
  const { code, output, told } = run({ 'endless.test.mjs': endless }, '', { FLOWDECK_TEST_LIMIT_MS: '300' });
  assert.equal([code, told.failed], [1, 1]);
  assert.match(output, 'endless.test.mjs is still not done');
});

test('what a test leaves open is told, and does not keep the others waiting', () => {
  const open = `import { createServer } from 'node:net';\n${head}test('a', () => void createServer().listen(0, '127.0.0.1'));\ntest.run();\n`;
  const { code, output, told } = run({ 'open.test.mjs': open }, '', { FLOWDECK_TEST_PATIENCE_MS: '1' });
  assert.equal([code, told.passed], [1, 1]);
  assert.match(output, /still open: .*TCPServerWrap/i);
});

test('a pattern chooses files, and choosing none is a failure', () => {
  assert.equal([run(FILES, 'good').code, run(FILES, 'good').told.passed], [0, 2]);
  assert.is(run(FILES, 'nothing').code, 1);
});

test('a process that ends before its tests have is a failure without counts', () => {
  const { code, told } = run({ 'exit.test.mjs': `${head}test('a', () => process.exit(0));\ntest.run();\n` });
  assert.is.not(code, 0);
  assert.is(told, undefined);
});

test('totals: a crash, a failed build and what was not begun each count as a failure', () => {
  const task = (taskId, exitCode) => ({
    taskId,
    task: taskId.split('#')[1],
    ...(exitCode === undefined ? {} : { execution: { exitCode } }),
  });
  const tasks = [
    task('a#build', 0),
    task('b#build', 1),
    task('a#test', 0),
    task('b#test'),
    task('c#test', 1),
    task('d#test', 1),
    task('//#lint', 0),
  ];
  const counts = new Map([
    ['a#test', { passed: 5, failed: 0, skipped: 1 }],
    ['c#test', { passed: 2, failed: 3, skipped: 0 }],
  ]);
  // 5 and 2 tests, and lint; 3 tests, and a build, b's tests that were not begun, d's crash.
  assert.equal(totalsOf(tasks, counts, ['test', 'lint']), { passed: 8, failed: 6, skipped: 1 });
});

test.run();
