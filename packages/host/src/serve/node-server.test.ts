/** A host behind a real server on the loopback. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createHandler } from './handler.js';
import { listen } from './node-server.js';
import { served } from './testing/served.js';

test('a flow is called over HTTP', async () => {
  const { host, token } = await served().withToken('hello');
  host.start();
  const server = await listen(createHandler(host, { maxBodyBytes: 100 }));
  const address = `${server.url}run/hello`;
  const headers = { 'x-api-client-token': token, 'content-type': 'application/json' };
  const response = await fetch(address, { method: 'POST', body: '{"name":"Ada"}', headers });
  assert.equal([response.status, ((await response.json()) as { greeting: string }).greeting], [200, 'Hello Ada']);
  assert.is((await fetch(address)).status, 401);
  assert.is((await fetch(address, { method: 'POST', body: 'x'.repeat(101), headers })).status, 413);
  assert.is((await fetch(`${server.url}run/%E0%A4%A`)).status, 404, 'a path that cannot be decoded');
  await server.close();
  assert.is(await fetch(address).catch((error: Error) => error.message), 'fetch failed', 'nobody listens any more');
});

test('a port that is taken is told', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number }; // it listens on a port
  const failed = await listen(async () => new Response(''), { port }).catch((error: { code?: string }) => error.code);
  assert.is(failed, 'EADDRINUSE');
  other.close();
});

test('a sender that stalls in the midst of a request does not keep a server from closing', async () => {
  const server = await listen(async (request) => new Response(await request.text()), { closeMs: 1 });
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const cut = once(socket, 'close');
  socket.resume().on('error', () => {});
  await once(socket, 'connect');
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc');
  // Only once the server has the connection is there something to wait for.
  await fetch(server.url);
  await server.close();
  await cut;
});

test('of a request that breaks off in its midst nothing is taken, and the next one is', async () => {
  const { host, token } = await served().withToken('hello');
  await host.start();
  const server = await listen(createHandler(host));
  const { hostname, port } = new URL(server.url);
  const head = `POST /run/hello HTTP/1.1\r\nHost: localhost\r\nx-api-client-token: ${token}\r\n`;
  for (const rest of [
    'Content-Length: 40\r\n\r\n{"name":"Ada"}',
    'Transfer-Encoding: chunked\r\n\r\nf\r\n{"name":"Ada"}',
  ]) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.end(head + rest);
    await once(socket.resume(), 'close');
  }
  assert.equal(host.runs(), []);
  const headers = { 'x-api-client-token': token };
  assert.is((await fetch(`${server.url}run/hello`, { method: 'POST', body: '{}', headers })).status, 200);
  await server.close();
  await host.stop();
});

test('a body that dribbles is answered with 408 and cut, nothing of it is taken, and others are served meanwhile', async () => {
  const { host, token } = await served().withToken('hello');
  await host.start();
  const server = await listen(createHandler(host), { requestMs: 50 });
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (part) => {
    answer += part;
  });
  socket.write(
    `POST /run/hello HTTP/1.1\r\nHost: localhost\r\nx-api-client-token: ${token}\r\nContent-Length: 40\r\n\r\n{"na`,
  );
  const headers = { 'x-api-client-token': token };
  assert.is((await fetch(`${server.url}run/hello`, { method: 'POST', body: '{}', headers })).status, 200);
  await once(socket, 'close');
  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.is(host.runs().length, 1);
  await server.close();
  await host.stop();
});

test.run();
