/** The control cards against a context that records what they ask of the engine. */
import { type Answer, Leave, LimitError, RunError, type Value } from '@flowdeck/engine';
import { callingEach, FakeFlow, fakeContext, ManualClock, returned, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { continueIf } from './continue-if.js';
import { ifElse } from './if-else.js';
import { ifElseIf } from './if-else-if.js';
import { paginate } from './paginate.js';
import { pause } from './pause.js';
import { controlRepeat } from './repeat.js';
import { waitFor } from './wait-for.js';
import { waitUntil } from './wait-until.js';

const FLOW = new FakeFlow();

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return error instanceof RunError ? error.code : String(error);
  }
  return undefined;
}

const naming = (blockNames: readonly string[]) => fakeContext({ blockNames, runBlock: (name) => ({ ran: name }) });

test('If/Else runs one of two blocks and hands back what it gave', () => {
  const ctx = naming(['then', 'else']);
  assert.equal(runCard(ifElse, { left: 120, operator: '>', right: 100 }, ctx), { ran: 'then' });
  assert.equal(runCard(ifElse, { left: 1, operator: '>', right: 100 }, ctx), { ran: 'else' });
});

test('If/Else hands a Return inside a block on to the flow', () => {
  const leave = new Leave('return', { a: 1 });
  const ctx = fakeContext({ blockNames: ['then'], runBlock: () => leave });
  assert.is(runCard(ifElse, { left: 1, right: 1 }, ctx), leave);
});

/** Branches whose conditions compare with 1; records which conditions were read. */
function branches(left: Record<string, Value>, waits = false) {
  const read: string[] = [];
  const ctx = fakeContext({
    blockNames: Object.keys(left),
    blockInputs: (name) => {
      read.push(name);
      const values = [left[name] ?? null, '==', 1];
      return waits ? Promise.resolve(values) : values;
    },
    runBlock: (name) => ({ ran: name }),
  });
  return { read, ctx };
}

test('If/ElseIf runs the first block whose condition holds, and reads no later condition', () => {
  const { read, ctx } = branches({ a: 0, else: null, b: 1, c: 1 });
  assert.equal(runCard(ifElseIf, {}, ctx), { ran: 'b' });
  assert.equal(read, ['a', 'b']);
});

test('If/ElseIf runs "else" when no condition holds, wherever it stands', () => {
  assert.equal(runCard(ifElseIf, {}, branches({ else: 1, a: 0 }).ctx), { ran: 'else' });
  assert.equal(runCard(ifElseIf, {}, branches({ a: 0 }).ctx), {}, 'without "else", nothing runs');
});

test('If/ElseIf waits for conditions that have to be waited for', async () => {
  const { read, ctx } = branches({ a: 0, b: 1, c: 1 }, true);
  assert.equal(await runCard(ifElseIf, {}, ctx), { ran: 'b' });
  assert.equal(read, ['a', 'b']);
});

test('Continue If stops with its message when the comparison does not hold', () => {
  const ctx = fakeContext({});
  assert.is(runCard(continueIf, { left: 'a', right: 'a', message: 'no' }, ctx), undefined);
  const leave = runCard(continueIf, { left: 'a', right: 'b', message: 'no' }, ctx);
  assert.ok(leave instanceof Leave);
  assert.is(leave.kind, 'stop');
  assert.equal(leave.outputs, { message: 'no' });
});

test('Repeat calls its flow as often as asked and keeps nothing', () => {
  const log: unknown[] = [];
  const turns: Value[] = [];
  const ctx = fakeContext(
    callingEach((item) => {
      turns.push(item);
      return returned({});
    }, log),
  );
  assert.is(runCard(controlRepeat, { count: 3.9, flow: FLOW, concurrency: 0 }, ctx), undefined);
  assert.equal(turns, [0, 1, 2]);
  assert.equal(log, [{ concurrency: 1, collect: 'none' }]);
  runCard(controlRepeat, { count: -1, flow: FLOW }, ctx);
  assert.is(turns.length, 3, 'below 1: not at all');
});

test('Repeat takes 10,000 turns and no more', () => {
  const ctx = fakeContext(callingEach(() => returned({})));
  assert.is(
    codeOf(() => runCard(controlRepeat, { count: 10_000, flow: FLOW }, ctx)),
    undefined,
  );
  assert.throws(
    () => runCard(controlRepeat, { count: 10_001, flow: FLOW }, ctx),
    (error: unknown) => error instanceof LimitError && error.limit === 'repeat',
  );
});

function sleeping(now: number) {
  const slept: number[] = [];
  const ctx = fakeContext({
    clock: new ManualClock({ start: now }),
    sleep: async (ms) => void slept.push(ms),
  });
  return { slept, ctx };
}

test('Wait For sleeps for the span, and not at all for a negative one', async () => {
  const { slept, ctx } = sleeping(Date.UTC(2024, 0, 31));
  await runCard(waitFor, { delay: 5, unit: 'minute' }, ctx);
  await runCard(waitFor, { delay: 1, unit: 'month' }, ctx);
  await runCard(waitFor, { delay: -5, unit: 'day' }, ctx);
  assert.equal(slept, [300_000, 29 * 86_400_000, 0]);
});

test('Wait Until sleeps up to the date, and not at all for one in the past', async () => {
  const { slept, ctx } = sleeping(Date.UTC(2024, 0, 1));
  await runCard(waitUntil, { date: '2024-01-01T00:00:10Z' }, ctx);
  await runCard(waitUntil, { date: '2023-01-01T00:00:00Z' }, ctx);
  assert.equal(slept, [10_000, 0]);
});

test('Pause answers with its inputs and the run id, and gives the keys of what resumes it', async () => {
  const answers: Answer[] = [];
  const waits: unknown[] = [];
  const ctx = fakeContext({
    respond: (answer) => answers.push(answer) > 0,
    waitFor: async (signal, timeout) => {
      waits.push(signal, timeout);
      return { approved: true };
    },
  });
  assert.equal(await runCard(pause, { message: 'Approve?' }, ctx), { approved: true });
  assert.equal(answers, [{ statusCode: 200, headers: {}, body: { message: 'Approve?', runId: 'run-1' } }]);
  assert.equal(waits, ['resume', 30 * 86_400_000]);
});

test('Pause resumed with anything but an object has no outputs', async () => {
  for (const payload of [null, 'x', [1]]) {
    const ctx = fakeContext({ respond: () => true, waitFor: async () => payload });
    assert.equal(await runCard(pause, {}, ctx), {});
  }
});

/** A helper that counts pages and drops `next` on the last one. */
function pages(last: number, waits = false) {
  const indexes: (number | undefined)[] = [];
  const ctx = fakeContext({
    call: (_flow, options) => {
      indexes.push(options?.index);
      const page = Number(options?.inputs?.['page']) + 1;
      const result = returned(page === last ? { page, next: null } : { page, next: true });
      return waits ? Promise.resolve(result) : result;
    },
  });
  return { indexes, ctx };
}

test('Paginate calls until the value at the path is gone, and gives the last object', async () => {
  for (const waits of [false, true]) {
    const { indexes, ctx } = pages(3, waits);
    const outputs = await runCard(paginate, { object: { page: 0, next: true }, path: 'next', flow: FLOW }, ctx);
    assert.equal(outputs, { object: { page: 3, next: null } });
    assert.equal(indexes, [0, 1, 2]);
  }
});

test('Paginate takes a single returned object as the object, and calls at least once', () => {
  const ctx = fakeContext({ call: () => returned({ output: { list: [1] } }) });
  assert.equal(runCard(paginate, { object: {}, path: 'break', flow: FLOW }, ctx), { object: { list: [1] } });
});

test('Paginate ends when the flow is stopped', () => {
  const ctx = fakeContext({ call: () => returned({ message: null }, 'stop') });
  assert.equal(runCard(paginate, { object: { break: 1 }, flow: FLOW }, ctx), { object: {} });
});

test('Paginate refuses pages that never end', () => {
  const stuck = fakeContext({ call: (_flow, options) => returned({ ...options?.inputs }) });
  assert.is(
    codeOf(() => runCard(paginate, { object: { a: 1, next: [1, { b: 2 }] }, path: 'next', flow: FLOW }, stuck)),
    'paginate-unchanged',
  );
  const { indexes, ctx } = pages(1e9);
  assert.throws(
    () => runCard(paginate, { object: { page: 0, next: true }, path: 'next', flow: FLOW }, ctx),
    (error: unknown) => error instanceof LimitError && error.limit === 'pages',
  );
  assert.is(indexes.length, 5000);
});

test.run();
