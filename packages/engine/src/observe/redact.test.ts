/** What redaction promises: no secret comes through in any form, nothing else changes, nothing throws. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RunError } from '../errors.js';
import { FileRef, type Value } from '../values/index.js';
import { createRedactor } from './redact.js';

const SECRET = 'c4n4ry/"s&é+=\\☂ecret';
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

function knowing(...secrets: Value[]) {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

/** Every way in which a service or a card may wrap a secret. */
const DISGUISES: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  inside: (secret) => `before ${secret} after`,
  percent: (secret) => `https://example.com/?q=${encodeURIComponent(secret)}`,
  'percent, lower case': (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  form: (secret) => new URLSearchParams({ key: secret }).toString(),
  url: (secret) => encodeURI(secret),
  json: (secret) => JSON.stringify({ key: secret }),
  'json in json': (secret) => JSON.stringify(JSON.stringify({ key: secret })),
  'ascii json': (secret) =>
    JSON.stringify(secret).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  base64: (secret) => base64(secret),
  base64url: (secret) => Buffer.from(secret, 'utf8').toString('base64url'),
  'basic, as password': (secret) => `Basic ${base64(`someone:${secret}`)}`,
  'basic, as user': (secret) => `Basic ${base64(`${secret}:something`)}`,
};

for (const [name, disguise] of Object.entries(DISGUISES)) {
  test(`hides a secret: ${name}`, () => {
    const text = disguise(SECRET);
    const redactor = knowing(SECRET);
    assert.ok(redactor.contains({ deep: [text] }));
    const shown = redactor.redact(text);
    assert.ok(shown.includes('[redacted]'), shown);
    assert.not(shown.includes(text));
    for (const form of Object.values(DISGUISES)) assert.not(shown.includes(form(SECRET)));
  });
}

test('leaves the text around a secret', () => {
  const redactor = knowing('hunter22', 'hunter22-long');
  assert.is(redactor.redact('a hunter22-long b hunter22 c'), 'a [redacted] b [redacted] c');
  assert.is(redactor.redact('hunter22hunter22'), '[redacted]');
  assert.is(redactor.redact(`Basic ${base64('me:hunter22')}, x`), 'Basic [redacted], x');
});

test('secrets that overlap go together', () => {
  const redactor = knowing('wxab', 'abcdefgh');
  assert.is(redactor.redact('-wxabcdefgh-'), '-[redacted]-');
});

test('the Basic form of short credentials', () => {
  const redactor = knowing({ username: 'me', password: 'pw1' });
  assert.is(redactor.redact(`Basic ${base64('me:pw1')}`), 'Basic [redacted]');
});

test('texts of fewer than four characters, blanks and the marker itself are no secrets', () => {
  const redactor = knowing('abc', '     ', 'redacted', null, true);
  assert.is(redactor.empty, true);
});

test('keys, numbers, dates, files', () => {
  const redactor = knowing('s3cr3t-key', 48151623, new Date(0));
  assert.equal(redactor.redact({ 'a s3cr3t-key': 1, 's3cr3t-key': 2, nested: { 's3cr3t-key': [48151623, 4815] } }), {
    'a [redacted]': 1,
    '[redacted]': 2,
    nested: { '[redacted]': ['[redacted]', 4815] },
  });
  assert.equal(redactor.redact({ 's3cr3t-key': 1, '[redacted]': 2 }), { '[redacted]': 1, '[redacted] (2)': 2 });
  assert.equal(redactor.redact([new Date(0)]), ['[redacted]']);
  assert.equal(redactor.redact(new FileRef('f1', 's3cr3t-key.txt')), new FileRef('f1', '[redacted].txt'));
});

test('what stands in an own __proto__ is hidden, and stays there', () => {
  const redactor = knowing('hunter22');
  const value: unknown = JSON.parse('{"__proto__": {"a": "hunter22"}}');
  assert.is(JSON.stringify(redactor.redact(value)), '{"__proto__":{"a":"[redacted]"}}');
});

test('the input is never changed', () => {
  const redactor = knowing('hunter22');
  const value = Object.freeze({ list: Object.freeze(['hunter22']) });
  assert.equal(redactor.redact(value), { list: ['[redacted]'] });
  assert.is(value.list[0], 'hunter22');
});

test('errors keep class, code and place', () => {
  const redactor = knowing('hunter22');
  const cause = new TypeError('bad key hunter22');
  const error = new RunError<'http-status'>('http-status', 'refused hunter22', {
    cause,
    at: { card: 'send' },
    statusCode: 401,
    extra: { body: { key: 'hunter22' } },
  });
  const shown = redactor.redactError(error);
  assert.instance(shown, RunError);
  assert.is(shown.code, 'http-status');
  assert.is(shown.message, 'refused [redacted]');
  assert.is(shown.at, error.at);
  assert.equal(shown.extra, { body: { key: '[redacted]' } });
  assert.not(String(shown.stack).includes('hunter22'));
  assert.instance(shown.cause, Error);
  assert.not(JSON.stringify(redactor.errorData(error)).includes('hunter22'));
  assert.is(redactor.errorData(error).cause?.message, 'bad key [redacted]');

  const innocent = new RunError('card-failed', 'nothing to see');
  assert.is(redactor.redactError(innocent), innocent);
});

test('an error that causes itself', () => {
  const redactor = knowing('hunter22');
  const error = new Error('hunter22');
  error.cause = error;
  assert.is(redactor.redactError(error).message, '[redacted]');
  assert.is(redactor.errorData(error).message, '[redacted]');
});

test('cycles, depth and sharing end', () => {
  const redactor = knowing('hunter22');
  const circle: Record<string, unknown> = { secret: 'hunter22' };
  circle['self'] = circle;
  const shown = redactor.redact(circle);
  assert.is(shown['secret'], '[redacted]');
  assert.is(shown['self'], shown);

  let deep: unknown = 'hunter22';
  for (let i = 0; i < 100_000; i++) deep = i % 2 === 0 ? [deep] : { deep };
  assert.ok(redactor.contains(deep));
  assert.not(redactor.contains(redactor.redact(deep)));

  let shared: unknown = ['hunter22'];
  for (let i = 0; i < 60; i++) shared = [shared, shared];
  assert.ok(redactor.contains(shared));
  assert.not(redactor.contains(redactor.redact(shared)));
});

test('nothing throws', () => {
  const redactor = knowing('hunter22');
  const trap = {
    get broken(): string {
      throw new Error('hunter22');
    },
  };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const value of [trap, proxy, [trap], undefined, Symbol('x'), () => 1, new Map([['a', 'hunter22']])]) {
    const shown = redactor.redact(value);
    assert.not(String(JSON.stringify(shown) ?? '').includes('hunter22'));
    redactor.contains(value);
    redactor.data(value);
    redactor.errorData(value);
    redactor.redactError(value);
  }
});

test('foreign objects that show a secret become data', () => {
  class Token {
    readonly value: string;
    constructor(value: string) {
      this.value = value;
    }
  }
  const redactor = knowing('hunter22');
  assert.equal(redactor.redact([new Token('hunter22')]), [{ value: '[redacted]' }]);
  const other = new Token('public');
  assert.is(redactor.redact(other), other);
  assert.is(redactor.redact(new URL('https://x.test/?k=hunter22')) as unknown, 'https://x.test/?k=[redacted]');
});

test('declared fields become secrets', () => {
  const redactor = createRedactor();
  redactor.addFields({ 'auth/token': 'tok-12345', user: 'jane-doe' }, [
    { key: 'token', group: 'auth', type: 'text', secret: true },
    { key: 'user', type: 'text' },
  ]);
  assert.is(redactor.redact('tok-12345 jane-doe'), '[redacted] jane-doe');
});

test('derive: what is computed from a secret is secret', () => {
  const redactor = knowing('hunter22');
  redactor.derive(['hunter22', 'hello'], { output: 'f52fbd32b2b3b86ff88ef6c490628285' });
  assert.is(redactor.redact('sig=f52fbd32b2b3b86ff88ef6c490628285'), 'sig=[redacted]');
  redactor.derive(['hunter22'], 'HUNTER22');
  assert.is(redactor.redact('HUNTER22'), '[redacted]');
});

test('derive: a part of a secret is secret', () => {
  const redactor = knowing('user-name:pass-word');
  redactor.derive(['user-name:pass-word', ':'], ['user-name', 'pass-word']);
  assert.is(redactor.redact('pass-word'), '[redacted]');
});

test('derive: what merely holds a secret, or was there before, is not', () => {
  const redactor = knowing('hunter22');
  redactor.derive(['hunter22', 'Hello {{name}}, welcome'], 'Hello hunter22, welcome');
  redactor.derive([{ note: 'public text', key: 'hunter22' }], ['public', 'note', 'yes']);
  redactor.derive(['nothing secret here'], 'NOTHING SECRET HERE');
  assert.is(redactor.redact('Hello public note, NOTHING SECRET HERE'), 'Hello public note, NOTHING SECRET HERE');
});

test('derive: what stands beside a known part of a secret is secret too when it was made from it', () => {
  const redactor = knowing('key-Hunter-9988xyz');
  redactor.derive(['key-Hunter-9988xyz', '-'], ['key', 'Hunter', '9988xyz']);
  for (const text of ['key-hunter-9988xyz', 'KEY+HUNTER+9988xyz', '9988xyz retnuH-yek'])
    redactor.derive(['key-Hunter-9988xyz'], text);
  assert.is(redactor.redact('key-hunter-9988xyz'), '[redacted]');
  assert.is(redactor.redact('KEY+HUNTER+9988xyz'), '[redacted]');
  assert.is(redactor.redact('9988xyz retnuH-yek'), '[redacted]');
  // What a template or an expression puts around a secret is to be read.
  redactor.derive(
    ['key-Hunter-9988xyz', 'at {{url}}', 'Keys'],
    'KEYS at https://a.example/?k=key-Hunter-9988xyz&user=bob',
  );
  assert.is(
    redactor.redact('KEYS at https://a.example/?k=9988xyz&user=bob'),
    'KEYS at https://a.example/?k=[redacted]&user=bob',
  );
});

test('secrets and texts that repeat themselves take no longer than others', () => {
  // Compared at each place, these take minutes.
  const long = 'a'.repeat(1_000_000);
  // Not by `assert.is`, which prints what it compares.
  assert.ok(knowing('a'.repeat(10_000)).redact({ long }).long === '[redacted]');
  // What takes too long to tell counts as one.
  const broken = `${'a'.repeat(5_000)}b${'a'.repeat(5_000)}`;
  assert.ok(knowing(broken).redact(long) === '[redacted]');
  const plain = Array.from({ length: 5_000 }, (_, index) => `k${index}`).join('');
  assert.is(knowing(plain).redact(`with ${plain} in it, ${plain}`), 'with [redacted] in it, [redacted]');
  const other = knowing('a'.repeat(20_000));
  assert.is(other.redact('ab'.repeat(500_000)).length, 1_000_000, 'what is none stays');
});

test('a secret at the end of a text is not looked at inside for what begins there', () => {
  // Both begin alike, so that the shorter one is compared at each place of the longer one, until it counts as too much.
  const redactor = knowing('ab'.repeat(10_000), 'ab'.repeat(5_000));
  assert.is(redactor.redact(`with ${'ab'.repeat(10_000)}`), 'with [redacted]');
});

test('a secret of many letters is learned at once, as it is', () => {
  const secret = 'sé€ret '.repeat(1_000_000);
  assert.is(knowing(secret).redact(`<${secret}>`), '<[redacted]>');
});

test('derive: memory stays bounded, the first secrets stay secret', () => {
  const redactor = knowing('hunter22');
  for (let i = 0; i < 20_000; i++) redactor.derive(['hunter22'], `derived-${i}-${i * 7}`);
  assert.is(redactor.redact('hunter22 derived-19999-139993'), '[redacted] [redacted]');
  assert.is(redactor.redact('derived-2000-14000'), 'derived-2000-14000');
});

const secrets = fc.oneof(
  fc.string({ minLength: 12, maxLength: 40 }),
  fc.string({ unit: 'binary', minLength: 12, maxLength: 40 }),
  fc.base64String({ minLength: 12, maxLength: 40 }),
);

test('property: a planted canary never comes through', () => {
  const disguise = fc.constantFrom(...Object.values(DISGUISES));
  fc.assert(
    fc.property(
      secrets,
      fc.jsonValue(),
      fc.array(disguise, { minLength: 1 }),
      fc.string(),
      (canary, value, how, near) => {
        fc.pre(canary.trim().length >= 12 && !'[redacted]'.includes(canary));
        const redactor = knowing(canary);
        const planted: unknown = {
          value,
          texts: how.map((wrap) => [wrap(canary), { deep: near + wrap(canary) + near }]),
          keys: Object.fromEntries(how.map((wrap) => [near + wrap(canary), 1])),
        };
        const shown = JSON.stringify(redactor.redact(planted));
        assert.not(shown.includes(canary));
        for (const wrap of Object.values(DISGUISES)) assert.not(shown.includes(wrap(canary)), wrap(canary));
        assert.not(redactor.contains(redactor.redact(planted)));
      },
    ),
    { numRuns: 300 },
  );
});

test('property: the same reference when there is nothing to hide', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(!JSON.stringify(value).includes('canary'));
      const redactor = knowing('canary-0123456789');
      assert.is(redactor.redact(value), value);
      assert.is(redactor.data(value), value);
      assert.is(redactor.contains(value), false);
    }),
  );
});

test.run();
