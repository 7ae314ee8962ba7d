/** What runs on Restate leave in the annex is sealed, stays while they wait, and is swept when they are over. Skips, and says so, where there is no server. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { fileAnnex, runSeal } from '@flowdeck/host';
import { listenForRestate, restateClient, sweepRestateAnnex } from '@flowdeck/runtime-restate';
import { LONG_FLOW, LONG_PACK } from '@flowdeck/testing/runtime-contract';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RestateServer, serverBinary } from '../test/server.js';

const binary = serverBinary();
if (binary === null)
  console.warn('SKIPPED: no Restate server. npm install --no-save @restatedev/restate-server@1.7.12');
else
  test('what a run leaves in the annex stays while it waits, shows nothing, and goes when it is over', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'flowdeck-restate-annex-'));
    const server = await RestateServer.open(binary, join(dir, 'server'));
    const annex = fileAnnex({ dir: join(dir, 'annex') });
    const seal = runSeal(Buffer.alloc(32, 9).toString('base64'));
    const engine = createEngine({ packs: [standard, LONG_PACK] });
    const deck = engine.load(LONG_FLOW);
    const { admin, ingress } = server;
    const decks = new Map([[deck.revision, deck]]);
    const worker = await listenForRestate({ engine, decks, admin, port: 0, seal, annex });
    const runs = restateClient({ ingress, admin, seal });
    try {
      await runs.start({ runId: 'one', revision: deck.revision, limits: { recordBytes: 1_000 } });
      while ((await annex.runs()).length === 0) await new Promise((resolve) => setImmediate(resolve));
      await sweepRestateAnnex({ admin, annex, seal });
      const rooms = await annex.runs();
      assert.is(rooms.length, 1, 'it is not over');
      const kept = readdirSync(join(dir, 'annex'), { recursive: true, withFileTypes: true, encoding: 'utf8' });
      for (const file of kept.filter((entry) => entry.isFile()))
        assert.not.match(readFileSync(join(file.parentPath, file.name), 'utf8'), /x{20}|^one/);
      await runs.signal('one', 'resume', null);
      assert.is((await runs.end('one')).status, 'success');
      await sweepRestateAnnex({ admin, annex, seal: runSeal(Buffer.alloc(32, 8).toString('base64')) });
      assert.equal(await annex.runs(), rooms, 'another key has no say');
      await sweepRestateAnnex({ admin, annex, seal });
      assert.equal(await annex.runs(), []);
    } finally {
      await worker.close();
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });

test.run();
