/** Create Message over HTTP: what is accepted, and every refusal with its code and status. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  TWILIO_SERVICE_SID,
  TWILIO_TEMPLATE_SID,
  TWILIO_TEST_CREDENTIALS,
  TWILIO_WHATSAPP_SENDER,
} from '../constants.js';
import type { TwilioService } from '../options.js';
import { startTwilioService } from '../service.js';
import { defaultTwilioAccount } from '../setup.js';
import { asError, asMessage, call, pathOf, sendMessage } from '../test-client.js';

const NOW = Date.UTC(2024, 5, 12, 9, 30, 0);
const EMPTY_SERVICE = `MG${'6a'.repeat(16)}`;
const TRIAL_SID = `AC${'7b'.repeat(16)}`;

let twilio: TwilioService;

test.before(async () => {
  const base = defaultTwilioAccount();
  const services = [...(base.services ?? []), { sid: EMPTY_SERVICE, numbers: [] }];
  const trial = {
    sid: TRIAL_SID,
    authToken: 'trial',
    type: 'Trial' as const,
    numbers: ['+15005550030'],
    verified: ['+15551230009'],
  };
  twilio = await startTwilioService({
    clock: () => NOW,
    accounts: [{ ...base, services, optedOut: ['+15551239999'] }, trial],
  });
});
test.after(() => twilio.close());

test('a message is accepted with the full resource', async () => {
  const answer = await sendMessage(twilio, { Body: 'Hello 👍' });
  assert.is(answer.status, 201);
  const { sid, ...rest } = asMessage(answer);
  assert.match(sid, /^SM[0-9a-f]{32}$/);
  const uri = pathOf(twilio, `/Messages/${sid}`);
  assert.equal(rest, {
    account_sid: twilio.accountSid,
    api_version: '2010-04-01',
    body: 'Hello 👍',
    date_created: 'Wed, 12 Jun 2024 09:30:00 +0000',
    date_sent: null,
    date_updated: 'Wed, 12 Jun 2024 09:30:00 +0000',
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from: '+15005550006',
    messaging_service_sid: null,
    num_media: '0',
    num_segments: '1',
    price: null,
    price_unit: null,
    status: 'queued',
    subresource_uris: { media: `${uri}/Media.json` },
    to: '+15551230001',
    uri: `${uri}.json`,
  });
  assert.match(answer.headers.get('twilio-request-id') ?? '', /^RQ[0-9a-f]{32}$/);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
});

test('text arrives as it was encoded', async () => {
  const body = 'Code: 42 & ok + 100% = ünï\n"✓"';
  assert.is(asMessage(await sendMessage(twilio, { Body: body })).body, body);
});

test('a service accepts without a sender yet, a schedule waits', async () => {
  const accepted = asMessage(await sendMessage(twilio, { From: '', MessagingServiceSid: TWILIO_SERVICE_SID }));
  assert.equal([accepted.status, accepted.from, accepted.num_segments], ['accepted', null, '0']);
  assert.is(accepted.messaging_service_sid, TWILIO_SERVICE_SID);
  const scheduled = await schedule(new Date(NOW + 3_600_000).toISOString());
  assert.is(asMessage(scheduled).status, 'scheduled');
});

test('media make it an MM message', async () => {
  const answer = await call(twilio, pathOf(twilio), {
    form: [
      ['To', '+15551230001'],
      ['From', '+15005550006'],
      ['MediaUrl', 'https://a.test/1.png'],
      ['MediaUrl', 'https://a.test/2.pdf'],
    ],
  });
  const message = asMessage(answer);
  assert.match(message.sid, /^MM/);
  assert.equal([message.num_media, message.body], ['2', '']);
  const media = await call(twilio, message.subresource_uris.media);
  assert.match(media.text, /"content_type":"image\/png"/);
  assert.match(media.text, /"content_type":"application\/pdf"/);
});

test('a template is filled in', async () => {
  const form = { Body: '', ContentSid: TWILIO_TEMPLATE_SID };
  assert.is(asMessage(await sendMessage(twilio, form)).body, 'Your code is 000000');
  const filled = await sendMessage(twilio, { ...form, ContentVariables: '{"1":"4711"}' });
  assert.is(asMessage(filled).body, 'Your code is 4711');
});

test('smart encoding and long texts show in the segments', async () => {
  const long = await sendMessage(twilio, { Body: 'a'.repeat(1600) });
  assert.is(asMessage(long).num_segments, '11');
  const curly = `${'a'.repeat(99)}’`;
  assert.is(asMessage(await sendMessage(twilio, { Body: curly })).num_segments, '2');
  assert.is(asMessage(await sendMessage(twilio, { Body: curly, SmartEncoded: 'true' })).num_segments, '1');
});

test('unknown parameters are ignored', async () => {
  assert.is((await sendMessage(twilio, { Nonsense: 'x' })).status, 201);
});

const soon = (ms: number) => new Date(NOW + ms).toISOString();
function schedule(at: string, form: Record<string, string> = {}) {
  return sendMessage(twilio, {
    From: '',
    MessagingServiceSid: TWILIO_SERVICE_SID,
    ScheduleType: 'fixed',
    SendAt: at,
    ...form,
  });
}

const WHATSAPP = { To: 'whatsapp:+15551230001', From: TWILIO_WHATSAPP_SENDER };
const REFUSALS: [name: string, form: Record<string, string>, code: number, status?: number][] = [
  ['no To', { To: '' }, 21604],
  ['no sender', { From: '' }, 21603],
  ['nothing to send', { Body: '' }, 21602],
  ['1601 characters', { Body: 'a'.repeat(1601) }, 21617],
  ['variables without a template', { ContentVariables: '{}' }, 21654],
  ['unknown template', { ContentSid: 'HX1' }, 21655],
  ['variables that are no object', { ContentSid: TWILIO_TEMPLATE_SID, ContentVariables: '[1]' }, 21656],
  ['variables that are no JSON', { ContentSid: TWILIO_TEMPLATE_SID, ContentVariables: '{' }, 21656],
  ['media that is no URL', { MediaUrl: 'picture.png' }, 21620],
  ['a To whose plus was lost', { To: ' 15551230001' }, 21211],
  ['a To that is too short', { To: '+1500' }, 21211],
  ['magic invalid To', { To: '+15005550001' }, 21211],
  ['magic unreachable To', { To: '+15005550002' }, 21612],
  ['magic country', { To: '+15005550003' }, 21408],
  ['magic opt-out', { To: '+15005550004' }, 21610],
  ['magic landline', { To: '+15005550009' }, 21614],
  ['recipient that opted out', { To: '+15551239999' }, 21610],
  ['a From of no known kind', { From: '+0' }, 21212],
  ['magic invalid From', { From: '+15005550001' }, 21212],
  ['a From of somebody else', { From: '+15551112222' }, 21606],
  ['magic From without SMS', { From: '+15005550007' }, 21606],
  ['magic full queue', { From: '+15005550008' }, 21611, 429],
  ['a name as sender to the US', { From: 'Flowdeck' }, 21612],
  ['two channels', { To: 'whatsapp:+15551230001' }, 21910],
  ['a foreign WhatsApp sender', { ...WHATSAPP, From: 'whatsapp:+15005550006' }, 63007],
  ['unknown service', { From: '', MessagingServiceSid: 'MG1' }, 21701],
  ['service without sender', { From: '', MessagingServiceSid: EMPTY_SERVICE }, 21703],
  ['sender outside the pool', { MessagingServiceSid: TWILIO_SERVICE_SID }, 21606],
  ['callback that is no URL', { StatusCallback: 'nowhere' }, 21609],
  ['callback host with underscore', { StatusCallback: 'https://my_host.test/' }, 21609],
  ['schedule without service', { ScheduleType: 'fixed', SendAt: soon(3_600_000) }, 35118],
  ['unknown schedule', { ScheduleType: 'sometimes' }, 20001],
];

for (const [name, form, code, status = 400] of REFUSALS) {
  test(`refuses ${name}: ${code}`, async () => {
    const before = twilio.messages().length;
    const answer = await sendMessage(twilio, form);
    assert.equal([answer.status, asError(answer).code, asError(answer).status], [status, code, status]);
    assert.is(asError(answer).more_info, `https://www.twilio.com/docs/errors/${code}`);
    assert.not.match(asError(answer).message, /[{}]/);
    assert.is(twilio.messages().length, before);
  });
}

for (const [at, code] of [
  ['', 35111],
  ['tomorrow', 35114],
  [soon(-1000), 35114],
  [soon(300_000), 35115],
  [soon(36 * 86_400_000), 35117],
] as const) {
  test(`refuses SendAt '${at}': ${code}`, async () => {
    assert.is(asError(await schedule(at)).code, code);
  });
}

test('refuses eleven media: 21623', async () => {
  const urls = Array.from({ length: 11 }, (_, index): [string, string] => ['MediaUrl', `https://a.test/${index}.png`]);
  const answer = await call(twilio, pathOf(twilio), {
    form: [['To', '+15551230001'], ['From', '+15005550006'], ...urls],
  });
  assert.is(asError(answer).code, 21623);
});

test('a body under another media type has no parameters: 21604', async () => {
  for (const [type, body] of [
    ['application/json', '{"To":"+15551230001","From":"+15005550006","Body":"x"}'],
    ['application/x-form-url-encoded', 'To=%2B15551230001&From=%2B15005550006&Body=x'],
  ] as const) {
    const answer = await call(twilio, pathOf(twilio), { body, headers: { 'Content-Type': type } });
    assert.equal([answer.status, asError(answer).code], [400, 21604], type);
  }
});

test('a trial account sends to verified numbers only, and says that it is one', async () => {
  const path = `/2010-04-01/Accounts/${TRIAL_SID}/Messages.json`;
  const send = (to: string) =>
    call(twilio, path, { as: `${TRIAL_SID}:trial`, form: { To: to, From: '+15005550030', Body: 'Hi' } });
  assert.is(asError(await send('+15551230001')).code, 21608);
  assert.match(asMessage(await send('+15551230009')).body, /^Sent from your Twilio trial account - Hi$/);
});

test('test credentials check everything and store nothing', async () => {
  const { sid, authToken } = TWILIO_TEST_CREDENTIALS;
  const path = `/2010-04-01/Accounts/${sid}/Messages.json`;
  const before = twilio.messages().length;
  const send = (form: Record<string, string>) =>
    call(twilio, path, {
      as: `${sid}:${authToken}`,
      form: { To: '+15551230001', From: '+15005550006', Body: 'x', ...form },
    });
  const sent = await send({});
  assert.equal([sent.status, asMessage(sent).account_sid], [201, sid]);
  assert.is(asError(await send({ From: '+15005550020' })).code, 21606);
  assert.is(asError(await send({ To: '+15005550009' })).code, 21614);
  assert.is(asError(await send({ From: '', MessagingServiceSid: TWILIO_SERVICE_SID })).code, 21701);
  assert.is(twilio.messages().length, before);
});

test('the same seed and requests give the same SIDs', async () => {
  const sids: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const service = await startTwilioService();
    sids.push(asMessage(await sendMessage(service)).sid);
    await service.close();
  }
  assert.is(sids[0], sids[1]);
});

test.run();
