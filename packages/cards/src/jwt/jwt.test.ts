/** JWT cards: against another library in both directions, and against those who forge. */
import { Buffer } from 'node:buffer';
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type CardType, FlowdeckError, type Outputs, type ValueObject } from '@flowdeck/engine';
import { fakeContext, ManualClock, runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import library from 'jsonwebtoken';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ALGORITHMS } from './algorithms.js';
import { jwtDecode } from './decode.js';
import { jwtSign } from './sign.js';
import { timeAfter } from './spans.js';
import { verify } from './verify.js';

const NOW = 1_705_276_800;
const ctx = fakeContext({ clock: new ManualClock({ start: NOW * 1000 + 999 }) });
const any = (key: string) => ({ key, type: 'any' }) as const;

async function run(card: CardType, inputs: ValueObject, claims: readonly string[] = []): Promise<Outputs> {
  const outputs = [...card.outputs, ...claims.map(any)];
  return (await runCard(card, inputs, { ...ctx, outputs })) as Outputs;
}

async function codeOf(card: CardType, inputs: ValueObject): Promise<string> {
  try {
    await run(card, inputs);
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    assert.ok(error.hint, 'a hint');
    assert.not.match(JSON.stringify(error), 'PRIVATE KEY');
    return error.code;
  }
  return 'none';
}

/** Both keys of a pair in PEM. */
function written(pair: { privateKey: KeyObject; publicKey: KeyObject }) {
  return {
    privateKey: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: String(pair.publicKey.export({ type: 'spki', format: 'pem' })),
  };
}

const rsa = written(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const curves = {
  ES256: written(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  ES384: written(generateKeyPairSync('ec', { namedCurve: 'P-384' })),
  ES512: written(generateKeyPairSync('ec', { namedCurve: 'P-521' })),
};

function keysOf(algorithm: string): { privateKey: string; publicKey: string } {
  if (algorithm.startsWith('HS')) return { privateKey: 'shared secret', publicKey: 'shared secret' };
  return algorithm in curves ? curves[algorithm as keyof typeof curves] : rsa;
}

/** Made once with openssl; it expired long ago, which is no matter here. */
const CERTIFIED = {
  key: `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIMDtWQMvjTizFIRL2zVrFmtdczFbcWT22ML3kA9atnU7oAoGCCqGSM49
AwEHoUQDQgAE5QtWSSYGloZnO+hZq2+ivDqD5BCVByc89eeVWTMklIPLe2NZt5d9
rcvW8H7i3bo0eJD45bhiNr30K3pGzzRvpw==
-----END EC PRIVATE KEY-----
`,
  certificate: `-----BEGIN CERTIFICATE-----
MIIBcjCCARmgAwIBAgIUAT57I+bL4qfs2eyizUdVuckWdiMwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAeFw0yNjExMjcwMjI2MzVaFw0yNjExMjgwMjI2MzVa
MA8xDTALBgNVBAMMBHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATlC1ZJ
JgaWhmc76Fmrb6K8OoPkEJUHJzz155VZMySUg8t7Y1m3l32ty9bwfuLdujR4kPjl
uGI2vfQrekbPNG+no1MwUTAdBgNVHQ4EFgQUWu5yxDZb93QTSntjMCc+u0FEbZkw
HwYDVR0jBBgwFoAUWu5yxDZb93QTSntjMCc+u0FEbZkwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNHADBEAiBU3DLbJuTSgGwIyrolV2R3g8s1k/ruMq6AkvLI
9CLbKAIge9woKO1ON8XJDHrKy0UMDlbd7XdSXXYlXbUC9bveNjY=
-----END CERTIFICATE-----
`,
};

const token = async (inputs: ValueObject) => String((await run(jwtSign, { key: 'secret', ...inputs }))['token']);
const payloadOf = async (inputs: ValueObject) => (await run(jwtDecode, { token: await token(inputs) }))['payload'];

for (const card of [jwtSign, verify]) {
  for (const example of card.examples ?? []) {
    test(`${card.id}: ${example.title ?? 'example'}`, async () => {
      if (example.error === undefined) assert.equal(await run(card, example.in), example.out);
      else assert.is(await codeOf(card, example.in), example.error);
    });
  }
}

for (const algorithm of ALGORITHMS) {
  test(`${algorithm}: another library accepts what Sign made, and Verify what the library made`, async () => {
    const { privateKey, publicKey } = keysOf(algorithm);
    const ours = await token({ key: privateKey, algorithm, issuer: 'me', 'payload/scope': 'read' });
    const options = { algorithms: [algorithm as library.Algorithm], clockTimestamp: NOW };
    assert.equal(library.verify(ours, publicKey, options), { scope: 'read', iat: NOW, iss: 'me' });

    const theirs = library.sign({ scope: 'é', iat: NOW }, privateKey, {
      algorithm: algorithm as library.Algorithm,
      expiresIn: '10m',
    });
    for (const chosen of [algorithm, '', null]) {
      const given = await run(verify, { token: theirs, key: publicKey, algorithm: chosen }, ['scope', 'none']);
      assert.equal(given, { payload: { scope: 'é', iat: NOW, exp: NOW + 600 }, scope: 'é', none: null });
    }
  });
}

test('the payload is that of the other library, member by member', async () => {
  const options = {
    'expires in': '2 days',
    'not before': 60,
    audience: 'api',
    issuer: 'me',
    subject: 'you',
    'token id': '7',
  };
  const ours = await token({ ...options, 'payload/b': [1, null], 'payload/a': { x: true } });
  const theirs = library.sign({ b: [1, null], a: { x: true }, iat: NOW }, 'secret', {
    expiresIn: '2 days',
    notBefore: 60,
    audience: 'api',
    issuer: 'me',
    subject: 'you',
    jwtid: '7',
  });
  // There `iat` was given, and stands before the options as it does here.
  assert.is(ours, theirs);
});

test('options that are null or empty are left out', async () => {
  const empty = {
    audience: '',
    issuer: null,
    subject: '',
    'token id': null,
    'expires in': '',
    'not before': null,
    header: '',
  };
  assert.equal(await payloadOf({ ...empty, 'payload/exp': null }), { iat: NOW });
  assert.equal(await payloadOf({ 'no timestamp': true, 'payload/iat': 5 }), {});
  assert.equal(await payloadOf({ 'payload/iat': 5, 'expires in': 10 }), { iat: 5, exp: 15 });
  assert.equal(await payloadOf({ 'payload/exp': new Date(NOW * 1000) }), { iat: NOW, exp: NOW });
  assert.equal(await payloadOf({ audience: ['a', 'b'], 'not before': NOW + 5 }), {
    iat: NOW,
    nbf: NOW + 5,
    aud: ['a', 'b'],
  });
});

test('the header takes further members and keeps its algorithm', async () => {
  const header = { kid: '1', typ: 'at+jwt' };
  for (const given of [header, JSON.stringify(header)]) {
    assert.is(
      (await run(jwtDecode, { token: await token({ header: given }) }))['header'],
      '{"alg":"HS256","typ":"at+jwt","kid":"1"}',
    );
  }
  for (const wrong of ['{', '"x"', [1, 2], 5, { alg: 'none' }, { alg: 'HS512' }, { crit: ['x'] }, { b64: false }]) {
    assert.is(await codeOf(jwtSign, { key: 'secret', header: wrong }), 'invalid-header', JSON.stringify(wrong));
  }
});

test('keys may have their line breaks escaped, and have to fit', async () => {
  const escaped = rsa.privateKey.replaceAll('\n', '\\n');
  const made = await token({ key: escaped, algorithm: 'RS256' });
  assert.is(
    await codeOf(verify, { token: made, key: rsa.publicKey.replaceAll('\n', '\\n'), algorithm: 'RS256' }),
    'none',
  );
  const short = written(generateKeyPairSync('rsa', { modulusLength: 1024 }));
  const faulty: readonly (readonly [string, string])[] = [
    ['RS256', 'secret'],
    ['RS256', ''],
    ['RS256', rsa.publicKey],
    ['RS256', curves.ES256.privateKey],
    ['RS256', short.privateKey],
    ['RS256', rsa.privateKey.replace(/[A-Z]{4}/, '!!!!')],
    ['ES256', rsa.privateKey],
    ['ES256', curves.ES384.privateKey],
    ['HS256', rsa.privateKey],
    ['HS256', rsa.publicKey],
    ['HS256', ''],
  ];
  for (const [algorithm, key] of faulty) assert.is(await codeOf(jwtSign, { key, algorithm }), 'invalid-key', algorithm);
  const small = library.sign({}, short.privateKey, { algorithm: 'RS256', allowInsecureKeySizes: true });
  assert.is(await codeOf(verify, { token: small, key: short.publicKey }), 'invalid-key');
});

test('keys are read in each of their forms', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const exported = (key: KeyObject, type: 'pkcs1' | 'sec1' | 'pkcs8' | 'spki') =>
    String(key.export({ type, format: 'pem' } as never));
  const oneLine = (pem: string) => pem.replaceAll('\n', ' ');
  const indented = (pem: string) => pem.replaceAll('\n', '\r\n   ');
  const jwk = (key: KeyObject) => JSON.stringify({ ...key.export({ format: 'jwk' }), kid: '1', use: 'sig' });
  const secret = { kty: 'oct', k: Buffer.from([255, 0, 254]).toString('base64url') };

  const table: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      'RS256',
      [
        exported(pair.privateKey, 'pkcs8'),
        exported(pair.privateKey, 'pkcs1'),
        oneLine(exported(pair.privateKey, 'pkcs1')),
        jwk(pair.privateKey),
      ],
      [
        ...[
          exported(pair.publicKey, 'spki'),
          exported(pair.publicKey, 'pkcs1'),
          indented(exported(pair.publicKey, 'spki')),
        ],
        ...[jwk(pair.publicKey), jwk(pair.privateKey), exported(pair.privateKey, 'pkcs1')],
      ],
    ],
    [
      'PS512',
      [exported(pss.privateKey, 'pkcs8')],
      [exported(pss.publicKey, 'spki'), exported(pss.privateKey, 'pkcs8')],
    ],
    [
      'ES384',
      [
        ...[
          exported(curve.privateKey, 'pkcs8'),
          exported(curve.privateKey, 'sec1'),
          indented(exported(curve.privateKey, 'sec1')),
        ],
        ...[
          `-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n${exported(curve.privateKey, 'sec1')}`,
        ],
        ...[jwk(curve.privateKey)],
      ],
      [
        exported(curve.publicKey, 'spki'),
        exported(curve.privateKey, 'sec1'),
        jwk(curve.publicKey),
        jwk(curve.privateKey),
      ],
    ],
    ['HS256', [JSON.stringify(secret)], [JSON.stringify(secret)]],
  ];
  for (const [algorithm, privates, publics] of table) {
    for (const key of privates) {
      const made = await token({ key, algorithm, 'payload/a': 1 });
      for (const open of publics) {
        for (const chosen of [algorithm, '']) {
          assert.is(
            await codeOf(verify, { token: made, key: open, algorithm: chosen }),
            'none',
            `${algorithm} ${open.slice(0, 40)}`,
          );
        }
      }
    }
  }
  assert.is(
    await codeOf(jwtSign, { key: exported(pss.privateKey, 'pkcs8'), algorithm: 'RS256' }),
    'invalid-key',
    'PSS is not for RS',
  );
  assert.is(
    await codeOf(jwtSign, { key: jwk(pair.publicKey), algorithm: 'RS256' }),
    'invalid-key',
    'a public key does not sign',
  );
});

test('the key of a certificate verifies', async () => {
  const made = await token({ key: CERTIFIED.key, algorithm: 'ES256' });
  assert.is(await codeOf(verify, { token: made, key: CERTIFIED.certificate }), 'none');
  assert.is(await codeOf(verify, { token: made, key: curves.ES256.publicKey }), 'jwt-signature');
});

test('a key that cannot be read is told by what is wrong with it, and never shown', async () => {
  const body = rsa.privateKey.split('\n')[1] ?? '';
  const table: readonly (readonly [string, RegExp])[] = [
    ['-----BEGIN PRIVATE KEY-----\nAAAA', /not both there/],
    ['-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----', /ENCRYPTED PRIVATE KEY/],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----',
      /decrypt it first/,
    ],
    [`-----BEGIN PRIVATE KEY-----\n${body}!\n-----END PRIVATE KEY-----`, /not base64/],
    [`-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`, /longer than what is there/],
    ['{"kty":"OKP","crv":"Ed25519","x":"AAAA"}', /kty is RSA/],
    ['{"kty":"EC","crv":"secp256k1","x":"AAAA","y":"AAAA"}', /kty is RSA/],
  ];
  for (const [key, why] of table) {
    try {
      await run(jwtSign, { key, algorithm: 'RS256' });
      assert.unreachable(key);
    } catch (error) {
      assert.instance(error, FlowdeckError);
      assert.match((error as FlowdeckError).message, why);
      assert.not.match(JSON.stringify(error), body.slice(10, 30));
    }
  }
});

test('any bytes in PEM are a key or a documented error', async () => {
  const labels = ['PRIVATE KEY', 'PUBLIC KEY', 'RSA PRIVATE KEY', 'RSA PUBLIC KEY', 'EC PRIVATE KEY', 'CERTIFICATE'];
  const der = Buffer.from(rsa.publicKey.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const changed = fc
    .tuple(fc.nat(der.length - 1), fc.nat(255))
    .map(([at, byte]) => Buffer.from(der).fill(byte, at, at + 1));
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), changed);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...labels), bytes, async (label, content) => {
      const key = `-----BEGIN ${label}-----\n${Buffer.from(content).toString('base64')}\n-----END ${label}-----`;
      const unsigned = 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA';
      return ['invalid-key', 'jwt-signature', 'jwt-algorithm'].includes(await codeOf(verify, { token: unsigned, key }));
    }),
  );
});

test('clocks may differ by the tolerance, and no more', async () => {
  const check = async (claims: ValueObject, tolerance: number) =>
    codeOf(verify, { token: await token(claims), key: 'secret', 'clock tolerance': tolerance });
  assert.is(await check({ 'payload/nbf': NOW + 3 }, 3), 'none');
  assert.is(await check({ 'payload/nbf': NOW + 3 }, 2), 'jwt-not-active');
  assert.is(await check({ 'payload/exp': NOW - 3 }, 4), 'none');
  assert.is(await check({ 'payload/exp': NOW - 3 }, 3), 'jwt-expired');
  assert.is(await check({}, -1), 'invalid-span');
});

test('unsigned tokens and swapped algorithms are refused', async () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const alg of ['none', 'None', 'NONE', '', 'hs256', 'HS1', null, 5]) {
    const unsigned = `${part({ alg })}.${part({ sub: 'me' })}.`;
    assert.is(await codeOf(verify, { token: unsigned, key: 'secret' }), 'jwt-algorithm', String(alg));
    assert.is(await codeOf(verify, { token: unsigned, key: rsa.publicKey, algorithm: 'RS256' }), 'jwt-algorithm');
  }
  assert.is(await codeOf(verify, { token: 'a.b.c', key: 'k', algorithm: 'none' }), 'jwt-malformed');
  assert.is(await codeOf(verify, { token: await token({}), key: 'k', algorithm: 'none' }), 'unsupported-algorithm');

  // The classic: signed with the public key as a shared secret.
  const body = `${part({ alg: 'HS256' })}.${part({ admin: true })}`;
  const forged = `${body}.${createHmac('sha256', rsa.publicKey).update(body).digest('base64url')}`;
  assert.is(await codeOf(verify, { token: forged, key: rsa.publicKey }), 'jwt-algorithm');
  assert.is(await codeOf(verify, { token: forged, key: rsa.publicKey, algorithm: 'RS256' }), 'jwt-algorithm');
  assert.is(await codeOf(verify, { token: forged, key: rsa.publicKey, algorithm: 'HS256' }), 'invalid-key');
  assert.is(await codeOf(verify, { token: await token({}), key: 'secret', algorithm: 'HS512' }), 'jwt-algorithm');
});

test('a key without its BEGIN line, and a set of keys, are told as what they are taken for', async () => {
  const token = library.sign({ sub: 'me' }, rsa.privateKey, { algorithm: 'RS256' });
  const refusal = async (key: string) => {
    try {
      await run(verify, { token, key });
    } catch (error) {
      if (error instanceof FlowdeckError) return { code: error.code, message: error.message, hint: error.hint ?? '' };
    }
    throw new Error('The token was accepted.');
  };
  const bare = await refusal(rsa.publicKey.replace(/-----[^-]+-----|\s/g, ''));
  assert.is(bare.code, 'jwt-algorithm');
  assert.match(bare.message, 'RS256');
  assert.match(bare.hint, 'shared secret');
  const set = await refusal(JSON.stringify({ keys: [createPublicKey(rsa.publicKey).export({ format: 'jwk' })] }));
  assert.is(set.code, 'invalid-key');
  assert.match(set.message, 'a set of keys');
});

test('a key that cannot sign is told as what it is; PEM in base64 is read', async () => {
  const refusal = async (key: string) => {
    try {
      await run(jwtSign, { key, algorithm: 'RS256' });
    } catch (error) {
      if (error instanceof FlowdeckError && error.code === 'invalid-key') return error.message;
    }
    throw new Error('The key was accepted.');
  };
  const body = rsa.privateKey.replace(/-----[^-]+-----|\s/g, '');
  for (const bare of [body, 'secret', body.slice(0, 40)]) {
    assert.is(await refusal(bare), 'The key cannot be read: it is neither PEM nor a JWK, as RS256 takes it.');
  }
  for (const empty of ['', ' \n']) assert.is(await refusal(empty), 'The key cannot be read: it is empty.');
  const jwk = JSON.stringify(createPublicKey(rsa.publicKey).export({ format: 'jwk' }));
  for (const open of [rsa.publicKey, jwk]) assert.match(await refusal(open), 'it is the public one');
  const wrapped = Buffer.from(rsa.privateKey).toString('base64').replace(/.{64}/g, '$&\n');
  assert.is(await codeOf(jwtSign, { key: wrapped, algorithm: 'HS256' }), 'invalid-key');
  const token = library.sign({ sub: 'me' }, rsa.privateKey, { algorithm: 'RS256' });
  await run(verify, { token, key: Buffer.from(rsa.publicKey).toString('base64') });
  await run(jwtSign, { key: wrapped, algorithm: 'RS256' });
});

test('a payload that is not encoded makes no token (RFC 7797, section 7)', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const header of [
    { alg: 'HS256', b64: false, crit: ['b64'] },
    { alg: 'HS256', b64: false },
    { alg: 'HS256', crit: ['exp'] },
  ]) {
    const signed = `${part(header)}.${part({ sub: 'me' })}`;
    const token = `${signed}.${createHmac('sha256', 'secret').update(signed).digest('base64url')}`;
    assert.is(await codeOf(verify, { token, key: 'secret' }), 'jwt-malformed', JSON.stringify(header));
  }
});

test('changed tokens and other keys are refused', async () => {
  const [header, , signature] = (await token({})).split('.');
  const other = Buffer.from('{"admin":true}').toString('base64url');
  assert.is(await codeOf(verify, { token: `${header}.${other}.${signature}`, key: 'secret' }), 'jwt-signature');
  assert.is(await codeOf(verify, { token: await token({}), key: 'other' }), 'jwt-signature');
  for (const text of [
    '',
    'a',
    'a.b',
    'a.b.c.d',
    'a.b.c.d.e',
    `Bearer ${await token({})}`,
    'e30.W10.x',
    '.e30.',
    'eyJ.e30.x',
    'gICA.e30.x',
  ]) {
    assert.is(await codeOf(verify, { token: text, key: 'secret' }), 'jwt-malformed', text);
    assert.is(await codeOf(jwtDecode, { token: text }), 'jwt-malformed', text);
  }
  const crit = Buffer.from('{"alg":"HS256","crit":["x"],"x":1}').toString('base64url');
  assert.is(await codeOf(verify, { token: `${crit}.e30.AAAA`, key: 'secret' }), 'jwt-malformed');
});

test('times and claims are checked', async () => {
  const check = async (claims: ValueObject, asked: ValueObject = {}) =>
    codeOf(verify, { token: await token(claims), key: 'secret', ...asked });
  assert.is(await check({ 'payload/exp': NOW }), 'jwt-expired');
  assert.is(await check({ 'payload/exp': NOW + 1 }), 'none');
  assert.is(await check({ 'payload/exp': NOW - 9 }, { 'ignore expiration': true }), 'none');
  assert.is(await check({ 'payload/nbf': NOW + 1 }), 'jwt-not-active');
  assert.is(await check({ 'payload/nbf': NOW }), 'none');
  assert.is(await check({ 'payload/nbf': NOW + 1 }, { 'ignore expiration': true }), 'jwt-not-active');
  const claims = { audience: ['a', 'b'], issuer: 'me', subject: 'you' };
  assert.is(await check(claims, { audience: 'b', issuer: 'me', subject: 'you' }), 'none');
  assert.is(await check(claims, { audience: '', issuer: null }), 'none');
  for (const wrong of [{ audience: 'c' }, { issuer: 'Me' }, { subject: 'you ' }]) {
    assert.is(await check(claims, wrong), 'jwt-claim');
    assert.is(await check({}, wrong), 'jwt-claim');
  }
  const odd = library.sign('{"exp":"never"}', 'secret', { header: { alg: 'HS256', typ: 'JWT' } });
  assert.is(await codeOf(verify, { token: odd, key: 'secret' }), 'jwt-malformed');
});

test('spans', () => {
  const table: readonly (readonly [string | number, number])[] = [
    [60, 60],
    [-5, -5],
    ['600', 0],
    ['10 minutes', 600],
    ['2 days', 172_800],
    ['7d', 604_800],
    ['10h', 36_000],
    ['1.5 HOURS', 5400],
    ['-1m', -60],
    ['1y', 31_557_600],
  ];
  for (const [span, seconds] of table) assert.is(timeAfter(100, span, 'x'), 100 + seconds, String(span));
  for (const wrong of [
    'soon',
    '',
    '10 parsecs',
    'd',
    '1e3s',
    1.5,
    true,
    1e300,
    `${'1'.repeat(200)}s`,
    '9'.repeat(90),
    null,
  ]) {
    assert.throws(
      () => timeAfter(0, wrong, 'x'),
      (error: unknown) => error instanceof FlowdeckError && error.code === 'invalid-span',
    );
  }
});

test.run();
