/** What a history promises: the tree it tells, its bounds, and that patches lead forward and back. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DataObject } from '../values/index.js';
import type { CardEvent, CardStatus, ErrorData, FlowEvent, RunStatus } from './events.js';
import { createHistory, type HistoryPatch, patchHistory } from './history.js';
import { executionOf, executionsOf, type History } from './history-state.js';

const failure: ErrorData = {
  name: 'RunError',
  code: 'card-failed',
  message: 'no',
  at: { card: 'a' },
  statusCode: null,
};

function started(
  executionId: string,
  parentExecutionId: string | null = null,
  inputs: DataObject | null = null,
): FlowEvent {
  const kind = parentExecutionId === null ? 'root' : 'call';
  const of = { runId: 'run', executionId, parentExecutionId, flow: 'f', flowName: 'Flow', kind } as const;
  return { type: 'execution', phase: 'started', ...of, inputs, at: 1 };
}

function ended(executionId: string, status: RunStatus = 'success'): FlowEvent {
  const of = { runId: 'run', executionId, parentExecutionId: null, flow: 'f', flowName: 'Flow', kind: 'root' } as const;
  const error = status === 'error' ? failure : null;
  return { type: 'execution', phase: 'ended', ...of, status, outputs: { a: 1 }, error, at: 9, durationMs: 8, steps: 1 };
}

function card(executionId: string, seq: number, status?: CardStatus, values: DataObject | null = null): CardEvent {
  const of = {
    type: 'card',
    runId: 'run',
    executionId,
    seq,
    card: `c${seq}`,
    cardType: 't.t',
    title: 'T',
    path: ['x', 'try'],
  } as const;
  if (status === undefined) return { ...of, phase: 'started', inputs: values, at: 2 };
  const error = status === 'success' ? null : failure;
  return { ...of, phase: 'ended', status, attempts: 1, inputs: values, outputs: values, error, at: 5, durationMs: 3 };
}

function call(callerExecutionId: string, calleeExecutionId: string, seq = 0): FlowEvent {
  return {
    type: 'call',
    phase: 'started',
    runId: 'run',
    callerExecutionId,
    seq,
    card: 'c0',
    calleeExecutionId,
    flow: 'g',
    index: null,
    at: 2,
  };
}

function attempt(executionId: string, seq: number, number = 1): FlowEvent {
  return {
    type: 'attempt',
    runId: 'run',
    executionId,
    seq,
    card: 'c',
    attempt: number,
    error: failure,
    delayMs: 10,
    at: 3,
  };
}

function told(events: readonly FlowEvent[], options: Parameters<typeof createHistory>[0] = {}): History {
  const history = createHistory(options);
  for (const event of events) history.record(event);
  return history.state();
}

test('tells executions, their cards, and who called whom', () => {
  const state = told([
    started('r1', null, { a: 'x' }),
    card('r1', 0, undefined, { in: 1 }),
    call('r1', 'r2'),
    started('r2', 'r1'),
    card('r2', 0),
    attempt('r2', 0),
    { type: 'progress', runId: 'run', executionId: 'r2', seq: 0, card: 'c0', done: 1, total: 2, at: 4 },
    card('r2', 0, 'error'),
    ended('r2', 'error'),
    card('r1', 0, 'error', { out: 2 }),
    { type: 'log', level: 'warn', message: 'hm', details: null, runId: 'run', executionId: 'r1', card: 'c0', at: 6 },
    ended('r1'),
  ]);
  assert.equal(
    executionsOf(state).map((each) => [each.id, each.status, each.parentExecutionId]),
    [
      ['r1', 'success', null],
      ['r2', 'error', 'r1'],
    ],
  );
  const outer = executionOf(state, 'r1');
  const inner = executionOf(state, 'r2');
  assert.ok(outer && inner);
  assert.is(outer.calls.flat()[0]?.calleeExecutionId, 'r2');
  assert.equal(outer.inputs, { a: 'x' });
  assert.is(outer.logs.flat()[0]?.message, 'hm');
  const [caller] = outer.cards.flat();
  assert.is(caller?.status, 'error');
  assert.equal(caller?.path, ['x', 'try']);
  const [failed] = inner.cards.flat();
  assert.is(failed?.status, 'error');
  assert.is(failed?.retries.length, 1);
  assert.equal(failed?.progress, { done: 1, total: 2 });
  assert.equal(
    inner.failures.map(({ seq, card }) => [seq, card]),
    [[0, 'c0']],
  );
  assert.equal(inner.error, failure);
});

test('a card is found among thousands, also when numbers have gaps', () => {
  const events = [started('r')];
  for (let seq = 5; seq < 3000; seq += seq % 3 === 0 ? 2 : 1) events.push(card('r', seq));
  const open = events.length - 1;
  events.push(card('r', 2000, 'success'), card('r', 5, 'success'));
  const cards = executionOf(told(events), 'r')?.cards.flat() ?? [];
  assert.is(cards.length, open);
  assert.equal(
    cards.filter((each) => each.status === 'success').map((each) => each.seq),
    [5, 2000],
  );
});

test('the end of a card stands on its own', () => {
  const [only] = executionOf(told([started('r'), card('r', 0, 'success', { a: 1 })]), 'r')?.cards.flat() ?? [];
  assert.is(only?.status, 'success');
  assert.is(only?.startedAt, 2);
});

test('cards over the limit are counted, their failures kept', () => {
  const events = [started('r')];
  for (let seq = 0; seq < 50; seq++) events.push(card('r', seq), card('r', seq, seq === 40 ? 'error' : 'success'));
  const run = executionOf(told(events, { maxCards: 10 }), 'r');
  assert.is(run?.cards.flat().length, 10);
  assert.is(run?.counts.cards, 50);
  assert.is(run?.dropped.cards, 40);
  assert.equal(
    run?.failures.map(({ seq }) => seq),
    [40],
  );
});

test('the run that ended first goes first, those under way stay', () => {
  const events = [started('root')];
  for (let i = 0; i < 100; i++) events.push(started(`r${i}`, 'root'), card(`r${i}`, 0), ended(`r${i}`));
  events.push(card('r3', 1));
  const state = told(events, { maxExecutions: 5 });
  assert.equal(
    executionsOf(state).map(({ id }) => id),
    ['root', 'r96', 'r97', 'r98', 'r99'],
  );
  assert.is(state.dropped.executions, 96);
  assert.is(state.dropped.events, 1);
});

test('when all runs are under way, the newest is not kept', () => {
  const state = told([started('a'), started('b'), started('c'), ended('a'), started('d')], { maxExecutions: 2 });
  assert.equal(
    executionsOf(state).map(({ id }) => id),
    ['b', 'd'],
  );
});

test('large values are cut, deep ones left out', () => {
  let deep: DataObject = {};
  for (let i = 0; i < 50_000; i++) deep = { deep };
  const inputs = { text: 'x'.repeat(1_000_000), small: 1, deep };
  const state = told([started('r', null, inputs)], { maxValueChars: 1000 });
  assert.ok(JSON.stringify(state).length < 5000);
  const kept = executionOf(state, 'r')?.inputs;
  assert.ok(String(kept?.['text']).startsWith('xxx'));
  assert.equal(executionOf(told([started('r', null, { small: 1, deep })]), 'r')?.inputs, {
    small: 1,
    deep: '[too large to keep]',
  });
});

test('a state that was handed out never changes, and what others own is not frozen', () => {
  const history = createHistory();
  const inputs = { list: [1] };
  history.record(started('r', null, inputs));
  history.record(card('r', 0));
  const before = history.state();
  const copy = JSON.stringify(before);
  history.record(card('r', 0, 'success'));
  history.record(ended('r'));
  const after = history.state();
  assert.is(JSON.stringify(before), copy);
  assert.is(executionOf(after, 'r')?.status, 'success');
  assert.is(executionOf(after, 'r')?.inputs, inputs);
  assert.not(Object.isFrozen(inputs));
});

test('runs may have any id', () => {
  const ids = ['__proto__', 'constructor', 'prototype', 'toString', '7', '3'];
  const history = createHistory();
  let followed = history.state();
  history.follow((_state, patches) => {
    followed = patchHistory(followed, patches);
  });
  for (const id of ids) history.record(started(id));
  history.flush();
  assert.equal(
    executionsOf(history.state()).map(({ id }) => id),
    ids,
  );
  assert.equal(followed, history.state());
});

test('followers are told once per microtask', async () => {
  const history = createHistory();
  const heard: number[] = [];
  const stop = history.follow((state) => heard.push(state.counts.started));
  history.record(started('a'));
  history.record(started('b'));
  assert.equal(heard, []);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(heard, [2]);
  history.record(started('c'));
  stop();
  assert.equal(heard, [2, 3]);
  history.record(started('d'));
  history.flush();
  assert.equal(heard, [2, 3]);
  assert.is(history.state().counts.started, 4);
});

test('a follower that fails or records itself disturbs nobody', () => {
  const lines: string[] = [];
  const history = createHistory({ logger: { log: (_level, message) => void lines.push(message) } });
  const heard: number[] = [];
  history.follow((state) => {
    if (state.counts.started === 1) {
      history.record(started('b'));
      history.flush();
    }
    throw new Error('broken');
  });
  history.follow((state) => heard.push(state.counts.started));
  history.record(started('a'));
  history.flush();
  assert.equal(heard, [1, 2]);
  assert.is(lines.length, 2);
});

const ids = fc.constantFrom('r0', 'r1', 'r2', 'r3', 'constructor', '5');
const seqs = fc.integer({ min: 0, max: 12 });
const records = fc.option(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), {
  nil: null,
}) as fc.Arbitrary<DataObject | null>;
const events: fc.Arbitrary<FlowEvent> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(ids, records).map(([id, inputs]) => started(id, null, inputs)) },
  fc.tuple(ids, fc.constantFrom<RunStatus>('success', 'error', 'stopped')).map(([id, status]) => ended(id, status)),
  {
    weight: 3,
    arbitrary: fc.tuple(ids, seqs, records).map(([id, seq, inputs]) => card(id, seq, undefined, inputs)),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(ids, seqs, fc.constantFrom<CardStatus>('success', 'error'), records)
      .map((args) => card(...args)),
  },
  fc.tuple(ids, ids, seqs).map((args) => call(...args)),
  fc.tuple(ids, seqs, fc.integer({ min: 1, max: 20 })).map((args) => attempt(...args)),
  fc.tuple(ids, seqs).map(
    ([executionId, seq]): FlowEvent => ({
      type: 'progress',
      runId: 'run',
      executionId,
      seq,
      card: 'c',
      done: seq,
      total: null,
      at: 4,
    }),
  ),
  ids.map(
    (executionId): FlowEvent => ({
      type: 'log',
      level: 'info',
      message: 'm',
      details: null,
      runId: 'run',
      executionId,
      card: null,
      at: 4,
    }),
  ),
);
const batches = fc.array(fc.array(events, { maxLength: 12 }), { maxLength: 12 });
const small = { maxExecutions: 3, maxCards: 6, maxValueChars: 60 };

test('property: patches lead to the same state as the fold, and back', () => {
  fc.assert(
    fc.property(batches, (groups) => {
      const history = createHistory(small);
      const states: History[] = [history.state()];
      const texts: string[] = [JSON.stringify(states[0])];
      const steps: { forth: readonly HistoryPatch[]; back: readonly HistoryPatch[] }[] = [];
      history.follow((state, forth, back) => {
        states.push(state);
        texts.push(JSON.stringify(state));
        steps.push({ forth, back });
      });
      for (const group of groups) {
        for (const event of group) history.record(event);
        history.flush();
      }
      let walked = states[0] as History;
      for (const [index, { forth }] of steps.entries()) {
        // What went over a wire must do as well.
        walked = patchHistory(walked, JSON.parse(JSON.stringify(forth)));
        assert.equal(walked, states[index + 1]);
      }
      for (const [index, { back }] of [...steps.entries()].reverse()) {
        walked = patchHistory(walked, back);
        assert.equal(walked, states[index]);
      }
      for (const [index, state] of states.entries()) assert.is(JSON.stringify(state), texts[index]);
    }),
    { numRuns: 200 },
  );
});

test('property: the way of folding makes no difference', () => {
  fc.assert(
    fc.property(batches, (groups) => {
      const inPlace = createHistory(small);
      const drafted = createHistory(small);
      drafted.state();
      const stepwise = createHistory(small);
      stepwise.follow(() => {});
      for (const event of groups.flat()) {
        inPlace.record(event);
        drafted.record(event);
        stepwise.record(event);
        stepwise.flush();
      }
      assert.equal(drafted.state(), inPlace.state());
      assert.equal(stepwise.state(), inPlace.state());
      assert.ok(executionsOf(inPlace.state()).length <= small.maxExecutions);
    }),
    { numRuns: 200 },
  );
});

test.run();
