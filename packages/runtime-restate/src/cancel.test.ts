/** What is cancelled while a worker gives it back would never hear of it: it is looked at again, and ended. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { restateClient } from '@flowdeck/runtime-restate';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** What a server is asked to do with an invocation that has these statuses, one look after the other, and then is over. */
async function askedOf(statuses: readonly string[], retry_count = 1): Promise<readonly string[]> {
  const asked: string[] = [];
  // The first look is for the run itself.
  const looks = [statuses[0], ...statuses];
  const server = createServer((request, response) => {
    request.resume();
    if (request.method === 'PATCH') asked.push(request.url ?? '');
    const status = request.method === 'POST' ? looks.shift() : undefined;
    const rows = status === undefined ? [] : [{ id: 'inv_1', target_service_key: 'one', status, retry_count }];
    response.end(JSON.stringify({ rows }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  await restateClient({ ingress: url, admin: url }).cancel('one');
  await new Promise((resolve) => server.close(resolve));
  return asked;
}

for (const [what, statuses, asked] of [
  ['a run that a worker has is told once', ['running', 'running', 'running'], ['cancel']],
  ['a run that no worker takes is ended', ['backing-off'], ['kill']],
  ['a run that its worker gives back meanwhile is ended', ['running', 'backing-off'], ['cancel', 'kill']],
  [
    'a run that sleeps and that no worker takes when it is woken is ended',
    ['suspended', 'running', 'paused'],
    ['cancel', 'kill'],
  ],
] as const) {
  test(what, async () => {
    assert.equal(
      await askedOf(statuses),
      asked.map((verb) => `/invocations/inv_1/${verb}`),
    );
  });
}

const LONG: readonly string[] = [...Array.from({ length: 8 }, () => 'running'), 'backing-off'];

test('a run that a worker has, and never gave back, is not waited for: its effect may take long', async () => {
  assert.equal(await askedOf(LONG), ['/invocations/inv_1/cancel']);
});

test('one that was given back before is looked at for longer', async () => {
  assert.equal(await askedOf(LONG, 3), ['/invocations/inv_1/cancel', '/invocations/inv_1/kill']);
});

test.run();
