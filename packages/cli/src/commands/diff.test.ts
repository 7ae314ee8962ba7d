/** What is promised of `flowdeck diff`: changes by flow and card, breaking ones marked, an exit code for CI. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, GREET } from '../../test/support.js';

const CHANGED = {
  ...GREET,
  inputs: [...GREET.inputs, { key: 'tone', type: 'text', required: true }],
  cards: [
    { id: 'words', card: 'text.compose', in: { template: 'Hi {{name}}', name: { from: '/inputs/name' } } },
    { id: 'extra', card: 'control.comment', in: { text: 'new' } },
    ...GREET.cards.slice(1),
  ],
};
const FILES = { 'a.flow.json': GREET, 'b.flow.json': CHANGED };

test('without a difference', async () => {
  const { code, stdout } = await flowdeckIn(FILES, ['diff', 'a.flow.json', 'a.flow.json', '--fail-on', 'any']);
  assert.equal([code, stdout], [0, '✓ no difference\n']);
});

test('changes, for readers and programs', async () => {
  const text = await flowdeckIn(FILES, ['diff', 'a.flow.json', 'b.flow.json']);
  assert.is(text.code, 0);
  assert.match(text.stdout, /^greet$/m);
  assert.match(text.stdout, /\+ Card "extra" is new\./);
  assert.match(text.stdout, /"Hello \{\{name\}\}" → "Hi \{\{name\}\}"/);
  assert.match(text.stdout, /"tone" is new and required\. {2}breaking/);
  const { stdout } = await flowdeckIn(FILES, ['diff', 'a.flow.json', 'b.flow.json', '--json']);
  const { equal, breaking, changes } = JSON.parse(stdout);
  assert.equal([equal, breaking], [false, 1]);
  const kinds = changes.map((change: { kind: string }) => change.kind).sort();
  assert.equal(kinds, ['card-added', 'literal', 'signature-changed']);
});

test('--fail-on decides the exit code', async () => {
  const code = async (before: string, after: string, what: string) =>
    (await flowdeckIn(FILES, ['diff', before, after, '--fail-on', what])).code;
  assert.is(await code('a.flow.json', 'b.flow.json', 'breaking'), 1);
  assert.is(await code('a.flow.json', 'b.flow.json', 'any'), 1);
  assert.is(await code('a.flow.json', 'a.flow.json', 'breaking'), 0);
  const wrong = await flowdeckIn(FILES, ['diff', 'a.flow.json', 'b.flow.json', '--fail-on', 'braking']);
  assert.equal([wrong.code, /Did you mean "breaking"/.test(wrong.stderr)], [2, true]);
  const faulty = await flowdeckIn({ ...FILES, 'c.flow.json': '[]' }, ['diff', 'a.flow.json', 'c.flow.json']);
  assert.is(faulty.code, 3);
});

test('an action that a connector lost breaks', async () => {
  const deck = (actions: readonly string[]) => ({
    flowdeck: 1,
    connector: { key: 'acme', name: 'Acme', version: '1.0.0', auth: { type: 'basic' }, flows: { actions } },
    flows: [{ id: 'send', type: 'action', cards: [] }],
  });
  const files = { 'a.flow.json': deck(['send']), 'b.flow.json': deck([]) };
  const { code, stdout } = await flowdeckIn(files, ['diff', 'a.flow.json', 'b.flow.json', '--fail-on', 'breaking']);
  assert.is(code, 1);
  assert.match(
    stdout,
    /^connector\n {2}- The action "send" is gone: there is no card "acme\.send" any more\. {2}breaking\n/,
  );
});

test.run();
