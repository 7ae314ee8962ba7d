/** What every card of the library promises: a complete definition, and examples that are true. */
import {
  type CardType,
  createEngine,
  definePack,
  FlowdeckError,
  type Outputs,
  type ValueObject,
} from '@flowdeck/engine';
import { fieldName } from '@flowdeck/engine/kit';
import { runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cards, standard } from './index.js';

const all: readonly CardType[] = Object.values(cards).flat();

test('the declaration of the pack is sound: it is sealed without a check', () => {
  // A copy has no seal.
  definePack({ ...standard });
  const broken = all.map((card, index) => (index === 100 ? { ...card, title: '' } : card));
  assert.throws(() => definePack({ ...standard, cards: broken }), /cards/);
});

test('nobody can change a card that an engine hands out', () => {
  const registered = createEngine({ packs: [standard] }).cards;
  assert.is(registered.length, all.length);
  for (const { card } of registered) {
    assert.ok(Object.isFrozen(card), card.id);
    for (const field of [...card.inputs, ...card.outputs]) assert.ok(Object.isFrozen(field), card.id);
  }
});

test('ids are unique and stand under the name of their module', () => {
  assert.is(new Set(all.map((card) => card.id)).size, all.length);
  for (const [module, list] of Object.entries(cards)) {
    assert.ok(list.length > 0, module);
    for (const card of list) assert.match(card.id, new RegExp(`^${module}\\.[a-z][A-Za-z0-9]*$`));
  }
});

for (const card of all) {
  test(`${card.id}: is explained`, () => {
    assert.ok(card.title);
    assert.match(card.description, /\.$/);
    assert.ok(card.examples?.[0], 'an example');
    const blocks = Object.values(card.blocks ?? {});
    for (const field of [...card.inputs, ...card.outputs, ...blocks.flatMap((block) => block.inputs ?? [])]) {
      assert.ok(field.label, `label of ${fieldName(field)}`);
      assert.match(field.description ?? '', /\.$/, `description of ${fieldName(field)}`);
    }
    for (const [code, meaning] of Object.entries(card.errors ?? {})) {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.match(meaning, /\.$/);
    }
  });

  test(`${card.id}: its outputs have names of their own`, () => {
    assert.is(new Set(card.outputs.map(fieldName)).size, card.outputs.length);
    assert.is(new Set(card.inputs.map(fieldName)).size, card.inputs.length);
  });

  if (card.kind !== 'pure') continue;
  for (const [index, example] of (card.examples ?? []).entries()) {
    test(`${card.id}: example ${index + 1}${example.title ? `, ${example.title}` : ''}`, async () => {
      const before = JSON.stringify(example.in);
      const outputs = Object.keys(example.out ?? {}).map((key) => ({ key, type: 'any' }) as const);
      let given: Outputs | undefined;
      let code: string | undefined;
      try {
        // A pure card never leaves: it gives its outputs.
        given = (await runCard(card, example.in, { outputs })) as Outputs | undefined;
      } catch (error) {
        if (!(error instanceof FlowdeckError)) throw error;
        code = error.code;
        assert.ok(error.message);
        // What to do about an error of the author's making, only the author knows.
        if (code !== 'returned-error') assert.ok(error.hint, 'a hint');
      }
      assert.is(code, example.error);
      if (example.error === undefined) assert.equal({ ...given }, { ...example.out });
      else assert.ok(card.errors?.[example.error], `${example.error} is documented`);
      assert.is(JSON.stringify(example.in), before, 'the inputs are left alone');
    });
  }
}

for (const card of all.filter(({ kind, prepare }) => kind === 'pure' && prepare !== undefined)) {
  test(`${card.id}: gives the same for literals as for values that arrive`, async () => {
    const engine = createEngine({ packs: [standard] });
    const outcomeOf = async (bound: Readonly<Record<string, unknown>>, inputs: ValueObject) => {
      const deck = engine.load({
        flowdeck: 1,
        id: 'main',
        type: 'helper',
        inputs: Object.keys(inputs).map((key) => ({ key, type: 'any' })),
        cards: [
          { id: 'card', card: card.id, in: bound },
          { card: 'flow.return', in: { all: { from: '/card' } } },
        ],
      });
      const result = await engine.run(deck, { inputs });
      return result.status === 'success' ? result.outputs : result.error?.code;
    };
    // A literal that no run could use is refused when the flow is loaded.
    const examples = (card.examples ?? []).filter(({ error }) => error !== 'unknown-operator');
    assert.ok(examples.length > 0);
    for (const { in: given } of examples) {
      const names = Object.keys(given);
      const literal = Object.fromEntries(names.map((name) => [name, { value: given[name] }]));
      const wired = Object.fromEntries(names.map((name, index) => [name, { from: `/inputs/i${index}` }]));
      const arriving = Object.fromEntries(names.map((name, index) => [`i${index}`, given[name] ?? null]));
      assert.equal(await outcomeOf(literal, {}), await outcomeOf(wired, arriving), JSON.stringify(given));
    }
  });
}

test('every error of a pure card that its inputs can provoke has an example', () => {
  const pure = all.filter((card) => card.kind === 'pure');
  const shown = new Set(pure.flatMap((card) => card.examples ?? []).flatMap((example) => example.error ?? []));
  for (const code of [
    'unknown-operator',
    'returned-error',
    'conversion',
    'unsafe-key',
    'json-parse',
    'percent-encoding',
  ]) {
    assert.ok(shown.has(code), code);
  }
});

test.run();
