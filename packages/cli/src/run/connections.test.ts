/** What is promised of connection files: secrets from the environment, clear refusals, and no secret in any of them. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, flowOf } from '../../test/support.js';

const SECRET = 'hunter2-hunter2';
const FLOW = flowOf([{ card: 'http.get', connection: 'shop', in: { url: 'http://127.0.0.1:1/' } }]);
const SOUND = {
  connector: 'http',
  auth: { username: 'u', password: { env: 'SHOP_SECRET' } },
  parameters: { list: [{ env: 'SHOP_SECRET' }] },
};

const REFUSED: readonly (readonly [what: string, file: unknown, code: string, told: string])[] = [
  ['not JSON', `{"connector": "shop", "auth": {"password": "${SECRET}" oops}}`, 'connection-file', 'it is not JSON'],
  ['no object', [SECRET], 'connection-file', 'not a JSON object'],
  ['no connector', { auth: {} }, 'connection-file', '"connector"'],
  ['no credentials', { connector: 'shop', auth: SECRET }, 'connection-file', '"auth"'],
  [
    'parameters of the wrong type',
    { connector: 'shop', auth: {}, parameters: SECRET },
    'connection-file',
    '"parameters"',
  ],
  ['a member that has no meaning', { connector: 'shop', auth: {}, secret: SECRET }, 'connection-file', '"secret"'],
  [
    'a name that reaches a prototype',
    '{"connector":"shop","auth":{"__proto__":{"a":1}}}',
    'connection-file',
    'prototype',
  ],
  [
    'nesting without end',
    `{"connector":"shop","auth":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`,
    'connection-file',
    'nested',
  ],
  [
    'a name that stands twice',
    '{ "connector": "shop",\n  "auth": { "password": "hunter2", "password": "x" } }',
    'connection-file',
    'a name stands twice in one object (line 2, column 36)',
  ],
  [
    'half of a file',
    '{ "connector": "shop",\n  "auth": { "password": "hunter2',
    'connection-file',
    '(line 2, column 25)',
  ],
  ['a secret that is not set', SOUND, 'connection-secret-missing', 'SHOP_SECRET is not set'],
];

for (const [what, file, code, told] of REFUSED) {
  test(`${what}: ${code}`, async () => {
    const files = { 'a.flow.json': FLOW, 'shop.json': file };
    const ran = await flowdeckIn(files, ['run', 'a.flow.json', '--connection', 'shop=shop.json', '--trace']);
    assert.is(ran.code, 2);
    assert.ok(ran.stderr.includes(`[${code}]`), ran.stderr);
    assert.ok(ran.stderr.includes(told), ran.stderr);
    assert.not.ok(ran.stderr.includes('hunter2'), 'the secret is not told');
  });
}

test('--connection is NAME=FILE, once for each name', async () => {
  const files = { 'a.flow.json': FLOW, 'shop.json': { connector: 'shop', auth: {} } };
  for (const options of [
    ['shop.json'],
    ['=shop.json'],
    ['shop='],
    ['shop=shop.json', '--connection', 'shop=shop.json'],
  ]) {
    const ran = await flowdeckIn(files, ['run', 'a.flow.json', '--connection', ...options]);
    assert.is(ran.code, 2);
    assert.ok(ran.stderr.includes('[connection-option]'), ran.stderr);
  }
});

test('a missing file is named', async () => {
  const ran = await flowdeckIn({ 'a.flow.json': FLOW }, ['run', 'a.flow.json', '--connection', 'shop=gone.json']);
  assert.is(ran.code, 2);
  assert.match(ran.stderr, /no file or directory "gone\.json"\. \[file-missing\]/);
});

test('a connection of another connector', async () => {
  const flow = flowOf([
    { card: 'twilio.sendMessage', connection: 'sms', in: { From: '+15005550006', To: '+15005550006', Body: 'x' } },
  ]);
  const files = { 'a.flow.json': flow, 'shop.json': { connector: 'shop', auth: { password: SECRET } } };
  const ran = await flowdeckIn(files, ['run', 'a.flow.json', '--connection', 'sms=shop.json']);
  // The names of the card's inputs are the connector's own business; what counts is that nothing was sent.
  assert.ok(ran.code === 2 || ran.code === 3, ran.stderr);
  assert.not.ok(ran.stderr.includes(SECRET));
});

test('secrets from the environment reach the flow, and no output of the command', async () => {
  const files = { 'a.flow.json': FLOW, 'shop.json': SOUND };
  const argv = ['run', 'a.flow.json', '--connection', 'shop=shop.json', '--trace'];
  const ran = await flowdeckIn(files, argv, { env: { SHOP_SECRET: SECRET } });
  assert.is(ran.code, 1, ran.stderr);
  assert.ok(ran.stderr.includes('[http-blocked]'), ran.stderr);
  assert.not.ok((ran.stderr + ran.stdout).includes(SECRET));
});

test('connection test: an unknown connector, and a connection file that is none', async () => {
  const unknown = await flowdeckIn({ 'a.json': { connector: 'twillio', auth: {} } }, [
    'connection',
    'test',
    'a.json',
    '--json',
  ]);
  assert.is(unknown.code, 2);
  assert.is(JSON.parse(unknown.stdout).error.code, 'unknown-connector');
  const incomplete = await flowdeckIn({ 'a.json': { connector: 'twilio', auth: {} } }, [
    'connection',
    'test',
    'a.json',
  ]);
  assert.is(incomplete.code, 2, incomplete.stderr);
  assert.ok(incomplete.stderr.includes('[connection-incomplete]'), incomplete.stderr);
});

test.run();
