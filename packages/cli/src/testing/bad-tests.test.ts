/** What is promised of test files that cannot hold: each fault has a precise message, and the other files are run. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { helper } from '../../../flopack/src/testing/samples.js';
import { Directory, flowdeck, flowdeckIn, flowOf, GREET } from '../../test/support.js';

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

test('an export whose flows have other ids passes as before, and a flow with another name is asked after', async () => {
  const written = JSON.stringify(helper());
  const directory = new Directory({ 'a.flopack': written });
  try {
    const { path: cwd } = directory;
    const run = () => flowdeck(['test'], { cwd });
    assert.is((await flowdeck(['test', '--init', 'a.flopack'], { cwd })).code, 0);
    writeFileSync(join(cwd, 'a.flopack'), written.replaceAll('"f1"', '"8d7e"'));
    assert.is((await run()).code, 0);
    writeFileSync(join(cwd, 'a.flopack'), written.replaceAll('"Greet User"', '"Greet Users"'));
    const { code, stdout } = await run();
    assert.is(code, 1);
    assert.match(stdout, /There is no flow "greetUser"[\s\S]*Did you mean "greetUsers"\?/);
  } finally {
    directory.remove();
  }
});

test('a value of 20 MB that does not fit fails its case, and a file that is too large is none', async () => {
  const name = 'x'.repeat(20_000_000);
  const large = { id: 'large', inputs: { name }, limits: { textLength: 1e8, payloadBytes: 1e8 } };
  const cases = [
    { ...large, expect: { outputs: { greeting: 'no' } } },
    { id: 'a', files: { f: { path: 'large.bin' } }, expect: { status: 'success' } },
  ];
  const more = { 'large.bin': 'x'.repeat(33_554_433) };
  const { code, stdout } = await beside(cases, 'greet.flow.json', more);
  assert.is(code, 1);
  assert.match(stdout, /outputs\/greeting\n {4}expected "no"\n {4}actual {3}"Hello x+… \(\d+ characters\)/);
  assert.match(stdout, 'large.bin has more than 33554432 bytes.');
  assert.ok(stdout.length < 10_000);
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
