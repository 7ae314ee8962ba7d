/** `flowdeck work` and the commands that speak with it, on every runtime that is there: runs outlive their workers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PLACES } from '../../test/places.js';
import { Directory, flowdeck, flowdeckIn, type Ran } from '../../test/support.js';
import { startWorker } from '../../test/worker.js';

const DECK = {
  flowdeck: 1,
  flows: [
    {
      id: 'order',
      type: 'manual',
      inputs: [
        { key: 'name', type: 'text' },
        { key: 'url', type: 'text' },
      ],
      outputs: [{ key: 'said', type: 'text' }],
      cards: [
        { id: 'first', card: 'http.get', in: { url: { from: '/inputs/url' }, query: { value: { at: 'before' } } } },
        { id: 'ask', card: 'control.pause', in: { message: 'Approve' }, outputs: [{ key: 'by', type: 'text' }] },
        { id: 'then', card: 'http.get', in: { url: { from: '/inputs/url' }, query: { value: { at: 'after' } } } },
        { card: 'flow.return', in: { said: { from: '/ask/by' } } },
      ],
    },
    { id: 'fails', type: 'manual', cards: [{ card: 'flow.returnError', in: { message: 'On purpose.' } }] },
  ],
};

/** All is sealed on the way. */
const KEY = Buffer.alloc(32, 7).toString('base64');

/** Counts what comes, and resolves when it has. */
async function effectCounter() {
  const seen: string[] = [];
  const waiting = new Map<string, () => void>();
  const server = createServer((request, response) => {
    const at = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('at') ?? '';
    seen.push(at);
    waiting.get(at)?.();
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    seen,
    address: `127.0.0.1:${port}`,
    arrival: (at: string) =>
      seen.includes(at) ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(at, resolve)),
    close: () => server.close(),
  };
}

for (const [name, open] of Object.entries(PLACES)) {
  if (typeof open === 'string') {
    console.warn(`SKIPPED: flowdeck work on ${name}: ${open}`);
    continue;
  }
  test(`${name}: a run outlives its worker, and is listed, shown, signalled and cancelled`, async () => {
    const directory = new Directory({ 'deck.flow.json': DECK, key: KEY });
    const effects = await effectCounter();
    const place = await open(directory.path);
    const cwd = directory.path;
    const runtime = ['--runtime', place.address];
    const start = () =>
      startWorker(cwd, [
        'deck.flow.json',
        '--key-file',
        'key',
        ...runtime,
        ...place.workerArgs,
        '--allow-host',
        effects.address,
      ]);
    const ask = (...argv: string[]): Promise<Ran> => flowdeck([...argv, ...runtime, '--key-file', 'key'], { cwd });
    const order = (id: string) =>
      ask(...['run', 'deck.flow.json', '--flow', 'order', '--run-id', id, '--json'], ...given, '--detach');
    const given = ['--input', `url=http://${effects.address}/`];
    try {
      const first = await start();
      const begun = await order('one');
      assert.is(begun.code, 0, begun.stdout);
      await effects.arrival('before');
      const listed = JSON.parse((await ask('runs', 'list', '--flow', 'order', '--json')).stdout);
      assert.equal(
        listed.runs.map(({ runId, flow, status }: RunLine) => [runId, flow, status]),
        [['one', 'order', 'running']],
      );
      await first.end('SIGKILL');

      const second = await start();
      const signalled = await ask('runs', 'signal', 'one', '--value', '{"by": "Ann"}');
      assert.is(signalled.code, 0, signalled.stderr);
      const followed = await ask('run', 'deck.flow.json', '--flow', 'order', '--run-id', 'one', '--json', ...given);
      assert.is(followed.code, 0, followed.stderr);
      assert.equal(JSON.parse(followed.stdout), {
        status: 'success',
        outputs: { said: 'Ann' },
        error: null,
        runId: 'one',
      });
      assert.is(effects.seen.filter((at) => at === 'after').length, 1, 'the same run, started twice, is one');

      const failed = await ask('run', 'deck.flow.json', '--flow', 'fails', '--run-id', 'two');
      assert.is(failed.code, 1, failed.stderr);
      assert.match(failed.stderr, /On purpose/);
      assert.match((await ask('runs', 'show', 'two')).stdout, /two {2}fails.*error[\s\S]*On purpose/);

      assert.is((await order('three')).code, 0);
      assert.is((await ask('runs', 'cancel', 'three')).code, 0);
      const cancelled = await ask('run', 'deck.flow.json', '--flow', 'order', '--run-id', 'three', ...given);
      assert.is(cancelled.code, 4, cancelled.stderr);
      assert.match((await ask('runs', 'show', 'three')).stdout, /cancelled/);
      const again = await Promise.all(['one', 'three'].map((runId) => ask('runs', 'cancel', runId)));
      assert.equal(
        again.map(({ code, stdout }) => [code, stdout]),
        [
          [0, 'one has ended already: success\n'],
          [0, 'three has ended already: cancelled\n'],
        ],
      );

      for (const argv of [
        ['show', 'nobody'],
        ['cancel', 'nobody'],
        ['signal', 'nobody'],
      ]) {
        const absent = await ask('runs', ...argv);
        assert.is(absent.code, 2, absent.stderr);
        assert.match(absent.stderr, /run-absent/);
      }
      assert.is(await second.end('SIGTERM'), 0);
    } finally {
      effects.close();
      await place.close();
      directory.remove();
    }
  });
}

/** What `runs list --json` tells, as far as it is looked at. */
interface RunLine {
  readonly runId: string;
  readonly flow: string;
  readonly status: string;
}

test('what the worker of a journal does not hold, and a second worker of it, are refused', async () => {
  const changed = { ...DECK, flows: DECK.flows.filter(({ id }) => id === 'fails') };
  const directory = new Directory({ 'deck.flow.json': DECK, 'other/deck.flow.json': changed });
  const cwd = directory.path;
  const runtime = ['--runtime', 'journal:runs'];
  const worker = await startWorker(cwd, ['deck.flow.json', ...runtime]);
  const order = ['run', 'deck.flow.json', '--flow', 'order', ...runtime];
  try {
    for (const [argv, code, exit] of [
      [['run', 'other/deck.flow.json', ...runtime], 'revision-missing', 2],
      [['run', 'deck.flow.json', '--flow', 'nobody', ...runtime], 'unknown-flow', 2],
      [[...order, '--input', 'nothing=1'], 'unknown-input', 2],
      [['runs', 'signal', 'one', '--value', '{by: Ann}', ...runtime], 'host-option', 2],
      [['work', 'deck.flow.json', ...runtime], 'journal-locked', 2],
      [['work', 'deck.flow.json', '--runtime', 'journal:deck.flow.json'], 'file-unwritable', 2],
    ] as const) {
      const ran = await flowdeck(argv, { cwd });
      assert.is(ran.code, exit, `${argv.join(' ')}: ${ran.stderr}`);
      assert.match(ran.stderr, code);
    }
    assert.equal(await worker.end('SIGTERM'), 0);
    const decks = JSON.stringify((await startedAgain(cwd, runtime)).sort());
    assert.is(decks, JSON.stringify([worker.told['revision'], await revisionOf(cwd, runtime)].sort()));
  } finally {
    await worker.end('SIGKILL');
    directory.remove();
  }
});

/** The revisions that a worker of the changed deck holds: those of the earlier one, too. */
async function startedAgain(cwd: string, runtime: readonly string[]): Promise<string[]> {
  const worker = await startWorker(cwd, ['other/deck.flow.json', ...runtime]);
  await worker.end('SIGTERM');
  return worker.told['revisions'] as string[]; // what the command prints
}

async function revisionOf(cwd: string, runtime: readonly string[]): Promise<string> {
  const worker = await startWorker(cwd, ['other/deck.flow.json', ...runtime]);
  await worker.end('SIGTERM');
  return String(worker.told['revision']);
}

test('an interrupt ends the following, and the run goes on', async () => {
  const directory = new Directory({ 'deck.flow.json': DECK });
  const cwd = directory.path;
  const effects = await effectCounter();
  const runtime = ['--runtime', 'journal:runs'];
  const worker = await startWorker(cwd, ['deck.flow.json', ...runtime, '--allow-host', effects.address]);
  const interrupt = new AbortController();
  try {
    const argv = ['run', 'deck.flow.json', '--flow', 'order', '--run-id', 'one', ...runtime];
    const following = flowdeck([...argv, '--input', `url=http://${effects.address}/`], {
      cwd,
      signal: interrupt.signal,
    });
    await effects.arrival('before');
    interrupt.abort();
    const { code, stderr } = await following;
    assert.is(code, 4, stderr);
    assert.match(stderr, /run one goes on; it is no longer followed/);
    assert.match((await flowdeck(['runs', 'show', 'one', ...runtime], { cwd })).stdout, /running/);
  } finally {
    await worker.end('SIGTERM');
    effects.close();
    directory.remove();
  }
});

test('a runtime where nobody is says so', async () => {
  const dead: Readonly<Record<string, RegExp>> = {
    'journal:nothing': /none is at work.*flowdeck work/s,
    'restate://127.0.0.1:1?admin=127.0.0.1:1': /Restate at http:\/\/127\.0\.0\.1:1 cannot be reached/,
    'postgres://nobody@127.0.0.1:1/flows': /The database cannot be reached/,
  };
  for (const [address, told] of Object.entries(dead)) {
    const ran = await flowdeckIn({ 'deck.flow.json': DECK }, ['runs', 'list', '--runtime', address]);
    assert.is(ran.code, 2, ran.stderr);
    assert.match(ran.stderr, told);
    assert.match(ran.stderr, /runtime-away/);
  }
});

test('an address that no runtime is at is refused, without showing what may be its password', async () => {
  for (const address of [
    'redis://u:secret@h',
    'restate://u:secret@h:1',
    'restate://h?token=secret',
    'journal:',
    'postgres://[secret',
  ]) {
    const ran = await flowdeckIn({}, ['runs', 'list', '--runtime', address]);
    assert.is(ran.code, 2, ran.stderr);
    assert.match(ran.stderr, /runtime-option/);
    assert.not.match(ran.stderr, /secret/);
  }
});

test('an option of the wrong side is refused', async () => {
  const files = { 'deck.flow.json': DECK };
  const run = ['run', 'deck.flow.json', '--flow', 'order'];
  const elsewhere = [...run, '--runtime', 'journal:runs'];
  for (const argv of [
    [...elsewhere, '--journal', 'runs'],
    [...elsewhere, '--run-id', 'a/b'],
    [...run, '--detach'],
    ['work', 'deck.flow.json'],
    ['work', 'deck.flow.json', '--runtime', 'restate://h', '--port', '70000'],
    ['work', 'deck.flow.json', '--runtime', 'restate://h', '--address', 'h'],
  ]) {
    const ran = await flowdeckIn(files, argv);
    assert.is(ran.code, 2, ran.stderr);
    assert.match(ran.stderr, /runtime-option/);
  }
});

test.run();
