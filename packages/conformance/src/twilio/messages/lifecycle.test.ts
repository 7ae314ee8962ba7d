/** What happens to a message after its 201, and the callbacks that tell about it. */

import { createServer, type Server } from 'node:http';
import { listen, readBody } from '@flowdeck/testing/http';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TWILIO_SERVICE_SID, TWILIO_TEMPLATE_SID, TWILIO_WHATSAPP_SENDER } from '../constants.js';
import { MAGIC_DELIVERY, MAGIC_NO_RECEIPT } from '../magic.js';
import type { TwilioService } from '../options.js';
import { startTwilioService } from '../service.js';
import { asMessage, sendMessage } from '../test-client.js';
import { signForm } from '../wire/signature.js';

let twilio: TwilioService;
let now: number;

test.before.each(async () => {
  now = Date.UTC(2024, 5, 12, 9, 30, 0);
  twilio = await startTwilioService({ clock: () => now });
});
test.after.each(() => twilio.close());

const only = () => twilio.messages()[0]!;

test('a queued message is sent, then delivered, with dates and a price', async () => {
  await sendMessage(twilio, { Body: 'a'.repeat(200) });
  const seen: string[] = [only().status];
  for (let step = 0; step < 4; step += 1) {
    now += 1000;
    await twilio.advance();
    seen.push(only().status);
  }
  assert.equal(seen, ['queued', 'sending', 'sent', 'delivered', 'delivered']);
  const { date_sent, date_updated, price, price_unit } = only();
  assert.is(date_sent, 'Wed, 12 Jun 2024 09:30:02 +0000');
  assert.is(date_updated, 'Wed, 12 Jun 2024 09:30:03 +0000');
  assert.equal([price, price_unit], ['-0.01500', 'USD']);
});

test('a service picks a sender and counts segments when it queues', async () => {
  await sendMessage(twilio, { From: '', MessagingServiceSid: TWILIO_SERVICE_SID });
  await twilio.advance();
  assert.equal([only().status, only().from, only().num_segments], ['queued', '+15005550021', '1']);
});

test('a scheduled message waits for its time', async () => {
  const SendAt = new Date(now + 3_600_000).toISOString();
  await sendMessage(twilio, { From: '', MessagingServiceSid: TWILIO_SERVICE_SID, ScheduleType: 'fixed', SendAt });
  assert.equal(await twilio.advance(), []);
  now += 3_600_000;
  const changes = await twilio.advance(Number.POSITIVE_INFINITY);
  assert.equal(
    changes.map((change) => change.after),
    ['accepted', 'queued', 'sending', 'sent', 'delivered'],
  );
});

for (const [to, { status, code }] of Object.entries(MAGIC_DELIVERY)) {
  test(`${to} ends ${status} with ${code}`, async () => {
    await sendMessage(twilio, { To: to });
    await twilio.advance(Number.POSITIVE_INFINITY);
    assert.equal([only().status, only().error_code], [status, code]);
    assert.type(only().error_message, 'string');
    assert.is(only().date_sent === null, status === 'failed');
  });
}

test('without a receipt a message stays sent', async () => {
  await sendMessage(twilio, { To: MAGIC_NO_RECEIPT });
  await twilio.advance(Number.POSITIVE_INFINITY);
  assert.is(only().status, 'sent');
});

test('free WhatsApp text needs a message from the person within 24 hours, a template does not', async () => {
  const whatsapp = { To: 'whatsapp:+15551230001', From: TWILIO_WHATSAPP_SENDER };
  const fate = async (form: Record<string, string>) => {
    const { sid } = asMessage(await sendMessage(twilio, { ...whatsapp, ...form }));
    await twilio.advance(Number.POSITIVE_INFINITY);
    const message = twilio.messages().find((candidate) => candidate.sid === sid);
    return [message?.status, message?.error_code];
  };
  assert.equal(await fate({}), ['undelivered', 63016]);
  assert.equal(await fate({ Body: '', ContentSid: TWILIO_TEMPLATE_SID }), ['delivered', null]);
  await twilio.inbound({ from: whatsapp.To, to: whatsapp.From, body: 'Hi' });
  assert.equal(await fate({}), ['delivered', null]);
  now += 86_400_001;
  assert.equal(await fate({}), ['undelivered', 63016]);
});

test('each step but the first status is called back, signed', async () => {
  const received: { form: URLSearchParams; signature: unknown }[] = [];
  const { url, close } = await listen(collector(received), 0, new AbortController());
  const StatusCallback = `${url}/status?flow=1`;
  await sendMessage(twilio, { To: '+15005553003', StatusCallback: `${StatusCallback}#rc=2` });
  assert.is(received.length, 0);
  const changes = await twilio.advance(Number.POSITIVE_INFINITY);
  await close();
  assert.equal(
    received.map(({ form }) => form.get('MessageStatus')),
    ['sending', 'sent', 'undelivered'],
  );
  assert.equal(
    changes.map((change) => change.callback?.status),
    [200, 200, 200],
  );
  const last = received[2]!;
  assert.is(last.signature, signForm(twilio.authToken, StatusCallback, last.form));
  assert.equal(Object.fromEntries(last.form), {
    AccountSid: twilio.accountSid,
    ApiVersion: '2010-04-01',
    ErrorCode: '30003',
    From: '+15005550006',
    MessageSid: only().sid,
    MessageStatus: 'undelivered',
    RawDlrDoneDate: '2406120930',
    SmsSid: only().sid,
    SmsStatus: 'undelivered',
    To: '+15005553003',
  });
});

test('a callback off this machine is not called, a dead one is reported', async () => {
  const { url, close } = await listen(createServer(), 0, new AbortController());
  await close();
  await sendMessage(twilio, { StatusCallback: 'https://example.com/status' });
  await sendMessage(twilio, { StatusCallback: `${url}/gone` });
  const [away, dead] = await twilio.advance();
  assert.match(away?.callback?.problem ?? '', /only http URLs on 127\.0\.0\.1/);
  assert.match(dead?.callback?.problem ?? '', /ECONNREFUSED/);
  assert.is(dead?.callback?.status, null);
});

function collector(received: { form: URLSearchParams; signature: unknown }[]): Server {
  return createServer(async (request, response) => {
    const body = await readBody(request, 65_536);
    received.push({ form: new URLSearchParams(body?.toString()), signature: request.headers['x-twilio-signature'] });
    response.end();
  });
}

test.run();
