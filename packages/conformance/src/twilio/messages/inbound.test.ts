/** Inbound messages: which webhook hears of them, with what, and what opting out does. */

import { createServer } from 'node:http';
import { type Listening, listen, readBody } from '@flowdeck/testing/http';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TWILIO_NUMBERS, TWILIO_SERVICE_SID } from '../constants.js';
import type { TwilioService } from '../options.js';
import { startTwilioService } from '../service.js';
import { defaultTwilioAccount } from '../setup.js';
import { asError, asMessage, asPage, call, pathOf, sendMessage } from '../test-client.js';
import { signForm } from '../wire/signature.js';

const [, OWN, POOLED] = TWILIO_NUMBERS;
const PERSON = '+15551230001';

let webhook: Listening;
let received: { method: string; url: string; form: URLSearchParams; headers: Record<string, unknown> }[];
let twilio: TwilioService;

test.before.each(async () => {
  received = [];
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams((await readBody(request, 65_536))?.toString());
    received.push({ method: request.method ?? '', url: request.url ?? '', form, headers: request.headers });
    response.writeHead(200, { 'Content-Type': 'text/xml' }).end('<Response/>');
  });
  webhook = await listen(server, 0, new AbortController());
  twilio = await startTwilioService();
});
test.after.each(async () => {
  await twilio.close();
  await webhook.close();
});

async function register(form: Record<string, string>): Promise<void> {
  const page = await call(twilio, pathOf(twilio, `/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(OWN)}`));
  const sid = /"sid":"(PN[^"]*)"/.exec(page.text)?.[1] ?? '';
  const answer = await call(twilio, pathOf(twilio, `/IncomingPhoneNumbers/${sid}.json`), { form });
  assert.is(answer.status, 200, answer.text);
}

test('a registered number is called with the signed message', async () => {
  await register({ SmsUrl: `${webhook.url}/sms?tenant=7`, SmsMethod: 'POST' });
  const result = await twilio.inbound({ from: PERSON, to: OWN, body: 'Hé + 1', parameters: { FromCity: 'Oslo' } });
  assert.equal([result.webhook?.status, result.webhook?.body], [200, '<Response/>']);
  const { form, headers, method, url } = received[0]!;
  assert.equal([method, url], ['POST', '/sms?tenant=7']);
  assert.is(headers['x-twilio-signature'], signForm(twilio.authToken, `${webhook.url}/sms?tenant=7`, form));
  assert.type(headers['i-twilio-idempotency-token'], 'string');
  const { sid } = result.message;
  assert.equal(Object.fromEntries(form), {
    AccountSid: twilio.accountSid,
    ApiVersion: '2010-04-01',
    Body: 'Hé + 1',
    From: PERSON,
    FromCity: 'Oslo',
    MessageSid: sid,
    NumMedia: '0',
    NumSegments: '1',
    SmsMessageSid: sid,
    SmsSid: sid,
    SmsStatus: 'received',
    To: OWN,
  });
});

test('an inbound message stands in the list as received', async () => {
  await twilio.inbound({
    from: PERSON,
    to: OWN,
    body: 'Hi',
    media: [{ url: 'https://a.test/1.png', contentType: 'image/png' }],
  });
  const [message] = asPage(
    await call(twilio, pathOf(twilio, `/Messages.json?From=${encodeURIComponent(PERSON)}`)),
  ).messages;
  assert.equal([message?.direction, message?.status, message?.num_media], ['inbound', 'received', '1']);
  assert.match(message?.sid ?? '', /^MM/);
});

test('by GET the parameters are in the query, and so is the signature’s reach', async () => {
  await register({ SmsUrl: `${webhook.url}/sms`, SmsMethod: 'GET' });
  await twilio.inbound({ from: PERSON, to: OWN, body: 'Hi' });
  const { headers, method, url } = received[0]!;
  assert.is(method, 'GET');
  assert.match(url, /^\/sms\?AccountSid=.*Body=Hi/);
  assert.is(headers['x-twilio-signature'], signForm(twilio.authToken, webhook.url + url));
});

test('nobody is called without a URL, after it was cleared, or behind an application', async () => {
  const quiet = async () => (await twilio.inbound({ from: PERSON, to: OWN })).webhook === null;
  assert.ok(await quiet());
  await register({ SmsUrl: `${webhook.url}/sms` });
  assert.not(await quiet());
  await register({ SmsApplicationSid: `AP${'0'.repeat(32)}` });
  assert.ok(await quiet());
  await register({ SmsApplicationSid: '', SmsUrl: '' });
  assert.ok(await quiet());
});

test('a service takes the messages of its pool, or drops them', async () => {
  assert.is((await twilio.inbound({ from: PERSON, to: POOLED })).webhook, null);
  const service = { sid: TWILIO_SERVICE_SID, numbers: [POOLED], inboundRequestUrl: `${webhook.url}/service` };
  const other = await startTwilioService({ accounts: [{ ...defaultTwilioAccount(), services: [service] }] });
  const result = await other.inbound({ from: PERSON, to: POOLED });
  await other.close();
  assert.is(result.webhook?.url, `${webhook.url}/service`);
  assert.is(received[0]?.form.get('MessagingServiceSid'), TWILIO_SERVICE_SID);
});

test('STOP ends sending from that number, START allows it again', async () => {
  await register({ SmsUrl: `${webhook.url}/sms` });
  await twilio.inbound({ from: PERSON, to: OWN, body: ' Stop ' });
  assert.is(received[0]?.form.get('OptOutType'), 'STOP');
  assert.is(asError(await sendMessage(twilio, { To: PERSON, From: OWN })).code, 21610);
  assert.is((await sendMessage(twilio, { To: PERSON })).status, 201);
  await twilio.inbound({ from: PERSON, to: OWN, body: 'START' });
  assert.is(asMessage(await sendMessage(twilio, { To: PERSON, From: OWN })).status, 'queued');
});

test('a number that nobody owns: twilio-number-unknown', async () => {
  try {
    await twilio.inbound({ from: PERSON, to: '+15550000000' });
    assert.unreachable();
  } catch (error) {
    assert.match(JSON.stringify(error), '"code":"twilio-number-unknown"');
  }
});

test('a URL or method that is none is refused, and changes nothing', async () => {
  const page = await call(twilio, pathOf(twilio, '/IncomingPhoneNumbers.json?PageSize=1'));
  const path = /"uri":"([^"]*PN[^"]*)"/.exec(page.text)?.[1] ?? '';
  for (const form of [
    { FriendlyName: 'x', SmsUrl: 'nowhere' },
    { FriendlyName: 'x', SmsMethod: 'PUT' },
  ]) {
    assert.is(asError(await call(twilio, path, { form })).code, 20001);
  }
  assert.not.match((await call(twilio, path)).text, '"friendly_name":"x"');
});

test.run();
