/** What is promised of `flowdeck validate`: counts, diagnostics with places, directories as decks. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, flowOf, GREET } from '../../test/support.js';

test('counts files, flows and cards, those inside blocks included', async () => {
  const nested = flowOf([
    {
      card: 'control.ifElse',
      in: { left: 1, operator: '==', right: 1 },
      blocks: { then: { cards: [{ card: 'text.compose', in: { template: 'x' } }] } },
    },
  ]);
  const files = {
    'a.flow.json': GREET,
    'deck/b.flow.json': { flowdeck: 1, flows: [{ ...nested, flowdeck: undefined }] },
    'node_modules/x/bad.flow.json': '',
    '.git/bad.flow.json': '',
  };
  const ran = await flowdeckIn(files, ['validate', '.', '--json']);
  assert.is(ran.code, 0, ran.stdout);
  assert.equal(JSON.parse(ran.stdout), { ok: true, files: 2, flows: 2, cards: 5, simulated: [], diagnostics: [] });
  const plain = await flowdeckIn(files, ['validate', '.']);
  assert.equal(plain, { code: 0, stdout: '✓ ok: 2 files, 2 flows, 5 cards\n', stderr: '' });
});

test('reports all faults of all files, with places', async () => {
  const files = {
    'a.flow.json': flowOf([{ card: 'no.card' }, { card: 'text.compose' }]),
    'b.flow.json': '{',
    'c.flow.json': GREET,
  };
  const ran = await flowdeckIn(files, ['validate', 'a.flow.json', 'b.flow.json', 'c.flow.json', '--json']);
  assert.is(ran.code, 3);
  const { ok, files: count, diagnostics } = JSON.parse(ran.stdout);
  assert.equal([ok, count], [false, 3]);
  assert.equal(
    diagnostics.map(({ file, code }: { file: string; code: string }) => [file, code]),
    [
      ['a.flow.json', 'unknown-card'],
      ['a.flow.json', 'missing-input'],
      ['b.flow.json', 'json-syntax'],
    ],
  );
  for (const { severity, message, pointer, line, column } of diagnostics) {
    assert.is(severity, 'error');
    assert.ok(message.length > 0 && pointer.length >= 0 && line >= 1 && column >= 1);
  }
});

test('the files of a directory may call each other, and are checked together', async () => {
  const caller = flowOf([{ card: 'flow.call', in: { flow: { flow: 'greet' }, name: 'Ada' } }]);
  const together = await flowdeckIn({ 'd/a.flow.json': caller, 'd/b.flow.json': { ...GREET, type: 'helper' } }, [
    'validate',
    'd',
  ]);
  assert.is(together.code, 0, together.stderr);
  const alone = await flowdeckIn({ 'd/a.flow.json': caller }, ['validate', 'd/a.flow.json']);
  assert.is(alone.code, 3);
  assert.match(alone.stderr, /d\/a\.flow\.json:\d+:\d+: error: .* \[unknown-flow\]/);
  const wrong = await flowdeckIn(
    { 'd/a.flow.json': caller, 'd/b.flow.json': flowOf([{ card: 'no.card' }], { id: 'greet', type: 'helper' }) },
    ['validate', 'd'],
  );
  assert.match(wrong.stderr, /d\/b\.flow\.json:\d+:\d+: error: .* \[unknown-card\]/);
});

test('warnings do not fail', async () => {
  const cards = [
    { card: 'flow.return', in: { a: 1 } },
    { card: 'text.compose', in: { template: 'x' } },
  ];
  const ran = await flowdeckIn({ 'a.flow.json': flowOf(cards) }, ['validate', 'a.flow.json']);
  assert.is(ran.code, 0);
  assert.match(ran.stdout, /1 warning/);
});

test('a path that is missing is wrong usage', async () => {
  const ran = await flowdeckIn({ 'a.flow.json': GREET }, ['validate', 'a.flow.json', 'gone', '--json']);
  assert.is(ran.code, 2);
  const { ok, error } = JSON.parse(ran.stdout);
  assert.equal([ok, error.code], [false, 'file-missing']);
});

test('--lint knows the requests of connectors that the flow has no card of', async () => {
  const url = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json';
  const files = { 'a.flow.json': flowOf([{ card: 'http.raw', in: { url, method: 'POST', body: 'To=1' } }]) };
  const { code, stderr } = await flowdeckIn(files, ['validate', 'a.flow.json', '--lint']);
  assert.is(code, 0);
  assert.match(stderr, /info: "twilio\.sendMessage" sends this request/);
  const other = { 'a.flow.json': flowOf([{ card: 'http.raw', in: { url: url.replace('Messages', 'Records') } }]) };
  assert.not.match((await flowdeckIn(other, ['validate', 'a.flow.json', '--lint'])).stderr, /sends this request/);
});

test.run();
