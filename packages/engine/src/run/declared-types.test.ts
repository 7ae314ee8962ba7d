/** What is declared of an output may be wrong: whoever asks for the type gets it, or an error that says what is wrong. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import { flow, from, testEngine } from '../testing/cards.js';
import type { Field, Value } from '../values/index.js';

/** Gives its input under other types than it has. */
const careless = defineCard({
  id: 'x.careless',
  title: 'X',
  description: 'X.',
  kind: 'pure',
  inputs: [{ key: 'value', type: 'any' }],
  outputs: [
    { key: 'at', type: 'date' },
    { key: 'days', type: 'date', list: true },
    { key: 'whole', type: 'object', properties: [{ key: 'at', type: 'date' }] },
  ] as readonly Field[],
  run: (value): Record<string, Value> => ({ at: value, days: value, whole: { at: value } }),
});
const year = defineCard({
  id: 'x.year',
  title: 'X',
  description: 'X.',
  kind: 'pure',
  inputs: [{ key: 'at', type: 'date', required: true }],
  outputs: [{ key: 'year', type: 'number' }],
  run: (at) => ({ year: at.getUTCFullYear() }),
});
const years = defineCard({
  id: 'x.years',
  title: 'X',
  description: 'X.',
  kind: 'pure',
  inputs: [{ key: 'days', type: 'date', list: true, required: true }],
  outputs: [{ key: 'year', type: 'number' }],
  run: (days) => ({ year: days[0]?.getUTCFullYear() ?? null }),
});

for (const [what, reader] of Object.entries({
  'an output': { card: 'x.year', in: { at: from('/careless/at') } },
  'a property': { card: 'x.year', in: { at: from('/careless/whole/at') } },
  'a list': { card: 'x.years', in: { days: from('/careless/days') } },
})) {
  test(`${what} that is not of its declared type is converted where that type is asked for`, async () => {
    const engine = testEngine({ cards: [careless, year, years] });
    const loaded = engine.load(
      flow([{ id: 'careless', card: 'x.careless', in: { value: from('/inputs/value') } }, reader], {
        inputs: [{ key: 'value', type: 'any' }],
      }),
    );
    const good = await engine.run(loaded, { inputs: { value: '2024-05-06' } });
    assert.equal([good.value, good.error], [2024, null]);
    const bad = await engine.run(loaded, { inputs: { value: 'yesterday' } });
    assert.equal([bad.error?.code, bad.error?.at.field], ['conversion', what === 'a list' ? 'days' : 'at']);
  });
}

const told = defineCard({
  id: 'x.told',
  title: 'X',
  description: 'X.',
  kind: 'pure',
  inputs: [{ key: 'value', type: 'any' }],
  outputs: [
    { key: 'number', type: 'number' },
    { key: 'text', type: 'text' },
  ] as readonly Field[],
  run: (value): Record<string, Value> => ({ number: value, text: value }),
});
const double = defineCard({
  id: 'x.double',
  title: 'X',
  description: 'X.',
  kind: 'pure',
  inputs: [
    { key: 'number', type: 'number', required: true },
    { key: 'text', type: 'text', required: true },
  ],
  outputs: [{ key: 'text', type: 'text' }],
  run: (number, text) => ({ text: `${number * 2} ${text.concat('!')}` }),
});
const doubled = flow(
  [
    { id: 'told', card: 'x.told', in: { value: from('/inputs/value') } },
    { card: 'x.double', in: { number: from('/told/number'), text: from('/told/text') } },
  ],
  { inputs: [{ key: 'value', type: 'any' }] },
);

for (const isWatched of [false, true]) {
  test(`numbers and texts that are of their declared types pass, others are converted${isWatched ? ', listened to' : ''}`, async () => {
    const engine = testEngine({ cards: [told, double] });
    if (isWatched) engine.on('*', () => {});
    const loaded = engine.load(doubled);
    const given = async (value: Value) => (await engine.run(loaded, { inputs: { value } })).value;
    assert.equal(await given(21), '42 21!');
    assert.equal(await given('21'), '42 21!');
    assert.equal(await given(true), '2 true!');
    assert.equal(await given(null), '0 !');
    const bad = await engine.run(loaded, { inputs: { value: 'many' } });
    assert.equal([bad.error?.code, bad.error?.at.field], ['conversion', 'number']);
    const endless = await engine.run(loaded, { inputs: { value: Number.POSITIVE_INFINITY } });
    assert.equal([endless.error?.code, endless.error?.at.field], ['conversion', 'number']);
  });
}

test.run();
