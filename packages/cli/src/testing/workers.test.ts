/** What is promised of tests in several threads: what is told does not depend on how many, and a thread that is lost fails its case. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseReport } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck, GREET } from '../../test/support.js';
import { readArguments } from '../arguments.js';
import { TEST_SPEC } from '../commands/table-test.js';
import { chooseCases } from './choose.js';
import { readTestFiles } from './files.js';
import { withLost } from './run.js';
import { Work } from './work.js';
import { startWorkers } from './workers.js';

const silent = { write: () => {}, isTTY: false, columns: 80, rows: 24 };
const nobody = {
  stdout: silent,
  stderr: silent,
  stdin: async () => new Uint8Array(),
  env: {},
  signal: new AbortController().signal,
};

const greeting = (name: string, said = `Hello ${name}!`) => ({
  id: name,
  inputs: { name },
  expect: { outputs: { greeting: said } },
});
const names = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const FILES = {
  'greet.flow.json': GREET,
  'a.test.json': { subject: 'greet.flow.json', cases: names(12, 'a').map((name) => greeting(name)) },
  'b.test.json': {
    subject: 'greet.flow.json',
    cases: names(12, 'b').map((name, index) => greeting(name, index % 5 === 3 ? 'Go away.' : undefined)),
  },
  'c.test.json': { subject: 'gone.flow.json', cases: [greeting('c')] },
};

/** Everything that is written, in so many threads. */
async function told(workers: number, more: readonly string[] = []) {
  const directory = new Directory(FILES);
  try {
    const { path: cwd } = directory;
    const written = ['junit.xml', 'page.html', 'lcov.info'];
    const files = ['--junit', 'junit.xml', '--report', 'page.html', '--lcov', 'lcov.info'];
    const ran = await flowdeck(['test', '--workers', `${workers}`, ...files, ...more], { cwd });
    return { ...ran, files: written.map((name) => readFileSync(join(cwd, name), 'utf8')) };
  } finally {
    directory.remove();
  }
}

test('what is told and written is the same to the byte, in however many threads', async () => {
  const alone = await told(1);
  assert.is(alone.code, 1);
  assert.match(alone.stdout, /3 failed, 22 passed/);
  for (const workers of [2, 3]) assert.equal(await told(workers), alone, `${workers} threads`);
});

test('with --bail nothing is told of cases behind the first that fails, whoever ran them', async () => {
  const alone = await told(1, ['--bail', '--json']);
  assert.is(JSON.parse(alone.stdout).totals.passed, 15);
  assert.is(JSON.parse(alone.stdout).totals.failed, 1);
  assert.equal(await told(2, ['--bail', '--json']), alone);
});

test('a thread that is lost says why, and the cases that it took fail', async () => {
  const directory = new Directory(FILES);
  try {
    const io = { ...nobody, cwd: directory.path };
    const { files } = await readTestFiles(['a.test.json'], io);
    const cases = chooseCases(files, readArguments(TEST_SPEC, []), io);
    rmSync(join(directory.path, 'a.test.json'));
    const { work, memory } = Work.of(cases.length);
    const settings = { isMeasured: false };
    const reports: CaseReport[] = [];
    const why = await startWorkers(1, { cases, memory, settings, bail: false, packs: [], io }, reports).ended;
    assert.match(why ?? '', 'There is no file or directory "a.test.json".');
    assert.equal(reports, []);
    assert.is(work.take(), 1, 'it took the first');
    const all = withLost(cases.slice(0, 1), reports, why ?? '');
    assert.equal(
      all.map(({ id, status, failures }) => [id, status, failures[0]?.message]),
      [['a0', 'failed', `The thread that ran it ended: ${why}`]],
    );
  } finally {
    directory.remove();
  }
});

test('a number of threads that is none is refused', async () => {
  for (const workers of ['0', '-1', 'many', '65']) {
    const { code, stderr } = await flowdeck(['test', `--workers=${workers}`]);
    assert.is(code, 2);
    assert.match(stderr, `--workers "${workers}" is no number from 1 to 64.`);
  }
});

test.run();
