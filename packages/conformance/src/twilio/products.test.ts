/** What the products share beside their operations: hosts and regions, limits, permissions, events that are told. */

import { createServer } from 'node:http';
import { listen, readBody } from '@flowdeck/testing/http';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sdkFor } from '../../test/twilio-sdk.js';
import { TWILIO_NUMBERS, TWILIO_SERVICE_SID } from './constants.js';
import type { TwilioServiceOptions } from './options.js';
import { startTwilioService } from './service.js';
import { defaultTwilioAccount } from './setup.js';
import { asError, sendMessage } from './test-client.js';
import { siteOf } from './wire/hosts.js';
import { signBody } from './wire/signature.js';

const PERSON = '+15551230001';
const HI = { to: PERSON, from: TWILIO_NUMBERS[0], body: 'Hi' };

async function serving(
  options: TwilioServiceOptions,
  use: (twilio: Awaited<ReturnType<typeof startTwilioService>>) => Promise<void>,
): Promise<void> {
  const twilio = await startTwilioService(options);
  try {
    await use(twilio);
  } finally {
    await twilio.close();
  }
}

/** The code and status with which a call of the SDK is refused. */
async function refusal(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => assert.unreachable('it was not refused'),
    (reason) => reason,
  );
  const { code, status } = Object(error);
  return [code, status];
}

test('a host tells product and region; what is no host of a product is none', () => {
  assert.equal(siteOf('api.twilio.com')?.region, 'us1');
  const site = siteOf('verify.dublin.ie1.twilio.com');
  assert.equal(site, { product: 'verify', region: 'ie1', origin: 'https://verify.dublin.ie1.twilio.com' });
  assert.equal(siteOf('127.0.0.1:4010'), { product: null, region: null, origin: 'http://127.0.0.1:4010' });
  for (const host of ['api.ie1.twilio.com', 'video.twilio.com', 'api.a.b.c.twilio.com', 'api..ie1.twilio.com']) {
    assert.is(siteOf(host), undefined, host);
  }
});

test('credentials are good in their own region only, by any of its edges', () =>
  serving({ accounts: [{ ...defaultTwilioAccount(), region: 'ie1' }] }, async (twilio) => {
    const { client } = sdkFor(twilio, { edge: 'dublin', region: 'ie1' });
    assert.is((await client.messages.create(HI)).status, 'queued');
    assert.equal(await refusal(sdkFor(twilio).client.messages.create(HI)), [20003, 401]);
  }));

test('a path of another product is not found under a host', () =>
  serving({}, async (twilio) => {
    const { client } = sdkFor(twilio);
    const request = { method: 'get', uri: 'https://verify.twilio.com/v1/Services' } as const;
    assert.is((await client.request(request)).statusCode, 404);
    const links = await client.request({ ...request, uri: 'https://messaging.twilio.com/v1/Services?PageSize=1' });
    assert.match(JSON.stringify(links.body), /"url":"https:\/\/messaging\.twilio\.com\/v1\/Services\?PageSize=1/);
  }));

test('a Restricted key may do what its policy says, and nothing else', () =>
  serving({}, async (twilio) => {
    const { client } = sdkFor(twilio);
    const policy = { allow: ['/twilio/messaging/messages/create'] };
    const { accountSid } = twilio;
    const key = await client.iam.v1.newApiKey.create({ accountSid, keyType: 'restricted', policy });
    const { client: restricted } = sdkFor(twilio, { user: key.sid, password: key.secret });
    assert.is((await restricted.messages.create(HI)).status, 'queued');
    assert.equal(await refusal(restricted.messages.list()), [70051, 403]);
  }));

test('requests above the rate are refused until a second has passed', async () => {
  let now = 0;
  await serving({ ratePerSecond: 2, clock: () => now }, async (twilio) => {
    assert.is((await sendMessage(twilio)).status, 201);
    assert.is((await sendMessage(twilio)).status, 201);
    assert.equal(asError(await sendMessage(twilio)).code, 20429);
    now += 1000;
    assert.is((await sendMessage(twilio)).status, 201);
    assert.is(twilio.messages().length, 3);
  });
});

test('a plain sender takes so many messages into its queue, a service takes more', () =>
  serving({ senderQueue: 1 }, async (twilio) => {
    assert.is((await sendMessage(twilio)).status, 201);
    assert.equal([asError(await sendMessage(twilio)).code, (await sendMessage(twilio)).status], [21611, 429]);
    const through = await sendMessage(twilio, { From: '', MessagingServiceSid: TWILIO_SERVICE_SID });
    assert.is(through.status, 201);
    await twilio.advance();
    assert.is((await sendMessage(twilio)).status, 201);
  }));

test('subscribers hear of messages by signed JSON', async () => {
  const heard: { url: string; body: string; signature: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const body = (await readBody(request, 65_536))?.toString() ?? '';
    heard.push({ url: request.url ?? '', body, signature: request.headers['x-twilio-signature'] });
    response.writeHead(200).end();
  });
  const app = await listen(server, 0, new AbortController());
  await serving({}, async (twilio) => {
    const { v1 } = sdkFor(twilio).client.events;
    const sinkConfiguration = { destination: `${app.url}/in?a=1`, method: 'POST' };
    const sink = await v1.sinks.create({ description: 'app', sinkConfiguration, sinkType: 'webhook' });
    const types = [{ type: 'com.twilio.messaging.inbound-message.received' }];
    await v1.subscriptions.create({ description: 'in', sinkSid: sink.sid, types });
    await twilio.inbound({ from: PERSON, to: TWILIO_NUMBERS[1], body: 'Hé' });
    const [{ body, signature, url }] = [heard[0]!];
    assert.equal({ url: app.url + url, signature }, signBody(twilio.authToken, `${app.url}/in?a=1`, body));
    const [event] = JSON.parse(body);
    assert.equal([event.type, event.data.body], [types[0]?.type, 'Hé']);
    assert.is((await v1.sinks(sink.sid).fetch()).status, 'active');
  });
  await app.close();
});

test.run();
