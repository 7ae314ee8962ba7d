/** Bodies of requests, from Node and from the web, are read to their bound. */
import { connect } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { incomingOf, readBytes } from './body.js';
import { listen } from './node-server.js';

const MOST = 10;

/** As text, with whether Node had it. */
async function read(request: Request): Promise<string> {
  const isNodes = incomingOf(request) !== null;
  const bytes = await readBytes(request, MOST);
  return `${isNodes ? 'node' : 'web'} ${bytes === null ? 'too long' : Buffer.from(bytes).toString()}`;
}

/** In parts whose length nobody announces. */
function parts(...texts: readonly string[]): RequestInit {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const text of texts) controller.enqueue(encoder.encode(text));
      controller.close();
    },
  });
  return { method: 'POST', body, duplex: 'half' } as RequestInit; // fetch asks for duplex, and its types do not know it
}

const BODIES: readonly (readonly [name: string, init: () => RequestInit, read: string])[] = [
  ['none', () => ({ method: 'POST' }), ''],
  ['none at all', () => ({}), ''],
  ['one part', () => ({ method: 'POST', body: 'häh' }), 'häh'],
  ['several parts', () => parts('abc', 'def', 'ghij'), 'abcdefghij'],
  ['longer than announced may be', () => ({ method: 'POST', body: 'x'.repeat(MOST + 1) }), 'too long'],
  ['longer, and nothing is announced', () => parts('abcdef', 'ghijk', 'l'), 'too long'],
];

for (const [name, init, expected] of BODIES) {
  test(`a body: ${name}`, async () => {
    assert.is(await read(new Request('http://localhost/', init())), `web ${expected}`);
    const server = await listen(async (request) => new Response(await read(request)));
    assert.is(await (await fetch(server.url, init())).text(), `node ${expected}`);
    await server.close();
  });
}

test('a body that is too long and unannounced does not stand in the way of the next request', async () => {
  const server = await listen(async (request) => new Response(await read(request)));
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const head = 'POST / HTTP/1.1\r\nhost: localhost\r\n';
  socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
  for (let part = 0; part < 40; part++) socket.write(`8000\r\n${'x'.repeat(0x8000)}\r\n`);
  socket.write(`0\r\n\r\n${head}connection: close\r\ncontent-length: 3\r\n\r\nabc`);
  let answers = '';
  for await (const part of socket) answers += part;
  assert.match(answers, /node too long.*node abc/s);
  await server.close();
});

test('a body that somebody has taken as a stream is read as one', async () => {
  const long = 'x'.repeat(1_000_000);
  const server = await listen(async (request) => {
    const isStream = request.body !== null;
    const bytes = await readBytes(request, long.length);
    return new Response(isStream ? String(bytes?.length) : 'no stream');
  });
  assert.is(await (await fetch(server.url, { method: 'POST', body: long })).text(), String(long.length));
  await server.close();
});

test.run();
