/** What an observer promises: order, counting, and that no handler reaches the run. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createObserver } from './emitter.js';
import type { LogEvent, ProgressEvent } from './events.js';

const log: LogEvent = {
  type: 'log',
  level: 'info',
  message: 'hello',
  details: null,
  runId: 'run',
  executionId: 'r1',
  card: null,
  at: 1,
};
const progress: ProgressEvent = {
  type: 'progress',
  runId: 'run',
  executionId: 'r1',
  seq: 1,
  card: 'each',
  done: 1,
  total: 3,
  at: 2,
};

function recordingLogger() {
  const lines: { level: string; details: unknown }[] = [];
  return { lines, log: (level: string, _message: string, details?: unknown) => void lines.push({ level, details }) };
}

test('handlers hear their type, the wildcard hears all', () => {
  const observer = createObserver();
  const heard: string[] = [];
  observer.on('log', (event) => heard.push(`log ${event.message}`));
  observer.on('*', (event) => heard.push(`* ${event.type}`));
  observer.emit(log);
  observer.emit(progress);
  assert.equal(heard, ['log hello', '* log', '* progress']);
});

test('active and hears follow the listeners', () => {
  const observer = createObserver();
  assert.is(observer.active, false);
  const off = observer.on('log', () => {});
  assert.is(observer.active, true);
  assert.is(observer.hears('log'), true);
  assert.is(observer.hears('card'), false);
  const offAll = observer.on('*', () => {});
  assert.is(observer.hears('card'), true);
  off();
  off();
  assert.is(observer.active, true);
  offAll();
  assert.is(observer.active, false);
  assert.is(observer.hears('log'), false);
});

test('a handler is ended by its own registration only', () => {
  const observer = createObserver();
  let calls = 0;
  const handler = () => {
    calls++;
  };
  const off = observer.on('log', handler);
  observer.on('log', handler);
  off();
  observer.emit(log);
  assert.is(calls, 1);
});

test('a failing handler is logged once and stops nobody', () => {
  const logger = recordingLogger();
  const observer = createObserver({ logger });
  let heard = 0;
  observer.on('log', () => {
    throw new Error('broken');
  });
  observer.on('log', () => {
    heard++;
  });
  observer.emit(log);
  observer.emit(log);
  assert.is(heard, 2);
  assert.equal(logger.lines, [{ level: 'error', details: { type: 'log', error: 'broken' } }]);
});

test('a rejecting handler is logged, not left unhandled', async () => {
  const logger = recordingLogger();
  const observer = createObserver({ logger });
  observer.on('*', async () => {
    throw new Error('later');
  });
  observer.emit(log);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(logger.lines, [{ level: 'error', details: { type: '*', error: 'later' } }]);
});

test('a failing logger does not reach the run either', () => {
  const observer = createObserver({
    logger: {
      log() {
        throw new Error('no disk');
      },
    },
  });
  observer.on('log', () => {
    throw new Error('broken');
  });
  assert.not.throws(() => observer.emit(log));
});

test.run();
