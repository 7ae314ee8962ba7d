/** Encryption Sign: what the platform verifies, and what it must not. */
import { createSign, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { FlowdeckError, type Outputs, type ValueObject } from '@flowdeck/engine';
import { runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encryptionSign } from './sign.js';

const run = async (inputs: ValueObject) => ((await runCard(encryptionSign, inputs)) as Outputs)['output'];
const pem = (key: KeyObject, type: 'pkcs8' | 'sec1' = 'pkcs8') => String(key.export({ type, format: 'pem' }));
const DATA = 'Grüße, 100 €';
const HASHES = ['sha1', 'sha256', 'sha384', 'sha512'] as const;

async function refusal(inputs: ValueObject): Promise<FlowdeckError> {
  try {
    await run(inputs);
  } catch (error) {
    if (error instanceof FlowdeckError) return error;
    throw error;
  }
  throw new Error('It signed.');
}

function verifies(hash: string, key: KeyObject, signature: unknown, data = DATA): boolean {
  return createVerify(hash).update(data).verify(key, String(signature), 'hex');
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });

test('with RSA it is the signature that the platform makes', async () => {
  for (const algorithm of HASHES) {
    const expected = createSign(algorithm).update(DATA).sign(rsa.privateKey, 'base64');
    assert.is(await run({ algorithm, key: pem(rsa.privateKey), data: DATA, digest: 'base64' }), expected, algorithm);
  }
});

test('with RSASSA-PSS and curves it is another one each time, and the platform verifies it', async () => {
  const pairs = {
    pss,
    ...Object.fromEntries(
      ['P-256', 'P-384', 'P-521'].map((namedCurve) => [namedCurve, generateKeyPairSync('ec', { namedCurve })]),
    ),
  };
  for (const [name, { privateKey, publicKey }] of Object.entries(pairs)) {
    const key = pem(privateKey);
    const [first, second] = [await run({ key, data: DATA }), await run({ key, data: DATA })];
    assert.is.not(first, second, name);
    assert.ok(verifies('sha256', publicKey, first), `${name} verifies`);
    assert.not(verifies('sha256', publicKey, first, `${DATA}!`), `${name} does not verify another text`);
    assert.not(verifies('sha512', publicKey, first), `${name} does not verify as another hash`);
  }
});

test('signatures of curves are DER, however many zeros their numbers begin with', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = pem(privateKey, 'sec1');
  const lengths = new Set<number>();
  for (let count = 0; count < 300; count++) {
    const signature = await run({ algorithm: 'sha384', key, data: String(count) });
    assert.ok(verifies('sha384', publicKey, signature, String(count)), String(signature));
    lengths.add(String(signature).length / 2);
  }
  assert.ok(lengths.size > 2, `${[...lengths]} bytes`);
});

test('no error shows the key, and each names its input', async () => {
  const secret = 'MIIcanary';
  const broken = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`;
  const encrypted = String(
    rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'p' }),
  );
  const table: readonly (readonly [ValueObject, string, string])[] = [
    [{ key: broken }, 'invalid-key', 'key'],
    [{ key: encrypted }, 'invalid-key', 'key'],
    [{ key: pem(generateKeyPairSync('ed25519').privateKey) }, 'invalid-key', 'key'],
    [{ key: String(rsa.publicKey.export({ type: 'spki', format: 'pem' })) }, 'invalid-key', 'key'],
    [{ key: '' }, 'missing-key', 'key'],
    [{ key: pem(rsa.privateKey), algorithm: 'md5' }, 'unsupported-algorithm', 'algorithm'],
    [{ key: pem(rsa.privateKey), digest: 'morse' }, 'unknown-digest', 'digest'],
  ];
  for (const [inputs, code, field] of table) {
    const error = await refusal({ data: DATA, ...inputs });
    assert.is(error.code, code);
    assert.is(error.at.field, field);
    assert.ok(error.hint);
    assert.not.match(JSON.stringify(error) + error.stack, /canary|BEGIN/);
  }
});

test.run();
