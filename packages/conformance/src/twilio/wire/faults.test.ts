/** Scripted faults, the concurrency limit, the record of requests, and a clean end. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { TwilioService } from '../options.js';
import { startTwilioService } from '../service.js';
import { type Answer, asError, asMessage, call, pathOf, sendMessage } from '../test-client.js';

let twilio: TwilioService;
test.before.each(async () => {
  twilio = await startTwilioService({ concurrency: 2 });
});
test.after.each(() => twilio.close());

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.unreachable('should have failed');
}

test('a fault hits as many requests as it says, in its turn', async () => {
  twilio.failNext({ status: 503, times: 2 });
  twilio.failNext({ code: 21611 });
  const codes: [number, number | undefined][] = [];
  for (let index = 0; index < 4; index += 1) {
    const answer = await sendMessage(twilio);
    codes.push([answer.status, answer.status === 201 ? undefined : asError(answer).code]);
  }
  assert.equal(codes, [
    [503, 20503],
    [503, 20503],
    [429, 21611],
    [201, undefined],
  ]);
  assert.is(twilio.messages().length, 1);
});

test('a fault may wait for a method or a path', async () => {
  twilio.failNext({ status: 500, method: 'post' });
  twilio.failNext({ status: 404, path: '/Keys' });
  assert.is((await call(twilio, pathOf(twilio))).status, 200);
  assert.is((await sendMessage(twilio)).status, 500);
  assert.is((await sendMessage(twilio)).status, 201);
});

test('a status without a general code has none in the answer', async () => {
  twilio.failNext({ status: 502, message: 'Bad gateway' });
  assert.equal((await sendMessage(twilio)).json, { message: 'Bad gateway', status: 502 });
});

test('a proxy may answer instead', async () => {
  twilio.failNext({ status: 502, body: '<h1>Bad gateway</h1>', headers: { 'Retry-After': '1' } });
  const answer = await sendMessage(twilio);
  assert.equal([answer.status, answer.text], [502, '<h1>Bad gateway</h1>']);
  assert.equal([answer.headers.get('content-type'), answer.headers.get('retry-after')], ['text/html', '1']);
});

test('a processed fault leaves the message behind', async () => {
  twilio.failNext({ status: 500, processed: true });
  assert.is((await sendMessage(twilio)).status, 500);
  assert.is(twilio.messages().length, 1);
});

test('a disconnect ends the request without an answer', async () => {
  twilio.failNext({ disconnect: true });
  assert.instance(await failure(sendMessage(twilio)), TypeError);
  assert.is(twilio.messages().length, 0);
  assert.is(twilio.requests[0]?.status, null);
});

test('an answer may be held back until a test lets it go', async () => {
  let release = () => {};
  // Either request may arrive first; the fault is for the POST.
  twilio.failNext({ method: 'POST', until: new Promise<void>((resolve) => (release = resolve)) });
  let answer: Answer | undefined;
  const held = sendMessage(twilio).then((value) => (answer = value));
  assert.is((await call(twilio, pathOf(twilio, '/Messages.json?PageSize=1'))).status, 200);
  assert.is(answer, undefined);
  release();
  assert.is((await held).status, 201);
});

test('a caller may give up on a slow answer, and does not know the outcome', async () => {
  twilio.failNext({ delayMs: 60_000 });
  const path = pathOf(twilio);
  const form = { To: '+15551230001', From: '+15005550006', Body: 'x' };
  const caller = new AbortController();
  const gone = failure(call(twilio, path, { form, signal: caller.signal }));
  while (twilio.messages().length === 0) await new Promise((resolve) => setImmediate(resolve));
  caller.abort();
  assert.match(String(await gone), /Abort/);
  assert.is(twilio.messages().length, 1);
});

test('too many requests at once are refused unprocessed: 429, 20429', async () => {
  let release = () => {};
  const until = new Promise<void>((resolve) => (release = resolve));
  twilio.failNext({ until, times: 2 });
  // Whichever two arrive first are held, so the third answer is the only one that can come.
  const answers = [sendMessage(twilio), sendMessage(twilio), sendMessage(twilio)];
  const early = await Promise.race(answers);
  assert.equal([early.status, asError(early).code], [429, 20429]);
  assert.is(early.headers.get('twilio-concurrent-requests'), '3');
  release();
  const statuses = (await Promise.all(answers)).map((answer) => answer.status);
  assert.equal(statuses.sort(), [201, 201, 429]);
  assert.is(twilio.messages().length, 2);
  assert.is((await sendMessage(twilio)).status, 201);
});

test('requests are recorded with what the service saw', async () => {
  await sendMessage(twilio, { Body: 'a & b' });
  await call(twilio, pathOf(twilio, '/Messages.json?PageSize=1'), { headers: { 'X-Custom': 'y' } });
  const [post, get] = twilio.requests;
  assert.equal([post?.method, post?.path, post?.status], ['POST', pathOf(twilio), 201]);
  assert.is(post?.form.get('Body'), 'a & b');
  assert.is(post?.body, 'To=%2B15551230001&From=%2B15005550006&Body=a+%26+b');
  assert.equal([get?.query.get('PageSize'), get?.headers['x-custom'], get?.status], ['1', 'y', 200]);
});

test('a body over one megabyte is refused: 413', async () => {
  const answer = await sendMessage(twilio, { Body: 'a'.repeat(1_100_000) });
  assert.equal([answer.status, asError(answer).code], [413, 20413]);
});

test('a message of the longest length survives the way', async () => {
  assert.is(asMessage(await sendMessage(twilio, { Body: '✓'.repeat(1600) })).body.length, 1600);
});

test('close ends waiting requests and frees the port', async () => {
  const service = await startTwilioService();
  service.failNext({ delayMs: 60_000 });
  const waiting = failure(sendMessage(service));
  while (service.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([service.close(), service.close()]);
  assert.instance(await waiting, TypeError);
  assert.instance(await failure(sendMessage(service)), TypeError);
});

test('a taken port is an error with a code: service-port', async () => {
  const port = Number(new URL(twilio.url).port);
  for (const bad of [port, 70_000]) {
    assert.match(JSON.stringify(await failure(startTwilioService({ port: bad }))), '"code":"service-port"');
  }
});

test.run();
