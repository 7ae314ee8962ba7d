/** The side door: what it tells and does, and to whom it stays shut. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TWILIO_NUMBERS } from './constants.js';
import type { TwilioService } from './options.js';
import { startTwilioService } from './service.js';
import { call, sendMessage } from './test-client.js';

let twilio: TwilioService;
test.before.each(async () => {
  twilio = await startTwilioService();
});
test.after.each(() => twilio.close());

const door = (path: string, json?: unknown, headers: Record<string, string> = {}) =>
  call(twilio, `/_fake/${path}`, {
    as: null,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    headers: { 'Content-Type': 'application/json', ...headers },
  });

test('time moves on, people write, faults come, and all of it can be looked at', async () => {
  await sendMessage(twilio);
  const moved = await door('advance', { steps: 0 });
  assert.match(moved.text, /"after":"delivered"/);
  const inbound = await door('inbound', { from: '+15551230001', to: TWILIO_NUMBERS[1], body: 'Hi' });
  assert.match(inbound.text, /"status":"received"/);
  await door('faults', { status: 503, times: 1 });
  assert.is((await sendMessage(twilio)).status, 503);
  assert.is((await sendMessage(twilio)).status, 201);
  const { text } = await door('requests');
  assert.is(JSON.parse(text).requests.length, 3);
  assert.not.match(text, /authorization|Basic/);
  assert.match((await door('claims')).text, /"host":"verify\.twilio\.com"/);
});

test('the code that Verify sent can be read by who has only the address', async () => {
  const as = `${twilio.accountSid}:${twilio.authToken}`;
  const made = await call(twilio, '/v2/Services', { form: { FriendlyName: 'login' }, as });
  const { sid } = JSON.parse(made.text);
  const form = { To: '+15551230001', Channel: 'sms' };
  await call(twilio, `/v2/Services/${sid}/Verifications`, { form, as });
  const { text } = await door(`code?to=${encodeURIComponent(form.To)}`);
  assert.equal(JSON.parse(text), { code: twilio.verificationCode(form.To) });
  assert.is((await door('code?to=nobody')).status, 404);
});

test('what is wrong is named', async () => {
  assert.match((await door('faults', { statu: 500 })).text, /statu: there is times, method/);
  assert.match((await door('faults', { status: 'x' })).text, /status must be a count/);
  assert.match((await door('inbound', { from: '+15551230001' })).text, /from and to are required/);
  assert.is((await door('inbound', { from: '+15551230001', to: '+15550000000' })).status, 404);
  assert.is((await door('nothing')).status, 404);
});

test('a form, which a page of any origin may send, opens nothing', async () => {
  const answer = await call(twilio, '/_fake/faults', { form: { status: '500' }, as: null });
  assert.match(answer.text, /must be a JSON object/);
});

test.run();
