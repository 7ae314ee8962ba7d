/** What people get wrong when they send: each is an error with the words of Twilio, its code and what to do, and nothing is sent. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CardCall, connectorOn } from '../../test/twilio-connector.js';
import { TWILIO_NUMBERS, TWILIO_WHATSAPP_SENDER } from './constants.js';
import type { TwilioService } from './options.js';
import { startTwilioService } from './service.js';

const ADA = '+15551230001';
const SEND = { 'From Number': TWILIO_NUMBERS[0], To: ADA, Body: 'Hi' };

let twilio: TwilioService;
test.before.each(async () => {
  twilio = await startTwilioService();
});
test.after.each(() => twilio.close());

const send = (changes: object, action = 'sendMessage'): CardCall => [action, { ...SEND, ...changes }];

/** Each with the code of Twilio; null: refused before anything is sent. */
const REFUSED: Readonly<Record<string, readonly [call: CardCall, code: number | null]>> = {
  'a number without a plus': [send({ To: '15551230001' }), 21211],
  'a number with a letter': [send({ To: '+1555123000l' }), 21211],
  'a number that is too short': [send({ To: '+12' }), 21211],
  'a number that is too long': [send({ To: '+1555123000123456789' }), 21211],
  'a name for a number': [send({ To: 'Ada' }), 21211],
  'two numbers': [send({ To: `${ADA},${ADA}` }), 21211],
  'no number': [send({ To: '' }), null],
  'a sender that is not ours': [send({ 'From Number': '+15551239999' }), 21606],
  '1,601 characters': [send({ Body: 'a'.repeat(1601) }), 21617],
  '11 media': [send({ MediaUrl: Array(11).fill('https://example.com/1.png') }), null],
  'whatsapp: before the recipient alone': [send({ To: `whatsapp:${ADA}` }), null],
  'whatsapp: before the sender alone': [send({ 'From Number': TWILIO_WHATSAPP_SENDER }), null],
  'a template that there is not': [send({ Body: '', ContentSid: `HX${'0'.repeat(32)}` }), 21655],
  'an answer of nothing': [['reply', {}], null],
  'an answer of 1,601 characters': [['reply', { Body: 'a'.repeat(1601) }], null],
  'an answer of 11 media': [['reply', { MediaUrl: Array(11).fill('https://example.com/1.png') }], null],
};

for (const [name, [call, code]] of Object.entries(REFUSED)) {
  test(`${name} is refused, and nothing is sent`, async () => {
    const { error } = await connectorOn(twilio).run(call);
    assert.ok(error !== null && error.statusCode === 400, `${error?.statusCode} ${error?.message}`);
    assert.is(error.service?.code === undefined ? null : Number(error.service.code), code, error.message);
    if (code === null) assert.is(twilio.requests.length, 0);
    assert.is(twilio.messages().length, 0);
  });
}

test('emoji, line ends and all that a form could change arrive as they were written', async () => {
  const Body = 'a+b & c=d %20 "e" \r\n👩‍👩‍👧 ё €^{}\n';
  await connectorOn(twilio).outputs(send({ Body }));
  assert.is(twilio.messages()[0]?.body, Body);
});

test('a send that broke off after it took place is an error, and is not sent again', async () => {
  twilio.failNext({ disconnect: true, processed: true });
  const { status } = await connectorOn(twilio).run(send({}));
  assert.is(status, 'error');
  assert.is(twilio.messages().length, 1);
  assert.is(twilio.requests.filter(({ method }) => method === 'POST').length, 1);
});

test('the page of a proxy, and a success that tells of an error, are no success', async () => {
  for (const body of ['<html><body>Please log in</body></html>', '{"code": 20500, "message": "Internal"}']) {
    twilio.failNext({ status: 200, body });
    const { status, error } = await connectorOn(twilio).run(send({}));
    assert.equal([status, error?.statusCode], ['error', 502], body);
  }
});

test.run();
