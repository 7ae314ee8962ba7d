/** What is promised of histories: the last runs that began are told card by card, to the owner only, and none unless asked for. */
import type { History } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createHandler } from './handler.js';
import { Histories } from './histories.js';
import { served } from './testing/served.js';

const ADMIN = 'owner-token';

const OTHER = { flowdeck: 1, id: 'other', type: 'manual', cards: [] };

function hostWith(keptHistories?: number) {
  const { host } = served(keptHistories === undefined ? {} : { keptHistories });
  const handle = createHandler(host, { adminToken: ADMIN, secret: 'of-the-host' });
  const ask = (runId: string, token = ADMIN) =>
    handle(
      new Request(`http://host.test/admin/runs/${runId}/history`, { headers: { authorization: `Bearer ${token}` } }),
    );
  const run = async (n: number) => {
    const { runId, ended } = host.run('plain', 'hand', { inputs: { n } });
    await ended;
    return runId;
  };
  return { host, ask, run };
}

test('the owner is told what the cards of a run did, and of which document', async () => {
  const { host, ask, run } = hostWith(2);
  const answer = await ask(await run(41));
  assert.is(answer.status, 200);
  const { history, document } = (await answer.json()) as { history: History; document: unknown };
  const [execution] = Object.values(history.executions);
  assert.equal([execution?.flow, execution?.status, execution?.counts.cards], ['plain', 'success', 1]);
  assert.equal(execution?.cards.flat()[0]?.outputs, { output: 42 });
  assert.equal(document, JSON.parse(JSON.stringify(host.deck.document)));
});

test('a run is told with the document that it ran, whatever is served since', async () => {
  const { host, ask, run } = hostWith(2);
  const runId = await run(1);
  const former = JSON.parse(JSON.stringify(host.deck.document));
  const other = served({});
  await host.renew({ engine: other.host.engine, deck: other.host.engine.load({ ...OTHER }) });
  const { document } = (await (await ask(runId)).json()) as { document: unknown };
  assert.equal(document, former);
});

test('only the last that began are kept, and a stranger is told of none', async () => {
  const { ask, run } = hostWith(2);
  const [first, second, third] = [await run(1), await run(2), await run(3)];
  assert.equal(await Promise.all([first, second, third].map(async (id) => (await ask(id)).status)), [404, 200, 200]);
  assert.match(await (await ask(first)).text(), /not kept/);
  assert.match(await (await ask('none')).text(), /There is no run/);
  assert.is((await ask(third, 'another')).status, 401);
});

test('none is kept unless a host is told to, and none after it was stopped', async () => {
  const silent = hostWith();
  assert.is(silent.host.history(await silent.run(1)), undefined);
  const { host, run } = hostWith(5);
  const kept = await run(1);
  await host.stop();
  const { runId, result } = host.engine.start(host.deck, { flow: 'plain', inputs: { n: 1 } });
  await result;
  assert.is(host.history(runId), undefined);
  assert.ok(host.history(kept));
});

test('what is recorded is bounded in all: the oldest go first, and one run alone is told without its later cards', async () => {
  const { host } = served();
  const text = 'x'.repeat(1_000);
  const card = { card: 'text.concatenate', in: { 'text 1': text, 'text 2': text } };
  const cards = [1, 2, 3, 4].map((n) => ({ id: `c${n}`, ...card }));
  const deck = host.engine.load({ flowdeck: 1, id: 'texts', type: 'manual', cards });
  const histories = new Histories({ engine: host.engine, deck }, 100, 25_000);
  const run = async () => (await host.engine.run(deck, {})).runId;
  const ids = [await run(), await run(), await run(), await run()];
  const known = ids.map((id) => histories.get(id) !== undefined);
  assert.equal([known[0], known.at(-1)], [false, true]);
  const small = new Histories({ engine: host.engine, deck }, 100, 5_000);
  const [told] = Object.values(small.get(await run())?.history.executions ?? {});
  assert.is(told?.status, 'success', 'how it ended is told');
  assert.ok((told?.cards.flat().length ?? 0) < 4, 'and not what all of its cards did');
});

test.run();
