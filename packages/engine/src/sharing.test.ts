/** Nothing is shared: what one caller gets cannot change what the next one gets. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from './cards/define.js';
import { definePack } from './cards/pack.js';
import { createEngine } from './engine.js';
import type { FlowEvent } from './observe/index.js';
import { TEST_CARDS } from './testing/cards.js';

/** Tries to change everything that can be reached from a value, however it is held. */
function vandalise(value: unknown, seen = new Set<unknown>()): void {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
  seen.add(value);
  for (const key of Reflect.ownKeys(value)) {
    let inner: unknown;
    try {
      inner = Reflect.get(value, key);
    } catch {
      continue;
    }
    vandalise(inner, seen);
    attempt(() => Reflect.set(value, key, 'vandalised'));
    attempt(() => Reflect.deleteProperty(value, key));
  }
  attempt(() => Reflect.set(value, 'added', 'vandalised'));
  if (Array.isArray(value)) attempt(() => value.push('vandalised'));
}

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // Frozen: as it should be.
  }
}

const give = defineCard({
  id: 'share.give',
  title: 'Give',
  description: 'Gives what it got, and the default of its declaration.',
  kind: 'pure',
  inputs: [
    { key: 'value', type: 'any' },
    { key: 'preset', type: 'object', default: { list: [1, { deep: true }] } },
  ],
  outputs: [
    { key: 'value', type: 'any' },
    { key: 'preset', type: 'object' },
  ],
  run: (value, preset) => ({ value, preset }),
});
const packs = [
  definePack({ name: 'test', namespace: 't', version: '1.0.0', cards: TEST_CARDS }),
  definePack({ name: 'share', namespace: 'share', version: '1.0.0', cards: [give] }),
];

/** A flow that hands out all that a plan may hold: literals, defaults, converted constants, expressions, references. */
function documentWith(literal: unknown): Record<string, unknown> {
  return {
    flowdeck: 1,
    flows: [
      {
        id: 'main',
        type: 'manual',
        inputs: [
          { key: 'given', type: 'object', default: { a: [1, 2], b: { c: 'x' } } },
          { key: 'all', type: 'any' },
        ],
        cards: [
          { id: 'lit', card: 'share.give', in: { value: { value: literal } } },
          { id: 'conv', card: 'share.give', in: { value: { from: '/inputs/given' }, preset: '{"from":["text"]}' } },
          { id: 'expr', card: 'share.give', in: { value: { expr: '{"made": [1, {"x": 2}]}' } } },
          { id: 'flow', card: 'share.give', in: { value: { flow: 'other' } } },
          {
            card: 't.return',
            in: {
              lit: { from: '/lit/value' },
              preset: { from: '/lit/preset' },
              conv: { from: '/conv/value' },
              text: { from: '/conv/preset' },
              expr: { from: '/expr/value' },
              flow: { from: '/flow/value' },
            },
          },
        ],
      },
      { id: 'other', type: 'helper', outputs: [{ key: 'o', type: 'object', description: 'kept' }], cards: [] },
    ],
  };
}

async function twice(source: unknown): Promise<readonly [string, string]> {
  const engine = createEngine({ packs });
  const deck = engine.load(source);
  const run = async () => {
    const events: FlowEvent[] = [];
    const off = engine.on('*', (event) => void events.push(event));
    const result = await engine.run(deck, { runId: 'r', startedAt: 0 });
    off();
    const { durationMs: _, ...stable } = result;
    const timeless = events.map((event) => ({ ...event, at: 0, durationMs: 0 }));
    return { text: JSON.stringify([stable, timeless]), seen: [result, events] };
  };
  const first = await run();
  vandalise([first.seen, deck.document, deck.flows, deck.diagnostics, engine.connectors]);
  return [first.text, (await run()).text];
}

test('a run gives the same after everything that it handed out was changed', async () => {
  const [first, second] = await twice(JSON.stringify(documentWith({ a: [{ b: 'c' }], d: null })));
  assert.match(first, '"status":"success"');
  assert.is(second, first);
});

test('property: whatever the literal is, from text and from an object', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (literal) => {
      // Names that reach a prototype are refused when a file is read.
      fc.pre(!/"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(literal)));
      const text = JSON.stringify(documentWith(literal));
      for (const source of [text, JSON.parse(text)]) {
        const [first, second] = await twice(source);
        assert.is(second, first);
      }
    }),
    { numRuns: 40 },
  );
});

test("the given source stays the host's: it is neither frozen nor read again", async () => {
  const engine = createEngine({ packs });
  const source = documentWith({ a: [1] });
  const text = JSON.stringify(source);
  const deck = engine.load(source);
  const { revision } = deck;
  const before = JSON.stringify((await engine.run(deck)).outputs);
  assert.not(Object.isFrozen(source));
  vandalise(source);
  assert.is.not(JSON.stringify(source), text);
  assert.is(JSON.stringify((await engine.run(deck)).outputs), before);
  assert.is(JSON.stringify(deck.document), text);
  assert.is(deck.revision, revision);
});

test('the document of a deck cannot be changed under its revision', () => {
  const deck = createEngine({ packs }).load(documentWith({ a: [1] }));
  const before = [deck.revision, JSON.stringify(deck.document)];
  vandalise(deck.document);
  assert.equal([deck.revision, JSON.stringify(deck.document)], before);
});

test('what a deck leads to cannot be put in its place', async () => {
  const engine = createEngine();
  const deck = engine.load({ flowdeck: 1, id: 'main', type: 'manual', cards: [] });
  for (const key of Object.keys(deck)) assert.not(Reflect.set(deck, key, null), key);
  assert.not(Reflect.set(deck, 'document', null));
  assert.is((await engine.run(deck)).status, 'success');
});

test('inputs and options of a host are left alone', async () => {
  const engine = createEngine({ packs });
  const deck = engine.load(documentWith(1));
  const inputs = { given: { list: [{ x: 1 }] }, all: [1, { y: 2 }] };
  const text = JSON.stringify(inputs);
  await engine.run(deck, { inputs });
  assert.is(JSON.stringify(inputs), text);
  assert.not(Object.isFrozen(inputs.given));
  assert.not(Object.isFrozen(inputs.given.list[0]));
});

test('a result that hands on an input is none: whoever changes it does not change what the host gave', async () => {
  const engine = createEngine({ packs });
  const deck = engine.load({
    flowdeck: 1,
    id: 'main',
    type: 'manual',
    inputs: [
      { key: 'given', type: 'any' },
      { key: 'when', type: 'date' },
    ],
    cards: [
      {
        card: 't.return',
        in: {
          same: { from: '/inputs/given' },
          again: { from: '/inputs/given' },
          part: { from: '/inputs/given/list' },
          when: { from: '/inputs/when' },
        },
      },
    ],
  });
  const inputs = { given: { list: [{ x: 1 }], ['__proto__' as string]: 1 }, when: new Date(0) };
  const text = JSON.stringify(inputs);
  const first = await engine.run(deck, { inputs });
  assert.equal(first.outputs, { same: inputs.given, again: inputs.given, part: inputs.given.list, when: inputs.when });
  assert.is(first.outputs?.['same'], first.outputs?.['again'], 'what stands twice is copied once');
  const when = first.outputs?.['when'];
  assert.ok(when instanceof Date && when.setTime(1));
  vandalise(first);
  assert.is(JSON.stringify(inputs), text);
});

test('a flow reference in a result prints as its id, and leads nowhere', async () => {
  const engine = createEngine({ packs });
  const { outputs } = await engine.run(engine.load(documentWith(1)));
  assert.is(JSON.parse(JSON.stringify(outputs)).flow, 'other');
  assert.equal(Object.keys(outputs?.['flow'] ?? {}), []);
});

test.run();
