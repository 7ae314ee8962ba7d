/** Bodies of requests, from Node and from the web, are read to their bound. */
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
