/** Every action of the Twilio connector against the simulated service; its requests fit the vendor's descriptions. */

import { twilio as connector } from '@flowdeck/connector-twilio';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CardCall, connectorOn, NOW } from '../../test/twilio-connector.js';
import { readDescriptions } from '../../test/twilio-descriptions.js';
import { TWILIO_NUMBERS, TWILIO_SERVICE_SID, TWILIO_TEMPLATE_SID, TWILIO_WHATSAPP_SENDER } from './constants.js';
import type { TwilioService } from './options.js';
import { startTwilioService } from './service.js';

const [FROM] = TWILIO_NUMBERS;
const PERSON = '+15551230001';
const SERVICE = { MessagingServiceSid: TWILIO_SERVICE_SID };

let twilio: TwilioService;
test.before.each(async () => {
  twilio = await startTwilioService({ clock: () => NOW });
});
test.after.each(() => twilio.close());

/** Runs a card that has to succeed. */
type Act = (...call: CardCall) => Promise<Readonly<Record<string, unknown>>>;

async function messages(act: Act): Promise<void> {
  const everything = {
    'From Number': FROM,
    To: PERSON,
    Body: 'Hé + 1 & ✓ 100%\r\n👍',
    MediaUrl: ['https://a.test/1.png?a=1&b=2', 'https://a.test/2.png'],
    StatusCallback: 'https://a.test/status?x=1',
    ValidityPeriod: 60,
    SmartEncoded: false,
    ProvideFeedback: true,
    ContentRetention: 'retain',
    AddressRetention: 'retain',
  };
  const sent = await act('sendMessage', everything);
  assert.equal([sent['Status Code'], sent['Status'], sent['Error Code'], sent['Segments']], [201, 'queued', null, 1]);
  const sid = { 'Message SID': sent['Message SID'] };
  const read = await act('getMessage', sid);
  assert.equal([read['Body'], read['To'], read['Media'], read['Date Sent']], [everything.Body, PERSON, 2, null]);
  assert.is((await act('messageFeedback', { ...sid, Outcome: 'confirmed' }))['Outcome'], 'confirmed');
  const { Media: files } = await act('listMedia', sid);
  assert.ok(Array.isArray(files));
  assert.is(files.length, 2);
  const media = { ...sid, 'Media SID': files[0].sid };
  const file = await act('getMedia', media);
  assert.is(file['Content Type'], 'image/png');
  assert.is(file['Content URL'], `https://api.twilio.com${files[0].uri.replace('.json', '')}`);
  assert.equal(await act('deleteMedia', media), { 'Status Code': 204 });
  await twilio.advance(Number.POSITIVE_INFINITY);
  const delivered = await act('getMessage', sid);
  assert.equal([delivered['Status'], delivered['Date Sent'] instanceof Date], ['delivered', true]);
  const redacted = await act('redactMessage', sid);
  assert.equal([redacted['Status Code'], twilio.messages()[0]?.body], [200, '']);
  assert.equal(await act('deleteMessage', sid), { 'Status Code': 204 });
  assert.equal(twilio.messages(), []);
}

async function services(act: Act): Promise<void> {
  const sent = await act('sendWithService', { ...SERVICE, To: PERSON, Body: 'Hi', SmartEncoded: true });
  assert.equal([sent['Status Code'], sent['Status'], sent['Segments']], [201, 'accepted', 0]);
  const both = await act('sendMessage', { ...SERVICE, 'From Number': TWILIO_NUMBERS[2], To: PERSON, Body: 'Hi' });
  assert.is(both['Status'], 'accepted');
  const template = { ContentSid: TWILIO_TEMPLATE_SID, ContentVariables: { 1: '4711' } };
  const filled = await act('sendMessage', { ...SERVICE, To: PERSON, ...template });
  const { 'Raw Output': message } = filled;
  assert.is((message as { body?: unknown }).body, 'Your code is 4711'); // a message
  const at = new Date(NOW + 3_600_000).toISOString();
  const later = await act('scheduleMessage', { ...SERVICE, To: PERSON, Body: 'Later', SendAt: at });
  assert.is(later['Status'], 'scheduled');
  assert.is((await act('cancelMessage', { 'Message SID': later['Message SID'] }))['Status'], 'canceled');
  const { Services: list } = await act('listServices');
  assert.ok(Array.isArray(list));
  assert.equal([list.length, list[0].sid], [1, TWILIO_SERVICE_SID]);
  const { Templates: templates } = await act('listTemplates');
  assert.ok(Array.isArray(templates));
  assert.equal([templates.length, templates[0].sid], [1, TWILIO_TEMPLATE_SID]);
}

async function whatsApp(act: Act): Promise<void> {
  const from = { 'From Number': TWILIO_WHATSAPP_SENDER };
  const text = await act('sendWhatsAppMessage', { ...from, To: PERSON, Body: 'Hello' });
  assert.is(text['Status'], 'queued');
  const bare = { 'From Number': TWILIO_WHATSAPP_SENDER.replace('whatsapp:', '') };
  const template = { ContentSid: TWILIO_TEMPLATE_SID, ContentVariables: { 1: '42' } };
  await act('sendWhatsAppMessage', { ...bare, To: `whatsapp:${PERSON}`, ...template });
  for (const message of twilio.messages()) {
    assert.equal([message.to, message.from], [`whatsapp:${PERSON}`, TWILIO_WHATSAPP_SENDER]);
  }
  assert.is(twilio.messages()[1]?.body, 'Your code is 42');
}

async function lists(act: Act): Promise<void> {
  for (const Body of ['one', 'two', 'three']) await act('sendMessage', { 'From Number': FROM, To: PERSON, Body });
  const bodies = async (filters: object) => {
    const { Messages: list, Count: count } = await act('listMessages', filters);
    assert.ok(Array.isArray(list));
    assert.is(count, list.length);
    return list.map(({ body }) => body);
  };
  assert.equal(await bodies({}), ['three', 'two', 'one']);
  assert.equal(await bodies({ Limit: 2, To: PERSON, From: FROM }), ['three', 'two']);
  assert.equal(await bodies({ To: '+15551239999' }), []);
  const day = new Date(NOW).toISOString().slice(0, 10);
  assert.equal(await bodies({ DateSentAfter: '2020-01-01', DateSentBefore: '2020-01-02' }), []);
  assert.is((await bodies({ DateSentAfter: '2020-01-01', DateSent: day })).length, 0, 'none has been sent yet');
  const { Numbers: numbers } = await act('listNumbers', { PhoneNumber: FROM.slice(-4) });
  assert.ok(Array.isArray(numbers));
  assert.equal(
    numbers.map(({ phone_number: number }) => number),
    [FROM],
  );
}

async function lookup(act: Act): Promise<void> {
  const found = await act('lookUpNumber', {
    PhoneNumber: '+14155552671',
    Fields: ['line_type_intelligence', 'caller_name'],
  });
  assert.equal([found['Valid'], found['Phone Number'], found['Country Code']], [true, '+14155552671', 'US']);
  assert.type(found['Line Type'], 'string');
  const national = await act('lookUpNumber', { PhoneNumber: '01 44 27 44 27', CountryCode: 'FR' });
  assert.equal([national['Valid'], national['Phone Number']], [true, '+33144274427']);
  const wrong = await act('lookUpNumber', { PhoneNumber: '+1555' });
  assert.is(wrong['Valid'], false);
  assert.ok((wrong['Validation Errors'] as unknown[]).length > 0); // a list, as declared
}

async function verify(act: Act): Promise<void> {
  const { 'Service SID': ServiceSid, 'Code Length': length } = await act('createVerifyService', {
    FriendlyName: 'Shop',
    CodeLength: 5,
  });
  assert.is(length, 5);
  const { Services: list } = await act('listVerifyServices');
  assert.ok(Array.isArray(list));
  assert.ok(list.some(({ sid }) => sid === ServiceSid));
  const recipients = { sms: PERSON, whatsapp: '+15551230002', call: '+15551230003', email: 'ada@example.com' };
  for (const [Channel, To] of Object.entries(recipients)) {
    const started = await act('startVerification', { ServiceSid, Channel, To });
    assert.equal([started['Status'], started['Valid'], started['Channel']], ['pending', false, Channel]);
    const wrong = await act('checkVerification', { ServiceSid, To, Code: '00000' });
    assert.equal([wrong['Status'], wrong['Valid']], ['pending', false]);
    const Code = twilio.verificationCode(To);
    assert.is(Code?.length, 5);
    const right = await act('checkVerification', { ServiceSid, 'Verification SID': started['Verification SID'], Code });
    assert.equal([right['Status'], right['Valid']], ['approved', true]);
  }
  const again = await act('startVerification', { ServiceSid, To: PERSON, Locale: 'fr' });
  const canceled = await act('cancelVerification', { ServiceSid, 'Verification SID': again['Verification SID'] });
  assert.is(canceled['Status'], 'canceled');
}

async function calls(act: Act): Promise<void> {
  const Twiml = '<Response><Say>Hello &amp; goodbye</Say></Response>';
  const made = await act('makeCall', {
    'From Number': FROM,
    To: PERSON,
    Twiml,
    StatusCallbackEvent: ['answered', 'completed'],
    StatusCallback: 'https://a.test/call',
    Timeout: 20,
    Record: false,
  });
  assert.equal([made['Status Code'], made['Status']], [201, 'queued']);
  const sid = { 'Call SID': made['Call SID'] };
  assert.is((await act('getCall', sid))['Call SID'], made['Call SID']);
  await twilio.advance(2);
  assert.is((await act('endCall', sid))['Status'], 'completed');
  const { Calls: list } = await act('listCalls', { To: PERSON, StartTimeAfter: '2020-01-01' });
  assert.ok(Array.isArray(list));
  assert.is(list.length, 1);
  assert.equal(await act('deleteCall', sid), { 'Status Code': 204 });
}

async function account(act: Act): Promise<void> {
  const balance = await act('getBalance');
  assert.equal([balance['Balance'], balance['Currency']], [100, 'USD']);
}

async function custom(act: Act): Promise<void> {
  const get = (url: string, more: object = {}) =>
    act('customApiAction', { 'Request Type': 'GET', 'Relative URL': url, ...more });
  const form = {
    To: PERSON,
    From: FROM,
    Body: 'a & b',
    MediaUrl: ['https://a.test/1?u=https://b.test/..'],
    SendAt: null,
  };
  const sent = await act('customApiAction', { 'Request Type': 'POST', 'Relative URL': '/Messages.json', Body: form });
  const { sid } = sent['Body'] as { sid: string }; // a message
  assert.is((await get(`/Messages/${sid}.json`))['Status Code'], 200);
  const { Body: page } = await get('/Messages.json', { Query: { PageSize: 1 } });
  await get((page as { first_page_uri: string }).first_page_uri); // a page of messages
  for (const [API, url] of Object.entries({
    messaging: '/v1/Services',
    verify: '/v2/Services',
    content: '/v1/Content',
  })) {
    const { Body: list } = await get(url, { API, Query: { PageSize: 5 } });
    const { meta } = list as { meta: { first_page_url: string } }; // a page of these products
    assert.ok(meta.first_page_url.startsWith(`https://${API}.twilio.com/`));
    assert.is((await get(meta.first_page_url))['Status Code'], 200);
  }
  const content = {
    friendly_name: 'one',
    language: 'en',
    variables: { 1: 'x' },
    types: { 'twilio/text': { body: 'Hi {{1}}' } },
  };
  const post = { 'Request Type': 'POST', API: 'content', 'Relative URL': '/v1/Content', Body: content };
  assert.is((await act('customApiAction', post))['Status Code'], 201);
  const text = { 'Request Type': 'POST', 'Relative URL': `/Messages/${sid}.json`, Body: 'Body=' };
  assert.is((await act('customApiAction', text))['Status Code'], 200);
  const gone = { 'Request Type': 'DELETE', 'Relative URL': `/Messages/${sid}.json` };
  assert.equal([(await act('customApiAction', gone))['Status Code'], twilio.messages().length], [204, 0]);
}

/** A reply is no request: it stands in the answer to Twilio. */
async function replies(act: Act): Promise<void> {
  const StatusCallback = 'https://example.com/a?b=c&d=e';
  const both = await act('reply', {
    Body: 'a < b',
    MediaUrl: ['https://example.com/1.png', 'https://example.com/2'],
    StatusCallback,
  });
  assert.is(
    both['TwiML'],
    '<?xml version="1.0" encoding="UTF-8"?><Response><Message action="https://example.com/a?b=c&amp;d=e"><Body>a &lt; b</Body><Media>https://example.com/1.png</Media><Media>https://example.com/2</Media></Message></Response>',
  );
  assert.match(String((await act('reply', { Body: '👩\r\nzwei' }))['TwiML']), /<Body>👩&#x?[dD13]+;\nzwei<\/Body>/);
  assert.is(twilio.requests.length, 0);
}

const PARTS = { messages, services, whatsApp, replies, lists, lookup, verify, calls, account, custom };
const descriptions = readDescriptions();
const performed = new Set<string>();

for (const [name, part] of Object.entries(PARTS)) {
  test(`${name}: each action does what it says${descriptions ? ', by requests and answers that are described' : ''}`, async () => {
    const { bodies, outputs } = connectorOn(twilio);
    await part(async (...call) => {
      performed.add(call[0]);
      return outputs(call);
    });
    const problems = twilio.requests.flatMap((request, index) =>
      (descriptions?.problems(request, bodies[index]) ?? []).map(
        (text) => `${request.method} ${request.path}: ${text}`,
      ),
    );
    assert.equal(problems, []);
    for (const { body, headers, path } of twilio.requests)
      assert.is('content-type' in headers, body !== '', `a media type tells of a body: ${path}`);
  });
}
if (!descriptions)
  console.log('SKIPPED: the descriptions of the vendor are not at hand, so requests were not judged by them');

test('no action was left out', () => {
  const [deck] = connector.connectors ?? [];
  assert.ok(deck && typeof deck === 'object' && 'connector' in deck);
  const { actions } = (deck.connector as { flows: { actions: string[] } }).flows; // the manifest
  assert.equal([...performed].sort(), [...actions].sort());
});

test.run();
