/** The fetch port against real servers, on the fetch of Node; what only browsers do is tested in one. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { CancelledError, FlowdeckError, type HttpRequest } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failure, type LocalServer, serve } from '../http-port/local-server.js';
import { fetchPort } from './index.js';

const TEXT = new TextDecoder();
const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  ...more,
});
const servers: LocalServer[] = [];
const started = (server: LocalServer) => {
  servers.push(server);
  return server;
};
test.after(async () => {
  for (const server of servers) await server.stop();
});

const echo = started(
  await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    response.setHeader('X-Many', ['one', 'two']);
    response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString('base64') }));
  }),
);
const port = fetchPort();

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

async function sent(request: HttpRequest): Promise<Sent> {
  const { body } = await port.request(request);
  const echoed = JSON.parse(TEXT.decode(body));
  return { ...echoed, body: Buffer.from(echoed.body, 'base64') };
}

test('an answer has status, reason, joined headers in lower case, body and URL', async () => {
  const answer = await port.request(get(`${echo.origin}/a?b=c#d`));
  assert.is(answer.status, 200);
  assert.is(answer.statusText, 'OK');
  assert.is(answer.headers['x-many'], 'one, two');
  assert.is(answer.url, `${echo.origin}/a?b=c`);
  assert.is(JSON.parse(TEXT.decode(answer.body)).url, '/a?b=c');
});

test('method, headers, text and bytes arrive as given', async () => {
  for (const method of ['POST', 'put', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE']) {
    const request = await sent({ method, url: echo.origin, headers: { 'X-A': 'é' }, body: 'Grüße' });
    assert.is(request.method, method.toUpperCase());
    assert.is(request.headers['x-a'], 'é');
    assert.is(request.body.toString(), 'Grüße');
    assert.is(request.headers['content-type'], undefined, 'nothing is said about the body that the flow did not say');
  }
  const bytes = new Uint8Array([0, 255, 128]);
  assert.equal([...(await sent({ method: 'POST', url: echo.origin, headers: {}, body: bytes })).body], [...bytes]);
});

test('any status is an answer, and a HEAD has no body', async () => {
  const server = started(
    await serve((request, response) => {
      response.writeHead(Number(request.url?.slice(1)), { 'Content-Length': 3 });
      response.end('abc');
    }),
  );
  for (const status of [200, 404, 500])
    assert.is((await port.request(get(`${server.origin}/${status}`))).status, status);
  const head = await port.request({ method: 'HEAD', url: `${server.origin}/200`, headers: {} });
  assert.is(head.body.byteLength, 0);
  assert.is(head.headers['content-length'], '3');
});

test('compressed bodies are decoded, and the headers tell the decoded body', async () => {
  const codings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
  const server = started(
    await serve((request, response) => {
      const coding = request.url?.slice(1) as keyof typeof codings;
      const body = codings[coding]('a'.repeat(1000));
      response.writeHead(200, { 'Content-Encoding': coding, 'Content-Length': body.byteLength });
      response.end(body);
    }),
  );
  for (const coding of Object.keys(codings)) {
    const { body, headers } = await port.request(get(`${server.origin}/${coding}`));
    assert.is(TEXT.decode(body), 'a'.repeat(1000));
    assert.is(headers['content-length'], '1000');
    assert.is(headers['content-encoding'], undefined);
  }
});

test('http-too-large: announced, streamed, unfolded, and sent', async () => {
  const bomb = gzipSync(Buffer.alloc(1_000_000));
  const server = started(
    await serve((request, response) => {
      if (request.url === '/bomb') response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
      else if (request.url === '/announced') response.writeHead(200, { 'Content-Length': 2000 }).write('a');
      else response.end(Buffer.alloc(Number(request.url?.slice(1))));
    }),
  );
  const small = fetchPort({ maxResponseBytes: 1000, maxRequestBytes: 3 });
  for (const path of ['bomb', 'announced', '1001', '100000000']) {
    assert.is((await failure(small.request(get(`${server.origin}/${path}`)))).code, 'http-too-large', path);
  }
  assert.is((await small.request(get(`${server.origin}/1000`))).body.byteLength, 1000);
  const large = await failure(small.request({ method: 'POST', url: server.origin, headers: {}, body: 'éé' }));
  assert.is(large.code, 'http-too-large');
});

test('large bodies arrive complete', async () => {
  const body = new Uint8Array(5_000_000).map((_, index) => index % 251);
  const request = await sent({ method: 'POST', url: echo.origin, headers: {}, body });
  assert.is(createHash('md5').update(request.body).digest('hex'), createHash('md5').update(body).digest('hex'));
});

const silent = started(await serve(() => {}));

test('http-timeout: no answer, and no more than the port allows', async () => {
  const error = await failure(port.request(get(`${silent.origin}/?key=secret`, { timeoutMs: 20 })));
  assert.is(error.code, 'http-timeout');
  assert.not.match(JSON.stringify(error), 'secret');
  const bound = fetchPort({ timeoutMs: 10, maxTimeoutMs: 20 });
  assert.match((await failure(bound.request(get(silent.origin, { timeoutMs: 10_000 })))).message, /20 ms/);
  for (const timeoutMs of [0, -1, Number.NaN]) {
    assert.match((await failure(bound.request(get(silent.origin, { timeoutMs })))).message, /10 ms/);
  }
});

test('cancelled: before, and while waiting', async () => {
  const code = async (signal: AbortSignal) => {
    try {
      await port.request(get(silent.origin, { signal }));
    } catch (error) {
      return error instanceof CancelledError ? 'cancelled' : error;
    }
    return 'none';
  };
  assert.is(await code(AbortSignal.abort()), 'cancelled');
  const ending = new AbortController();
  const waiting = code(ending.signal);
  ending.abort();
  assert.is(await waiting, 'cancelled');
});

test('redirects are followed by the rules of the other port', async () => {
  const other = started(await serve((request, response) => response.end(JSON.stringify(request.headers))));
  const server = started(
    await serve((request, response) => {
      const [, kind, left] = request.url?.split('/') ?? [];
      if (kind === 'away') response.writeHead(307, { Location: `${other.origin}/there` }).end();
      else if (kind === 'file') response.writeHead(302, { Location: 'file:///etc/passwd' }).end();
      else if (Number(left) > 0) response.writeHead(302, { Location: `/chain/${Number(left) - 1}` }).end();
      else response.end(request.method);
    }),
  );
  const post = (path: string) => ({
    method: 'POST',
    url: `${server.origin}${path}`,
    headers: { Authorization: 'Bearer x', 'X-Key': 'x', Cookie: 'a=b' },
    body: 'b',
  });
  const chain = await port.request(post('/chain/20'));
  assert.is(TEXT.decode(chain.body), 'GET');
  assert.is(chain.url, `${server.origin}/chain/0`);
  assert.is((await failure(port.request(post('/chain/21')))).code, 'http-redirects');
  assert.is((await failure(fetchPort({ maxRedirects: 0 }).request(post('/chain/1')))).code, 'http-redirects');
  assert.is((await failure(port.request(post('/file/0')))).code, 'http-blocked');
  const away = JSON.parse(TEXT.decode((await port.request(post('/away/0'))).body));
  for (const name of ['authorization', 'x-key', 'cookie']) assert.not(name in away, name);
});

test('a redirect can be the answer, and what it sets goes along', async () => {
  const server = started(
    await serve((request, response) => {
      if (request.url === '/')
        response.writeHead(302, { Location: '/in', 'Set-Cookie': ['a=1', 'b=2; Path=/other'] }).end();
      else response.writeHead(200, { 'Set-Cookie': ['c=3', 'd=4'] }).end(request.headers.cookie);
    }),
  );
  const seen = await port.request(get(server.origin, { redirect: 'manual' }));
  assert.is(seen.status, 302);
  assert.is(seen.headers['location'], '/in');
  const answer = await port.request(get(server.origin));
  assert.is(TEXT.decode(answer.body), 'a=1');
  assert.equal(answer.setCookie, ['c=3', 'd=4']);
  assert.not('set-cookie' in answer.headers);
});

test('http-url, http-blocked, http-method, http-header: requests that cannot be made, told without their secrets', async () => {
  const table: readonly (readonly [string, Partial<HttpRequest>])[] = [
    ['http-url', { url: 'secret' }],
    ['http-url', { url: 'https://user:secret@127.0.0.1/' }],
    ['http-blocked', { url: 'file:///secret' }],
    ['http-blocked', { url: 'data:text/plain,secret' }],
    ['http-method', { method: 'TRACE' }],
    ['http-method', { method: 'CONNECT' }],
    ['http-method', { method: 'GET', body: 'secret' }],
    ['http-method', { method: 'HEAD', body: 'secret' }],
    ['http-header', { headers: { 'X-A': 'secret\n' } }],
    ['http-header', { headers: { 'X A': 'secret' } }],
    ['http-header', { headers: { Host: 'secret.test' } }],
  ];
  for (const [code, more] of table) {
    const error = await failure(port.request(get(echo.origin, more)));
    assert.is(error.code, code, JSON.stringify(more));
    assert.ok(error.hint);
    assert.not.match(JSON.stringify(error), 'secret');
  }
});

test('http-network: nobody listens, and a browser that does not say why', async () => {
  const gone = await serve(() => {});
  await gone.stop();
  assert.is((await failure(port.request(get(`${gone.origin}/?secret`)))).code, 'http-network');
  const mute = fetchPort({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
  const error = await failure(mute.request(get(echo.origin)));
  assert.is(error.code, 'http-network');
  assert.match(error.message, /does not let this page ask/);
});

test('http-options: options that cannot be used', () => {
  for (const options of [
    { timeoutMs: 0 },
    { maxTimeoutMs: 1 },
    { maxResponseBytes: -1 },
    { maxRequestBytes: 1.5 },
    { maxRedirects: Number.NaN },
    { fetch: 'fetch' as never },
  ]) {
    assert.throws(
      () => fetchPort(options),
      (error: unknown) => error instanceof FlowdeckError && error.code === 'http-options' && error.hint !== undefined,
    );
  }
});

test.run();
