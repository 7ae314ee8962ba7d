/** Everything that goes wrong or goes on for ever: limits, time, cancelling, networks, malformed requests. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { CancelledError, type FlowdeckError, type HttpRequest } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpPortOptions, httpPort } from './index.js';
import { failure, listen, serve } from './local-server.js';

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  ...more,
});
const local = (options: HttpPortOptions = {}) => httpPort({ allowHosts: ['127.0.0.1'], ...options });
const port = local({ maxResponseBytes: 1_000_000, maxRequestBytes: 1000 });
test.after(() => port.close());

/** Writes for ever, and settles when the other side hangs up: with the number of bytes that were taken. */
function endless(prefix: Record<string, string> = {}) {
  let hungUp: (bytes: number) => void = () => {};
  const closed = new Promise<number>((resolve) => {
    hungUp = resolve;
  });
  const server = serve(async (_, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    let bytes = 0;
    const closing = once(response, 'close');
    closing.then(() => hungUp(bytes));
    response.writeHead(200, prefix);
    while (!response.destroyed) {
      bytes += chunk.byteLength;
      if (!response.write(chunk)) {
        const drained = new Promise((resolve) => response.once('drain', resolve));
        await Promise.race([drained, closing]);
        if (response.destroyed) break;
      }
    }
  });
  return { server, closed };
}

test('http-too-large: an answer of 100 MB is cut off at the limit, and the connection closed', async () => {
  const { server, closed } = endless();
  const { origin, stop } = await server;
  const error = await failure(port.request(get(`${origin}/big?token=secret`)));
  assert.is(error.code, 'http-too-large');
  assert.equal(error.extra, { url: `${origin}/big`, method: 'GET' });
  assert.not.match(error.message, 'secret');
  const taken = await closed;
  assert.ok(taken < 20_000_000, `${taken} bytes were taken`);
  await stop();
});

test('http-too-large: an announced length over the limit is not waited for', async () => {
  const server = await serve((_, response) =>
    response.writeHead(200, { 'content-length': '100000000' }).flushHeaders(),
  );
  assert.is((await failure(port.request(get(server.origin)))).code, 'http-too-large');
  await server.stop();
});

test('the limit is met exactly: that many bytes pass, one more does not', async () => {
  const server = await serve((request, response) => {
    const body = Buffer.alloc(Number(request.url?.slice(1)));
    // Without a length, so that the count decides.
    response.write(body.subarray(1));
    response.end(body.subarray(0, 1));
  });
  assert.is((await port.request(get(`${server.origin}/1000000`))).body.byteLength, 1_000_000);
  assert.is((await failure(port.request(get(`${server.origin}/1000001`)))).code, 'http-too-large');
  await server.stop();
});

test('http-too-large: a gzip bomb, in one layer or two', async () => {
  const bomb = gzipSync(Buffer.alloc(30_000_000));
  const twice = gzipSync(bomb);
  assert.ok(bomb.byteLength < 100_000);
  const server = await serve((request, response) => {
    const layers = request.url === '/2' ? 2 : 1;
    response.setHeader('content-encoding', layers === 2 ? 'gzip, gzip' : 'gzip');
    response.end(layers === 2 ? twice : bomb);
  });
  for (const layers of [1, 2]) {
    assert.is((await failure(port.request(get(`${server.origin}/${layers}`)))).code, 'http-too-large');
  }
  await server.stop();
});

test('a limit of 0 lets empty answers pass only', async () => {
  const none = local({ maxResponseBytes: 0 });
  const server = await serve((request, response) => {
    if (request.url === '/zip') response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(request.url === '/zip' ? gzipSync('x') : '');
  });
  assert.is((await none.request(get(server.origin))).status, 200);
  assert.is((await failure(none.request(get(`${server.origin}/zip`)))).code, 'http-too-large');
  await none.close();
  await server.stop();
});

test('http-too-large: headers without end', async () => {
  const server = await listen(
    createServer((socket) => socket.write(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`)),
  );
  assert.is((await failure(port.request(get(server.origin)))).code, 'http-too-large');
  await server.stop();
});

test('http-too-large: a request body, measured in bytes and before connecting', async () => {
  const error = await failure(port.request(get('http://127.0.0.1:1/', { method: 'POST', body: 'ä'.repeat(501) })));
  assert.is(error.code, 'http-too-large');
});

test('http-network: content that does not decode', async () => {
  const broken: Record<string, Buffer> = {
    gzip: gzipSync('hello').subarray(0, 12),
    br: Buffer.from('not brotli'),
    deflate: Buffer.from('xx'),
  };
  const server = await serve((request, response) => {
    const coding = request.url?.slice(1) ?? '';
    response.writeHead(200, { 'content-encoding': coding }).end(broken[coding]);
  });
  for (const coding of Object.keys(broken)) {
    const error = await failure(port.request(get(`${server.origin}/${coding}`)));
    assert.is(error.code, 'http-network');
    assert.match(error.message, 'Content-Encoding');
  }
  await server.stop();
});

test('http-timeout: a server that never answers', async () => {
  const server = await serve(() => {});
  const error = await failure(port.request(get(`${server.origin}/slow?token=secret`, { timeoutMs: 60 })));
  assert.is(error.code, 'http-timeout');
  assert.match(error.message, '60 ms');
  assert.equal(error.extra, { url: `${server.origin}/slow`, method: 'GET' });
  await server.stop();
});

test('http-timeout: a drip ends too, and redirects share one time', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/drip') {
      response.write('x');
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    } else setTimeout(() => response.writeHead(302, { location: '/' }).end(), 40);
  });
  assert.is((await failure(port.request(get(`${server.origin}/drip`, { timeoutMs: 80 })))).code, 'http-timeout');
  assert.is((await failure(port.request(get(server.origin, { timeoutMs: 100 })))).code, 'http-timeout');
  await server.stop();
});

test("the port's own limit bounds what a request asks for", async () => {
  const short = local({ timeoutMs: 40, maxTimeoutMs: 60 });
  const server = await serve(() => {});
  const asked: [number | undefined, string][] = [
    [undefined, '40 ms'],
    [Number.NaN, '40 ms'],
    [0, '40 ms'],
    [-1, '40 ms'],
    [Number.POSITIVE_INFINITY, '60 ms'],
  ];
  for (const [timeoutMs, told] of asked) {
    const error = await failure(short.request(get(server.origin, timeoutMs === undefined ? {} : { timeoutMs })));
    assert.match(error.message, told);
  }
  await short.close();
  await server.stop();
});

test('http-timeout: a resolver that never answers holds up neither the request nor the close', async () => {
  const stuck = httpPort({ resolve: () => new Promise(() => {}), connectTimeoutMs: 50 });
  const connecting = await failure(stuck.request(get('http://slow.test/')));
  assert.is(connecting.code, 'http-timeout');
  assert.match(connecting.message, 'UND_ERR_CONNECT_TIMEOUT');
  await stuck.close();
});

test('cancelled: before, while waiting for the answer, and while it arrives', async () => {
  const early = await cancelled(port.request(get('http://127.0.0.1:1/', { signal: AbortSignal.abort() })));
  assert.is(early.code, 'cancelled');
  for (const started of [false, true]) {
    const controller = new AbortController();
    let hungUp: () => void = () => {};
    const closed = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const server = await serve((_, response) => {
      response.on('close', () => hungUp());
      if (started) response.write('x');
      setImmediate(() => controller.abort(new Error('no longer wanted')));
    });
    const error = await cancelled(port.request(get(server.origin, { signal: controller.signal })));
    assert.is((error.cause as Error).message, 'no longer wanted');
    await closed;
    await server.stop();
  }
});

test('cancelled: while the name is being resolved', async () => {
  const controller = new AbortController();
  const stuck = httpPort({
    resolve: () => {
      controller.abort();
      return new Promise(() => {});
    },
  });
  await cancelled(stuck.request(get('http://slow.test/', { signal: controller.signal })));
  await stuck.close();
});

async function cancelled(answer: Promise<unknown>): Promise<CancelledError> {
  try {
    await answer;
  } catch (error) {
    assert.instance(error, CancelledError);
    return error as CancelledError;
  }
  throw new Error('The request was expected to be cancelled.');
}

test('http-network: nobody listens, the name is unknown, the answer breaks off or is no HTTP', async () => {
  const gone = await serve(() => {});
  await gone.stop();
  const refused = await failure(port.request(get(`${gone.origin}/x?token=secret`)));
  assert.is(refused.code, 'http-network');
  assert.match(refused.message, 'ECONNREFUSED');
  assert.ok(refused.hint);
  assert.not.match(refused.message, 'secret');

  const unknown = httpPort({
    resolve: async () => {
      throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    },
  });
  assert.match((await failure(unknown.request(get('http://nowhere.test/')))).message, 'ENOTFOUND');
  await unknown.close();
  const empty = httpPort({ resolve: async () => [] });
  assert.match((await failure(empty.request(get('http://nowhere.test/')))).message, 'ENOTFOUND');
  await empty.close();

  const answers = ['', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', 'SSH-2.0-OpenSSH_9.6\r\n'];
  for (const answer of answers) {
    const server = await listen(createServer((socket) => socket.once('data', () => socket.end(answer))));
    const error = await failure(port.request(get(server.origin)));
    assert.is(error.code, 'http-network', answer);
    assert.match(error.message, answer.startsWith('SSH') ? 'not well-formed' : 'UND_ERR_SOCKET');

    await server.stop();
  }
});

test('http-url, http-blocked, http-method: requests that cannot be made, told without their secrets', async () => {
  const urls: [string, string][] = [
    ['', 'http-url'],
    ['secret', 'http-url'],
    ['/secret', 'http-url'],
    ['http://', 'http-url'],
    ['http://[secret', 'http-url'],
    ['http://1.2.3.4.5/secret', 'http-url'],
    ['http://[fe80::1%25eth0]/secret', 'http-url'],
    ['http://user:secret@example.test/', 'http-url'],
    ['https://secret@example.test/', 'http-url'],
    ['ftp://example.test/secret', 'http-blocked'],
    ['file:///secret', 'http-blocked'],
    ['data:text/plain,secret', 'http-blocked'],
    ['secret:x@example.test', 'http-blocked'],
    ['javascript:secret', 'http-blocked'],
  ];
  for (const [url, code] of urls) {
    const error = await failure(port.request(get(url)));
    assert.is(error.code, code, url);
    assert.ok(error.hint);
    assert.equal(error.at, {});
    assert.not.match(
      JSON.stringify([error.message, error.hint, { ...error.extra, cause: String(error.cause) }]),
      'secret',
    );
  }
  for (const method of ['', 'CONNECT', 'trace', 'GET /\r\n', 'G T']) {
    assert.is((await failure(port.request(get('http://example.test/', { method })))).code, 'http-method');
  }
});

test('requests that TypeScript would refuse fail with a documented error, too', async () => {
  for (const faulty of [
    {},
    { url: 5, method: 'GET' },
    { url: 'http://a.test/', method: null },
    { url: 'http://a.test/', method: 'GET' },
  ]) {
    const error = await failure(port.request(faulty as unknown as HttpRequest));
    assert.match(error.code, /^http-/);
  }
});

test('http-options: options that cannot be used', () => {
  const faulty: HttpPortOptions[] = [
    { timeoutMs: 0 },
    { timeoutMs: Number.NaN },
    { maxResponseBytes: -1 },
    { maxRedirects: 1.5 },
  ];
  faulty.push({ maxConcurrent: 0 }, { timeoutMs: 100, maxTimeoutMs: 50 }, { userAgent: 'a\nb' }, { allowHosts: ['*'] });
  for (const options of faulty) {
    assert.throws(
      () => httpPort(options),
      (error: FlowdeckError) => error.code === 'http-options' && error.hint !== undefined,
      JSON.stringify(options),
    );
  }
});

test.run();
