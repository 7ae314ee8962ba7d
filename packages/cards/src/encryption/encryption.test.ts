/** The encryption cards against the platform's own and against each other. */
import { execFileSync } from 'node:child_process';
import { createCipheriv, createHash, createHmac, getCipherInfo, getHashes } from 'node:crypto';
import { type CardType, FlowdeckError, type Outputs, type ValueObject } from '@flowdeck/engine';
import { runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { AES_CIPHERS, CIPHERS } from './cipher.js';
import { decrypt } from './decrypt.js';
import { hashName } from './digest.js';
import { encrypt } from './encrypt.js';
import { hash } from './hash.js';
import { hmac } from './hmac.js';

const run = async (card: CardType, inputs: ValueObject) => ((await runCard(card, inputs)) as Outputs)['output'];
const text = fc.string({ unit: 'grapheme' });
const passphrase = fc.string({ unit: 'grapheme', minLength: 1 });
const MODES = ['cbc', 'ecb', 'cfb', 'cfb1', 'cfb8', 'ofb', 'ctr'];
const EVERY = ['128', '192', '256'].flatMap((bits) => MODES.map((mode) => `aes-${bits}-${mode}`)).concat(CIPHERS);

async function codeOf(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof FlowdeckError) return error.code;
    throw error;
  }
  return 'none';
}

/** What Node's own cipher makes, with the key that OpenSSL derives without salt. */
function platform(algorithm: string, passphrase: string, data: string): string {
  let bytes = Buffer.alloc(0);
  for (let last = bytes; bytes.length < 64; bytes = Buffer.concat([bytes, last])) {
    last = createHash('md5').update(last).update(passphrase, 'utf8').digest();
  }
  // Platforms have dropped DES but kept triple DES, which is DES when all three keys are the same.
  const triple = algorithm.startsWith('des');
  const { keyLength = 0, ivLength = 0 } = getCipherInfo(algorithm) ?? (triple ? { keyLength: 8, ivLength: 8 } : {});
  const length = triple ? 8 : keyLength;
  const key = bytes.subarray(0, length);
  const iv = algorithm.endsWith('ecb') ? null : bytes.subarray(length, length + (triple ? 8 : ivLength));
  const name = { 'des-cbc': 'des-ede3-cbc', 'des-ecb': 'des-ede3' }[algorithm] ?? algorithm;
  const cipher = createCipheriv(name, triple ? Buffer.concat([key, key, key]) : key, iv);
  return Buffer.concat([cipher.update(data, 'utf8'), cipher.final()]).toString('base64');
}

test('the ciphers are those of the platform, and Decrypt undoes them', async () => {
  assert.ok(AES_CIPHERS.every((name) => EVERY.includes(name)));
  for (const algorithm of EVERY) {
    await fc.assert(
      fc.asyncProperty(passphrase, text, async (key, data) => {
        const locked = (await run(encrypt, { algorithm, key, data })) ?? null;
        assert.is(locked, platform(algorithm, key, data), algorithm);
        assert.is(await run(decrypt, { algorithm, key, data: locked }), data);
      }),
      { numRuns: 20 },
    );
  }
});

test('long texts and keys, which are worked on in pieces, come out as the platform does them', async () => {
  // No multiple of what is worked on at once, nor of a block.
  const data = 'aé€😀'.repeat(4_001);
  const key = 'long key '.repeat(9_001);
  for (const algorithm of EVERY.filter((name) => !/192|256/.test(name))) {
    const locked = (await run(encrypt, { algorithm, key, data })) ?? null;
    assert.is(locked, platform(algorithm, key, data), algorithm);
    assert.is(await run(decrypt, { algorithm, key, data: locked }), data, algorithm);
  }
  // A multiple of both: the padding is a block of its own.
  const whole = 'x'.repeat(65_536);
  for (const algorithm of ['aes-256-cbc', 'aes-256-ecb', 'des-cbc']) {
    const locked = (await run(encrypt, { algorithm, key, data: whole })) ?? null;
    assert.is(locked, platform(algorithm, key, whole), algorithm);
    assert.is(await run(decrypt, { algorithm, key, data: locked }), whole, algorithm);
  }
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512', 'sha3-256']) {
    const expected = createHash(algorithm).update(data).digest('hex');
    assert.is(await run(hash, { algorithm, data, digest: 'hex' }), expected, algorithm);
    const keyed = createHmac(algorithm, key).update(data).digest('hex');
    assert.is(await run(hmac, { algorithm, key, data, digest: 'hex' }), keyed, algorithm);
  }
});

test('another passphrase, changed data and any text end in a text or a documented error', async () => {
  const given = fc.oneof(text, fc.base64String());
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...EVERY), passphrase, given, async (algorithm, key, data) => {
      const code = await codeOf(() => run(decrypt, { algorithm, key, data }));
      return ['none', 'decryption-failed', 'malformed-data'].includes(code);
    }),
  );
});

test('the ciphers are those of openssl', async () => {
  let version: string;
  try {
    version = execFileSync('openssl', ['version'], { encoding: 'utf8' });
  } catch {
    console.log('skipped: there is no openssl command');
    return;
  }
  for (const algorithm of ['aes-128-cbc', 'aes-192-cbc', 'aes-256-ecb', 'aes-256-ctr', 'aes-128-ofb']) {
    const args = ['enc', '-e', `-${algorithm}`, '-nosalt', '-md', 'md5', '-k', 'my pass', '-base64', '-A'];
    const theirs = execFileSync('openssl', args, {
      input: 'Grüße',
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    assert.is(
      await run(encrypt, { algorithm, key: 'my pass', data: 'Grüße' }),
      theirs.trim(),
      `${algorithm}, ${version}`,
    );
  }
});

test('hash and HMAC are the platform’s, under each name of each function', async () => {
  let compared = 0;
  for (const algorithm of getHashes()) {
    const name = hashName(algorithm);
    if (name === null) {
      // Without a fixed length, of one country only, of later platforms, or two in one.
      const leftOut = /^(?:shake|keccak|sha2?-?256[-/]192|(?:RSA-)?sm3|(?:RSA-)?MD5-SHA1|ssl3?-?md5-sha1)/i;
      assert.match(algorithm, leftOut, 'nothing else is left out');
      continue;
    }
    for (const digest of ['base64', 'base64url', 'hex', 'binary'] as const) {
      const written = (bytes: Buffer) => bytes.toString(digest === 'binary' ? 'latin1' : digest);
      const expected = written(createHash(algorithm).update('Grüße').digest());
      assert.is(await run(hash, { algorithm, data: 'Grüße', digest }), expected, algorithm);
      const keyed = written(createHmac(algorithm, 'ключ').update('Grüße').digest());
      assert.is(await run(hmac, { algorithm, key: 'ключ', data: 'Grüße', digest }), keyed, algorithm);
      compared++;
    }
  }
  assert.ok(compared > 90);
});

test('HMAC gives the vectors of RFC 4231', async () => {
  const key = '\u000b'.repeat(20);
  assert.is(
    await run(hmac, { algorithm: 'sha256', key, data: 'Hi There', digest: 'hex' }),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  );
  assert.is(
    await run(hmac, { algorithm: 'sha512', key: 'Jefe', data: 'what do ya want for nothing?', digest: 'hex' }),
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  );
});

test('a key may come in base64, base64url or hex, and is refused when it is none', async () => {
  const inputs = { data: 'Hi There', digest: 'hex' };
  const raw = Buffer.from([0, 255, 254, 62, 63]);
  const expected = createHmac('sha256', raw).update('Hi There').digest('hex');
  for (const encoding of ['base64', 'base64url', 'hex', 'HEX', 'Base64'] as const) {
    const key = raw.toString(encoding.toLowerCase() as BufferEncoding);
    assert.is(await run(hmac, { ...inputs, key, 'key encoding': encoding }), expected, encoding);
  }
  for (const [key, encoding] of [
    ['a b', 'base64'],
    ['A', 'base64'],
    ['=', 'base64'],
    ['whsec_a$', 'base64'],
    ['abc', 'hex'],
    ['0x00', 'hex'],
    [' ', 'hex'],
    ['abc', 'rot13'],
  ]) {
    assert.is(
      await codeOf(() => run(hmac, { ...inputs, key: key ?? '', 'key encoding': encoding ?? '' })),
      'key-encoding',
      key,
    );
  }
});

test('what is asked for most comes at once, not as a promise', () => {
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha384', 'sha512']) {
    assert.not.instance(runCard(hash, { algorithm, data: 'a' }), Promise, algorithm);
    assert.not.instance(runCard(hmac, { algorithm, key: 'k', data: 'a' }), Promise, algorithm);
  }
});

test('errors show neither key nor data', async () => {
  for (const [card, inputs] of [
    [decrypt, { key: 'canary', data: 'canary!' }],
    [decrypt, { key: 'canary', data: 'Y2FuYXJ5' }],
    [hmac, { algorithm: 'canary', key: 'canary', data: 'canary' }],
  ] as const) {
    try {
      await run(card, inputs);
      assert.unreachable();
    } catch (error) {
      assert.ok(error instanceof FlowdeckError);
      assert.not.match(JSON.stringify(error), 'canary');
    }
  }
});

test('megabytes pass through', async () => {
  const data = 'x'.repeat(3_000_000);
  assert.is(await run(hash, { algorithm: 'sha512', data }), createHash('sha512').update(data).digest('base64'));
  const locked = (await run(encrypt, { algorithm: 'aes-256-cbc', key: 'k', data })) ?? null;
  assert.is(await run(decrypt, { algorithm: 'aes-256-cbc', key: 'k', data: locked }), data);
});

test.run();
