/** What is promised when the network misbehaves: a code, an exit code, an end. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, flowOf } from '../test/support.js';

/** Serves for as long as `use` runs. */
async function serving<T>(listener: RequestListener, use: (host: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  try {
    return await use(`127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function get(host: string, argv: readonly string[], rest: Readonly<Record<string, unknown>> = {}) {
  const flow = flowOf([{ id: 'get', card: 'http.get', in: { url: `http://${host}/` }, ...rest }]);
  const ran = await flowdeckIn({ 'a.flow.json': flow }, ['run', 'a.flow.json', '--json', ...argv]);
  return { code: ran.code, result: JSON.parse(ran.stdout) };
}

test('an answer arrives', async () => {
  const { code, result } = await serving(
    (_, response) => response.setHeader('content-type', 'application/json').end('{"a": 1}'),
    (host) => get(host, ['--allow-host', host]),
  );
  assert.is(code, 0, JSON.stringify(result));
  assert.equal(result.outputs.body, { a: 1 });
});

test('a private address is refused, with the option that allows it', async () => {
  const { code, result } = await get('127.0.0.1:9', []);
  assert.equal([code, result.error.code], [1, 'http-blocked']);
  assert.is(result.error.hint, 'If this service may be reached: --allow-host 127.0.0.1:9');
});

test('a redirect to a private address is refused', async () => {
  const { code, result } = await serving(
    (_, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
    (host) => get(host, ['--allow-host', host]),
  );
  assert.equal([code, result.error.code], [1, 'http-blocked']);
});

test('a dead network', async () => {
  const closed = await serving(
    () => {},
    async (host) => host,
  );
  const { code, result } = await get(closed, ['--allow-host', '127.0.0.1']);
  assert.equal([code, result.error.code], [1, 'http-network']);
});

test('a server that never answers: the card has its time, the run has its time', async () => {
  const silent = () => {};
  const byCard = await serving(silent, (host) => get(host, ['--allow-host', host], { timeout: 50 }));
  const byRun = await serving(silent, (host) => get(host, ['--allow-host', host, '--timeout', '0.05']));
  assert.equal([byCard.code, byCard.result.error.code], [4, 'timeout']);
  assert.equal([byRun.code, byRun.result.error.code], [4, 'limit']);
});

test('an answer of 100 MB is cut off', async () => {
  let sent = 0;
  const flood: RequestListener = (_, response) => {
    const megabyte = Buffer.alloc(1024 * 1024, 120);
    const more = () => {
      while (sent < 100 && !response.destroyed) {
        sent++;
        if (!response.write(megabyte)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
  const { code, result } = await serving(flood, (host) => get(host, ['--allow-host', host]));
  assert.equal([code, result.error.code], [4, 'http-too-large']);
  assert.ok(sent < 100, `${sent} MB were sent`);
});

test('--allow-host with what is no host', async () => {
  const { code, result } = await get('127.0.0.1:9', ['--allow-host', 'http://x/']);
  assert.equal([code, result.error.code], [2, 'allow-host']);
});

test('proxies of the environment are used', async () => {
  const seen: (string | undefined)[] = [];
  const ran = await serving(
    (request, response) => {
      seen.push(request.url);
      response.end('through the proxy');
    },
    (host) =>
      flowdeckIn(
        { 'a.flow.json': flowOf([{ id: 'get', card: 'http.get', in: { url: 'http://service.invalid/x' } }]) },
        ['run', 'a.flow.json'],
        { env: { HTTP_PROXY: `http://${host}` } },
      ),
  );
  assert.is(ran.code, 0, ran.stderr);
  assert.match(ran.stdout, /through the proxy/);
  assert.equal(seen, ['http://service.invalid/x']);
});

test('a proxy of a kind that is not spoken fails the request, and is told once', async () => {
  const { code, stdout } = await flowdeckIn(
    { 'a.flow.json': flowOf([{ id: 'get', card: 'http.get', in: { url: 'http://service.invalid/x' } }]) },
    ['run', 'a.flow.json', '--json'],
    { env: { HTTP_PROXY: 'socks5://127.0.0.1:1' } },
  );
  assert.equal([code, JSON.parse(stdout).error.code], [1, 'http-options']);
});

test('what a service answers to a request that it refuses is shown, cut short, and nothing of it where it is empty', async () => {
  const told = (type: string, body: string) =>
    serving(
      (_, response) => response.writeHead(400, { 'content-type': type }).end(body),
      async (host) => {
        const flow = flowOf([{ id: 'get', card: 'http.get', in: { url: `http://${host}/` } }]);
        return (await flowdeckIn({ 'a.flow.json': flow }, ['run', 'a.flow.json', '--allow-host', host])).stderr;
      },
    );
  assert.match(
    await told('application/json', '{"why":"No such item"}'),
    /the service says: \{"why":"No such item"\}\n/,
  );
  assert.match(await told('text/html', '<h1>Gone</h1>'), /the service says: "<h1>Gone<\/h1>"\n/);
  const long = await told('text/plain', 'x'.repeat(5000));
  assert.match(long, /the service says: "x{300,400}…\n/);
  assert.not.match(await told('application/json', ''), /the service says/);
});

test.run();
