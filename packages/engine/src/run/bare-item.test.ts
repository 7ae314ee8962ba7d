/** Loops over flows that end with one field: no result is made of it, and all that a run tells is the same. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { Bindings, CardNode, DeckFlow } from '../document/index.js';
import type { Engine } from '../engine.js';
import { systemClock } from '../index.js';
import { deck, from, helper, testEngine } from '../testing/cards.js';

const ITEMS = 5;

/** Of the run under way. */
let host = new AbortController();
/** Has the host cancel the run in the middle of its items. */
const cancels = card('x.cancels', (n) => {
  if (n === 3) host.abort('enough');
  return { output: n };
});
/** Says that it is pure, and waits now and then. */
const waits = card(
  'x.waits',
  (n) => (n === 2 ? Promise.resolve({ output: n }) : { output: n }) as { output: number | null }, // a card may lie about its kind
);
const fails = card('x.fails', (n) => {
  if (n === 2) throw new Error('not this one');
  return { output: n };
});

function card(id: `x.${string}`, run: (n: number | null) => { output: number | null }) {
  return defineCard({
    id,
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: [{ key: 'n', type: 'number' }],
    outputs: [{ key: 'output', type: 'number' }],
    run,
  });
}

const numbers: Partial<DeckFlow> = { inputs: [{ key: 'n', type: 'number' }] };
const returns = (value: Bindings[string]): CardNode => ({ id: 'ret', card: 't.return', in: { x: value } });
const sum: CardNode[] = [
  { id: 'a', card: 't.add', in: { a: from('/inputs/n'), b: 5 } },
  { id: 'b', card: 't.add', in: { a: from('/a/output'), b: from('/inputs/n') } },
];
const through = (card: string): CardNode[] => [
  { id: 'c', card, in: { n: from('/inputs/n') } },
  returns(from('/c/output')),
];

const bodies: Readonly<Record<string, DeckFlow>> = {
  'a sum': helper('h', [...sum, returns(from('/b/output'))], numbers),
  'a sum as text': helper('h', [...sum, returns(from('/b/output'))], {
    ...numbers,
    outputs: [{ key: 'x', type: 'text' }],
  }),
  'no card but the Return': helper('h', [returns(from('/inputs/n'))], numbers),
  'a literal': helper('h', [returns('same')], numbers),
  nothing: helper('h', [returns(from('/context/error'))], { ...numbers, outputs: [{ key: 'x', type: 'text' }] }),
  'its index': helper('h', [...sum, returns(from('/context/index'))], numbers),
  'a default that its only reader lets go of': helper(
    'h',
    [{ id: 'k', card: 't.give', in: { value: from('/inputs/kept') } }, returns(from('/k/output'))],
    { inputs: [...(numbers.inputs ?? []), { key: 'kept', type: 'text', default: 'kept' }] },
  ),
  'what cannot become the type that it declares': helper('h', [...sum, returns('many')], {
    ...numbers,
    outputs: [{ key: 'x', type: 'number' }],
  }),
  'an expression that fails': helper('h', [returns({ expr: 'inputs.n > 2 ? $error("too many") : inputs.n' })], numbers),
  'a card that fails': helper('h', through('x.fails'), numbers),
  'a card that waits': helper('h', through('x.waits'), numbers),
  'a value larger than the run allows': helper(
    'h',
    [{ id: 'r', card: 't.range', in: { count: from('/inputs/n') } }, returns(from('/r/output'))],
    numbers,
  ),
};

/** Its clock stands: on a slow machine others would get a turn in between, and the loop would be found waiting for it. */
const options = { cards: [cancels, waits, fails], ports: { clock: { ...systemClock(), elapsed: () => 0 } } };
const quietly = testEngine(options);
const heard = testEngine(options);
heard.on('*', () => {});

async function outcomeOf(body: DeckFlow, more: Bindings, steps: number, engine: Engine): Promise<unknown> {
  const items = { list: from('/r/output'), flow: { flow: 'h' }, n: { item: '' } };
  const source = deck(
    [
      { id: 'r', card: 't.range', in: { count: ITEMS } },
      { id: 'e', card: 't.each', in: { ...items, ...more } },
    ],
    body,
  );
  host = new AbortController();
  const limited = { limits: { steps, listLength: ITEMS }, signal: host.signal };
  const { status, value, steps: taken, error, ignored } = await engine.run(engine.load(source), limited);
  const told = ({ message, code, at, path }: NonNullable<typeof error>) => {
    const { run, execution, ...place } = at;
    return { message, code, place, execution: execution?.slice(run?.length), path };
  };
  return {
    status,
    value,
    steps: taken,
    error: error && told(error),
    ignored: ignored.map((item) => [item.index, item.error.message]),
  };
}

for (const [name, body] of Object.entries(bodies)) {
  test(`${name}: the same whether somebody listens, with any limit of steps, and whatever becomes of errors`, async () => {
    for (const more of [{}, { ignore: true }] as Bindings[]) {
      for (let steps = 1; steps < 2 + ITEMS * 4 + 3; steps++) {
        const [quiet, told] = [await outcomeOf(body, more, steps, quietly), await outcomeOf(body, more, steps, heard)];
        assert.equal(quiet, told, `at most ${steps} steps`);
      }
    }
  });
}

test('a card that has its run ended is the last, and nothing goes on', async () => {
  const body = helper('h', through('x.cancels'), numbers);
  for (const more of [{}, { ignore: true }] as Bindings[]) {
    const [quiet, told] = [
      await outcomeOf(body, more, 1000, quietly),
      await outcomeOf(body, more, 1000, heard),
    ] as readonly Record<string, unknown>[];
    assert.equal([quiet?.['status'], quiet?.['error'], quiet?.['value']], [told?.['status'], told?.['error'], null]);
    assert.is(quiet?.['status'], 'cancelled');
    // Whoever listens is told card by card, so the Return after it is not reached.
    assert.is(quiet?.['steps'], 1 + 1 + 3 * 2 + 2);
  }
});

test('the values are those of the items', async () => {
  const seen = async (name: string, more: Bindings = {}) => {
    const body = bodies[name];
    if (body === undefined) throw new Error(`No body "${name}".`);
    const { value, error } = (await outcomeOf(body, more, 1000, quietly)) as {
      value: unknown;
      error: { message: string; place: { card: string } } | null;
    };
    return error === null ? value : [error.place.card, error.message];
  };
  assert.equal(await seen('a sum'), [5, 7, 9, 11, 13]);
  assert.equal(await seen('a sum as text'), ['5', '7', '9', '11', '13']);
  assert.equal(await seen('its index'), [0, 1, 2, 3, 4]);
  assert.equal(await seen('nothing'), [null, null, null, null, null]);
  assert.equal(await seen('a default that its only reader lets go of'), Array(5).fill('kept'));
  assert.equal(await seen('a card that waits'), [0, 1, 2, 3, 4]);
  assert.equal(await seen('a card that fails', { ignore: true }), [0, 1, null, 3, 4]);
  assert.equal((await seen('an expression that fails'))?.toString().slice(0, 4), 'ret,');
});

test.run();
