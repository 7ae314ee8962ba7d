/** Text cards on large and hostile texts, and those that draw at random. */
import { type CardType, FlowdeckError, type Outputs, systemRandom, type ValueObject } from '@flowdeck/engine';
import { fakeContext, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compose } from './compose.js';
import { concatenate } from './concatenate.js';
import { findEmail } from './find-email.js';
import { random } from './random.js';
import { replacePatterns } from './replace-patterns.js';
import { textSplit } from './split.js';
import { uniqueId } from './unique-id.js';

const ctx = fakeContext({ random: systemRandom() });
const run = async (card: CardType, inputs: ValueObject) => (await runCard(card, inputs, ctx)) as Outputs;

async function codeOf(card: CardType, inputs: ValueObject): Promise<string> {
  try {
    await run(card, inputs);
  } catch (error) {
    if (error instanceof FlowdeckError) return error.code;
    throw error;
  }
  return 'none';
}

test('results that memory cannot bear are refused', async () => {
  const text = 'x'.repeat(10_000_000);
  assert.is(await codeOf(compose, { template: '{{a}}'.repeat(100), a: text }), 'limit');
  const many = Object.fromEntries([...Array(60).keys()].map((index) => [`text ${index + 1}`, text]));
  assert.is(await codeOf(concatenate, many), 'limit');
  assert.is(await codeOf(textSplit, { text: `${text}x`, separator: '' }), 'limit');
  assert.is(await codeOf(random, { length: 1e9 }), 'limit');
});

test('10 MB are split and searched for an address', async () => {
  const list = (await run(textSplit, { text: 'ten chars,'.repeat(1_000_000) }))['list'];
  assert.is(Array.isArray(list) && list.length, 1_000_001);
  for (const hostile of [
    'a'.repeat(1e7),
    'a@'.repeat(5e6),
    '@'.repeat(1e7),
    `${'a.'.repeat(5e6)}@${'b-'.repeat(1e3)}`,
  ]) {
    assert.is((await run(findEmail, { text: hostile }))['email'], '');
  }
});

test('Replace Patterns takes its patterns in the order of the document', async () => {
  const inputs = { 'look in': 'ab', 'replace with': 'b', 'patterns/z': 'a', 'patterns/a': 'bb' };
  assert.is((await run(replacePatterns, inputs))['output'], 'b');
});

test('Random gives letters and digits, all of them, as many as asked for', async () => {
  const output = String((await run(random, { length: 20_000.9 }))['output']);
  assert.is(output.length, 20_000);
  assert.match(output, /^[A-Za-z0-9]*$/);
  assert.is(new Set(output).size, 62);
  for (const none of [0, -5, null, 0.5]) assert.is((await run(random, { length: none }))['output'], '');
});

test('Unique ID is a UUID of version 4, and another one each time', async () => {
  const ids = await Promise.all([...Array(200).keys()].map(async () => String((await run(uniqueId, {}))['output'])));
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.is(new Set(ids).size, 200);
});

test.run();
