/** What is promised of `testDeck`: cases as tests of any runner, that say no, and twice the same. */
import { standard } from '@flowdeck/cards';
import { FlowdeckError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { visible } from './failure-text.js';
import { testDeck } from './test-deck.js';

const GREET = {
  flowdeck: 1,
  id: 'greet',
  type: 'manual',
  inputs: [{ key: 'name', type: 'text' }],
  outputs: [{ key: 'text', type: 'text' }],
  cards: [{ card: 'flow.return', in: { text: { expr: '"Hello " & inputs.name' } } }],
};
const greet = (text: string) => ({ id: text, inputs: { name: 'Ada' }, expect: { outputs: { text } } });

test('a case that holds passes, one that does not rejects with what differs', async () => {
  const cases = { suite: 'greet', cases: [greet('Hello Ada'), greet('Hello Bob'), { ...greet('x'), skip: 'Later.' }] };
  const [good, bad, skipped] = testDeck(GREET, cases, { packs: [standard] });
  assert.equal([good?.name, good?.skip, skipped?.skip], ['greet/Hello Ada', null, 'Later.']);
  await good?.run();
  await skipped?.run();
  const error: unknown = await bad?.run().catch((thrown: unknown) => thrown);
  assert.instance(error, FlowdeckError);
  assert.match(String(error), 'expected "Hello Bob"\n  actual   "Hello Ada"');
  assert.is(JSON.stringify(await bad?.report()), JSON.stringify(await bad?.report()));
});

test('what a value holds cannot act on a terminal, nor turn the text around', () => {
  assert.is(visible('a\u001b[2Jb\r\n\u202ec\ud800'), 'a␛[2Jb␍␊\\u202ec\\ud800');
});

test.run();
