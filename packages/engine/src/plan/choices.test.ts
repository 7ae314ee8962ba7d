/** Choices: literals are held to them when a flow is loaded, other values when they arrive. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { Binding } from '../document/index.js';
import { flow, from, testEngine } from '../testing/cards.js';
import type { Value } from '../values/index.js';

const BASE = { title: 'T', description: 'D.', kind: 'pure', outputs: [{ key: 'output', type: 'any' }] } as const;
const CHOICES = { key: 'given', type: 'text', choices: ['fast', 'slow'] } as const;

const engine = testEngine({
  cards: [
    defineCard({ ...BASE, id: 'x.optional', inputs: [CHOICES], run: (given) => ({ output: given }) }),
    defineCard({
      ...BASE,
      id: 'x.required',
      inputs: [{ ...CHOICES, required: true }],
      run: (given) => ({ output: given }),
    }),
    defineCard({
      ...BASE,
      id: 'x.default',
      inputs: [{ ...CHOICES, required: true, default: 'slow' }],
      run: (given) => ({ output: given }),
    }),
    defineCard({ ...BASE, id: 'x.list', inputs: [{ ...CHOICES, list: true }], run: (given) => ({ output: given }) }),
    defineCard({
      ...BASE,
      id: 'x.open',
      inputs: [{ ...CHOICES, openChoices: true }],
      run: (given) => ({ output: given }),
    }),
    defineCard({
      ...BASE,
      id: 'x.number',
      inputs: [{ key: 'given', type: 'number', choices: [1, 2] }],
      run: (given) => ({ output: given }),
    }),
  ],
});

/** What a card makes of a value that is only known when the flow runs. */
async function given(card: string, value: Value): Promise<unknown> {
  const source = { card: 't.give', id: 'source', in: { value: { value } } };
  const { outputs, error } = await engine.run(
    engine.load(flow([source, { id: 'card', card, in: { given: from('/source/output') } }])),
  );
  return error === null ? outputs['output'] : error.code;
}

function literal(card: string, binding: Binding): string[] {
  return engine.check(flow([{ card, in: { given: binding } }])).diagnostics.map(({ code }) => code);
}

test('what arrives is one of the choices, or the card is not run', async () => {
  assert.is(await given('x.optional', 'fast'), 'fast');
  assert.is(await given('x.optional', 'FAST'), 'not-a-choice');
  assert.is(await given('x.optional', ''), 'not-a-choice');
  assert.is(await given('x.optional', null), null);
});

test('it is converted before', async () => {
  assert.is(await given('x.number', '2'), 2);
  assert.is(await given('x.number', '3'), 'not-a-choice');
});

test('an empty value is no choice: null becomes the default, or is an error', async () => {
  assert.is(await given('x.required', null), 'missing-input');
  assert.is(await given('x.default', null), 'slow');
});

test('of a list every item is a choice', async () => {
  assert.equal(await given('x.list', ['slow', 'fast', null]), ['slow', 'fast', null]);
  assert.equal(await given('x.list', []), []);
  assert.is(await given('x.list', ['slow', 'quick']), 'not-a-choice');
  assert.equal(literal('x.list', { value: ['slow', 'fast'] }), []);
  assert.equal(literal('x.list', { value: ['slow', 'quick'] }), ['not-a-choice']);
});

test('open choices hold literals only', async () => {
  assert.is(await given('x.open', 'quick'), 'quick');
  assert.equal(literal('x.open', 'quick'), ['not-a-choice']);
});

test('the error names the input and the choices, and never the value', async () => {
  const source = { card: 't.give', id: 'source', in: { value: 'hunter2' } };
  const { error } = await engine.run(
    engine.load(flow([source, { id: 'card', card: 'x.optional', in: { given: from('/source/output') } }])),
  );
  assert.is(error?.at.field, 'given');
  assert.match(error?.hint ?? '', '"fast", "slow"');
  assert.not.match(JSON.stringify(error), 'hunter2');
});

test.run();
