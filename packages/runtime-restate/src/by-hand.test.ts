/** Starts and calls that somebody wrote by hand: each ends with what is wrong in it. Skips, and says so, where there is no server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { listenForRestate, restateClient } from '@flowdeck/runtime-restate';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RestateServer, serverBinary } from '../test/server.js';

const FLOW = {
  flowdeck: 1,
  id: 'main',
  type: 'manual',
  inputs: [{ key: 'n', type: 'number' }],
  outputs: [{ key: 'n', type: 'number' }],
  cards: [{ card: 'flow.return', in: { n: { from: '/inputs/n' } } }],
} as const;

const binary = serverBinary();
if (binary === null)
  console.warn('SKIPPED: no Restate server. npm install --no-save @restatedev/restate-server@1.7.12');
else
  test('what is written by hand and faulty ends with its reason, and nothing is tried for ever', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'flowdeck-restate-hand-'));
    const server = await RestateServer.open(binary, join(dir, 'server'));
    const engine = createEngine({ packs: [standard] });
    const deck = engine.load(FLOW);
    const { revision } = deck;
    const worker = await listenForRestate({ engine, decks: new Map([[revision, deck]]), admin: server.admin, port: 0 });
    const runs = restateClient(server);
    let count = 0;
    const sent = async (service: string, body: string) => {
      const response = await fetch(`${server.ingress}/${service}/by-hand-${++count}/run`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return { status: response.status, said: await response.text() };
    };
    const call = (request: object) => JSON.stringify({ interpreter: '1', request });
    try {
      // One that is right, so that the server knows the worker.
      await runs.start({ runId: 'right', revision, inputs: { n: 1 } });
      assert.equal((await runs.end('right')).outputs, { n: 1 });
      for (const [service, body, reason] of [
        ['flowRun', '{}', /\/revision.* has to be a text/],
        ['flowRun', 'null', /\/revision.* has to be a text/],
        ['flowRun', '"main"', /\/revision.* has to be a text/],
        ['flowRun', JSON.stringify({ revision, inputs: [1] }), /\/inputs.* has to be an object/],
        ['flowRun', JSON.stringify({ revision, input: { n: 1 } }), /\/input.* has to be left out/],
        ['flowRun', JSON.stringify({ revision, flow: 'nobody' }), /nobody/],
        ['flowRun', JSON.stringify({ revision, limits: { stepz: 1 } }), /stepz/],
        ['flowCall', 'null', /has to be an object with the members/],
        ['flowCall', '[]', /has to be an object with the members/],
        ['flowCall', call({ v: 1 }), /\/executionId.* has to be a text/],
        ['flowCall', call({ v: 2 }), /\/v.* has to be 1/],
      ] as const) {
        const { status, said } = await sent(service, body);
        assert.is(status, 400, `${service} ${body}: ${said}`);
        assert.match(said, reason);
      }
      const { status } = await sent('flowRun', '{"revision"');
      assert.is(status, 400, 'it is no JSON at all');
      assert.match(JSON.stringify((await runs.end('by-hand-1')).error), /run-refused/);
      assert.is((await runs.show('by-hand-1'))?.status, 'error');
    } finally {
      await runs.close();
      await worker.close();
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });

test.run();
