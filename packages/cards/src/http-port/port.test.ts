/** The port against real servers: what it sends, what it gives back, which addresses it refuses. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { HttpRequest } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { httpPort } from './index.js';
import { failure, serve } from './local-server.js';

const TEXT = new TextDecoder();
const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  ...more,
});

const echo = await serve(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method, url, rawHeaders } = request;
  response.setHeader('X-Many', ['one', 'two']);
  response.end(JSON.stringify({ method, url, rawHeaders, body: Buffer.concat(chunks).toString('base64') }));
});
const port = httpPort({ allowHosts: ['127.0.0.1'] });
test.after(async () => {
  await port.close();
  await echo.stop();
});

async function sent(request: HttpRequest): Promise<{ method: string; url: string; headers: string[]; body: Buffer }> {
  const { body } = await port.request(request);
  const { method, url, rawHeaders, body: content } = JSON.parse(TEXT.decode(body));
  return { method, url, headers: rawHeaders, body: Buffer.from(content, 'base64') };
}

test('an answer has status, reason, joined headers in lower case, body and URL', async () => {
  const answer = await port.request(get(`${echo.origin}/a?b=c#d`));
  assert.is(answer.status, 200);
  assert.is(answer.statusText, 'OK');
  assert.is(answer.headers['x-many'], 'one, two');
  assert.is(answer.url, `${echo.origin}/a?b=c`);
  assert.is(answer.body.constructor, Uint8Array);
  assert.is(JSON.parse(TEXT.decode(answer.body)).url, '/a?b=c');
});

test('method, text and bytes arrive as given', async () => {
  const text = await sent(get(echo.origin, { method: 'post', body: 'Grüße' }));
  assert.is(text.method, 'POST');
  assert.is(text.body.toString(), 'Grüße');
  const bytes = new Uint8Array([0, 255, 13, 10]);
  const patch = await sent(get(echo.origin, { method: 'PATCH', body: bytes }));
  assert.equal(new Uint8Array(patch.body), bytes);
});

test('header names compare without case: the last is sent, once', async () => {
  const { headers } = await sent(
    get(echo.origin, {
      method: 'POST',
      body: 'a=b',
      headers: {
        'content-type': 'application/json',
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': '99',
      },
    }),
  );
  const names = headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  assert.is(new Set(names).size, names.length);
  assert.is(headers[headers.indexOf('Content-Type') + 1], 'application/x-www-form-urlencoded');
  assert.is(headers[headers.findIndex((name) => name.toLowerCase() === 'content-length') + 1], '3');
});

test('any status is an answer', async () => {
  const server = await serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end());
  for (const status of [204, 304, 400, 404, 429, 500, 503, 599]) {
    assert.is((await port.request(get(`${server.origin}/${status}`))).status, status);
  }
  await server.stop();
});

test('a HEAD has no body, whatever its headers announce', async () => {
  const server = await serve((_, response) =>
    response.writeHead(200, { 'content-length': '999999999', 'content-encoding': 'gzip' }).end(),
  );
  const answer = await port.request(get(server.origin, { method: 'HEAD' }));
  assert.is(answer.body.byteLength, 0);
  assert.is(answer.headers['content-length'], '999999999');
  await server.stop();
});

test('compressed bodies are decoded, and the headers tell the decoded body', async () => {
  const encoders = {
    gzip: gzipSync,
    'X-GZIP': gzipSync,
    deflate: deflateSync,
    br: brotliCompressSync,
    identity: Buffer.from,
  };
  const server = await serve((request, response) => {
    const coding = request.url?.slice(1) ?? '';
    const encode = Object.entries(encoders).find(([name]) => name === coding)?.[1] ?? Buffer.from;
    const body =
      coding === 'raw'
        ? deflateRawSync('hello')
        : coding === 'two'
          ? brotliCompressSync(gzipSync('hello'))
          : encode(Buffer.from('hello'));
    const header = coding === 'raw' ? 'deflate' : coding === 'two' ? 'gzip, br' : coding;
    response.writeHead(200, { 'content-encoding': header, 'content-length': body.byteLength }).end(body);
  });
  for (const coding of [...Object.keys(encoders), 'raw', 'two']) {
    const { body, headers } = await port.request(get(`${server.origin}/${coding}`));
    assert.is(TEXT.decode(body), 'hello', coding);
    assert.is(headers['content-length'], '5', coding);
    assert.is(headers['content-encoding'], coding === 'identity' ? 'identity' : undefined);
  }
  const unknown = await port.request(get(`${server.origin}/compress`));
  assert.is(TEXT.decode(unknown.body), 'hello');
  assert.is(unknown.headers['content-encoding'], 'compress');
  await server.stop();
});

test('large bodies arrive complete', async () => {
  const content = Buffer.alloc(3_000_000, 'abcdefg');
  const server = await serve((_, response) => response.end(content));
  const { body } = await port.request(get(server.origin));
  assert.is(createHash('sha256').update(body).digest('hex'), createHash('sha256').update(content).digest('hex'));
  await server.stop();
});

test('requests one after the other share a connection, redirects included', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/old') response.writeHead(302, { location: '/new', 'content-length': 2 }).end('x\n');
    else response.end('here');
  });
  for (let i = 0; i < 5; i++) assert.is(TEXT.decode((await port.request(get(`${server.origin}/old`))).body), 'here');
  // The first redirect may be followed before its own body has been read to the end.
  assert.ok(server.connections() <= 2, `${server.connections()} connections`);
  await server.stop();
});

test('maxConcurrent bounds the connections to an origin, and all requests are answered', async () => {
  let open = 0;
  let most = 0;
  const server = await serve((_, response) => {
    most = Math.max(most, ++open);
    setImmediate(() => response.end('', () => open--));
  });
  const narrow = httpPort({ allowHosts: ['127.0.0.1'], maxConcurrent: 3 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => narrow.request(get(server.origin))));
  assert.is(answers.length, 20);
  assert.ok(most <= 3, `${most} at a time`);
  await narrow.close();
  await server.stop();
});

test('a chain of redirects is followed; the URL that answered is told', async () => {
  const server = await serve((request, response) => {
    const step = Number(request.url?.slice(1));
    if (step > 0) response.writeHead(307, { location: `/${step - 1}` }).end();
    else response.end(request.method);
  });
  const answer = await port.request(get(`${server.origin}/20`, { method: 'PUT', body: 'x' }));
  assert.is(answer.url, `${server.origin}/0`);
  assert.is(TEXT.decode(answer.body), 'PUT');
  const error = await failure(port.request(get(`${server.origin}/21`)));
  assert.is(error.code, 'http-redirects');
  await server.stop();
});

test('http-redirects: a loop', async () => {
  const server = await serve((_, response) => response.writeHead(302, { location: '/' }).end('x'.repeat(100_000)));
  assert.is((await failure(port.request(get(server.origin)))).code, 'http-redirects');
  await server.stop();
});

test('credentials do not follow a redirect to another origin', async () => {
  const server = await serve((_, response) => response.writeHead(307, { location: `${echo.origin}/there` }).end());
  const headers = {
    Authorization: 'Bearer 1',
    Cookie: 'a=1',
    'Proxy-Authorization': 'x',
    'X-Api-Key': '1',
    Accept: 'a/b',
  };
  const arrived = await sent(get(server.origin, { headers, method: 'POST', body: 'kept' }));
  const names = arrived.headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  for (const name of ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'])
    assert.not.ok(names.includes(name));
  assert.ok(names.includes('accept'));
  assert.is(arrived.body.toString(), 'kept');
  await server.stop();
});

test('http-blocked: addresses of this machine, in every notation, unless allowed', async () => {
  const closed = httpPort();
  const number = echo.port;
  const hosts = [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::]',
  ];
  hosts.push(
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[::127.0.0.1]',
    '169.254.169.254',
    '[fd00:ec2::254]',
    'localhost',
    'LOCALHOST',
  );
  for (const host of hosts) {
    const error = await failure(closed.request(get(`http://${host}:${number}/latest/meta-data?token=secret`)));
    assert.is(error.code, 'http-blocked', host);
    assert.match(error.hint ?? '', `:${number}'`, host);
    assert.not.match(error.message, 'secret');
  }
  await closed.close();
});

test('the hint of http-blocked is what allows the host', async () => {
  const closed = httpPort({ resolve: async () => ['127.0.0.1'] });
  const hint = (await failure(closed.request(get(`http://api.test:${echo.port}/`)))).hint ?? '';
  const pattern = /allowHosts: \['([^']+)'\]/.exec(hint)?.[1] ?? '';
  const open = httpPort({ resolve: async () => ['127.0.0.1'], allowHosts: [pattern] });
  assert.is((await open.request(get(`http://api.test:${echo.port}/`))).status, 200);
  assert.is((await failure(open.request(get(`http://other.test:${echo.port}/`)))).code, 'http-blocked');
  await Promise.all([closed.close(), open.close()]);
});

test('a name is judged by the addresses that it resolves to, when connecting', async () => {
  const answers = [['127.0.0.1'], ['10.0.0.1', '::1'], ['fe80::1%1'], ['::ffff:127.0.0.1'], ['nonsense']];
  for (const addresses of answers) {
    const rebinding = httpPort({ resolve: async () => addresses });
    const error = await failure(rebinding.request(get(`http://public.test:${echo.port}/`)));
    assert.is(error.code, 'http-blocked', addresses.join());
    await rebinding.close();
  }
});

test('a name is resolved once per connection, and judged by host and port', async () => {
  // A host allowed at one port only: the same name is free there and guarded elsewhere.
  const lookups: string[] = [];
  const mixed = httpPort({
    allowHosts: [`api.test:${echo.port}`],
    resolve: async (name) => {
      lookups.push(name);
      return ['127.0.0.1'];
    },
  });
  assert.is((await mixed.request(get(`http://api.test:${echo.port}/`))).status, 200);
  assert.is((await failure(mixed.request(get(`http://api.test:${echo.port + 1}/`)))).code, 'http-blocked');
  assert.equal(lookups, ['api.test', 'api.test']);
  await mixed.close();
});

test('http-blocked: a redirect to a private address', async () => {
  let reached = 0;
  const inside = await serve((_, response) => {
    reached++;
    response.end();
  });
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', 'inside.test']) {
    const server = await serve((_, response) =>
      response.writeHead(302, { location: `http://${host}:${inside.port}/admin?token=secret` }).end(),
    );
    const open = httpPort({ allowHosts: [`front.test:${server.port}`], resolve: async () => ['127.0.0.1'] });
    const error = await failure(open.request(get(`http://front.test:${server.port}/`)));
    assert.is(error.code, 'http-blocked', host);
    assert.match(String(error.extra['url']), '/admin');
    assert.not.match(JSON.stringify([error.message, error.hint, error.extra]), 'secret');
    await open.close();
    await server.stop();
  }
  assert.is(reached, 0);
  await inside.stop();
});

test('close waits for what is under way, then takes nothing more', async () => {
  const own = httpPort({ allowHosts: ['127.0.0.1'] });
  const first = own.request(get(echo.origin));
  await own.close();
  assert.is((await first).status, 200);
  assert.is((await failure(own.request(get(echo.origin)))).code, 'http-closed');
  await own.close();
  await httpPort().close();
});

test.run();
