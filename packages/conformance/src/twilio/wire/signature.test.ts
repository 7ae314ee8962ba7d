/** Signatures: every published vector, and what does not change one. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { signBody, signForm } from './signature.js';

const TOKEN = '12345';
const CALL = { CallSid: 'CA1234567890ABCDE', Digits: '1234', To: '+18005551212' };

const VECTORS: [name: string, url: string, parameters: [string, string][], signature: string][] = [
  [
    'call',
    'https://mycompany.com/myapp.php?foo=1&bar=2',
    Object.entries({ ...CALL, Caller: '+14158675309', From: '+14158675309' }),
    'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  ],
  [
    'call from another number',
    'https://mycompany.com/myapp.php?foo=1&bar=2',
    Object.entries({ ...CALL, Caller: '+12349013030', From: '+12349013030' }),
    '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
  ],
  [
    'message with characters outside ASCII',
    'https://example.com/webhooks/sms?tenant=7',
    Object.entries({
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
    }),
    'Yoe5diXsk6mQ3KXwJ5/yBRx3sfo=',
  ],
  [
    'repeated parameter',
    'https://example.com/a',
    [
      ['MediaUrl', 'http://b'],
      ['MediaUrl', 'http://a'],
      ['MediaUrl', 'http://b'],
      ['To', '+1'],
    ],
    'HvY8iva6BchBOZSQN+W5IERT5/Q=',
  ],
  ['GET', 'https://example.com/a?x=1', [], 'hbCg3egxuG5Xg/QE2VeX0LpVNAQ='],
];

for (const [name, url, parameters, signature] of VECTORS) {
  test(`form: ${name}`, () => {
    assert.is(signForm(TOKEN, url, new URLSearchParams(parameters)), signature);
    assert.is(signForm(TOKEN, url, new URLSearchParams([...parameters].reverse())), signature);
    assert.is(signForm(TOKEN, `${url}#rc=3`, new URLSearchParams(parameters)), signature);
    assert.is.not(signForm('12346', url, new URLSearchParams(parameters)), signature);
  });
}

test('body: the hash joins the query, the signature covers the URL', () => {
  const signed = signBody(
    TOKEN,
    'https://mycompany.com/myapp.php?foo=1&bar=2',
    '{"property": "value", "boolean": true}',
  );
  const hash = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
  assert.is(signed.url, `https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=${hash}`);
  assert.is(signed.signature, 'a9nBmqA0ju/hNViExpshrM61xv4=');
});

test('body: a URL without a query gets one', () => {
  assert.match(
    signBody(TOKEN, 'https://example.com/e#x', '[]').url,
    /^https:\/\/example\.com\/e\?bodySHA256=[0-9a-f]{64}$/,
  );
});

test.run();
