/** Headers as they are kept are those that the platform would give. */
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { incomingOf } from '../serve/body.js';
import { listen } from '../serve/node-server.js';
import { KeptHeaders } from './kept-headers.js';

/** What a server gets for these lines. */
async function sent(lines: readonly string[], hear: (request: Request) => Promise<void>): Promise<void> {
  const server = await listen(async (request) => {
    await hear(request);
    return new Response(null);
  });
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.end(['POST / HTTP/1.1', 'Host: localhost', 'Connection: close', ...lines, '', ''].join('\r\n'));
  for await (const _ of socket);
  await server.close();
}

test('names are in lower case and in their order, values that come again are lists, as Headers has them', async () => {
  let [kept, given]: [[string, string][], [string, string][]] = [[], []];
  await sent(
    ['X-Zoo: 1', 'x-two: a', 'X-Two: b', 'Cookie: a=1', 'Cookie: b=2', 'Content-Length: 0'],
    async (request) => {
      assert.ok(incomingOf(request), 'it came by Node');
      kept = [...KeptHeaders.of(request)];
      const raw = (incomingOf(request) as IncomingMessage).rawHeaders; // as above
      const headers = new Headers();
      for (let index = 0; index < raw.length; index += 2) headers.append(raw[index] ?? '', raw[index + 1] ?? '');
      given = [...headers];
    },
  );
  assert.equal(kept, given);
  assert.equal(new Map(kept).get('x-two'), 'a, b');
});

test('a request of the web alone gives the same', () => {
  const headers = { 'X-Two': 'b', Accept: 'text/plain' };
  const request = new Request('http://localhost/', { method: 'POST', headers });
  assert.is(incomingOf(request), null);
  assert.equal([...KeptHeaders.of(request)], [...request.headers]);
});

test('a header is found whatever the case of its name, and what every object has is none', () => {
  const headers = new KeptHeaders([['x-id', '1']]).with('content-type', 'text/plain');
  assert.equal(
    [headers.get('X-ID'), headers.get('Content-Type'), headers.get('constructor')],
    ['1', 'text/plain', null],
  );
});

test.run();
