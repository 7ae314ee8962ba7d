/** The encryption cards against the platform's own and against each other. */
import { execFileSync } from 'node:child_process';
import { createHash, createHmac, getHashes } from 'node:crypto';
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

const run = (card: CardType, inputs: ValueObject) => (runCard(card, inputs) as Outputs)['output'];
const text = fc.string({ unit: 'grapheme' });
const passphrase = fc.string({ unit: 'grapheme', minLength: 1 });
const MODES = ['cbc', 'ecb', 'cfb', 'cfb1', 'cfb8', 'ofb', 'ctr'];
const EVERY = ['128', '192', '256'].flatMap((bits) => MODES.map((mode) => `aes-${bits}-${mode}`)).concat(CIPHERS);

function codeOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof FlowdeckError) return error.code;
    throw error;
  }
  return 'none';
}

test('Decrypt undoes Encrypt, with every cipher', () => {
  assert.ok(AES_CIPHERS.every((name) => EVERY.includes(name)));
  for (const algorithm of EVERY) {
    fc.assert(
      fc.property(passphrase, text, (key, data) => {
        const locked = run(encrypt, { algorithm, key, data }) ?? null;
        return run(decrypt, { algorithm, key, data: locked }) === data;
      }),
      { numRuns: 20 },
    );
  }
});

test('another passphrase, changed data and any text end in a text or a documented error', () => {
  const given = fc.oneof(text, fc.base64String());
  fc.assert(
    fc.property(fc.constantFrom(...EVERY), passphrase, given, (algorithm, key, data) => {
      const code = codeOf(() => run(decrypt, { algorithm, key, data }));
      return ['none', 'decryption-failed', 'malformed-data'].includes(code);
    }),
  );
});

test('the ciphers are those of openssl', () => {
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
    assert.is(run(encrypt, { algorithm, key: 'my pass', data: 'Grüße' }), theirs.trim(), `${algorithm}, ${version}`);
  }
});

test('hash and HMAC are the platform’s, under each name of each function', () => {
  let compared = 0;
  for (const algorithm of getHashes()) {
    const name = hashName(algorithm);
    if (name === null) {
      const later = /^(?:shake|keccak|sha2?-?256[-/]192)/;
      assert.match(
        algorithm,
        later,
        'only functions without a fixed length, and those of later platforms, are left out',
      );
      continue;
    }
    for (const digest of ['base64', 'hex', 'binary'] as const) {
      const written = (bytes: Buffer) => bytes.toString(digest === 'binary' ? 'latin1' : digest);
      const expected = written(createHash(algorithm).update('Grüße').digest());
      assert.is(run(hash, { algorithm, data: 'Grüße', digest }), expected, algorithm);
      const keyed = written(createHmac(algorithm, 'ключ').update('Grüße').digest());
      assert.is(run(hmac, { algorithm, key: 'ключ', data: 'Grüße', digest }), keyed, algorithm);
      compared++;
    }
  }
  assert.ok(compared > 90);
});

test('HMAC gives the vectors of RFC 4231', () => {
  const key = '\u000b'.repeat(20);
  assert.is(
    run(hmac, { algorithm: 'sha256', key, data: 'Hi There', digest: 'hex' }),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  );
  assert.is(
    run(hmac, { algorithm: 'sha512', key: 'Jefe', data: 'what do ya want for nothing?', digest: 'hex' }),
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  );
});

test('errors show neither key nor data', () => {
  for (const [card, inputs] of [
    [decrypt, { key: 'canary', data: 'canary!' }],
    [decrypt, { key: 'canary', data: 'Y2FuYXJ5' }],
    [hmac, { algorithm: 'canary', key: 'canary', data: 'canary' }],
  ] as const) {
    try {
      run(card, inputs);
      assert.unreachable();
    } catch (error) {
      assert.ok(error instanceof FlowdeckError);
      assert.not.match(JSON.stringify(error), 'canary');
    }
  }
});

test('10 MB are hashed and encrypted within a second', () => {
  const data = 'x'.repeat(10_000_000);
  const started = performance.now();
  run(hash, { algorithm: 'sha512', data });
  const locked = run(encrypt, { algorithm: 'aes-256-cbc', key: 'k', data }) ?? null;
  assert.is(run(decrypt, { algorithm: 'aes-256-cbc', key: 'k', data: locked }), data);
  assert.ok(performance.now() - started < 2000);
});

test.run();
