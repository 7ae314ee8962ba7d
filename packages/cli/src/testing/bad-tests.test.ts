/** What is promised of test files that cannot hold: each fault has a precise message, and the other files are run. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, flowOf, GREET } from '../../test/support.js';

const EVIL = '</script>\u001b[31m \u202eabc';
const ASK = flowOf([{ id: 'ask', card: 'crm.read', in: { ID: 'u1' } }]);
const FILES = {
  'greet.flow.json': GREET,
  'ask.flow.json': ASK,
  'good.test.json': {
    subject: 'greet.flow.json',
    cases: [{ id: 'a', inputs: { name: 'Ada' }, expect: { outputs: { greeting: 'Hello Ada!' } } }],
  },
};

/** Runs the good file beside a faulty one. */
async function beside(
  cases: readonly object[],
  subject = 'ask.flow.json',
  more: Readonly<Record<string, unknown>> = {},
) {
  const ran = await flowdeckIn({ ...FILES, ...more, 'bad.test.json': { subject, cases } }, ['test']);
  assert.match(ran.stdout, /✓ good\.test\.json {2}1 passed/);
  return ran;
}

const mocked = (card: string, answer: object) => ({ mocks: [{ card, answer }], expect: { status: 'success' } });

test('two cases of one name', async () => {
  const one = { id: 'same', ...mocked('crm.read', {}) };
  const { code, stderr } = await beside([one, one]);
  assert.is(code, 3);
  assert.match(stderr, /bad\.test\.json:\d+:\d+: error: "same" is the id of an earlier case, too\./);
});

test('a mock for a card that is gone', async () => {
  const { code, stdout } = await beside([{ id: 'a', ...mocked('crm.raed', {}) }]);
  assert.is(code, 1);
  assert.match(stdout, /crm\.raed[\s\S]*\[mock-unknown\][\s\S]*crm\.read/);
});

test('a recording without the answer that is needed', async () => {
  const mocks = [{ card: 'crm.read', in: { ID: 'u2' }, answer: {} }];
  const { code, stdout } = await beside([
    { id: 'a', recorded: { from: 'live' }, mocks, expect: { status: 'success' } },
  ]);
  assert.is(code, 1);
  assert.match(stdout, /There is no mock for crm\.read\. The nearest is mock 1: .*"u1", not "u2"/);
});

test('an export that changed its flow ids', async () => {
  const { code, stdout } = await beside([{ id: 'a', run: 'former-id', ...mocked('crm.read', {}) }]);
  assert.is(code, 1);
  assert.match(stdout, 'former-id');
});

test('a flow that never ends', async () => {
  const call = { id: 'again', card: 'flow.call', in: { flow: { flow: 'main' } } };
  const endless = { flowdeck: 1, flows: [{ id: 'main', type: 'helper', cards: [call] }] };
  const cases = [{ id: 'a', expect: { status: 'success' } }];
  const { code, stdout } = await beside(cases, 'endless.flow.json', { 'endless.flow.json': endless });
  assert.is(code, 1);
  assert.match(stdout, /expected "success"[\s\S]*actual {3}"error"/);
});

test('markup, terminal escapes and text from right to left act on nothing', async () => {
  const cases = [{ id: EVIL, proves: EVIL, inputs: { name: EVIL }, expect: { outputs: { greeting: EVIL } } }];
  const { code, stdout } = await beside(cases, 'greet.flow.json');
  assert.is(code, 1);
  assert.not.match(stdout, '\u001b[31m');
  assert.not.match(stdout, '\u202e');
  assert.match(stdout, 'outputs/greeting');
});

test.run();
