/** Certificates are checked, also where the environment says otherwise. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:https';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { httpPort } from './index.js';
import { failure, listen } from './local-server.js';

/** DER (X.690): a tag, a length, the content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);

/** A certificate that nobody vouches for (RFC 5280), made here so that no private key lies in the repository. */
function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const ed25519 = sequence(der(0x06, Buffer.from([0x2b, 0x65, 0x70])));
  const commonName = sequence(der(0x06, Buffer.from([0x55, 4, 3])), der(0x0c, Buffer.from('secure.test')));
  const name = sequence(der(0x31, commonName));
  const validity = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')));
  const key = publicKey.export({ format: 'der', type: 'spki' });
  const serial = createHash('sha256').update(key).digest().subarray(0, 8);
  serial[0] = 1;
  const facts = sequence(der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, serial), ed25519, name, validity, name, key);
  const signature = der(0x03, Buffer.from([0]), sign(null, facts, privateKey));
  const body = sequence(facts, ed25519, signature).toString('base64');
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

test('http-network: a certificate that is not trusted, even with NODE_TLS_REJECT_UNAUTHORIZED=0', async () => {
  let answered = 0;
  const server = await listen(
    createServer(selfSigned(), (_, response) => {
      answered++;
      response.end();
    }),
  );
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  const port = httpPort({ allowHosts: ['secure.test'], resolve: async () => ['127.0.0.1'] });
  try {
    const error = await failure(
      port.request({ method: 'GET', url: `https://secure.test:${server.port}/`, headers: {} }),
    );
    assert.is(error.code, 'http-network');
    assert.match(error.message, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    assert.match(error.message, 'not trusted');
    assert.is(answered, 0);
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    await port.close();
    await server.stop();
  }
});

test.run();
