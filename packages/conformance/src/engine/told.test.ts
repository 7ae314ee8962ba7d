/** What calls elsewhere went on without, and what they did to tables, is told in the result of the run as if they had been here. */

import { standard } from '@flowdeck/cards';
import { createEngine, type RunResult, systemClock } from '@flowdeck/engine';
import { JsonRuntime } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const number = [{ key: 'n', type: 'number' }];
const DECK = {
  flowdeck: 1,
  tables: [{ id: 'seen', columns: [{ key: 'n', type: 'number' }] }],
  flows: [
    {
      id: 'main',
      type: 'manual',
      cards: [
        { id: 'call', card: 'flow.call', in: { flow: { flow: 'batch' } } },
        { id: 'beside', card: 'flow.callAsync', in: { flow: { flow: 'batch' } } },
        { id: 'each', card: 'list.forEach', in: { list: { value: [1, 2] }, flow: { flow: 'batch' }, concurrency: 2 } },
      ],
    },
    {
      id: 'batch',
      type: 'helper',
      cards: [
        {
          id: 'all',
          card: 'list.forEachIgnoreErrors',
          in: { list: { value: [1, 2, 3] }, flow: { flow: 'odd' }, concurrency: 1, n: { item: '' } },
        },
      ],
    },
    {
      id: 'odd',
      type: 'helper',
      inputs: number,
      cards: [
        { id: 'row', card: 'tables.createRow', in: { table: 'seen', 'fields/n': { from: '/inputs/n' } } },
        {
          id: 'refuse',
          card: 'flow.returnErrorIf',
          in: { left: { from: '/inputs/n' }, operator: '==', right: 2, message: 'Two is none.' },
        },
      ],
    },
  ],
};

async function resultOf(callsGo: 'here' | 'elsewhere'): Promise<RunResult> {
  const clock = systemClock();
  const runtime = new JsonRuntime({
    clock,
    ...(callsGo === 'here' ? {} : { execute: (request, life) => engine.execute(request, { decks, runtime: life }) }),
  });
  const engine = createEngine({ packs: [standard], ports: { runtime } });
  const deck = engine.load(DECK);
  const decks = new Map([[deck.revision, deck]]);
  return engine.run(deck, { flow: 'main', runId: 'r' });
}

/** Ids of rows are by chance, and flows that nobody waits for may come in another order. */
const told = ({ ignored, tables, omitted }: RunResult) => ({
  ignored: ignored.map((item) => JSON.stringify(item)).sort(),
  tables: tables.map(({ changes, ...counts }) => ({ ...counts, changes: changes.length })),
  omitted,
});

test('of a call, of one beside and of a loop', async () => {
  const here = await resultOf('here');
  assert.is(here.status, 'success', JSON.stringify(here.error));
  assert.is(here.ignored.length, 4);
  assert.equal(told(here).tables, [{ table: 'seen', inserted: 12, updated: 0, removed: 0, changes: 12 }]);
  assert.equal(told(await resultOf('elsewhere')), told(here));
});

test.run();
