/** What is promised of the process: exit codes, an interrupt, readers that go away. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowOf, GREET } from '../test/support.js';

const BIN = fileURLToPath(new URL('../test/flowdeck.ts', import.meta.url));
const LOADER = import.meta.resolve('tsx');
const CONFIG = fileURLToPath(new URL('../tsconfig.json', import.meta.url));

function start(argv: readonly string[], cwd: string): ChildProcess {
  // The test runner sets FORCE_COLOR, and Node warns when both are set.
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const env = { ...inherited, TSX_TSCONFIG_PATH: CONFIG, NO_COLOR: '1' };
  return spawn(process.execPath, ['--import', LOADER, BIN, ...argv], { cwd, env, stdio: 'pipe' });
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Waits for the end. `watch` sees standard error as it grows. */
function ended(child: ChildProcess, watch: (stderr: string) => void = () => {}): Promise<Ended> {
  const read = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => {
    read.stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    read.stderr += chunk;
    watch(read.stderr);
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, ...read }));
  });
}

test('the process ends with the exit code, its output complete', async () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `name ${index}`);
  const echo = flowOf([{ card: 'flow.return', in: { names: { from: '/inputs/names' } } }], {
    inputs: [{ key: 'names', type: 'text', list: true }],
  });
  const directory = new Directory({ 'echo.flow.json': echo, 'in.json': { names } });
  const fine = await ended(start(['run', 'echo.flow.json', '--inputs', 'in.json', '--json'], directory.path));
  const faulty = await ended(start(['validate', 'in.json'], directory.path));
  directory.remove();
  assert.equal([fine.code, fine.stderr], [0, '']);
  assert.equal(JSON.parse(fine.stdout).outputs.names, names);
  assert.is(faulty.code, 3);
});

test('standard input is read', async () => {
  const directory = new Directory();
  const child = start(['run', '-', '--input', 'name=Ada'], directory.path);
  child.stdin?.end(JSON.stringify(GREET));
  const { code, stdout, stderr } = await ended(child);
  directory.remove();
  assert.is(code, 0, stderr);
  assert.equal(JSON.parse(stdout), { greeting: 'Hello Ada!' });
});

test('an interrupt cancels the run: exit code 4', async () => {
  const cards = [
    { id: 'first', card: 'text.compose', in: { template: 'x' } },
    { id: 'long', card: 'control.waitFor', in: { delay: 1, unit: 'hour' } },
  ];
  const directory = new Directory({ 'a.flow.json': flowOf(cards) });
  const child = start(['run', 'a.flow.json'], directory.path);
  let interrupted = false;
  const { code, stderr } = await ended(child, (text) => {
    if (interrupted || !text.includes('first')) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  directory.remove();
  assert.is(code, 4, stderr);
  assert.ok(stderr.includes('[cancelled]'), stderr);
});

test('a reader that goes away ends the output quietly', async () => {
  const directory = new Directory();
  const child = start(['cards', '--json'], directory.path);
  child.stdout?.destroy();
  const { code, stderr } = await ended(child);
  directory.remove();
  assert.equal([code, stderr], [0, '']);
});

/** Each of these keeps its processor busy for minutes, and never waits for anything. */
const sort = { card: 'list.sort', in: { list: { from: '/inputs/l' } } };
const HOSTILE: Readonly<Record<string, readonly [NodeJS.Signals, readonly object[]]>> = {
  'a loop over cards that take long': [
    'SIGTERM',
    [{ card: 'control.repeat', in: { count: 10_000, flow: { flow: 'h' }, l: { from: '/list/v' } } }],
  ],
  'flows that start each other': [
    'SIGINT',
    [{ card: 'flow.callAsync', in: { flow: { flow: 'h' }, l: { from: '/list/v' } } }],
  ],
  'a row of expressions': [
    'SIGTERM',
    Array.from({ length: 1_000 }, () => ({
      card: 'control.assign',
      in: { n: { expr: '$count([1..50000].($ * 2))' } },
    })),
  ],
};

for (const [name, [signal, cards]] of Object.entries(HOSTILE)) {
  test(`${signal} is heard during ${name}`, async () => {
    const main = [
      { id: 'first', card: 'text.compose', in: { template: 'x' } },
      { id: 'list', card: 'control.assign', in: { v: { expr: '[1..20000].($string($ * 7919 % 100003))' } } },
      ...cards,
    ];
    const again = { card: 'flow.callAsync', in: { flow: { flow: 'h' }, l: { from: '/inputs/l' } } };
    const helper = {
      id: 'h',
      type: 'helper',
      inputs: [{ key: 'l', type: 'text', list: true }],
      cards: name.startsWith('flows') ? [sort, again] : [sort],
    };
    const deck = { flowdeck: 1, flows: [{ id: 'main', type: 'manual', cards: main }, helper] };
    const directory = new Directory({ 'a.flow.json': deck });
    const child = start(['run', 'a.flow.json'], directory.path);
    let sent = false;
    const { code, stderr } = await ended(child, (text) => {
      if (sent || !text.includes('list')) return;
      sent = true;
      child.kill(signal);
    });
    directory.remove();
    assert.is(code, 4, stderr);
    assert.ok(stderr.includes('[cancelled]'), stderr);
  });
}

test.run();
