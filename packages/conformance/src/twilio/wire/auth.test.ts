/** Who may do what: credentials, keys, accounts, paths. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TWILIO_MAIN_KEY, TWILIO_STANDARD_KEY, TWILIO_TEST_CREDENTIALS } from '../constants.js';
import type { TwilioService } from '../options.js';
import { startTwilioService } from '../service.js';
import { asError, call, pathOf } from '../test-client.js';
import { basicPair } from './auth.js';

let twilio: TwilioService;
test.before.each(async () => {
  twilio = await startTwilioService();
});
test.after.each(() => twilio.close());

const MAIN = `${TWILIO_MAIN_KEY.sid}:${TWILIO_MAIN_KEY.secret}`;
const TEST = `${TWILIO_TEST_CREDENTIALS.sid}:${TWILIO_TEST_CREDENTIALS.authToken}`;

test('all live credentials may list messages', async () => {
  for (const as of [`${twilio.accountSid}:${twilio.authToken}`, MAIN, `${twilio.keySid}:${twilio.keySecret}`]) {
    assert.is((await call(twilio, pathOf(twilio, '/Messages.json?PageSize=1'), { as })).status, 200, as);
  }
});

test('wrong, missing and padded credentials are refused: 20003', async () => {
  for (const as of [null, 'nobody:x', `${twilio.keySid}:wrong`, `${twilio.keySid}:${twilio.keySecret} `, ':']) {
    const answer = await call(twilio, pathOf(twilio), { as });
    assert.equal([answer.status, asError(answer).code], [401, 20003], String(as));
    assert.is(answer.headers.get('www-authenticate'), 'Basic realm="Twilio API"');
  }
});

test('a Standard key reaches neither accounts nor keys: 20003', async () => {
  for (const path of [pathOf(twilio, '.json'), '/2010-04-01/Accounts.json', pathOf(twilio, '/Keys.json')]) {
    const answer = await call(twilio, path);
    assert.equal([answer.status, asError(answer).code], [401, 20003], path);
    assert.is((await call(twilio, path, { as: MAIN })).status, 200, path);
  }
});

test('an API key in the path is no account: 400, 90002', async () => {
  const answer = await call(twilio, `/2010-04-01/Accounts/${twilio.keySid}/Messages.json`);
  assert.equal([answer.status, asError(answer).code], [400, 90002]);
});

test('another account is not reached', async () => {
  const answer = await call(twilio, `/2010-04-01/Accounts/AC${'9'.repeat(32)}/Messages.json`);
  assert.is(answer.status, 401);
});

test('deleting a key ends it; a Standard key cannot delete itself', async () => {
  const path = pathOf(twilio, `/Keys/${TWILIO_STANDARD_KEY.sid}.json`);
  assert.is((await call(twilio, path, { method: 'DELETE' })).status, 401);
  assert.is((await call(twilio, pathOf(twilio))).status, 200);
  assert.is((await call(twilio, path, { method: 'DELETE', as: MAIN })).status, 204);
  assert.is((await call(twilio, pathOf(twilio))).status, 401);
  assert.is((await call(twilio, path, { method: 'DELETE', as: MAIN })).status, 404);
});

test('a new key works at once, and its secret is told once', async () => {
  const made = await call(twilio, pathOf(twilio, '/Keys.json'), { as: MAIN, form: { FriendlyName: 'new' } });
  assert.is(made.status, 201);
  const sid = /"sid":"(SK[^"]*)"/.exec(made.text)?.[1] ?? '';
  const secret = /"secret":"([^"]*)"/.exec(made.text)?.[1] ?? '';
  assert.is((await call(twilio, pathOf(twilio), { as: `${sid}:${secret}` })).status, 200);
  const fetched = await call(twilio, pathOf(twilio, `/Keys/${sid}.json`), { as: MAIN });
  assert.match(fetched.text, '"friendly_name":"new"');
  assert.not.match(fetched.text, 'secret');
  const renamed = await call(twilio, pathOf(twilio, `/Keys/${sid}.json`), { as: MAIN, form: { FriendlyName: 'old' } });
  assert.match(renamed.text, '"friendly_name":"old"');
});

test('test credentials reach nothing but creation: 403, 20008', async () => {
  const base = `/2010-04-01/Accounts/${TWILIO_TEST_CREDENTIALS.sid}`;
  for (const path of ['/Messages.json?PageSize=1', '.json', '/Keys.json', '/Nothing.json']) {
    const answer = await call(twilio, base + path, { as: TEST });
    assert.equal([answer.status, asError(answer).code], [403, 20008], path);
  }
  const buy = (form: Record<string, string>) => call(twilio, `${base}/IncomingPhoneNumbers.json`, { as: TEST, form });
  assert.is((await buy({ PhoneNumber: '+15005550006' })).status, 201);
  for (const [form, code] of [
    [{ PhoneNumber: '+15005550000' }, 21422],
    [{ PhoneNumber: '+15005550001' }, 21421],
    [{ AreaCode: '533' }, 21452],
  ] as const) {
    assert.is(asError(await buy(form)).code, code);
  }
});

test('a suspended account is refused', async () => {
  const sid = `AC${'8'.repeat(32)}`;
  const service = await startTwilioService({ accounts: [{ sid, authToken: 't', status: 'suspended' }] });
  const answer = await call(service, pathOf(service), { as: `${sid}:t` });
  await service.close();
  assert.is(answer.status, 401);
});

test('unknown paths are 404, unknown methods 405', async () => {
  for (const path of [
    '/',
    '/2010-04-01/Nothing.json',
    pathOf(twilio, '/Nothing.json'),
    pathOf(twilio, '/Messages.csv'),
    '//x',
  ]) {
    const answer = await call(twilio, path);
    assert.is(answer.status, 404, path);
  }
  const answer = await call(twilio, pathOf(twilio), { method: 'PUT', body: '' });
  assert.equal([answer.status, asError(answer).code], [405, 20004]);
});

test('a password may hold colons; other schemes are no pair', () => {
  const encode = (text: string) => Buffer.from(text).toString('base64');
  assert.equal(basicPair('Basic U0swMTIzOnMzY3IzdA=='), { user: 'SK0123', password: 's3cr3t' });
  assert.equal(basicPair(`basic ${encode('a:b:c')}`), { user: 'a', password: 'b:c' });
  for (const header of [undefined, '', 'Bearer abc', `Basic ${encode('nocolon')}`, 'Basic !!!']) {
    assert.is(basicPair(header), undefined, String(header));
  }
});

test('accounts must be there, each once', async () => {
  const account = { sid: `AC${'1'.repeat(32)}`, authToken: 't' };
  for (const accounts of [[], [account, account]]) {
    try {
      await startTwilioService({ accounts });
      assert.unreachable();
    } catch (error) {
      assert.match(JSON.stringify(error), '"code":"twilio-accounts"');
    }
  }
});

test.run();
