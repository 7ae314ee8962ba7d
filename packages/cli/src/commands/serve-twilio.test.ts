/** Events of Twilio from one end to the other: a host whose flows hear what the simulated service sends, over HTTP and signed. */
import { readFileSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import { httpPort } from '@flowdeck/cards/http';
import {
  startTwilioService,
  TWILIO_NUMBERS,
  TWILIO_SERVICE_SID,
  type TwilioService,
} from '@flowdeck/conformance/twilio';
import { twilio as connector } from '@flowdeck/connector-twilio';
import { type Connection, createEngine, defineCard, definePack, type FlowFile, type Value } from '@flowdeck/engine';
import { createHandler, Host, listen } from '@flowdeck/host';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const [NUMBER = ''] = TWILIO_NUMBERS;
/** In the sender pool of the service. */
const POOLED = '+15005550021';
const ADA = '+15551230001';
const FORMER = 'https://example.com/former?a=1#rc=2';

interface Hears {
  readonly id?: string;
  /** Key of the event. */
  readonly name: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly cards?: readonly object[];
}

/** All that comes to an end with a test. */
let closing: (() => Promise<unknown>)[] = [];
test.before.each(() => {
  closing = [];
});
test.after.each(async () => {
  for (const close of closing.reverse()) await close();
});

const INPUTS = ['Message SID', 'From', 'To', 'Body', 'Channel', 'Status', 'Opt Out', 'Profile Name'];
const REPLY = { card: 'twilio.reply', connection: 'twilio', in: { Body: { expr: '"You wrote: " & inputs.Body' } } };

function deckOf(flows: readonly Hears[]): object {
  return {
    flowdeck: 1,
    flows: flows.map(({ id = 'hears', name, options = {}, cards = [] }) => ({
      id,
      type: 'event',
      event: { connector: 'twilio', name, connection: 'twilio', options },
      inputs: [
        ...INPUTS.map((key) => ({ key, type: 'text' })),
        { key: 'Media', type: 'number' },
        { key: 'Error Code', type: 'number' },
        { key: 'Latitude', type: 'number' },
        { key: 'Attachments', type: 'object', list: true },
        { key: 'Raw Output', type: 'object' },
      ],
      cards: [{ card: 'probe.hear', in: { value: { expr: 'inputs' } } }, ...cards],
    })),
  };
}

/** A simulated Twilio, and a host that hears it with these flows, or with those of a document. */
async function hosted(flows: readonly Hears[] | object, changes: Partial<Connection['auth']> = {}) {
  const twilio = await startTwilioService();
  closing.push(() => twilio.close());
  const mine: Connection = {
    connector: 'twilio',
    auth: { username: twilio.keySid, password: twilio.keySecret, auth_token: twilio.authToken, ...changes },
    parameters: { account_sid: twilio.accountSid, base_url: twilio.url },
  };
  const http = httpPort({ allowHosts: [new URL(twilio.url).host] });
  closing.push(() => http.close());
  const heard: Record<string, Value>[] = [];
  const hear = defineCard({
    id: 'probe.hear',
    title: 'Hear',
    description: 'Tells the test.',
    kind: 'effect',
    inputs: [{ key: 'value', type: 'object' }],
    outputs: [],
    async run(value) {
      heard.push(value ?? {});
    },
  });
  const probe = definePack({ name: 'probe', namespace: 'probe', version: '1.0.0', cards: [hear] });
  const connections = { perCall: true, get: (name: string) => (name === 'twilio' ? mine : null) };
  const engine = createEngine({ packs: [standard, connector, probe], ports: { http, connections } });
  // A document as a person writes it: loading checks it.
  const deck = engine.load((Array.isArray(flows) ? deckOf(flows) : flows) as FlowFile);
  let base = '';
  const warned: string[] = [];
  const host = new Host({
    engine,
    deck,
    connections,
    publicUrl: () => base,
    onWarning: ({ code }) => void warned.push(code),
  });
  const server = await listen(createHandler(host), { port: 0, hostname: '127.0.0.1' });
  closing.push(() => server.close());
  base = server.url;
  await host.start();
  closing.push(() => host.stop());
  const turn = async (on: boolean, id = 'hears') => {
    await host.turn(id, on);
    const settled = on ? ['on', 'failed'] : ['off'];
    await until(() => settled.includes(host.flow(id)?.webhook?.phase ?? ''));
    return host.flow(id)?.webhook ?? null;
  };
  return { twilio, host, heard, warned, turn, engine, connections };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}

/** Asks the simulated service as its owner. */
async function ask({ url, accountSid, authToken }: TwilioService, path: string, form?: Record<string, string>) {
  const response = await fetch(url + path.replace('{account}', `/2010-04-01/Accounts/${accountSid}`), {
    method: form === undefined ? 'GET' : 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  });
  assert.ok(response.ok, `${path}: ${response.status}`);
  return (await response.json()) as Record<string, unknown>; // an object, as all resources are
}

/** The path of the first number. */
async function numberPath(twilio: TwilioService): Promise<string> {
  const list = await ask(twilio, `{account}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(NUMBER)}`);
  const [first] = list['incoming_phone_numbers'] as readonly { readonly sid: string }[]; // as the service lists them
  return `{account}/IncomingPhoneNumbers/${first?.sid}.json`;
}

const SERVICE = `/v1/Services/${TWILIO_SERVICE_SID}`;
const ON_NUMBER: Hears = { name: 'inboundMessage', options: { Number: NUMBER } };

test('a message to a number is heard and answered in TwiML; turned off, the number has its former webhook again', async () => {
  const { twilio, heard, turn, host, warned } = await hosted([{ ...ON_NUMBER, cards: [REPLY] }]);
  const path = await numberPath(twilio);
  await ask(twilio, path, { SmsUrl: FORMER, SmsMethod: 'GET', SmsApplicationSid: `AP${'0'.repeat(32)}` });
  assert.equal((await turn(true))?.reason, null);
  const { sms_url, sms_method, sms_application_sid } = await ask(twilio, path);
  assert.ok(String(sms_url).startsWith(`${host.flow('hears')?.webhook?.url}?`), String(sms_url));
  assert.equal([sms_method, sms_application_sid], ['POST', '']);

  const { webhook, message } = await twilio.inbound({ from: ADA, to: NUMBER, body: 'Where is <it> & when? ✓' });
  assert.equal([webhook?.status, webhook?.contentType], [200, 'text/xml; charset=utf-8']);
  assert.is(
    webhook?.body,
    '<?xml version="1.0" encoding="UTF-8"?><Response><Message><Body>You wrote: Where is &lt;it&gt; &amp; when? ✓</Body></Message></Response>',
  );
  assert.is(heard.length, 1);
  const { 'Message SID': sid, From, To, Body, Channel, Media, Attachments } = heard[0] ?? {};
  assert.equal(
    [sid, From, To, Body, Channel, Media, Attachments],
    [message.sid, ADA, NUMBER, 'Where is <it> & when? ✓', 'sms', 0, []],
  );

  assert.is((await turn(false))?.phase, 'off');
  const after = await ask(twilio, path);
  assert.equal([after['sms_url'], after['sms_method']], [FORMER, 'GET']);
  assert.is(after['sms_application_sid'], `AP${'0'.repeat(32)}`);
  assert.equal(warned, []);
});

test('forged, altered and unsigned messages are refused, and repeated ones are heard once and answered as before', async () => {
  const { twilio, heard, turn } = await hosted([{ ...ON_NUMBER, cards: [REPLY] }]);
  await turn(true);
  const { webhook } = await twilio.inbound({ from: ADA, to: NUMBER, body: 'Hello' });
  const { url = '', signature = '', parameters = {} } = webhook ?? {};
  const send = (form: Record<string, string>, headers: Record<string, string>, to = url) =>
    fetch(to, { method: 'POST', body: new URLSearchParams(form), headers });
  const good = { 'x-twilio-signature': signature };
  const forged = [
    await send({ ...parameters, Body: 'Pay Eve' }, good),
    await send({ ...parameters, Extra: '1' }, good),
    await send(parameters, {}),
    await send(parameters, { 'x-twilio-signature': `${signature.slice(0, -3)}AA=` }),
    await send(parameters, good, `${url}&a=1`),
    await fetch(url, {
      method: 'POST',
      body: JSON.stringify(parameters),
      headers: { ...good, 'content-type': 'application/json' },
    }),
  ];
  assert.equal(
    forged.map(({ status }) => status),
    Array(forged.length).fill(401),
  );
  assert.is((await fetch(url)).status, 405);
  assert.is(heard.length, 1);
  const again = { ...good, 'i-twilio-idempotency-token': 'once' };
  const answers = [];
  for (const _ of [1, 2, 3]) answers.push(await (await send(parameters, again)).text());
  assert.is(new Set(answers).size, 1);
  assert.match(answers[0] ?? '', /You wrote: Hello/);
  assert.is(heard.length, 2);
});

test('media, places, WhatsApp profiles and opt-outs of a message, and what Twilio may add one day', async () => {
  const { twilio, heard, turn } = await hosted([ON_NUMBER]);
  await turn(true);
  const media = [
    { url: 'https://api.twilio.com/a', contentType: 'image/png' },
    { url: 'https://api.twilio.com/b?c=d', contentType: 'application/pdf' },
  ];
  const parameters = { From: `whatsapp:${ADA}`, ProfileName: 'Ada 👩', Latitude: '52.5', New: '' };
  const { webhook } = await twilio.inbound({ from: ADA, to: NUMBER, media, parameters });
  assert.equal([webhook?.status, webhook?.body], [200, '<?xml version="1.0" encoding="UTF-8"?><Response/>']);
  await twilio.inbound({ from: ADA, to: NUMBER, body: 'STOP' });
  await until(() => heard.length === 2);
  const [first = {}, second = {}] = heard;
  assert.equal([first['Channel'], first['Media'], first['Attachments']], ['whatsapp', 2, media]);
  assert.equal([first['Profile Name'], first['Latitude'], first['Body']], ['Ada 👩', 52.5, '']);
  assert.is((first['Raw Output'] as Record<string, Value>)['New'], ''); // an object of texts
  assert.equal([second['Opt Out'], second['Channel']], ['STOP', 'sms']);
});

test('messages to a messaging service are heard, and it has its former webhook again', async () => {
  const options = { MessagingServiceSid: TWILIO_SERVICE_SID };
  const { twilio, heard, turn } = await hosted([{ name: 'inboundMessage', options }]);
  await ask(twilio, SERVICE, { InboundRequestUrl: FORMER, UseInboundWebhookOnNumber: 'true' });
  assert.equal((await turn(true))?.reason, null);
  await twilio.inbound({ from: ADA, to: POOLED, body: 'Hi' });
  await until(() => heard.length === 1);
  await turn(false);
  const after = await ask(twilio, SERVICE);
  assert.equal([after['inbound_request_url'], after['use_inbound_webhook_on_number']], [FORMER, true]);
});

test('a webhook that somebody has set meanwhile is left as it is', async () => {
  const { twilio, turn } = await hosted([ON_NUMBER]);
  await turn(true);
  const path = await numberPath(twilio);
  await ask(twilio, path, { SmsUrl: 'https://example.com/later' });
  await turn(false);
  assert.is((await ask(twilio, path))['sms_url'], 'https://example.com/later');
});

test('the status of messages of a service, and of those that name the URL, is heard', async () => {
  const options = { MessagingServiceSid: TWILIO_SERVICE_SID };
  const { twilio, heard, turn } = await hosted([
    { name: 'messageStatus', options },
    { id: 'byHand', name: 'messageStatus' },
  ]);
  await ask(twilio, SERVICE, { StatusCallback: FORMER });
  await turn(true);
  const { url = '' } = (await turn(true, 'byHand')) ?? {};
  await ask(twilio, '{account}/Messages.json', { To: ADA, MessagingServiceSid: TWILIO_SERVICE_SID, Body: 'a' });
  const lost = { To: '+15005553003', From: NUMBER, Body: 'b', StatusCallback: url ?? '' };
  await ask(twilio, '{account}/Messages.json', lost);
  await twilio.advance(Number.POSITIVE_INFINITY);
  const ends = () => heard.filter(({ Status }) => Status === 'delivered' || Status === 'undelivered');
  await until(() => ends().length === 2);
  assert.equal(
    ends()
      .map((each) => [each['To'], each['Status'], each['Error Code']])
      .sort(),
    [
      ['+15005553003', 'undelivered', 30003],
      [ADA, 'delivered', null],
    ],
  );
  await turn(false);
  await turn(false, 'byHand');
  assert.is((await ask(twilio, SERVICE))['status_callback'], FORMER);
});

test('what cannot be heard is refused with the reason, and nothing is changed at Twilio', async () => {
  const refused = async (hears: Hears, changes: Partial<Connection['auth']> = {}) => {
    const { twilio, turn } = await hosted([hears], changes);
    const webhook = await turn(true);
    assert.is(webhook?.phase, 'failed');
    assert.not(twilio.requests.some(({ method }) => method !== 'GET'));
    return webhook?.reason ?? '';
  };
  assert.match(await refused(ON_NUMBER, { auth_token: '' }), /no Auth Token.*API key cannot/);
  assert.match(await refused({ ...ON_NUMBER, options: { Number: '+15550000000' } }), /List Numbers/);
  assert.match(
    await refused({ ...ON_NUMBER, options: { Number: POOLED } }),
    new RegExp(`sender pool of the Messaging Service ${TWILIO_SERVICE_SID}`),
  );
  const both = { Number: NUMBER, MessagingServiceSid: TWILIO_SERVICE_SID };
  assert.match(await refused({ ...ON_NUMBER, options: both }), /one of them/);
  const unknown = { MessagingServiceSid: `MG${'0'.repeat(32)}` };
  assert.match(await refused({ ...ON_NUMBER, options: unknown }), /404|not found/i);
});

test('a number has one webhook: a second flow is told whose it is', async () => {
  const { turn } = await hosted([ON_NUMBER, { ...ON_NUMBER, id: 'second' }]);
  await turn(true);
  const webhook = await turn(true, 'second');
  assert.is(webhook?.phase, 'failed');
  assert.match(webhook?.reason ?? '', /The flow "hears" of this host hears this already/);
});

test('a registration whose end nobody noted is made again, and still restores what was there before the first', async () => {
  const { twilio, engine } = await hosted([ON_NUMBER]);
  const path = await numberPath(twilio);
  await ask(twilio, path, { SmsUrl: FORMER });
  const run = async (flow: string, inputs: Record<string, Value>) => {
    const result = await engine.run(engine.connector('twilio'), { flow, connection: 'twilio', inputs });
    assert.is(result.error?.message, undefined);
    return result.outputs ?? {};
  };
  const register = (token: string) =>
    run('registerInbound', { eventUrl: `https://flows.example/hook/${token}`, flowId: 'hears', Number: NUMBER });
  const { registration: lost = null } = await register('first');
  const { registration = null } = await register('second');
  assert.equal((await run('webhookExists', { registration: lost }))['exists'], false);
  assert.equal((await run('webhookExists', { registration }))['exists'], true);
  await run('releaseWebhook', { registration: lost });
  assert.match(String((await ask(twilio, path))['sms_url']), /hook\/second/);
  await run('releaseWebhook', { registration });
  assert.is((await ask(twilio, path))['sms_url'], FORMER);
});

test('the example answers who writes, leaves STOP to Twilio, and keeps what was written', async () => {
  const text = readFileSync(new URL('../../../../examples/inbound.flow.json', import.meta.url), 'utf8');
  const example: { readonly flows: readonly object[] } = JSON.parse(text);
  const rows = {
    id: 'rows',
    type: 'manual',
    cards: [{ card: 'tables.searchRows', in: { table: 'inbox', result: 'all' } }],
  };
  const { twilio, turn, host } = await hosted({ ...example, flows: [...example.flows, rows] });
  await turn(true, 'onMessage');
  const answers = [];
  for (const body of ['When are you open?', 'My parcel is broken', 'STOP']) {
    const { webhook } = await twilio.inbound({ from: ADA, to: NUMBER, body });
    answers.push(/<Body>(.*)<\/Body>/.exec(webhook?.body ?? '')?.[1]);
  }
  assert.equal(answers, [
    'We are open from 9 to 17, Monday to Friday.',
    'Thank you. Somebody will write back to you today.',
    undefined,
  ]);
  await until(() => host.listening.events.log.open().length === 0);
  const { outputs } = await host.run('rows', 'hand').ended;
  assert.match(JSON.stringify(outputs), /When are you open.*My parcel is broken/);
  assert.not(JSON.stringify(outputs).includes('STOP'));
});

test.run();
