/** Whatever reaches an input, by whatever way: a card works with it, or there is an error that says what is wrong. */
import {
  type CardType,
  type Clock,
  createEngine,
  DocumentError,
  defineCard,
  definePack,
  type Field,
  type FieldType,
  FileRef,
  type Value,
} from '@flowdeck/engine';
import { fieldName } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cards, standard } from './index.js';

const all: readonly CardType[] = Object.values(cards).flat();
const TYPES: readonly FieldType[] = ['text', 'number', 'boolean', 'date', 'object', 'file', 'flow', 'any'];

/** One of each kind of value, the odd ones of each kind among them. */
const VALUES: readonly Value[] = [
  null,
  '',
  ' ',
  'not a date',
  '2024-02-30',
  '12',
  '{"a":1}',
  '[1,"a"]',
  0,
  -1,
  1.5,
  1e300,
  true,
  false,
  [],
  [null],
  [1, 'a', null, { b: [] }],
  [[['deep']]],
  {},
  { a: 1, constructor: 'x', length: 3 },
  { then: 1, toString: null, toJSON: 'x' },
  new Date(0),
  new Date(8.64e15),
  new FileRef('nowhere', 'gone.txt'),
];

const FIELDS: readonly Field[] = TYPES.flatMap((type) => [
  { key: type, type },
  { key: `${type}s`, type, list: true },
]);

/** Gives what it got under every type, and as a property of every type: what is declared of an output may be wrong. */
const liar = defineCard({
  id: 'x.liar',
  title: 'Liar',
  description: 'Gives anything under any type.',
  kind: 'pure',
  inputs: [{ key: 'value', type: 'any' }],
  outputs: [...FIELDS, { key: 'whole', type: 'object', properties: FIELDS }] as readonly Field[],
  run: (value): Record<string, Value> => {
    const given = Object.fromEntries(FIELDS.map(({ key }) => [key, value]));
    return { ...given, whole: given };
  },
});

/** Waits end at once; a run that waits for what never comes, such as a signal, soon. */
const hurried: Clock = {
  now: () => 0,
  elapsed: () => 0,
  after(_ms, wake) {
    const turn = setImmediate(wake);
    return () => clearImmediate(turn);
  },
  yield: () => new Promise((resolve) => setImmediate(resolve)),
};

const engine = createEngine({
  packs: [standard, definePack({ name: 'liar', namespace: 'x', version: '1.0.0', cards: [liar] })],
  ports: { clock: hurried },
});
const LIMITS = { steps: 2_000 };

/** The card of one of its examples, with one input bound to something else. */
function deckOf(card: CardType, name: string, binding: unknown) {
  const example = Object.entries(card.examples?.[0]?.in ?? {}).map(([key, value]) => [key, { value }]);
  const blocks = Object.keys(card.blocks ?? {}).map((block) => [block, { cards: [] }]);
  return {
    flowdeck: 1,
    flows: [
      {
        id: 'main',
        type: 'manual',
        inputs: [{ key: 'value', type: 'any' }],
        cards: [
          { id: 'liar', card: 'x.liar', in: { value: { from: '/inputs/value' } } },
          {
            id: 'card',
            card: card.id,
            in: { ...Object.fromEntries(example), [name]: binding },
            ...(blocks.length > 0 ? { blocks: Object.fromEntries(blocks) } : {}),
          },
        ],
      },
      { id: 'h', type: 'helper', inputs: [{ key: 'value', type: 'any' }], cards: [] },
    ],
  };
}

type Loaded = ReturnType<typeof engine.load>;

/** Null where the document is refused, which says what is wrong. */
function loaded(source: unknown): Loaded | null {
  try {
    return engine.load(source);
  } catch (error) {
    if (error instanceof DocumentError) return null;
    throw error;
  }
}

/** What a host would see of a fault of the card; null where there is none. */
async function faultOf(deck: Loaded, value: Value): Promise<string | null> {
  const { error } = await engine.run(deck, { inputs: { value }, limits: LIMITS });
  return error?.code === 'card-failed' ? error.message : null;
}

/** Ways on which a value comes to an input at run time. What is declared to be of its type needs no conversion. */
function waysTo({ type, list }: Field): Readonly<Record<string, unknown>> {
  const key = list === true ? `${type}s` : type;
  return {
    wire: { from: '/inputs/value' },
    expression: { expr: 'inputs.value' },
    'output declared alike': { from: `/liar/${key}` },
    'property declared alike': { from: `/liar/whole/${key}` },
  };
}

for (const card of all) {
  test(`${card.id} takes any value, or says what is wrong with it`, async () => {
    const faults: string[] = [];
    for (const field of card.inputs) {
      const name = fieldName(field);
      const tell = async (way: string, deck: Loaded | null, value: Value) => {
        const fault = deck === null ? null : await faultOf(deck, value);
        if (fault !== null) faults.push(`${name} by ${way}: ${JSON.stringify(value)}: ${fault}`);
      };
      for (const value of VALUES) await tell('value', loaded(deckOf(card, name, { value })), value);
      for (const [way, binding] of Object.entries(waysTo(field))) {
        const deck = loaded(deckOf(card, name, binding));
        for (const value of VALUES) await tell(way, deck, value);
      }
    }
    assert.equal(faults, []);
  });
}

test('what a called flow gives at its last card is converted where its declared type is asked for', async () => {
  const deck = engine.load({
    flowdeck: 1,
    flows: [
      {
        id: 'main',
        type: 'manual',
        inputs: [{ key: 'value', type: 'any' }],
        cards: [
          { id: 'call', card: 'flow.call', in: { flow: { flow: 'h' }, value: { from: '/inputs/value' } } },
          { card: 'date.iso', in: { date: { from: '/call/on' } } },
        ],
      },
      {
        id: 'h',
        type: 'helper',
        inputs: [{ key: 'value', type: 'any' }],
        outputs: [{ key: 'on', type: 'date' }],
        cards: [{ card: 'control.assign', in: { on: { from: '/inputs/value' } } }],
      },
    ],
  });
  const good = await engine.run(deck, { inputs: { value: '2024-05-06' } });
  assert.equal([good.value, good.error], ['2024-05-06T00:00:00.000Z', null]);
  const bad = await engine.run(deck, { inputs: { value: 'yesterday' } });
  assert.equal([bad.error?.code, bad.error?.at.field], ['conversion', 'date']);
});

for (const [what, between] of Object.entries({
  'a card that hands on what it gets': { card: 'control.assign', in: { on: { from: '/liar/date' } } },
  'a called flow': { card: 'flow.call', in: { flow: { flow: 'h' }, on: { from: '/liar/date' } } },
})) {
  test(`a value that is not of its declared type stays so through ${what}, and is converted behind it`, async () => {
    const deck = engine.load({
      flowdeck: 1,
      flows: [
        {
          id: 'main',
          type: 'manual',
          inputs: [{ key: 'value', type: 'any' }],
          cards: [
            { id: 'liar', card: 'x.liar', in: { value: { from: '/inputs/value' } } },
            { id: 'between', ...between },
            { card: 'date.iso', in: { date: { from: '/between/on' } } },
          ],
        },
        {
          id: 'h',
          type: 'helper',
          inputs: [{ key: 'on', type: 'date' }],
          outputs: [{ key: 'on', type: 'date' }],
          cards: [
            { card: 'date.iso', in: { date: { from: '/inputs/on' } } },
            { card: 'control.assign', in: { on: { from: '/inputs/on' } } },
          ],
        },
      ],
    });
    const good = await engine.run(deck, { inputs: { value: '2024-05-06' } });
    assert.equal([good.value, good.error], ['2024-05-06T00:00:00.000Z', null]);
    const bad = await engine.run(deck, { inputs: { value: 'yesterday' } });
    assert.is(bad.error?.code, 'conversion');
  });
}

test.run();
