/** What a pack author gets: a sound pack passes, and each fault that the checks look for is found. */
import { type CardType, defineCard, definePack, FlowdeckError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { acme } from '../../test/acme.js';
import { conformance } from './conformance.js';

// The three lines of a pack author, for real.
conformance({ packs: [acme], cases: new URL('../../test/acme-cases/', import.meta.url), test });

/** Runs the checks of one card, and gives the names and messages of those that fail. */
async function complaints(card: CardType): Promise<Record<string, string>> {
  const tests: [name: string, run: () => Promise<void>][] = [];
  const pack = definePack({ name: 'bad', namespace: 'bad', version: '1.0.0', cards: [card] });
  conformance({ packs: [pack], test: (name, run) => tests.push([name, run]) });
  assert.ok(tests.length > 0);
  const failed: Record<string, string> = {};
  for (const [name, run] of tests) {
    try {
      await run();
    } catch (error) {
      assert.instance(error, FlowdeckError);
      failed[name] = (error as FlowdeckError).message; // just asserted
    }
  }
  return failed;
}

const base = {
  id: 'bad.card',
  title: 'Bad',
  description: 'A card with a fault.',
  kind: 'pure',
  inputs: [{ key: 'list', type: 'any', list: true }],
  outputs: [{ key: 'n', type: 'number' }],
} as const;

test('a card without an example is refused', async () => {
  const failed = await complaints(defineCard({ ...base, run: () => ({ n: 1 }) }));
  assert.equal(Object.keys(failed), ['bad.card has an example or a case']);
});

test('an example that is not true is refused', async () => {
  const failed = await complaints(
    defineCard({ ...base, examples: [{ in: { list: [1] }, out: { n: 2 } }], run: (list) => ({ n: list.length }) }),
  );
  assert.equal(Object.keys(failed), ['bad.card keeps its example 1']);
  assert.match(failed['bad.card keeps its example 1'] ?? '', '/n');
});

test('an example with an error that does not come is refused', async () => {
  const errors = { conversion: 'It is no number.' };
  const calm = await complaints(
    defineCard({ ...base, errors, examples: [{ in: {}, error: 'conversion' }], run: () => ({ n: 1 }) }),
  );
  assert.match(calm['bad.card keeps its example 1'] ?? '', 'Expected the error');
});

test('a pure card that gives something else each time is refused', async () => {
  let count = 0;
  const failed = await complaints(defineCard({ ...base, examples: [{ in: {} }], run: () => ({ n: count++ }) }));
  assert.match(failed['bad.card keeps its example 1'] ?? '', 'something else');
});

test('a card that changes its inputs is refused', async () => {
  const card = defineCard({
    ...base,
    examples: [{ in: { list: [2, 1] } }],
    // Only a card in JavaScript, or a careless cast, gets this far.
    run: (list) => ({ n: (list as unknown[]).sort().length }),
  });
  assert.match(
    (await complaints(card))['bad.card leaves its inputs alone, and gives outputs of the declared types'] ?? '',
    'crashes',
  );
});

test('a card that crashes at null is refused', async () => {
  const card = defineCard({
    ...base,
    inputs: [{ key: 'text', type: 'text' }],
    examples: [{ in: { text: 'a' } }],
    run: (text) => ({ n: (text as string).length }),
  });
  assert.equal(Object.keys(await complaints(card)), ['bad.card bears null as "text"']);
});

test('an output of another type is refused', async () => {
  const card = defineCard({ ...base, examples: [{ in: {} }], run: () => ({ n: 'one' as unknown as number }) });
  assert.match(
    (await complaints(card))['bad.card leaves its inputs alone, and gives outputs of the declared types'] ?? '',
    'number is declared',
  );
});

test('a secret that a card hands on stays hidden', async () => {
  const card = defineCard({
    ...base,
    inputs: [{ key: 'key', type: 'text', secret: true, required: true }],
    outputs: [{ key: 'n', type: 'text' }],
    examples: [{ in: { key: 'k' } }],
    run: (key) => ({ n: `-${key}-` }),
  });
  assert.equal(await complaints(card), {});
});

test('a secret that is not declared as one is not tested as one', async () => {
  const names: string[] = [];
  conformance({ packs: [acme], test: (name) => names.push(name) });
  assert.not(names.some((name) => name.includes('secret')));
});

test('an effect that does not let go of its request is refused', async () => {
  const card = defineCard({
    ...base,
    kind: 'effect',
    examples: [{ in: {} }],
    run: async (_list, ctx) => {
      const answer = await ctx.http.request({ method: 'GET', url: 'https://example.com/', headers: {} });
      return { n: answer.status };
    },
  });
  assert.equal(Object.keys(await complaints(card)), [
    'bad.card gives up a request when its time is up',
    'bad.card gives up a request when the run is cancelled',
  ]);
});

test('a failing case is told with what it proves, what was expected and what came', async () => {
  const suite = {
    suite: 'acme/wrong',
    cases: [
      {
        id: 'wrong',
        proves: 'It is wrong.',
        source: 'nowhere',
        card: 'acme.initials',
        in: { name: 'A' },
        expect: { outputs: { initials: 'B' } },
      },
    ],
  };
  const tests: (() => Promise<void>)[] = [];
  conformance({ packs: [acme], cases: [suite], test: (name, run) => name.startsWith('acme/') && tests.push(run) });
  assert.is(tests.length, 1);
  const message = await tests[0]?.().catch((error: unknown) => (error instanceof Error ? error.message : ''));
  for (const part of [
    'acme/wrong/wrong',
    'It is wrong. (nowhere)',
    'outputs/initials',
    'expected "B"',
    'actual   "A"',
  ]) {
    assert.match(String(message), part);
  }
});

test.run();
