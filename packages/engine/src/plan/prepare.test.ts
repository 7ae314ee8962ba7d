/** Functions that a card makes for one step, by the literals of that step. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createEngine, defineCard, definePack } from '../index.js';

/** Repeats a text; tells which of its functions did it. */
function repeating(prepare: (calls: unknown[]) => (count: number | undefined) => ((text: string) => string) | null) {
  const literals: unknown[] = [];
  const made = prepare(literals);
  const card = defineCard({
    id: 'try.repeat',
    title: 'Repeat',
    description: 'Repeats a text.',
    kind: 'pure',
    inputs: [
      { key: 'text', type: 'text', required: true },
      { key: 'count', type: 'number', required: true },
    ],
    outputs: [{ key: 'output', type: 'text' }],
    run: (text, count) => ({ output: `run ${text.repeat(count)}` }),
    prepare: (text, count) => {
      literals.push([text, count]);
      const repeat = made(count);
      return repeat && ((given) => ({ output: `prepared ${repeat(given)}` }));
    },
  });
  const engine = createEngine({
    packs: [definePack({ name: 'try', namespace: 'try', version: '1.0.0', cards: [card] })],
  });
  const resultOf = async (count: unknown, more: object = {}) => {
    const deck = engine.load({
      flowdeck: 1,
      id: 'main',
      type: 'helper',
      inputs: [{ key: 'text', type: 'text' }],
      cards: [{ id: 'r', card: 'try.repeat', in: { text: { from: '/inputs/text' }, count }, ...more }],
    });
    const results = [];
    for (const text of ['a', 'b']) {
      const result = await engine.run(deck, { inputs: { text } });
      results.push(result.status === 'success' ? result.outputs['output'] : result.error?.code);
      const followed = await engine.run(deck, { inputs: { text }, onEvent: () => {} });
      assert.equal(followed.outputs, result.outputs, 'listened to');
    }
    return results;
  };
  return { resultOf, literals };
}

test('a card is prepared once for a step, with the literals converted and undefined for the rest', async () => {
  const { resultOf, literals } = repeating(() => (count) => (text) => text.repeat(count ?? 0));
  assert.equal(await resultOf('3'), ['prepared aaa', 'prepared bbb']);
  assert.equal(literals, [[undefined, 3]]);
});

test('also where an error policy stands around it', async () => {
  const { resultOf } = repeating(() => (count) => (text) => text.repeat(count ?? 0));
  assert.equal(await resultOf(2, { onError: { then: 'return' } }), ['prepared aa', 'prepared bb']);
});

test('a step without a literal runs the function of the card', async () => {
  const { resultOf, literals } = repeating(() => () => (text) => text);
  assert.equal(await resultOf({ expr: '1 + 1' }), ['run aa', 'run bb']);
  assert.equal(literals, []);
});

test('null, or an error while it is prepared, leave it at the function of the card', async () => {
  assert.equal(await repeating(() => () => null).resultOf(2), ['run aa', 'run bb']);
  const failing = repeating(() => () => {
    throw new Error('not with me');
  });
  assert.equal(await failing.resultOf(2), ['run aa', 'run bb']);
});

test.run();
