/** The official SDK performs every operation that the service claims; requests and answers fit the descriptions. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readDescriptions } from '../../test/twilio-descriptions.js';
import { sdkFor } from '../../test/twilio-sdk.js';
import { TWILIO_CLAIMS } from './claims.js';
import { TWILIO_NUMBERS, TWILIO_SERVICE_SID, TWILIO_TEMPLATE_SID } from './constants.js';
import type { RecordedRequest, TwilioService } from './options.js';
import { startTwilioService } from './service.js';
import { defaultTwilioAccount } from './setup.js';

const [FROM] = TWILIO_NUMBERS;
const PERSON = '+15551230001';

type Sdk = ReturnType<typeof sdkFor>['client'];

let twilio: TwilioService;
test.before.each(async () => {
  const account = defaultTwilioAccount();
  twilio = await startTwilioService({ accounts: [{ ...account, numbers: [...TWILIO_NUMBERS, '55512'] }] });
});
test.after.each(() => twilio.close());

async function accounts(sdk: Sdk): Promise<void> {
  const [account] = await sdk.api.v2010.accounts.list({ status: 'active' });
  assert.is((await sdk.api.v2010.accounts(account!.sid).fetch()).status, 'active');
  assert.is((await sdk.balance.fetch()).currency, 'USD');
  const [record] = await sdk.usage.records.list({ category: 'sms', limit: 1 });
  assert.is(record?.category, 'sms');
  const key = await sdk.newKeys.create({ friendlyName: 'one' });
  assert.is((await sdk.keys(key.sid).fetch()).friendlyName, 'one');
  assert.is((await sdk.keys(key.sid).update({ friendlyName: 'two' })).friendlyName, 'two');
  assert.is((await sdk.keys.list()).length, 3);
  assert.ok(await sdk.keys(key.sid).remove());
  const { v1 } = sdk.iam;
  const policy = { allow: ['/twilio/messaging/messages/create'] };
  const options = { accountSid: sdk.accountSid, friendlyName: 'iam', keyType: 'restricted' as const, policy };
  const restricted = await v1.newApiKey.create(options);
  assert.is((await v1.apiKey(restricted.sid).fetch()).friendlyName, 'iam');
  assert.is((await v1.apiKey(restricted.sid).update({ friendlyName: 'changed' })).friendlyName, 'changed');
  assert.is((await v1.getApiKeys.list({ accountSid: sdk.accountSid })).length, 3);
  assert.ok(await v1.apiKey(restricted.sid).remove());
}

async function messages(sdk: Sdk): Promise<void> {
  const sent = await sdk.messages.create({
    to: PERSON,
    from: FROM,
    body: 'Hé + 1 & ✓',
    mediaUrl: ['https://a.test/1.png', 'https://a.test/2.png'],
    statusCallback: 'https://a.test/status',
    validityPeriod: 60,
    provideFeedback: true,
    smartEncoded: true,
  });
  assert.equal([sent.status, sent.body, sent.numMedia], ['queued', 'Hé + 1 & ✓', '2']);
  const feedback = await sdk.messages(sent.sid).feedback.create({ outcome: 'confirmed' });
  assert.is(feedback.outcome, 'confirmed');
  const media = await sdk.messages(sent.sid).media.list();
  assert.equal(
    media.map((item) => item.contentType),
    ['image/png', 'image/png'],
  );
  assert.is((await sdk.messages(sent.sid).media(media[0]!.sid).fetch()).parentSid, sent.sid);
  assert.ok(await sdk.messages(sent.sid).media(media[0]!.sid).remove());
  await twilio.advance(Number.POSITIVE_INFINITY);
  const delivered = await sdk.messages(sent.sid).fetch();
  assert.equal([delivered.status, delivered.dateSent instanceof Date], ['delivered', true]);
  assert.is((await sdk.messages(sent.sid).update({ body: '' })).body, '');
  const sendAt = new Date(Date.now() + 3_600_000);
  const scheduled = await sdk.messages.create({
    to: PERSON,
    messagingServiceSid: TWILIO_SERVICE_SID,
    contentSid: TWILIO_TEMPLATE_SID,
    contentVariables: JSON.stringify({ 1: '4711' }),
    scheduleType: 'fixed',
    sendAt,
  });
  assert.equal([scheduled.status, scheduled.body], ['scheduled', 'Your code is 4711']);
  assert.is((await sdk.messages(scheduled.sid).update({ status: 'canceled' })).status, 'canceled');
  const listed = await sdk.messages.list({ to: PERSON, pageSize: 1 });
  assert.equal(
    listed.map((message) => message.sid),
    [scheduled.sid, sent.sid],
  );
  assert.ok(await sdk.messages(sent.sid).remove());
}

async function numbers(sdk: Sdk): Promise<void> {
  assert.is((await sdk.availablePhoneNumbers.list()).length, 3);
  const country = sdk.availablePhoneNumbers('GB');
  assert.is((await country.fetch()).country, 'United Kingdom');
  const [offer] = await country.mobile.list({ limit: 1 });
  assert.ok((await country.tollFree.list({ limit: 1 })).length);
  const [local] = await sdk.availablePhoneNumbers('US').local.list({ areaCode: 415, smsEnabled: true, limit: 1 });
  assert.match(local?.phoneNumber ?? '', /^\+1415/);
  const number = await sdk.incomingPhoneNumbers.create({
    phoneNumber: offer!.phoneNumber,
    smsUrl: 'https://a.test/in',
  });
  assert.is((await sdk.incomingPhoneNumbers(number.sid).fetch()).smsUrl, 'https://a.test/in');
  assert.is((await sdk.incomingPhoneNumbers(number.sid).update({ smsUrl: '' })).smsUrl, '');
  assert.is((await sdk.incomingPhoneNumbers.list({ phoneNumber: number.phoneNumber })).length, 1);
  assert.ok(await sdk.incomingPhoneNumbers(number.sid).remove());
  const [code] = await sdk.shortCodes.list();
  assert.is((await sdk.shortCodes(code!.sid).fetch()).shortCode, '55512');
  assert.is((await sdk.shortCodes(code!.sid).update({ friendlyName: 'news' })).friendlyName, 'news');
}

async function calls(sdk: Sdk): Promise<void> {
  const made = await sdk.calls.create({
    to: PERSON,
    from: FROM,
    twiml: '<Response><Say>Hi</Say></Response>',
    statusCallbackEvent: ['ringing', 'completed'],
  });
  assert.is(made.status, 'queued');
  assert.is((await sdk.calls(made.sid).update({ status: 'canceled' })).status, 'canceled');
  assert.is((await sdk.calls(made.sid).fetch()).endTime instanceof Date, true);
  assert.is((await sdk.calls.list({ status: 'canceled', limit: 5 })).length, 1);
  assert.ok(await sdk.calls(made.sid).remove());
}

async function services(sdk: Sdk): Promise<void> {
  const { v1 } = sdk.messaging;
  const made = await v1.services.create({ friendlyName: 'shop', stickySender: false, validityPeriod: 600 });
  assert.is((await v1.services(made.sid).fetch()).validityPeriod, 600);
  const service = v1.services(made.sid);
  assert.is((await service.update({ inboundRequestUrl: 'https://a.test/in' })).inboundRequestUrl, 'https://a.test/in');
  assert.is((await v1.services.list({ pageSize: 1 })).length, 2);
  const [free] = await sdk.incomingPhoneNumbers.list({ phoneNumber: FROM });
  const added = await service.phoneNumbers.create({ phoneNumberSid: free!.sid });
  assert.is((await service.phoneNumbers(added.sid).fetch()).phoneNumber, FROM);
  assert.is((await service.phoneNumbers.list()).length, 1);
  const sent = await sdk.messages.create({ to: PERSON, messagingServiceSid: made.sid, body: 'Hi' });
  assert.is(sent.status, 'accepted');
  assert.ok(await service.phoneNumbers(added.sid).remove());
  const [code] = await sdk.shortCodes.list();
  assert.is((await service.shortCodes.create({ shortCodeSid: code!.sid })).shortCode, '55512');
  assert.is((await service.shortCodes.list()).length, 1);
  const name = await service.alphaSenders.create({ alphaSender: 'Flowdeck' });
  assert.is((await service.alphaSenders(name.sid).fetch()).alphaSender, 'Flowdeck');
  assert.is((await service.alphaSenders.list()).length, 1);
  assert.ok(await service.alphaSenders(name.sid).remove());
  assert.ok(await service.remove());
}

async function contents(sdk: Sdk): Promise<void> {
  const { contentAndApprovals, contents: templates } = sdk.content.v1;
  const made = await templates.create({
    friendly_name: 'greeting',
    language: 'en',
    variables: { 1: 'Ada' },
    types: { 'twilio/text': { body: 'Hello {{1}}' } },
    // The SDK declares classes here; what it sends is the plain value.
  } as unknown as Parameters<typeof templates.create>[0]);
  assert.equal((await templates(made.sid).fetch()).types, { 'twilio/text': { body: 'Hello {{1}}' } });
  assert.is((await templates(made.sid).approvalFetch().fetch()).whatsapp['status'], 'unsubmitted');
  assert.is((await templates.list({ pageSize: 1 })).length, 2);
  assert.is((await contentAndApprovals.list()).length, 2);
  assert.ok(await templates(made.sid).remove());
}

async function lookups(sdk: Sdk): Promise<void> {
  const number = await sdk.lookups.v2.phoneNumbers('+14159929960').fetch({ fields: 'line_type_intelligence' });
  assert.equal([number.valid, number.countryCode, number.nationalFormat], [true, 'US', '(415) 992-9960']);
  assert.equal(JSON.parse(JSON.stringify(number.lineTypeIntelligence)).type, 'mobile');
}

async function verifications(sdk: Sdk): Promise<void> {
  const { v2 } = sdk.verify;
  const made = await v2.services.create({ friendlyName: 'login', codeLength: 4 });
  assert.is((await v2.services(made.sid).fetch()).codeLength, 4);
  assert.is((await v2.services.list()).length, 1);
  const service = v2.services(made.sid);
  const first = await service.verifications.create({ to: PERSON, channel: 'sms' });
  assert.is((await service.verifications(first.sid).update({ status: 'canceled' })).status, 'canceled');
  const second = await service.verifications.create({ to: PERSON, channel: 'whatsapp' });
  assert.is((await service.verifications(second.sid).fetch()).status, 'pending');
  const code = twilio.verificationCode(PERSON) ?? '';
  assert.match(code, /^\d{4}$/);
  const wrong = code === '0000' ? '1111' : '0000';
  assert.equal((await service.verificationChecks.create({ to: PERSON, code: wrong })).valid, false);
  assert.is((await service.verificationChecks.create({ to: PERSON, code })).status, 'approved');
  assert.is(twilio.verificationCode(PERSON), undefined);
}

async function events(sdk: Sdk): Promise<void> {
  const { v1 } = sdk.events;
  const sink = await v1.sinks.create({
    description: 'here',
    sinkConfiguration: { destination: 'http://127.0.0.1:1/in', method: 'POST' },
    sinkType: 'webhook',
  });
  assert.is((await v1.sinks(sink.sid).fetch()).status, 'initialized');
  const types = [{ type: 'com.twilio.messaging.inbound-message.received', schema_version: 1 }];
  const made = await v1.subscriptions.create({ description: 'in', sinkSid: sink.sid, types });
  const subscription = v1.subscriptions(made.sid);
  assert.is((await subscription.fetch()).sinkSid, sink.sid);
  await subscription.subscribedEvents.create({ type: 'com.twilio.messaging.message.delivered', schemaVersion: 1 });
  assert.is((await subscription.subscribedEvents.list({ pageSize: 1 })).length, 2);
  assert.is((await v1.sinks.list({ inUse: true })).length, 1);
  assert.is((await v1.subscriptions.list({ sinkSid: sink.sid })).length, 1);
  assert.ok(await subscription.remove());
  assert.ok(await v1.sinks(sink.sid).remove());
}

const PARTS = { accounts, messages, numbers, calls, services, contents, lookups, verifications, events };

/** `POST api.twilio.com /2010-04-01/Accounts/{AccountSid}/Messages.json` */
function claimOf(request: RecordedRequest): string | undefined {
  const claim = TWILIO_CLAIMS.find(
    ({ host, method, path }) =>
      host === request.host &&
      method === request.method &&
      new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(request.path),
  );
  return claim && `${claim.method} ${claim.host} ${claim.path}`;
}

test('the SDK performs every claimed operation, and no other', async () => {
  const { client } = sdkFor(twilio);
  for (const part of Object.values(PARTS)) await part(client);
  const claimed = TWILIO_CLAIMS.map(({ host, method, path }) => `${method} ${host} ${path}`);
  const performed = twilio.requests.filter(({ status }) => (status ?? 500) < 300).map(claimOf);
  assert.equal([...new Set(performed)].sort(), claimed.sort());
  assert.is(new Set(claimed).size, claimed.length);
});

const descriptions = readDescriptions();
if (descriptions) {
  for (const [name, part] of Object.entries(PARTS)) {
    test(`${name}: what the SDK asks and gets is valid by the descriptions`, async () => {
      const { answers, client } = sdkFor(twilio);
      await part(client);
      const problems = twilio.requests.flatMap((request, index) =>
        descriptions
          .problems(request, answers[index]?.body)
          .map((text) => `${request.method} ${request.path}: ${text}`),
      );
      assert.equal(problems, []);
    });
  }

  test('every described operation is claimed, and every claimed one described', () => {
    const described = descriptions.operations.map(({ host, method, path }) => `${method} ${host} ${path}`);
    assert.equal(TWILIO_CLAIMS.map(({ host, method, path }) => `${method} ${host} ${path}`).sort(), described.sort());
  });

  test('the judge says no: to an unknown parameter, a missing one, a field too much', async () => {
    const { answers, client } = sdkFor(twilio);
    await client.messages.create({ to: PERSON, from: FROM, body: 'Hi' });
    const [request, answer] = [twilio.requests[0]!, answers[0]!.body];
    const judge = (change: Partial<RecordedRequest>, body: unknown = answer) =>
      descriptions.problems({ ...request, ...change }, body).join();
    assert.is(judge({}), '');
    assert.match(judge({ form: new URLSearchParams({ To: PERSON, Odd: '1' }) }), /Odd is unknown/);
    assert.match(judge({ form: new URLSearchParams({ Body: 'Hi' }) }), /To is missing/);
    assert.match(judge({ form: new URLSearchParams({ To: PERSON, ValidityPeriod: 'x' }) }), /ValidityPeriod/);
    assert.match(judge({}, { sid: 'SM1' }), /sid/);
    assert.match(judge({}, { odd: true }), /odd/);
    assert.match(judge({ status: 418 }), /418/);
  });
} else {
  console.log(
    'SKIPPED: the descriptions of the vendor are not at hand, so requests and answers were not judged by them',
  );
}

test.run();
