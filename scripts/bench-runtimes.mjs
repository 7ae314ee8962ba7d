// `npm run bench:runtimes -- --runtime journal|restate|dbos [--rounds N]`: what a durable step, an item of a loop and a replay
// cost, with cards that do nothing. Times mean something on a quiet machine only.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { standard } from '@flowdeck/cards';
import { createEngine, defineCard, definePack } from '@flowdeck/engine';

const STEPS = 500;
const REPLAYED = 3_000;
const ITEMS = { journal: [5_000, 50], restate: [1_000, 50], dbos: [1_000, 50] };

const act = defineCard({
  id: 'bench.act',
  title: 'Act',
  description: 'Does nothing.',
  kind: 'effect',
  inputs: [],
  outputs: [{ key: 'n', type: 'number' }],
  run: async () => ({ n: 1 }),
});
const packs = [standard, definePack({ name: 'bench', namespace: 'bench', version: '1.0.0', cards: [act] })];
const acts = (count) => Array.from({ length: count }, (_, at) => ({ id: `a${at}`, card: 'bench.act' }));
const waiting = { id: 'ask', card: 'control.pause', in: {} };

function deckOf(items, concurrency) {
  const each = { list: { expr: `[1..${items}]` }, flow: { flow: 'item' }, concurrency };
  return {
    flowdeck: 1,
    flows: [
      { id: 'steps', type: 'manual', cards: acts(STEPS) },
      { id: 'items', type: 'manual', cards: [{ id: 'each', card: 'list.forEach', in: each }] },
      { id: 'item', type: 'helper', cards: acts(1) },
      { id: 'replayed', type: 'manual', cards: [...acts(REPLAYED), waiting] },
    ],
  };
}

/** By what `--runtime` says: opens it, and gives what runs a flow to its end; null where it is not there. */
const RUNTIMES = {
  async journal(dir, deck) {
    const { fileJournal } = await import('@flowdeck/host');
    let journal = await fileJournal({ dir });
    let engine = createEngine({ packs, ports: { runtime: journal } });
    return {
      run: (runId, flow) => engine.run(engine.load(deck), { runId, flow }),
      async replay(runId) {
        const first = engine.start(engine.load(deck), { runId, flow: 'replayed' });
        first.result.catch(() => {}); // it is given up
        await journal.begun(runId);
        while (!journal.isAtRest(runId)) await journal.nextRest(runId);
        await journal.shutdown();
        journal = await fileJournal({ dir });
        engine = createEngine({ packs, ports: { runtime: journal } });
        const [{ startedAt }] = await journal.unfinished();
        const begun = performance.now();
        const { result } = engine.start(engine.load(deck), { runId, flow: 'replayed', startedAt });
        while (!journal.isAtRest(runId)) await journal.nextRest(runId);
        const took = performance.now() - begun;
        await journal.signal(runId, 'resume', {});
        await result;
        return took;
      },
      close: () => journal.shutdown(),
    };
  },
  async restate(dir, deck) {
    const { RestateServer, serverBinary } = await import('../packages/runtime-restate/test/server.ts');
    const { listenForRestate, restateClient } = await import('@flowdeck/runtime-restate');
    const binary = serverBinary();
    if (binary === null) return null;
    const server = await RestateServer.open(binary, dir);
    const engine = createEngine({ packs });
    const loaded = engine.load(deck);
    const decks = new Map([[loaded.revision, loaded]]);
    const worker = await listenForRestate({ engine, decks, admin: server.admin, port: 0 });
    const close = () => Promise.all([worker.close(), server.close()]);
    return { run: ranBy(restateClient(server), loaded), close };
  },
  async dbos(_dir, deck) {
    const { Cluster, postgresPrograms } = await import('../packages/runtime-dbos/test/cluster.ts');
    const { dbosClient, dbosWorker } = await import('@flowdeck/runtime-dbos');
    const programs = postgresPrograms();
    if (programs === null) return null;
    const databaseUrl = await (await Cluster.open(programs)).database('bench');
    const engine = createEngine({ packs });
    const loaded = engine.load(deck);
    const worker = await dbosWorker({ databaseUrl, engine, decks: new Map([[loaded.revision, loaded]]) });
    const client = dbosClient({ databaseUrl });
    return {
      run: ranBy(client, loaded),
      async close() {
        await client.close();
        await worker.close();
      },
    };
  },
};

function ranBy(client, { revision }) {
  return async (runId, flow) => {
    await client.start({ runId, revision, flow });
    return client.end(runId);
  };
}

const { values } = parseArgs({
  options: { runtime: { type: 'string' }, rounds: { type: 'string', default: '3' } },
});
const open = RUNTIMES[values.runtime];
const rounds = Number(values.rounds);
if (open === undefined || !Number.isSafeInteger(rounds) || rounds < 1) {
  console.error(`npm run bench:runtimes -- --runtime ${Object.keys(RUNTIMES).join('|')} [--rounds N]`);
  process.exit(2);
}
const [items, concurrency] = ITEMS[values.runtime];
const dir = mkdtempSync(join(tmpdir(), 'flowdeck-bench-'));
const runtime = await open(dir, deckOf(items, concurrency));
if (runtime === null) {
  console.error(`There is no server for ${values.runtime}: its README says what to install.`);
  process.exit(2);
}

async function timeOf(runId, flow) {
  const begun = performance.now();
  const { status, error } = await runtime.run(runId, flow);
  if (status !== 'success') throw new Error(`${flow}: ${JSON.stringify(error)}`);
  return performance.now() - begun;
}

/** The middle one of all rounds but the first, which pays for what is made once. */
async function median(flow, timed) {
  await timed(`${flow}-warm`);
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await timed(`${flow}-${round}`));
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

const rows = {
  [`a step (of ${STEPS})`]: (await median('steps', (id) => timeOf(id, 'steps'))) / STEPS,
  [`For Each ${items}, ${concurrency} at once`]: await median('items', (id) => timeOf(id, 'items')),
};
if (runtime.replay !== undefined) rows[`replay of ${REPLAYED} steps`] = await median('replayed', runtime.replay);
console.log(`${values.runtime}, median of ${rounds}, milliseconds`);
for (const [what, took] of Object.entries(rows)) console.log(`${what.padEnd(32)} ${took.toFixed(2)}`);
await runtime.close();
rmSync(dir, { recursive: true, force: true });
process.exit(0);
