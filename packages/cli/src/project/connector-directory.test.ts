/** What is promised of a connector's directory: every command takes it where it takes a deck. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn } from '../../test/support.js';

const MANIFEST = {
  key: 'acme',
  name: 'Acme',
  version: '1.0.0',
  auth: { type: 'basic' },
  flows: { authping: 'ping', actions: ['greet'] },
};
const WORKING = { card: 'flow.return', in: { working: true } };
const PING = { id: 'ping', name: '_authping', outputs: [{ key: 'working', type: 'boolean' }], cards: [WORKING] };
const GREETING = { card: 'flow.return', in: { greeting: { from: '/connection/username' } } };
const GREET = { id: 'greet', outputs: [{ key: 'greeting', type: 'text' }], cards: [GREETING] };
const CONNECTION = { connector: 'acme', auth: { username: 'Ada', password: 'secret-77' } };
const USING = { flowdeck: 1, id: 'main', type: 'manual', cards: [{ card: 'acme.greet', connection: 'acme' }] };

function directory(more: object = {}, manifest: object = {}): Readonly<Record<string, string>> {
  const files: Record<string, object> = {
    'acme/connector.json': { ...MANIFEST, ...manifest },
    'acme/flows/ping.flow.json': { flowdeck: 1, type: 'authping', ...PING },
    'acme/flows/greet.flow.json': { flowdeck: 1, type: 'action', ...GREET },
    'acme.json': CONNECTION,
    'main.flow.json': USING,
    ...more,
  };
  return Object.fromEntries(Object.entries(files).map(([name, value]) => [name, JSON.stringify(value, null, 2)]));
}

const WITH = ['--connection', 'acme=acme.json'];

test('run: a flow of it, with its connection', async () => {
  const { code, stdout } = await flowdeckIn(directory(), ['run', 'acme', '--flow', 'greet', ...WITH]);
  assert.is(code, 0);
  assert.match(stdout, /Ada/);
});

test('--pack: its actions are cards, and its authping tests a connection', async () => {
  const { code, stdout } = await flowdeckIn(directory(), ['run', 'main.flow.json', '--pack', 'acme', ...WITH]);
  assert.equal([code, /Ada/.test(stdout)], [0, true]);
  const tested = await flowdeckIn(directory(), ['connection', 'test', 'acme.json', '--pack', './acme']);
  assert.is(tested.code, 0);
});

test('validate, graph, inspect, export', async () => {
  for (const argv of [
    ['validate', 'acme', '--lint'],
    ['validate', '.', '--pack', 'acme'],
    ['graph', 'acme'],
    ['inspect', 'acme'],
  ]) {
    const { code, stderr } = await flowdeckIn(directory(), argv);
    assert.equal([argv, code, stderr], [argv, 0, '']);
  }
});

test('validate: all faults of all files, each in its file', async () => {
  const files = directory(
    { 'acme/flows/greet.flow.json': { flowdeck: 1, type: 'action', ...GREET, name: 'Greet!' } },
    { flows: { authping: 'ping', actions: ['gret'] }, parameters: [{ key: 'username', type: 'text' }] },
  );
  const { code, stdout } = await flowdeckIn(files, ['validate', 'acme', '--json']);
  assert.is(code, 3);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; file: string; pointer: string }[] };
  assert.equal(
    diagnostics.map((found) => `${found.code} ${found.file} ${found.pointer}`),
    [
      'unknown-flow acme/connector.json /flows/actions/0',
      'flow-without-role acme/flows/greet.flow.json ',
      'connector-flow-name acme/flows/greet.flow.json /name',
      'connector-key-twice acme/connector.json /parameters/0/key',
    ],
  );
});

test('validate: a manifest that is no manifest hides nothing of the flows', async () => {
  const files = directory({
    'acme/connector.json': { key: 'acme' },
    'acme/flows/ping.flow.json': { flowdeck: 1, id: 'ping' },
  });
  const { code, stderr } = await flowdeckIn(files, ['validate', 'acme']);
  assert.is(code, 3);
  for (const words of [/connector without "auth"/, /flow without "cards"/, /acme\/connector\.json:1/])
    assert.match(stderr, words);
});

test('--pack: a faulty one is told with its faults, in their files', async () => {
  const { code, stderr } = await flowdeckIn(directory({}, { color: 'red', icon: 'gone.svg' }), [
    'run',
    'main.flow.json',
    '--pack',
    'acme',
    ...WITH,
  ]);
  assert.is(code, 3);
  assert.match(stderr, /"color" must be a colour/);
  assert.match(stderr, /connector\.json/);
});

test('diff: what changed between two directories, and what breaks', async () => {
  const other = directory({ 'acme/flows/greet.flow.json': { flowdeck: 1, type: 'action', ...GREET, outputs: [] } });
  const files = Object.fromEntries(Object.entries(other).map(([name, text]) => [name.replace('acme/', 'new/'), text]));
  const { code, stdout } = await flowdeckIn({ ...directory(), ...files }, [
    'diff',
    'acme',
    'new',
    '--fail-on',
    'breaking',
  ]);
  assert.is(code, 1);
  assert.match(stdout, /greeting/);
});

test.run();
