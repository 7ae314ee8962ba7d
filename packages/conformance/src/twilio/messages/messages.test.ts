/** Messages after their creation, over HTTP. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TWILIO_SERVICE_SID } from '../constants.js';
import type { TwilioService } from '../options.js';
import { startTwilioService } from '../service.js';
import { asError, asMessage, asPage, call, pathOf, sendMessage } from '../test-client.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 5, 12, 9, 30, 0);

let twilio: TwilioService;
let now: number;

test.before.each(async () => {
  now = START;
  twilio = await startTwilioService({ clock: () => now });
});
test.after.each(() => twilio.close());

const list = async (query = '') => asPage(await call(twilio, pathOf(twilio, `/Messages.json${query}`)));
const bodies = async (query: string) => (await list(query)).messages.map((message) => message.body);

test('the list is newest first and pages to its end', async () => {
  for (let index = 0; index < 5; index += 1) await sendMessage(twilio, { Body: `m${index}` });
  const first = await list('?PageSize=2');
  assert.equal(
    first.messages.map((message) => message.body),
    ['m4', 'm3'],
  );
  const second = asPage(await call(twilio, first.next_page_uri ?? ''));
  assert.equal(
    second.messages.map((message) => message.body),
    ['m2', 'm1'],
  );
  const third = asPage(await call(twilio, second.next_page_uri ?? ''));
  assert.equal(
    third.messages.map((message) => message.body),
    ['m0'],
  );
  assert.is(third.next_page_uri, null);
});

test('the list filters by To, From and DateSent', async () => {
  await sendMessage(twilio, { Body: 'monday', To: '+15551230001' });
  await twilio.advance(3);
  now += DAY;
  await sendMessage(twilio, { Body: 'tuesday', To: '+15551230002', From: '+15005550020' });
  await twilio.advance(3);
  await sendMessage(twilio, { Body: 'unsent', To: '+15551230003' });
  assert.equal(await bodies('?To=%2B15551230001'), ['monday']);
  assert.equal(await bodies('?From=%2B15005550020'), ['tuesday']);
  assert.equal(await bodies('?DateSent=2024-06-12'), ['monday']);
  assert.equal(await bodies('?DateSent%3E=2024-06-13'), ['tuesday']);
  assert.equal(await bodies('?DateSent%3C=2024-06-12'), ['monday']);
  assert.equal(await bodies('?DateSent%3E=2024-06-12&DateSent%3C=2024-06-13'), ['tuesday', 'monday']);
  assert.is(asError(await call(twilio, pathOf(twilio, '/Messages.json?DateSent=never'))).code, 20001);
});

test('a page size over 1000 is refused: 20007', async () => {
  const answer = await call(twilio, pathOf(twilio, '/Messages.json?PageSize=1001'));
  assert.equal([answer.status, asError(answer).code], [400, 20007]);
});

test('a message can be fetched, redacted and deleted', async () => {
  const { uri } = asMessage(await sendMessage(twilio, { Body: 'secret' }));
  assert.is(asMessage(await call(twilio, uri)).body, 'secret');
  const redacted = await call(twilio, uri, { form: { Body: '' } });
  assert.equal([redacted.status, asMessage(redacted).body], [200, '']);
  assert.is(asError(await call(twilio, uri, { form: { Body: 'new' } })).code, 20001);
  const deleted = await call(twilio, uri, { method: 'DELETE' });
  assert.equal([deleted.status, deleted.text], [204, '']);
  const gone = await call(twilio, uri);
  assert.equal(gone.json, {
    code: 20404,
    message: `The requested resource ${uri} was not found`,
    more_info: 'https://www.twilio.com/docs/errors/20404',
    status: 404,
  });
});

test('only a scheduled message can be canceled', async () => {
  const SendAt = new Date(now + 3_600_000).toISOString();
  const form = { From: '', MessagingServiceSid: TWILIO_SERVICE_SID, ScheduleType: 'fixed', SendAt };
  const { uri } = asMessage(await sendMessage(twilio, form));
  assert.is(asMessage(await call(twilio, uri, { form: { Status: 'canceled' } })).status, 'canceled');
  const again = await call(twilio, uri, { form: { Status: 'canceled' } });
  assert.equal([again.status, asError(again).code], [409, 30409]);
  now += DAY;
  assert.equal(await twilio.advance(), []);
});

test('without .json the answer is XML', async () => {
  const sent = asMessage(await sendMessage(twilio, { Body: 'a < b & c' }));
  const one = await call(twilio, sent.uri.replace('.json', ''));
  assert.match(one.headers.get('content-type') ?? '', /^application\/xml/);
  assert.match(one.text, `<TwilioResponse><Message><AccountSid>${twilio.accountSid}</AccountSid>`);
  assert.match(one.text, '<Body>a &lt; b &amp; c</Body>');
  assert.match(one.text, '<ErrorCode/>');
  const all = await call(twilio, pathOf(twilio, '/Messages?PageSize=1'));
  assert.match(all.text, /<Messages page="0" pagesize="1" .*nextpageuri="".*><Message>.*<\/Message><\/Messages>/);
  const missing = await call(twilio, pathOf(twilio, '/Messages/SM0'));
  assert.match(missing.text, '<RestException><Code>20404</Code>');
});

test('media records can be listed, fetched and deleted', async () => {
  const sent = asMessage(await sendMessage(twilio, { MediaUrl: 'https://a.test/x.gif' }));
  const page = await call(twilio, sent.subresource_uris.media);
  const uri = /"uri":"([^"]*\/Media\/ME[^"]*)"/.exec(page.text)?.[1] ?? '';
  assert.match((await call(twilio, uri)).text, '"content_type":"image/gif"');
  assert.is((await call(twilio, uri, { method: 'DELETE' })).status, 204);
  assert.is((await call(twilio, uri)).status, 404);
  assert.is(asMessage(await call(twilio, sent.uri)).num_media, '0');
});

test.run();
