/** A run that waits long has no life on the journal meanwhile, and nobody who follows it can tell. */
import { cpSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import {
  createEngine,
  defineCard,
  definePack,
  type Engine,
  type EngineOptions,
  type FlowEvent,
  type RunHandle,
  type RunLife,
  type RunOptions,
  type RunResult,
  type Runtime,
} from '@flowdeck/engine';
import { idle, ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rejection, until, withDirectory } from '../../test/support.js';
import { fileJournal } from './open.js';
import type { FileJournal } from './types.js';

const HOUR = 3_600_000;

let performed: string[] = [];
const act = defineCard({
  id: 'sleep.act',
  title: 'Act',
  description: 'Notes that it was performed.',
  kind: 'effect',
  inputs: [{ key: 'what', type: 'text', default: 'act' }],
  outputs: [{ key: 'output', type: 'text' }],
  async run(what, ctx) {
    performed.push(ctx.key);
    if (what === 'fail' && performed.length === 1) throw new Error('Not now.');
    return { output: what };
  },
});
const say = defineCard({
  id: 'sleep.say',
  title: 'Say',
  description: 'Writes into the log.',
  kind: 'control',
  inputs: [],
  outputs: [],
  async run(ctx) {
    ctx.logger.log('info', 'said');
    return {};
  },
});
const packs = [standard, definePack({ name: 'sleep', namespace: 'sleep', version: '1.0.0', cards: [act, say] })];

const flow = (id: string, cards: readonly object[], more: object = {}) => ({ id, type: 'manual', cards, ...more });
const waitFor = (id: string, delay: number | object, unit = 'second') => ({
  id,
  card: 'control.waitFor',
  in: { delay, unit },
});
const DECK = {
  flowdeck: 1,
  flows: [
    flow('hour', [
      { id: 'before', card: 'sleep.act' },
      { id: 'say', card: 'sleep.say' },
      waitFor('wait', 1, 'hour'),
      { id: 'after', card: 'sleep.act' },
    ]),
    flow('short', [waitFor('wait', 9)]),
    flow('items', [
      {
        id: 'each',
        card: 'list.forEach',
        in: { list: { value: [7200, 20, 3600, 1] }, flow: { flow: 'item' }, concurrency: 3, seconds: { item: '' } },
      },
      { id: 'after', card: 'sleep.act' },
    ]),
    {
      id: 'item',
      type: 'helper',
      inputs: [{ key: 'seconds', type: 'number' }],
      cards: [
        { id: 'before', card: 'sleep.act' },
        waitFor('wait', { from: '/inputs/seconds' }),
        { id: 'after', card: 'sleep.act' },
      ],
    },
    flow('beside', [
      { id: 'start', card: 'flow.callAsync', in: { flow: { flow: 'item' }, seconds: 3600 } },
      { id: 'main', card: 'sleep.act' },
    ]),
    flow('called', [{ id: 'call', card: 'flow.call', in: { flow: { flow: 'item' }, seconds: 3600 } }]),
    flow('retried', [
      {
        id: 'try',
        card: 'sleep.act',
        in: { what: 'fail' },
        onError: { retry: { times: 1, delay: HOUR, maxDelay: HOUR, when: 'all' } },
      },
    ]),
    flow(
      'asked',
      [
        {
          ...{ id: 'ask', card: 'control.pause', in: { message: 'Is it right?' } },
          outputs: [{ key: 'by', type: 'text' }],
        },
        { id: 'after', card: 'sleep.act' },
        { card: 'flow.return', in: { by: { from: '/ask/by' } } },
      ],
      { outputs: [{ key: 'by', type: 'text' }] },
    ),
  ],
};

/** A runtime that has no run suspended. */
function keeping(journal: FileJournal): Runtime {
  return {
    transient: false,
    open: (record, { signal }) => journal.open(record, { signal }),
    close: (runId, end) => journal.close(runId, end),
    signal: (runId, name, value) => journal.signal(runId, name, value),
  };
}

/** A runtime that tells how often a life is given up. */
function counting(journal: FileJournal): Runtime & { readonly suspended: () => number } {
  let suspended = 0;
  const counted = (life: RunLife): RunLife => {
    const { signal, suspend } = life;
    if (suspend === undefined) return life;
    return {
      signal,
      suspend(reopen) {
        const given = suspend((next) => reopen(counted(next)));
        if (given !== null) suspended++;
        return given;
      },
    };
  };
  return {
    ...keeping(journal),
    open: (record, life) => journal.open(record, counted(life)),
    suspended: () => suspended,
  };
}

interface Followed {
  readonly clock: ManualClock;
  readonly engine: Engine;
  readonly handle: RunHandle;
  readonly events: FlowEvent[];
  readonly logs: string[];
  readonly answers: unknown[];
  /** Lets time pass. After each span, what takes a turn of the disk has it. */
  pass(...spans: number[]): Promise<void>;
  result(): Promise<RunResult>;
}

function follow(
  clock: ManualClock,
  journal: FileJournal | null,
  runtime: Runtime | undefined,
  options: RunOptions,
  ports: EngineOptions['ports'] = {},
) {
  const events: FlowEvent[] = [];
  const logs: string[] = [];
  const answers: unknown[] = [];
  const logger = { log: (_level: string, message: string) => void logs.push(message) };
  const engine = createEngine({ packs, ports: { clock, logger, ...ports, ...(runtime !== undefined && { runtime }) } });
  const handle = engine.start(engine.load(DECK), {
    runId: 'r',
    // How often progress is told counts from the beginning of each life.
    onEvent: (event) => void (event.type !== 'progress' && events.push(event)),
    onAnswer: (answer) => answers.push(answer),
    ...options,
  });
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  handle.result.then(over, over);
  // The disk takes as long as it takes.
  const settle = async () => {
    await idle();
    if (journal !== null) await until(() => isOver || journal.isAtRest('r'));
  };
  const followed: Followed = {
    ...{ clock, engine, handle, events, logs, answers },
    async pass(...spans) {
      for (const span of spans) {
        await settle();
        await clock.advance(span);
      }
      await settle();
    },
    result: () => handle.result,
  };
  return followed;
}

interface OnJournal extends Followed {
  readonly journal: FileJournal;
  readonly dir: string;
  suspended(): number;
}

/** Calls `act` with a run on a journal, its clock standing still. */
async function onJournal(
  options: RunOptions,
  act: (run: OnJournal) => Promise<void>,
  ports: EngineOptions['ports'] = {},
): Promise<void> {
  await withDirectory(async (dir) => {
    performed = [];
    const clock = new ManualClock();
    const journal = await fileJournal({ dir, clock });
    const runtime = counting(journal);
    try {
      await act({ ...follow(clock, journal, runtime, options, ports), journal, dir, suspended: runtime.suspended });
    } finally {
      await journal.shutdown();
    }
    assert.is(clock.pending, 0, 'no timer is left');
  });
}

/** What is the same wherever a run lives. */
const told = ({ durationMs: _, ...result }: RunResult) => JSON.stringify(result);

for (const [name, { lives, spans, effects }] of Object.entries({
  hour: { lives: 1, spans: [HOUR], effects: 2 },
  called: { lives: 1, spans: [HOUR], effects: 2 },
  beside: { lives: 1, spans: [HOUR], effects: 3 },
  retried: { lives: 1, spans: [HOUR], effects: 2 },
  // Two wait when a third begins a short wait, goes on, and the fourth begins.
  items: { lives: 3, spans: [20_000, 1_000, HOUR - 21_000, HOUR], effects: 9 },
  short: { lives: 0, spans: [9_000], effects: 0 },
})) {
  test(`"${name}" gives up ${lives} lives, and nobody can tell`, async () => {
    performed = [];
    const inMemory = follow(new ManualClock(), null, undefined, { flow: name });
    await inMemory.pass(...spans);
    const expected = told(await inMemory.result());
    let events: readonly FlowEvent[] = [];
    await withDirectory(async (dir) => {
      performed = [];
      const clock = new ManualClock();
      const journal = await fileJournal({ dir, clock });
      const kept = follow(clock, journal, keeping(journal), { flow: name });
      await kept.pass(...spans);
      assert.is(told(await kept.result()), expected);
      events = kept.events;
      await journal.shutdown();
    });
    await onJournal({ flow: name }, async (run) => {
      await run.pass(...spans);
      const result = await run.result();
      assert.is(told(result), expected);
      assert.is(
        result.durationMs,
        spans.reduce((sum, span) => sum + span),
      );
      assert.equal(run.events, events, 'each event once, with its times');
      assert.equal(run.logs, inMemory.logs);
      assert.is(performed.length, effects);
      assert.is(new Set(performed).size, effects, 'none of them twice');
      assert.is(run.suspended(), lives);
      assert.is((await run.journal.result('r'))?.status, 'success');
    });
  });
}

test('a signal wakes a run that has no life, and one that it does not wait for is kept', async () => {
  await onJournal({ flow: 'asked' }, async ({ pass, handle, journal, answers, events, suspended }) => {
    await pass(5_000);
    assert.is(suspended(), 1);
    assert.ok(journal.isAtRest('r'));
    await handle.signal('other', {});
    await pass(5_000);
    assert.is(suspended(), 2);
    await handle.signal('resume', { by: 'ada' });
    const result = await handle.result;
    assert.equal(result.outputs, { by: 'ada' });
    assert.is(answers.length, 1, 'the starter is answered once');
    assert.is(events.filter(({ type }) => type === 'execution').length, 2);
    assert.is(performed.length, 1);
  });
});

for (const [how, cancel] of Object.entries({
  'its handle': ({ handle }: OnJournal) => handle.cancel('Enough.'),
  'the signal of its host': (_: OnJournal, host: AbortController) => host.abort(new Error('Enough.')),
})) {
  test(`${how} cancels a run that has no life, where it waits`, async () => {
    const host = new AbortController();
    await onJournal({ flow: 'items', signal: host.signal }, async (run) => {
      await run.pass(5_000);
      const lives = run.suspended();
      assert.is(lives, 1);
      cancel(run, host);
      const { status, error } = await run.result();
      assert.equal([status, error?.code, error?.message], ['cancelled', 'cancelled', 'Enough.']);
      assert.is(error?.at['card'], 'wait');
      const last = run.events.at(-1);
      assert.is(last?.type === 'execution' && last.phase === 'ended' && last.status, 'cancelled');
      assert.is((await run.journal.result('r'))?.status, 'cancelled');
    });
  });
}

test('the time of a run goes on while it has no life', async () => {
  await onJournal({ flow: 'hour', limits: { wallTimeMs: 60_000 } }, async ({ pass, handle, suspended, events }) => {
    await pass(59_000);
    assert.is(suspended(), 1);
    await pass(1_001);
    const { status, error, durationMs } = await handle.result;
    assert.equal([status, error?.code], ['error', 'limit']);
    assert.ok(durationMs >= 60_000 && durationMs < 62_000);
    assert.is(events.filter(({ type }) => type === 'execution').length, 2);
  });
});

test('when the journal is shut down a run that has no life is left, as any other, and the next process goes on', async () => {
  await onJournal({ flow: 'hour' }, async ({ pass, handle, journal, suspended, clock, dir }) => {
    await pass(5_000);
    assert.is(suspended(), 1);
    assert.equal(await journal.unfinished(), [], 'it is in progress here');
    await journal.shutdown();
    assert.is((await rejection(handle.result)).code, 'journal-closed');
    const next = await fileJournal({ dir, clock });
    assert.equal(
      (await next.unfinished()).map(({ runId }) => runId),
      ['r'],
    );
    const again = follow(clock, next, next, { flow: 'hour', startedAt: clock.now() - 5_000 });
    await again.pass(HOUR);
    assert.is((await again.result()).status, 'success');
    assert.is(performed.length, 2);
    await next.shutdown();
  });
});

test('a process that is killed while a run has no life loses nothing of it', async () => {
  await onJournal({ flow: 'items' }, async ({ pass, dir, suspended, handle }) => {
    await pass(30_000);
    assert.ok(suspended() > 0);
    const before = [...performed];
    await withDirectory(async (copy) => {
      cpSync(dir, copy, { recursive: true, filter: (path) => !path.endsWith('lock') });
      const clock = new ManualClock();
      await clock.advance(30_000);
      const journal = await fileJournal({ dir: copy, clock });
      const again = follow(clock, journal, journal, { flow: 'items', startedAt: clock.now() - 30_000 });
      await again.pass(HOUR, HOUR);
      assert.is((await again.result()).status, 'success');
      assert.is(performed.length, 9);
      assert.equal(performed.slice(0, before.length), before);
      await journal.shutdown();
    });
    handle.cancel();
    await handle.result;
  });
});

test('a run that has no life is not begun again by another', async () => {
  await onJournal({ flow: 'hour' }, async ({ pass, engine, handle }) => {
    await pass(5_000);
    const second = await engine.run(engine.load(DECK), { runId: 'r', flow: 'hour' });
    assert.is(second.error?.code, 'journal-run-open');
    handle.cancel();
    await handle.result;
  });
});

test('a run that is woken while the journal is shut down is left to the next process', async () => {
  await onJournal({ flow: 'hour' }, async ({ pass, handle, journal, suspended }) => {
    await pass(5_000);
    assert.is(suspended(), 1);
    handle.cancel();
    const closing = journal.shutdown();
    assert.is((await rejection(handle.result)).code, 'journal-closed');
    await closing;
  });
});

test('a run goes on with the connection that it began with, whatever became of it meanwhile', async () => {
  let asked = 0;
  const connections = {
    async get() {
      if (asked++ > 0) throw new Error('The connection is gone.');
      return { connector: 'acme', auth: { token: 'hunter2hunter2' } };
    },
  };
  await onJournal(
    { flow: 'hour', connection: 'main' },
    async ({ pass, handle, suspended }) => {
      await pass(HOUR);
      assert.is((await handle.result).status, 'success');
      assert.equal([suspended(), asked], [1, 1]);
    },
    { connections },
  );
});

test('cards that are intercepted are not performed again unseen: such a run keeps its life', async () => {
  await withDirectory(async (dir) => {
    const clock = new ManualClock();
    const journal = await fileJournal({ dir, clock });
    const runtime = counting(journal);
    const engine = createEngine({
      packs,
      ports: { clock, runtime },
      interceptors: { control: [(_card, next) => next()] },
    });
    const { result } = engine.start(engine.load(DECK), { runId: 'r', flow: 'hour' });
    await journal.nextRest('r');
    for (let step = 0; step < 10; step++) await clock.advance(HOUR / 10);
    assert.is((await result).status, 'success');
    assert.is(runtime.suspended(), 0);
    await journal.shutdown();
  });
});

test.run();
