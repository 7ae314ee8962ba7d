/** Signatures of Twilio: published vectors, what the vendor's own library signs, and all that is refused. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import twilioSdk from 'twilio';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isTwilioSigned } from './signature.js';

const TOKEN = '12345';
const FORM = 'application/x-www-form-urlencoded';
const CALL = { CallSid: 'CA1234567890ABCDE', Digits: '1234', To: '+18005551212' };
const APP = 'https://mycompany.com/myapp.php?foo=1&bar=2';

interface Sent {
  readonly url: string;
  readonly signature: string;
  readonly body?: string | Uint8Array;
  readonly type?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
}

function isProven({ url, signature, body = '', type = FORM, method = 'POST', headers, secrets = [TOKEN] }: Sent) {
  return isTwilioSigned({
    method,
    url,
    headers: { 'content-type': type, 'x-twilio-signature': signature, ...headers },
    body: Buffer.from(body),
    secrets: secrets.map((secret) => Buffer.from(secret)),
  });
}

const form = (parameters: Readonly<Record<string, string>> | readonly (readonly [string, string])[]) =>
  new URLSearchParams(
    Object.entries(parameters).map(([key, value]) => (typeof value === 'string' ? [key, value] : [...value])),
  ).toString();

const INBOUND = {
  ToCountry: 'US',
  MessageSid: `SM${'0123456789abcdef'.repeat(2)}`,
  From: '+14017122661',
  To: '+15558675310',
  Body: 'McAvoy or Stewart? 50% & more + ✓',
  NumMedia: '0',
  AccountSid: `AC${'0123456789abcdef'.repeat(2)}`,
  SmsStatus: 'received',
  ApiVersion: '2010-04-01',
  NumSegments: '1',
};
const REPEATED = [
  ['MediaUrl', 'http://b'],
  ['MediaUrl', 'http://a'],
  ['MediaUrl', 'http://b'],
  ['To', '+1'],
] as const;
const JSON_BODY = '{"property": "value", "boolean": true}';
const JSON_URL = `${APP}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`;
const JSON_SIGNATURE = 'a9nBmqA0ju/hNViExpshrM61xv4=';

const VECTORS: Readonly<Record<string, Sent>> = {
  'a call': {
    url: APP,
    body: form({ ...CALL, Caller: '+14158675309', From: '+14158675309' }),
    signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  },
  'a call from another number': {
    url: APP,
    body: form({ ...CALL, Caller: '+12349013030', From: '+12349013030' }),
    signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
  },
  'a message with more than ASCII': {
    url: 'https://example.com/webhooks/sms?tenant=7',
    body: form(INBOUND),
    signature: 'Yoe5diXsk6mQ3KXwJ5/yBRx3sfo=',
  },
  'a parameter that is repeated': {
    url: 'https://example.com/a',
    body: form(REPEATED),
    signature: 'HvY8iva6BchBOZSQN+W5IERT5/Q=',
  },
  'a request without a body': {
    url: 'https://example.com/a?x=1',
    method: 'GET',
    type: '',
    signature: 'hbCg3egxuG5Xg/QE2VeX0LpVNAQ=',
  },
  'a JSON body': { url: JSON_URL, body: JSON_BODY, type: 'application/json', signature: JSON_SIGNATURE },
};

for (const [name, sent] of Object.entries(VECTORS)) {
  test(`${name} is proven, and by nothing else`, () => {
    assert.ok(isProven(sent));
    assert.ok(isProven({ ...sent, url: `${sent.url}#rc=3` }));
    assert.ok(isProven({ ...sent, secrets: ['of yesterday', TOKEN] }));
    assert.not(isProven({ ...sent, secrets: ['12346'] }));
    assert.not(isProven({ ...sent, secrets: [] }));
    assert.not(isProven({ ...sent, signature: '' }));
    assert.not(isProven({ ...sent, signature: sent.signature.toLowerCase() }));
    assert.not(isProven({ ...sent, signature: `${sent.signature}=` }));
    assert.not(isProven({ ...sent, url: sent.url.replace('.com', '.org') }));
    assert.not(isProven({ ...sent, body: sent.body === undefined ? 'a=1' : `${sent.body}&a=1` }));
  });
}

test('the port of the scheme may stand in the URL or not, and any other may be left out', () => {
  const { signature, body } = { body: form({ A: '1' }), signature: '' };
  const sign = (url: string) => twilioSdk.getExpectedTwilioSignature(TOKEN, url, { A: '1' });
  for (const [signed, received] of [
    ['https://example.com/a', 'https://example.com:443/a'],
    ['https://example.com:443/a', 'https://example.com/a'],
    ['http://example.com:80/a?b=c', 'http://example.com/a?b=c'],
    ['https://example.com/a', 'https://example.com:8443/a'],
    ['https://example.com:8443/a', 'https://example.com:8443/a'],
    ['https://me:secret@example.com:443/a', 'https://me:secret@example.com/a'],
    ['http://[::1]:80/a', 'http://[::1]/a'],
  ] as const) {
    assert.ok(isProven({ url: received, body, signature: sign(signed) }), `${signed} ${received}`);
    assert.not(isProven({ url: received, body, signature }), received);
  }
  for (const [signed, received] of [
    ['https://example.com:8443/a', 'https://example.com/a'],
    ['https://example.com:8443/a', 'https://example.com:9443/a'],
    ['http://example.com/a', 'https://example.com/a'],
  ] as const)
    assert.not(isProven({ url: received, body, signature: sign(signed) }), `${signed} ${received}`);
});

test('of a body that is no form the hash has to be there, right, in small letters, and once', () => {
  const hash = JSON_URL.slice(-64);
  const sign = (url: string) => twilioSdk.getExpectedTwilioSignature(TOKEN, url, {});
  const sent = (url: string, body: string | Uint8Array = JSON_BODY) =>
    isProven({ url, body, type: 'application/json', signature: sign(url) });
  assert.ok(sent(JSON_URL));
  assert.ok(sent(`https://example.com/?bodySHA256=${hash}`));
  assert.not(sent(APP));
  assert.not(sent(`${APP}&bodySHA256=`));
  assert.not(sent(`${APP}&bodySHA256=${hash.toUpperCase()}`));
  assert.not(sent(`${APP}&bodySHA256=${hash}&bodySHA256=${hash}`));
  assert.not(sent(JSON_URL, `${JSON_BODY} `));
  assert.not(sent(JSON_URL, ''));
  assert.not(isProven({ url: APP, body: JSON_BODY, type: '', signature: sign(APP) }));
  assert.not(isProven({ url: APP, body: JSON_BODY, type: 'text/plain', signature: sign(APP) }));
});

test('the hash is of the bytes as they came, also where they are no text', () => {
  const body = Uint8Array.from([0xef, 0xbb, 0xbf, 0xff, 0x00]);
  const url = `https://example.com/e?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
  const sent = {
    url,
    type: 'application/octet-stream',
    signature: twilioSdk.getExpectedTwilioSignature(TOKEN, url, {}),
  };
  assert.ok(isProven({ ...sent, body }));
  assert.not(isProven({ ...sent, body: body.slice(3) }));
  assert.not(isProven({ ...sent, body: new TextDecoder().decode(body) }));
});

test('an algorithm that the sender names is the one that counts, and one that nobody knows proves nothing', () => {
  const url = 'https://example.com/a';
  const sign = (algorithm: string) => twilioSdk.getExpectedTwilioSignature(TOKEN, url, { A: '1' }, algorithm);
  const proven = (signature: string, settings: string) =>
    isProven({ url, body: 'A=1', signature, headers: { 'x-twilio-webhooks-signature-settings': settings } });
  assert.ok(proven(sign('HMAC_SHA256'), 'key=webhooks_sharedkey_1,algorithm=HMAC_SHA256'));
  assert.ok(proven(sign('HMAC_SHA1'), ''));
  assert.not(proven(sign('HMAC_SHA1'), 'algorithm=HMAC_SHA256'));
  assert.not(proven(sign('HMAC_SHA1'), 'algorithm=HMAC_MD5'));
});

test('whatever the official library signs is proven, and never with another text in it', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  const parameters = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 6 }),
    fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
    {
      maxKeys: 6,
      noNullPrototype: true,
    },
  );
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), parameters, text, (url, given, other) => {
      // Keys of an object that are numbers come first in it: sorted as texts they are again.
      const signature = twilioSdk.getExpectedTwilioSignature(TOKEN, url, given);
      const pairs = Object.entries(given).flatMap(([name, value]) =>
        [value].flat().map((each): [string, string] => [name, each]),
      );
      const body = new URLSearchParams(pairs).toString();
      assert.ok(isProven({ url, body, signature }), `${url} ${body}`);
      const more = new URLSearchParams([...pairs, ['zzzzzzz', `${other}x`]]).toString();
      assert.not(isProven({ url, body: more, signature }));
    }),
  );
});

test.run();
