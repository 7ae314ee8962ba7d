/** The cases of the suite hold on a runtime that keeps JSON, and in a second life that is answered from it. */
import { httpPort } from '@flowdeck/cards/http';
import { defineCard, definePack } from '@flowdeck/engine';
import { runCase } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { services } from '../services.js';
import { loadSuites } from '../suites.js';
import { durableAdapterOf } from './durable.js';
import { withStandard } from './flowdeck.js';

for (const callsGo of ['here', 'elsewhere', 'suspended'] as const) {
  const adapter = durableAdapterOf(withStandard([]), httpPort, callsGo);
  for (const suite of loadSuites('builtin').filter(({ packs = [] }) => packs.length === 0)) {
    test(`${suite.suite} holds on JSON with calls ${callsGo}, and again`, async () => {
      for (const entry of suite.cases) {
        const { failures } = await runCase(suite, entry, adapter, { services });
        assert.equal(failures, [], entry.id);
      }
    });
  }
}

/** What a case with one card of a pack of its own comes to. */
async function failuresOf(run: () => { n: number }, kind: 'pure' | 'effect'): Promise<string> {
  const card = defineCard({
    ...{ id: 'odd.card', title: 'Odd', description: 'Counts.', inputs: [], run },
    ...{ kind, outputs: [{ key: 'n', type: 'number' }] },
  });
  const pack = definePack({ name: 'odd', namespace: 'odd', version: '1.0.0', cards: [card] });
  const entry = { id: 'a', card: 'odd.card', expect: { outputs: { n: { $type: 'number' } } } };
  const { failures } = await runCase(
    { suite: 's', cases: [] },
    entry,
    durableAdapterOf(withStandard([pack]), httpPort, 'here'),
  );
  return JSON.stringify(failures);
}

test('a pure card that counts is caught in the second life, and an effect that counts is not asked again', async () => {
  let n = 0;
  assert.match(await failuresOf(() => ({ n: n++ }), 'pure'), 'A second life comes to something else');
  assert.is(await failuresOf(() => ({ n: 1 }), 'effect'), '[]');
  n = 0;
  await failuresOf(() => ({ n: n++ }), 'effect');
  assert.is(n, 2, 'once for each of the two runs of a case');
});

test('where it is to, a run has a life more for its wait, and nobody hears of the cards that run again', async () => {
  const lives: number[] = [];
  for (const callsGo of ['here', 'suspended'] as const) {
    let n = 0;
    const card = defineCard({
      ...{ id: 'odd.card', title: 'Odd', description: 'Counts.', kind: 'pure', inputs: [], outputs: [] },
      run: () => {
        n++;
        return {};
      },
    });
    const pack = definePack({ name: 'odd', namespace: 'odd', version: '1.0.0', cards: [card] });
    const cards = [{ card: 'odd.card' }, { card: 'control.waitFor', in: { delay: 1 } }];
    const entry = { id: 'a', clock: 'instant', flow: { cards }, expect: { status: 'success' } } as const;
    const adapter = durableAdapterOf(withStandard([pack]), httpPort, callsGo);
    const { failures } = await runCase({ suite: 's', cases: [] }, entry, adapter, { services });
    assert.equal(failures, []);
    lives.push(n);
  }
  assert.equal(lives, [4, 6], 'of each of two runs: the first, its next after the wait, and the second');
});

test.run();
