/** What runs on DBOS leave in the annex stays while they wait, and is swept when they are over. Skips, and says so, where there is no PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import { createEngine, type RunAnnex } from '@flowdeck/engine';
import { fileAnnex, runSeal } from '@flowdeck/host';
import { dbosClient, dbosWorker } from '@flowdeck/runtime-dbos';
import { LONG_FLOW, LONG_PACK } from '@flowdeck/testing/runtime-contract';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Cluster, postgresPrograms } from '../test/cluster.js';
import { patient } from './annex.js';

const programs = postgresPrograms();
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('an annex that cannot be read for a while is asked again; a text that is not there is told', async () => {
  let asked = 0;
  const annex: RunAnnex = {
    put: async () => 'id',
    async read() {
      if (++asked < 3) throw new Error('The disk is away.');
      return asked === 3 ? 'text' : null;
    },
    runs: async () => [],
    remove: async () => {},
  };
  const passing = patient(annex, async () => {});
  assert.is(await passing.read('run', 'id'), 'text');
  assert.is(await passing.read('run', 'id'), null);
  assert.is(asked, 4);
});

if (programs === null) console.warn('SKIPPED: no PostgreSQL. apt-get install postgresql');
else
  test('what a run leaves in the annex stays while it waits, and goes when it is over', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'flowdeck-dbos-annex-'));
    const databaseUrl = await (await Cluster.open(programs)).database('annex');
    const annex = fileAnnex({ dir });
    const seal = runSeal(Buffer.alloc(32, 9).toString('base64'));
    const engine = createEngine({ packs: [standard, LONG_PACK] });
    const deck = engine.load(LONG_FLOW);
    const decks = new Map([[deck.revision, deck]]);
    const worker = await dbosWorker({ databaseUrl, engine, decks, seal, annex, sweepMs: 20 });
    const runs = dbosClient({ databaseUrl, seal });
    try {
      await annex.put(seal.close('nobody'), 'text');
      await runs.start({ runId: 'one', revision: deck.revision, limits: { recordBytes: 1_000 } });
      while (!(await annex.runs()).includes(seal.close('one'))) await turn();
      // What nobody has is swept; what a run has that waits is there after that, too.
      while ((await annex.runs()).includes(seal.close('nobody'))) await turn();
      assert.equal(await annex.runs(), [seal.close('one')]);
      await runs.signal('one', 'resume', null);
      assert.is((await runs.end('one')).status, 'success');
      while ((await annex.runs()).length > 0) await turn();
    } finally {
      await runs.close();
      await worker.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });

test.run();
