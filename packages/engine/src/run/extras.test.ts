/** Extra inputs arrive as a record, however a card is run; what one card does to its record no other card sees. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Bindings } from '../document/index.js';
import { defineCard, type Value } from '../index.js';
import { flow, from, testEngine } from '../testing/cards.js';

/** Says what it got, and writes to it. */
function looksAndWrites(more: Readonly<Record<string, Value>>): { output: Value } {
  const output = Object.entries(more).map(([name, value]) => `${name}=${value}`);
  try {
    Object.assign(more, { written: 1 });
  } catch {
    // Nobody may write to the record of those that got none.
  }
  return { output };
}

const X = { title: 'X', description: 'X.', extraInputs: { type: 'number' } } as const;
const OUTPUT = { key: 'output', type: 'any' } as const;
const FIELD = { key: 'a', type: 'text' } as const;
const KINDS = {
  'of one output': defineCard({ ...X, id: 'x.one', kind: 'pure', inputs: [], outputs: [OUTPUT], run: looksAndWrites }),
  'of one output and three inputs': defineCard({
    ...X,
    id: 'x.three',
    kind: 'pure',
    inputs: [FIELD, { ...FIELD, key: 'b' }, { ...FIELD, key: 'c' }],
    outputs: [OUTPUT],
    run: (_a, _b, _c, more) => looksAndWrites(more),
  }),
  'of two outputs': defineCard({
    ...X,
    id: 'x.two',
    kind: 'pure',
    inputs: [],
    outputs: [OUTPUT, { key: 'other', type: 'any' }],
    run: (more) => ({ ...looksAndWrites(more), other: null }),
  }),
  'that acts': defineCard({ ...X, id: 'x.acts', kind: 'effect', inputs: [], outputs: [OUTPUT], run: looksAndWrites }),
  'that controls': defineCard({
    ...X,
    id: 'x.controls',
    kind: 'control',
    inputs: [],
    outputs: [OUTPUT],
    run: looksAndWrites,
  }),
} as const;

/** What two cards of this kind say, one after the other, unheard and heard. */
async function said(card: string, given: Bindings): Promise<readonly Value[]> {
  const engine = testEngine({ cards: Object.values(KINDS) });
  const document = flow([
    { id: 'first', card, in: given },
    { id: 'second', card, in: given },
    { card: 't.return', in: { first: from('/first/output'), second: from('/second/output') } },
  ]);
  const found: Value[] = [];
  for (const onEvent of [undefined, () => {}]) {
    const { outputs, error } = await engine.run(engine.load(document), onEvent && { onEvent });
    assert.is(error, null);
    found.push(outputs?.['first'] ?? null, outputs?.['second'] ?? null);
  }
  return found;
}

for (const [kind, { id }] of Object.entries(KINDS)) {
  test(`a card ${kind} gets an empty record where there are none`, async () => {
    assert.equal(await said(id, {}), [[], [], [], []]);
  });

  test(`a card ${kind} gets them by name, converted, in the order of the document`, async () => {
    const both = ['late=7', 'early=2'];
    assert.equal(await said(id, { late: '7', early: 2 }), [both, both, both, both]);
  });
}

test.run();
