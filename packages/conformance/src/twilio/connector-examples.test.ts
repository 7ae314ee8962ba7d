/** The examples that use Twilio, from one end to the other against the simulated service. */

import { readFileSync } from 'node:fs';
import type { FlowFile, ValueObject } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { connectorOn, NOW } from '../../test/twilio-connector.js';
import { TWILIO_SERVICE_SID } from './constants.js';
import type { TwilioService } from './options.js';
import { startTwilioService } from './service.js';

const ADA = '+15551230001';

let twilio: TwilioService;
let now = NOW;
test.before.each(async () => {
  now = NOW;
  twilio = await startTwilioService({ clock: () => now });
});
test.after.each(() => twilio.close());

/** Runs flows of an example, with a SID for its placeholder, in one engine: its tables are kept from one run to the next. */
function example(name: string, placeholder: string, sid: string) {
  const { engine } = connectorOn(twilio);
  const text = readFileSync(new URL(`../../../../examples/${name}.flow.json`, import.meta.url), 'utf8');
  const document: FlowFile = JSON.parse(text.replaceAll(`${placeholder}${'0'.repeat(32)}`, sid));
  const deck = engine.load(document);
  assert.equal(deck.diagnostics, []);
  const run = async (flow: string, inputs: ValueObject = {}) => {
    const result = await engine.run(deck, { flow, inputs });
    assert.is(result.status, 'success', result.error?.message);
    return result.outputs;
  };
  return run;
}

test('a one-time password over WhatsApp is sent, checked once wrong and once right, and then over', async () => {
  const made = await connectorOn(twilio).outputs(['createVerifyService', { FriendlyName: 'Shop' }]);
  const run = example('otp', 'VA', String(made['Service SID']));
  assert.equal(await run('sendCode', { phone: ADA }), { status: 'pending' });
  const check = (code = '') => run('checkCode', { phone: ADA, code });
  assert.equal(await check('000000'), { valid: false, why: 'pending' });
  const code = twilio.verificationCode(ADA);
  assert.equal(await check(code), { valid: true, why: 'approved' });
  assert.equal(await check(code), { valid: false, why: 'ended: send another code' });
});

test('a campaign is scheduled, and a table tells what became of each message', async () => {
  const run = example('campaign', 'MG', TWILIO_SERVICE_SID);
  const recipients = [ADA, '+15005550001', '+15005553003', '+15551230002'];
  const at = new Date(NOW + 3_600_000).toISOString();
  await run('schedule', { recipients, text: 'Sale & more', at });
  const rows = async () => {
    const found = (await run('track'))?.['rows'];
    assert.ok(Array.isArray(found));
    return found.map(({ phone, status, error }) => [phone, status, error]).sort();
  };
  const refused = ['+15005550001', 'refused', 21211];
  assert.equal(await rows(), [
    refused,
    ['+15005553003', 'scheduled', null],
    [ADA, 'scheduled', null],
    ['+15551230002', 'scheduled', null],
  ]);
  now += 2 * 3_600_000;
  await twilio.advance(Number.POSITIVE_INFINITY);
  assert.equal(await rows(), [
    refused,
    ['+15005553003', 'undelivered', 30003],
    [ADA, 'delivered', null],
    ['+15551230002', 'delivered', null],
  ]);
});

test.run();
