/** What is promised of the tree of a run: parents before children, flows that nobody waits for, progress. */
import { createObserver } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn } from '../../test/support.js';
import { reportRun } from './run-reporter.js';
import { clip, count, duration, plain } from './text.js';

/** What is told of a run whose one card is a loop. */
function told(turn: (progress: (done: number, seconds: number) => void) => void): string {
  let stderr = '';
  const write = (text: string) => {
    stderr += text;
  };
  const observer = createObserver();
  const stderrOutput = { write, columns: 40, rows: 10, isTTY: false };
  const reporter = reportRun({ stderr: stderrOutput, env: {} }, { data: false });
  observer.on('*', reporter.hear);
  const execution = {
    runId: 'r',
    executionId: 'r',
    parentExecutionId: null,
    flow: 'main',
    flowName: 'main',
    kind: 'root',
  } as const;
  const card = {
    runId: 'r',
    executionId: 'r',
    seq: 0,
    card: 'loop',
    cardType: 'test.loop',
    title: 'Loop',
    path: [],
    inputs: null,
  };
  observer.emit({ type: 'execution', phase: 'started', ...execution, inputs: null, at: 0 });
  observer.emit({ type: 'card', phase: 'started', ...card, at: 0 });
  turn((done, seconds) => {
    observer.emit({
      type: 'progress',
      runId: 'r',
      executionId: 'r',
      seq: 0,
      card: 'loop',
      done,
      total: 10_000,
      at: seconds * 1000,
    });
  });
  const end = { status: 'success', attempts: 1, outputs: null, error: null, durationMs: 12 } as const;
  observer.emit({ type: 'card', phase: 'ended', ...card, ...end, at: 12_000 });
  reporter.end();
  return stderr;
}

test('where nothing can be redrawn, a long loop tells its progress every five seconds', () => {
  const stderr = told((progress) => {
    for (let second = 1; second <= 12; second++) progress(second * 800, second);
  });
  assert.is(
    stderr,
    '  … loop  800 of 10,000\n  … loop  4,800 of 10,000\n  … loop  8,800 of 10,000\n  ✓ loop  test.loop  12 ms\n',
  );
});

test('a flow that nobody waits for stands on its own', async () => {
  const deck = {
    flowdeck: 1,
    flows: [
      { id: 'main', type: 'manual', cards: [{ id: 'go', card: 'flow.callAsync', in: { flow: { flow: 'later' } } }] },
      { id: 'later', type: 'helper', cards: [{ id: 'slow', card: 'flow.returnError', in: { message: 'too late' } }] },
    ],
  };
  const ran = await flowdeckIn({ 'a.flow.json': deck }, ['run', 'a.flow.json']);
  assert.is(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, / {2}✓ go .*\n {2}✗ → later \(async\) .*\n {4}✗ slow .*too late/);
  assert.match(ran.stderr, /async later failed: too late/);
});

test('durations and counts as people write them', () => {
  const written = [0.01, 0.44, 9.96, 12.4, 999.6, 1234, 59_960, 123_456].map(duration);
  assert.equal(written, ['<0.1 ms', '0.4 ms', '10 ms', '12 ms', '1.0 s', '1.2 s', '1 m 00 s', '2 m 03 s']);
  assert.equal(
    [0, 1, 999, 1000, 1234567].map((number) => count(number, 'card')),
    ['0 cards', '1 card', '999 cards', '1,000 cards', '1,234,567 cards'],
  );
});

test('text is made harmless and short', () => {
  assert.is(plain('a\nb\tc\u001b[31m\u202e'), 'a\\nb c\\u001b[31m\\u202e');
  assert.is(clip('abcdef', 4), 'abc…');
  assert.is(clip('abc', 4), 'abc');
  assert.is(clip('\u001b[31mabcdef\u001b[39m', 4), '\u001b[31mabc…\u001b[39m');
  assert.is(clip('日本語', 4), '日…');
});

test.run();
