// The examples of a host within Hono and Fastify: deliveries are proven by the bytes that came, and addresses lead back under the prefix.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import { createEngine, definePack } from '@flowdeck/engine';
import { createHandler, Host } from '@flowdeck/host';
import { serve } from '@hono/node-server';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fastifyApp } from '../examples/fastify.ts';
import { honoApp } from '../examples/hono.ts';
import { blocksOf } from './reading/markdown.mjs';

const SECRET = 'signing-secret';
const text = { key: 'text', type: 'text' };
const returns = (from) => [{ card: 'flow.return', in: { text: { from } } }];
const CONNECTOR = {
  flowdeck: 1,
  connector: {
    key: 'post',
    name: 'Post',
    version: '1.0.0',
    auth: { type: 'custom', fields: [{ key: 'signing', type: 'text', secret: true }] },
    flows: {},
    events: [
      {
        key: 'posted',
        flow: 'read',
        delivery: {
          secret: { from: 'connection', path: '/signing' },
          verify: [{ scheme: 'hmac', given: { from: 'header', name: 'x-signature' }, signed: [{ from: 'raw' }] }],
        },
      },
    ],
  },
  flows: [{ id: 'read', type: 'webhook', inputs: [text], outputs: [text], cards: returns('/inputs/text') }],
};
const DECK = {
  flowdeck: 1,
  flows: [
    {
      id: 'hears',
      type: 'event',
      event: { connector: 'post', name: 'posted', connection: 'post' },
      inputs: [text],
      cards: [{ card: 'post.hear', in: { text: { from: '/inputs/text' } } }],
    },
    { id: 'echo', type: 'api', access: { by: 'open' }, inputs: [text], cards: returns('/inputs/text') },
    {
      id: 'asks',
      type: 'api',
      access: { by: 'open' },
      cards: [{ id: 'approval', card: 'control.pause', outputs: [text] }, ...returns('/approval/text')],
    },
  ],
};

/** Ways to listen, on a port that is free. Each gives the address, and what ends it. */
const APPS = {
  async Hono(handle) {
    const server = await new Promise((resolve) => {
      const made = serve({ fetch: honoApp(handle).fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(made));
    });
    return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
  },
  async Fastify(handle) {
    const app = fastifyApp(handle);
    return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
  },
};

async function mounted(listen, work) {
  const heard = [];
  const hear = {
    id: 'post.hear',
    title: 'Hear',
    description: 'Tells the test.',
    kind: 'effect',
    inputs: [text],
    outputs: [],
    run: async (said) => void heard.push(said),
  };
  const post = definePack({
    name: 'post-cards',
    namespace: 'post',
    version: '1.0.0',
    cards: [hear],
    connectors: [CONNECTOR],
  });
  const connections = { perCall: true, get: () => ({ connector: 'post', auth: { signing: SECRET } }) };
  const engine = createEngine({ packs: [standard, post], ports: { connections } });
  let url = '';
  const host = new Host({ engine, deck: engine.load(DECK), connections, publicUrl: () => `${url}/flows/` });
  const server = await listen(createHandler(host));
  url = server.url;
  try {
    await host.start();
    for (const { id } of DECK.flows) await host.turn(id, true);
    await work({ url, host, heard });
  } finally {
    await server.close();
    await host.stop();
  }
}

const until = async (isSo) => {
  while (!isSo()) await new Promise(setImmediate);
};

for (const [name, listen] of Object.entries(APPS)) {
  test(`${name}: the program and its flows answer, each at its place`, () =>
    mounted(listen, async ({ url }) => {
      assert.is(await (await fetch(url)).text(), 'A program with flows.');
      assert.is((await fetch(`${url}/flows/health`)).status, 200);
      assert.is((await fetch(`${url}/health`)).status, 404);
      assert.is((await fetch(`${url}/flows/%zz`)).status, name === 'Fastify' ? 400 : 404);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      for (const call of [
        { method: 'POST', body: '{"text": "Grüße"}' },
        { method: 'POST', body: new URLSearchParams({ text: 'Grüße' }).toString(), headers },
      ]) {
        const answer = await fetch(`${url}/flows/run/echo?a=1`, call);
        assert.equal([answer.status, await answer.json()], [200, { text: 'Grüße' }]);
      }
    }));

  test(`${name}: a delivery is proven by its bytes, whatever they are said to be`, () =>
    mounted(listen, async ({ host, heard }) => {
      const { url } = host.flow('hears').webhook;
      const send = (body, type, signed = body) => {
        const signature = createHmac('sha256', SECRET).update(signed).digest('hex');
        const headers = { 'x-signature': signature, ...(type === null ? {} : { 'content-type': type }) };
        return fetch(url, { method: 'POST', body, headers });
      };
      const spaced = '{ "text" :\t"one",\r\n "n": 1.0, "n": 2 }\n';
      assert.is((await send(spaced, 'application/json')).status, 200);
      assert.is((await send('text=two+%C3%A9', 'application/x-www-form-urlencoded')).status, 200);
      assert.is((await send(Uint8Array.of(0xff, 0xfe, 0), 'text/plain; charset=latin1')).status, 200);
      assert.is((await send(Uint8Array.of(0xff, 0), null)).status, 200);
      assert.is((await send(spaced, 'application/json', JSON.stringify(JSON.parse(spaced)))).status, 401);
      await until(() => heard.length >= 2);
      assert.equal([...heard].sort(), ['one', 'two é']);
      assert.is((await send(new Uint8Array(1024 * 1024 + 1), 'application/json')).status, 413);
    }));

  test(`${name}: a paused run goes on at the address that its caller got`, () =>
    mounted(listen, async ({ url, host }) => {
      const paused = await fetch(`${url}/flows/run/asks`, { method: 'POST' });
      const place = new URL(paused.headers.get('location'), paused.url);
      assert.match(place.pathname, /^\/flows\/resume\//);
      assert.is((await fetch(place, { method: 'POST', body: '{"text":"yes"}' })).status, 202);
      await until(() => host.runs('asks')[0]?.status === 'success');
    }));
}

test('the page on serving shows both as they are', () => {
  const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const shown = blocksOf(read('docs/serving.md'), 'ts');
  for (const path of ['examples/hono.ts', 'examples/fastify.ts'])
    assert.ok(
      shown.some((block) => block.trim() === read(path).trim()),
      path,
    );
});

test.run();
