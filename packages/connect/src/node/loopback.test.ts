/** Waiting for a browser on loopback: what it takes, what it refuses, and how the wait ends. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loopbackCallback } from './loopback.js';

const codeOf = (error: { code?: string }) => error.code;

test('the callback is taken, and other paths are waited past', async () => {
  const callback = await loopbackCallback();
  const other = await fetch(new URL('/favicon.ico', callback.redirectUri));
  assert.is(other.status, 404);
  assert.is((await fetch(`${callback.redirectUri}?code=1&state=2`)).status, 200);
  assert.is((await callback.answered).search, '?code=1&state=2');
  await callback.close();
});

test('login-port: a port that is taken is told', async () => {
  const first = await loopbackCallback();
  const port = Number(new URL(first.redirectUri).port);
  assert.is(await loopbackCallback({ port }).then(() => 'listens', codeOf), 'login-port');
  await first.close();
});

test('login-cancelled: a wait that is given up ends', async () => {
  const controller = new AbortController();
  const { answered } = await loopbackCallback({ signal: controller.signal });
  controller.abort();
  assert.is(await answered.then(() => 'answered', codeOf), 'login-cancelled');
});

test.run();
