/** The flow cards against a context that records what they ask of the engine. */
import { type Answer, Leave, RunError } from '@flowdeck/engine';
import { FakeFlow, fakeContext, returned, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { call } from './call.js';
import { callAsync } from './call-async.js';
import { close } from './close.js';
import { returnResult } from './return.js';
import { returnError } from './return-error.js';
import { returnErrorIf } from './return-error-if.js';
import { returnRaw } from './return-raw.js';

const FLOW = new FakeFlow();

function raised(work: () => unknown): RunError {
  try {
    work();
  } catch (error) {
    if (error instanceof RunError) return error;
    throw error;
  }
  throw new Error('Nothing was raised.');
}

test('Return leaves with its fields', () => {
  const leave = runCard(returnResult, { sid: 'SM1', n: 2 });
  assert.ok(leave instanceof Leave);
  assert.is(leave.kind, 'return');
  assert.equal(leave.outputs, { sid: 'SM1', n: 2 });
  assert.is(leave.answer, undefined);
});

test('Return Raw leaves with its three fields, which are also the answer', () => {
  const leave = runCard(returnRaw, { statusCode: 404, body: 'gone' });
  assert.ok(leave instanceof Leave);
  assert.equal(leave.outputs, { statusCode: 404, headers: {}, body: 'gone' });
  assert.equal(leave.answer, { statusCode: 404, headers: {}, body: 'gone' });
});

test('Return Raw and Close answer with 200 or an error status only', () => {
  const ctx = fakeContext({ respond: () => true });
  for (const statusCode of [200, 400, 599]) {
    runCard(returnRaw, { statusCode }, ctx);
    runCard(close, { statusCode }, ctx);
  }
  for (const statusCode of [0, 201, 302, 399, 600, 404.5]) {
    assert.is(raised(() => runCard(returnRaw, { statusCode }, ctx)).code, 'invalid-status', String(statusCode));
    assert.is(raised(() => runCard(close, { statusCode }, ctx)).code, 'invalid-status', String(statusCode));
  }
});

test('Close answers and goes on', () => {
  const answers: Answer[] = [];
  const ctx = fakeContext({ respond: (answer) => answers.push(answer) > 0 });
  assert.is(runCard(close, { headers: { a: 'b' }, body: { ok: true } }, ctx), undefined);
  assert.equal(answers, [{ statusCode: 200, headers: { a: 'b' }, body: { ok: true } }]);
});

test('Return Error raises the message, the status and the extra fields', () => {
  const error = raised(() => runCard(returnError, { message: 'No order', statusCode: 404, order: 'A1' }));
  assert.is(error.code, 'returned-error');
  assert.is(error.message, 'No order');
  assert.is(error.statusCode, 404);
  assert.equal(error.extra, { order: 'A1' });
  assert.is(raised(() => runCard(returnError, { message: 'x' })).statusCode, 500);
});

test('Return Error If raises only when the comparison holds; its status may be null', () => {
  assert.is(runCard(returnErrorIf, { left: 1, operator: '>', right: 2, message: 'x' }), undefined);
  const error = raised(() =>
    runCard(returnErrorIf, { left: 3, operator: '>', right: 2, message: 'x', statusCode: null, a: 1 }),
  );
  assert.is(error.statusCode, null);
  assert.equal(error.extra, { a: 1 });
  assert.is(raised(() => runCard(returnErrorIf, { left: 1, right: 1 })).statusCode, 400);
});

test('Call Flow gives the fields of the result, and none when the flow was stopped', async () => {
  const ctx = fakeContext({ call: () => returned({ a: 1, b: 2 }) });
  assert.equal(runCard(call, { flow: FLOW }, ctx), { a: 1, b: 2 });
  const later = fakeContext({ call: async () => returned({ a: 1 }) });
  assert.equal(await runCard(call, { flow: FLOW }, later), { a: 1 });
  const stopped = fakeContext({ call: () => returned({ message: 'no' }, 'stop') });
  assert.equal(runCard(call, { flow: FLOW }, stopped), {});
});

test('Call Flow Async gives the id of the run that it started', () => {
  const ctx = fakeContext({ spawn: (flow) => `run-of-${flow.id}` });
  assert.equal(runCard(callAsync, { flow: FLOW }, ctx), { executionId: 'run-of-helper' });
});

test.run();
