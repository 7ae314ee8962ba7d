/** What people get wrong when they send: each is an error with the words of Twilio, its code and what to do, and nothing is sent. */
import type { FlowFile } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CardCall, connectorOn } from '../../test/twilio-connector.js';
import { TWILIO_TEMPLATE_SID as TEMPLATE, TWILIO_NUMBERS, TWILIO_WHATSAPP_SENDER } from './constants.js';
import type { TwilioService } from './options.js';
import { startTwilioService } from './service.js';
import { defaultTwilioAccount } from './setup.js';

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
  'content variables that are no object': [
    send({ Body: '', ContentSid: TEMPLATE, ContentVariables: { '1': { deep: [1] } } }),
    21656,
  ],
  'content variables without a template': [send({ ContentVariables: { '1': 'Ada' } }), 21654],
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

test('content variables that are no JSON are refused with the reason, and nothing is sent', async () => {
  const { run, engine } = connectorOn(twilio);
  for (const text of ['{"1": Ada}', 'Ada', '[1', '7']) {
    const written = send({ Body: '', ContentSid: TEMPLATE, ContentVariables: text });
    const refusal = await run(written).then(
      () => 'it was loaded',
      (error: Error) => error.message,
    );
    assert.match(refusal, /"ContentVariables" asks for an object/, text);
    // Of this text only the run knows what it is.
    const inputs = [{ key: 'variables', type: 'text' as const }];
    const given = { ...SEND, Body: '', ContentSid: TEMPLATE, ContentVariables: { from: '/inputs/variables' } };
    const cards = [{ id: 'send', card: 'twilio.sendMessage', connection: 'mine', in: given }];
    const deck = engine.load({ flowdeck: 1, id: 'late', type: 'manual', inputs, cards } as unknown as FlowFile); // as a person writes it
    const { error } = await engine.run(deck, { inputs: { variables: text } });
    assert.is(error?.code, 'conversion', text);
    assert.is(error?.at.field, 'ContentVariables');
  }
  assert.is(twilio.requests.length, 0);
});

test('a template that is not approved goes out within 24 hours of a message only', async () => {
  const template = {
    sid: `HX${'7e'.repeat(16)}`,
    text: 'Your code is {{1}}',
    variables: { '1': '0' },
    approval: 'pending' as const,
  };
  const account = defaultTwilioAccount();
  await twilio.close();
  twilio = await startTwilioService({
    accounts: [{ ...account, templates: [...(account.templates ?? []), template] }],
  });
  const card = (ContentSid: string): CardCall => [
    'sendWhatsAppMessage',
    { 'From Number': TWILIO_WHATSAPP_SENDER, To: ADA, ContentSid, ContentVariables: { '1': '7' } },
  ];
  const { outputs } = connectorOn(twilio);
  const fateOf = async (contentSid: string) => {
    const { 'Message SID': sid } = await outputs(card(contentSid));
    await twilio.advance(6);
    const { Status: status, 'Error Code': code } = await outputs(['getMessage', { 'Message SID': sid }]);
    return [status, code];
  };
  assert.equal(await fateOf(template.sid), ['undelivered', 63016]);
  assert.equal(await fateOf(TEMPLATE), ['delivered', null]);
  await twilio.inbound({ from: `whatsapp:${ADA}`, to: TWILIO_WHATSAPP_SENDER, body: 'Hello' });
  assert.equal(await fateOf(template.sid), ['delivered', null]);
});

test('a page of yesterday is gone: it is told, and what to do', async () => {
  const { run, outputs } = connectorOn(twilio);
  for (const Body of ['one', 'two']) await outputs(send({ Body }));
  const list = { 'Request Type': 'GET', 'Relative URL': '/Messages.json?PageSize=1' };
  const { Body: page } = await outputs(['customApiAction', list]);
  const { next_page_uri: next } = page as { next_page_uri: string }; // of Twilio
  const follow = (link: string) => run(['customApiAction', { ...list, 'Relative URL': link }]);
  assert.is((await follow(next)).status, 'success');
  // Of a message that the service no longer knows.
  const { error } = await follow(next.replace(/PASM[0-9a-f]{8}/, 'PASM00000000'));
  assert.equal([error?.statusCode, error?.service?.code], [400, '20006']);
  assert.match(error?.hint ?? '', /list again from the first page/);
});

test.run();
