/** The way out of a command, and its end. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lazyHttp } from './http.js';

/** A port and a server, which answers when it is told to. */
async function world() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number }; // it listens on a port
  const clock = new ManualClock();
  const http = await lazyHttp([`127.0.0.1:${port}`], {}, clock);
  const asked = once(server, 'request');
  const answer = http.request({ method: 'POST', url: `http://127.0.0.1:${port}/token`, headers: {} }).then(
    ({ status }) => String(status),
    (error: { code?: string }) => error.code,
  );
  const [, response] = await asked;
  const end = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { http, clock, answer, response, end };
}

/** Until the timer of the closing is set. */
async function isClosing(clock: ManualClock): Promise<void> {
  while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
}

test('what hangs is given up two seconds after the end, and no sooner', async () => {
  const { http, clock, answer, end } = await world();
  let isClosed = false;
  const closed = http.close().then(() => {
    isClosed = true;
  });
  await isClosing(clock);
  await clock.advance(1_999);
  assert.not(isClosed);
  await clock.advance(1);
  await closed;
  assert.is(await answer, 'cancelled');
  await end();
});

test('what is answered meanwhile is taken, and no timer is left', async () => {
  const { http, clock, answer, response, end } = await world();
  const closed = http.close();
  await isClosing(clock);
  response.end('{}');
  await closed;
  assert.equal([await answer, clock.pending], ['200', 0]);
  await end();
});

test('one that was never used closes at once', async () => {
  const clock = new ManualClock();
  await (await lazyHttp([], {}, clock)).close();
  assert.is(clock.pending, 0);
});

test.run();
