/** What is promised of the way a run's result is told: reasons of services, the user's own place first, what failed beside the flow. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, flowOf, type Ran } from '../../test/support.js';

const SEND = flowOf(
  [
    {
      id: 'send',
      card: 'twilio.sendMessage',
      connection: 'twilio',
      in: { 'From Number': '+15005550006', To: 'nobody', Body: 'Hi' },
    },
  ],
  { id: 'notify' },
);

/** Runs the flow against a service that refuses everything with that body. */
async function refused(body: string, argv: readonly string[]): Promise<Ran> {
  const server = createServer((_, response) =>
    response.writeHead(400, { 'content-type': 'application/json' }).end(body),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // It listens on a port.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connection = {
    connector: 'twilio',
    auth: { username: 'SK01', password: 'hunter22' },
    parameters: { account_sid: `AC${'0'.repeat(32)}`, base_url: `http://${host}` },
  };
  try {
    return await flowdeckIn({ 'notify.flow.json': SEND, 'twilio.json': connection }, [
      'run',
      'notify.flow.json',
      '--connection',
      'twilio=twilio.json',
      '--allow-host',
      host,
      ...argv,
    ]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const REASON = JSON.stringify({
  code: 21211,
  message: "Invalid 'To' Phone Number",
  more_info: 'https://example.com/21211',
});

test("a refused request: the service's own words, the user's card and file, the way down", async () => {
  const { code, stderr } = await refused(REASON, []);
  assert.is(code, 1);
  assert.match(
    stderr,
    /error: .*twilio says: Invalid 'To' Phone Number \(21211, https:\/\/example\.com\/21211\) \[http-status\]/,
  );
  assert.match(stderr, /at: card send, flow notify, notify\.flow\.json:6:5\n/);
  assert.match(stderr, /way: send → twilio\.sendMessage → (?:\w+ → )*httpHelper → request\n/);
  assert.match(stderr, /✗ request .*twilio says: Invalid 'To' Phone Number/);
});

test('the same as data', async () => {
  const { error } = JSON.parse((await refused(REASON, ['--json'])).stdout);
  assert.equal(error.service, {
    connector: 'twilio',
    code: '21211',
    message: "Invalid 'To' Phone Number",
    link: 'https://example.com/21211',
  });
  const [own, action] = error.path;
  const innermost = error.path.at(-1);
  assert.equal([own.card, own.file, own.line, own.pointer], ['send', 'notify.flow.json', 6, '/cards/0']);
  assert.equal([action.flow, action.connector, action.file], ['sendMessage', 'twilio', undefined]);
  assert.equal([innermost.flow, innermost.card, error.at.card], ['httpHelper', 'request', 'request']);
});

test('an answer that says nothing is not made to', async () => {
  const { stderr } = await refused('<html>', []);
  assert.not.match(stderr, /twilio says/);
  assert.match(stderr, /way: send/);
});

test('words of a service cannot steer the terminal', async () => {
  const { stderr } = await refused(JSON.stringify({ code: 1, message: '\u001b[2J\u0007' }), []);
  assert.not.match(stderr.replaceAll('\n', ''), /\p{Cc}/u);
});

const helper = (id: string, cards: readonly unknown[]) => ({
  id,
  type: 'helper',
  inputs: [{ key: 'n', type: 'number' }],
  cards,
});
const FAILS = [
  {
    id: 'no',
    card: 'flow.returnErrorIf',
    in: { left: { from: '/inputs/n' }, operator: '>', right: 1, message: 'too much' },
  },
];
const BESIDE = {
  flowdeck: 1,
  tables: [{ id: 'seen', columns: [{ key: 'who', type: 'text' }] }],
  flows: [
    {
      id: 'main',
      type: 'manual',
      cards: [
        { id: 'later', card: 'flow.callAsync', in: { flow: { flow: 'late' }, n: 7 } },
        {
          id: 'each',
          card: 'list.forEachIgnoreErrors',
          in: { list: { value: [1, 2, 3] }, flow: { flow: 'one' }, n: { item: '' } },
        },
        { id: 'row', card: 'tables.createRow', in: { table: 'seen', 'fields/who': 'Ada' } },
      ],
    },
    helper('late', FAILS),
    helper('one', FAILS),
  ],
};

test('async flows that failed, items that were ignored and changes of tables are told, and the run succeeds', async () => {
  const { code, stderr } = await flowdeckIn({ 'a.flow.json': BESIDE }, ['run', 'a.flow.json']);
  assert.is(code, 0, stderr);
  assert.match(stderr, /\n {2}async late failed: too much \[returned-error\]\n/);
  assert.match(stderr, /\n {2}ignored: 2 items that failed, by each \(flow main\)\n/);
  assert.match(stderr, /\n {4}\[1\] too much \[returned-error\] {2}each → one \[1\] → no\n/);
  assert.match(stderr, /\n {2}table seen: 1 row inserted\n/);
});

test('the same as data, and in a simulation', async () => {
  for (const more of [[], ['--simulate']]) {
    const ran = await flowdeckIn({ 'a.flow.json': BESIDE }, ['run', 'a.flow.json', '--json', ...more]);
    const { children, ignored, tables, omitted } = JSON.parse(ran.stdout);
    assert.equal(
      children.map(({ flow, status, error }: Record<string, { message?: string }>) => [flow, status, error?.message]),
      [['late', 'error', 'too much']],
    );
    assert.equal(
      ignored.map(({ card, index, error }: Record<string, { message?: string; path?: unknown[] }>) => [
        card,
        index,
        error?.message,
        error?.path?.length,
      ]),
      [
        ['each', 1, 'too much', 2],
        ['each', 2, 'too much', 2],
      ],
    );
    assert.equal([ignored[0].error.at.card, ignored[0].error.path[0].file], ['no', 'a.flow.json']);
    assert.equal(
      [tables.length, tables[0].table, tables[0].inserted, tables[0].changes[0].values],
      [1, 'seen', 1, { who: 'Ada' }],
    );
    assert.equal(omitted, { children: 0, ignored: 0 });
  }
});

test('of many ignored items five are shown, and the others counted', async () => {
  const list = Array.from({ length: 130 }, () => 2);
  const each = {
    id: 'each',
    card: 'list.forEachIgnoreErrors',
    in: { list: { value: list }, flow: { flow: 'one' }, n: { item: '' } },
  };
  const deck = { flowdeck: 1, flows: [{ id: 'main', type: 'manual', cards: [each] }, helper('one', FAILS)] };
  const { stderr } = await flowdeckIn({ 'a.flow.json': deck }, ['run', 'a.flow.json']);
  assert.match(stderr, /ignored: 130 items.*(\n {4}\[\d\].*){5}\n {4}… and 125 more\n/);
});

test.run();
