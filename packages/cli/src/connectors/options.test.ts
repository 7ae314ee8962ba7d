/** What is promised of `flowdeck connector options`: what Twilio lets a field be, from the command and from a host's admin API. */
import { standard } from '@flowdeck/cards';
import { httpPort } from '@flowdeck/cards/http';
import {
  startTwilioService,
  TWILIO_NUMBERS,
  TWILIO_SERVICE_SID,
  type TwilioService,
} from '@flowdeck/conformance/twilio';
import { twilio as connector } from '@flowdeck/connector-twilio';
import { type Connection, createEngine } from '@flowdeck/engine';
import { createHandler, Host } from '@flowdeck/host';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck } from '../../test/support.js';

const [NUMBER = '', OTHER = ''] = TWILIO_NUMBERS;

function connectionOf(twilio: TwilioService, password = twilio.keySecret): Connection {
  return {
    connector: 'twilio',
    auth: { username: twilio.keySid, password },
    parameters: { account_sid: twilio.accountSid, base_url: twilio.url },
  };
}

/** A simulated Twilio, and a command that has connections of it. */
async function world(
  use: (options: (...argv: string[]) => ReturnType<typeof flowdeck>, directory: Directory) => Promise<void>,
): Promise<void> {
  const twilio = await startTwilioService();
  const directory = new Directory({ 'good.json': connectionOf(twilio), 'bad.json': connectionOf(twilio, 'wrong') });
  const host = new URL(twilio.url).host;
  try {
    const options = (...argv: string[]) =>
      flowdeck(['connector', 'options', ...argv, '--allow-host', host], { cwd: directory.path });
    await use(options, directory);
  } finally {
    directory.remove();
    await twilio.close();
  }
}

test('From and Service are fed by List Numbers and List Services', () =>
  world(async (options) => {
    const connection = ['--connection', 't=good.json'];
    const numbers = await options('twilio', 'sendMessage', 'From Number', ...connection);
    assert.equal([numbers.code, numbers.stderr], [0, '']);
    assert.equal(numbers.stdout.trim().split('\n').sort(), [...TWILIO_NUMBERS].sort());
    const found = await options('twilio', 'makeCall', 'From Number', '--search', OTHER.slice(1), ...connection);
    assert.is(found.stdout, `${OTHER}\n`);
    const services = await options('twilio', 'sendWithService', 'MessagingServiceSid', '--json', ...connection);
    const label = 'Flowdeck test service';
    assert.equal(JSON.parse(services.stdout), {
      ...{ ok: true, kind: 'choices', choices: [{ label, value: TWILIO_SERVICE_SID }] },
    });
    const none = await options('twilio', 'startVerification', 'ServiceSid', '--search', 'zzz', ...connection);
    assert.equal([none.code, none.stdout, none.stderr], [0, '', 'There is nothing to choose from.\n']);
    const declared = await options('twilio', 'startVerification', 'Channel');
    assert.is(declared.stdout, 'sms\nwhatsapp\ncall\nemail\n');
  }));

test('what is asked wrongly, and what Twilio refuses, is told', () =>
  world(async (options) => {
    const told = async (argv: readonly string[], code: number, message: RegExp) => {
      const { code: exit, stderr } = await options(...argv);
      assert.is(exit, code, stderr);
      assert.match(stderr, message);
    };
    await told(['twilio', 'sendMesage', 'To'], 2, /no action "sendMesage"[\s\S]*Did you mean "sendMessage"/);
    await told(['twilio', 'sendMessage', 'Form Number'], 2, /no field "Form Number"[\s\S]*Did you mean "From Number"/);
    await told(['twilio', 'sendMessage', 'To'], 2, /not chosen from a list[\s\S]*These are: From Number, Messaging/);
    await told(['twilio', 'sendMessage', 'From Number'], 2, /\[lookup-connection\][\s\S]*connection to ask with/);
    await told(['nowhere', 'send', 'To'], 2, /no connector "nowhere"/);
    await told(['./nowhere', 'send', 'To'], 2, /nowhere/);
    const bad = ['--connection', 't=bad.json'];
    await told(['twilio', 'sendMessage', 'From Number', ...bad], 1, /20003[\s\S]*Look at the user name/);
    await told(['twilio', 'sendMessage', 'From Number', ...bad, '--connection', 'u=good.json'], 2, /2 connections/);
    const refused = await options('twilio', 'sendMessage', 'From Number', '--json', ...bad);
    const { ok, error } = JSON.parse(refused.stdout);
    assert.equal([ok, error.statusCode, error.service.code], [false, 401, '20003']);
  }));

const text = (key: string, more: object = {}) => ({ key, type: 'text', ...more });

/** Columns of a table are the members of a row; the table is chosen first. */
const SHEET = {
  flowdeck: 1,
  connector: {
    ...{ key: 'sheet', name: 'Sheet', version: '1.0.0', auth: { type: 'custom', fields: [] } },
    flows: { actions: ['add'] },
    lookups: [
      { actions: ['add'], field: 'Row', gives: 'fields', flow: 'columns', depends: { table: 'Table' } },
      { actions: ['add'], field: 'Table', flow: 'columns', inputs: { table: 'x' }, items: '/fields', value: '/name' },
    ],
  },
  flows: [
    { id: 'add', type: 'action', options: [text('Table')], inputs: [{ key: 'Row', type: 'object' }], cards: [] },
    {
      ...{ id: 'columns', type: 'helper', inputs: [text('table', { required: true })] },
      outputs: [{ key: 'fields', type: 'object', list: true }],
      cards: [
        {
          card: 'flow.return',
          in: {
            fields: {
              expr: '[{"key": inputs.table & "_id", "type": "number", "required": true}, {"key": "due", "type": "date", "label": "Due"}]',
            },
          },
        },
      ],
    },
  ],
};

test('dynamic fields of a directory or bundled file, with what is chosen already', async () => {
  const directory = new Directory({
    'sheet.json': SHEET,
    'c.json': { connector: 'sheet', auth: {} },
    'other.json': { connector: 'twilio', auth: {} },
  });
  const options = (...argv: string[]) =>
    flowdeck(['connector', 'options', 'sheet.json', 'add', ...argv, '--connection', 'c=c.json'], {
      cwd: directory.path,
    });
  try {
    const row = await options('Row', '--input', 'Table=people');
    assert.equal([row.code, row.stdout], [0, 'people_id  number, required\ndue        date  Due\n']);
    const first = await options('Row');
    assert.equal([first.code, /Choose "Table" first/.test(first.stderr)], [2, true]);
    const wrong = await options('Table');
    assert.equal(
      [wrong.code, /Item 0 of what "columns" gave has no \/name[\s\S]*It has key/.test(wrong.stderr)],
      [1, true],
    );
    const unknown = await options('Row', '--input', 'Tabel=people');
    assert.match(unknown.stderr, /no input "Tabel"[\s\S]*Did you mean "Table"/);
  } finally {
    directory.remove();
  }
});

test('an editor asks a host with its admin token', async () => {
  const twilio = await startTwilioService();
  const http = httpPort({ allowHosts: [new URL(twilio.url).host] });
  try {
    const all: Record<string, Connection> = { good: connectionOf(twilio), bad: connectionOf(twilio, 'wrong') };
    const connections = { get: (name: string) => all[name] ?? null };
    const engine = createEngine({ packs: [standard, connector], ports: { http, connections } });
    const deck = engine.load({ flowdeck: 1, id: 'idle', type: 'manual', cards: [] });
    const host = new Host({ engine, deck, connections, publicUrl: () => 'http://host.test' });
    const handle = createHandler(host, { adminToken: 'owner' });
    const ask = async (name: string, question: unknown, token = 'owner') => {
      const response = await handle(
        new Request(`http://host.test/admin/connections/${name}/options`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: JSON.stringify(question),
        }),
      );
      return [response.status, await response.json().catch(() => null)];
    };
    const from = { action: 'sendMessage', field: 'From Number', search: NUMBER.slice(1) };
    const [status, answer] = await ask('good', from);
    assert.equal([status, answer], [200, { kind: 'choices', choices: [{ label: NUMBER, value: NUMBER }] }]);
    const [refused, why] = await ask('bad', from);
    assert.equal([refused, why.statusCode, why.service.code, /user name/.test(why.hint)], [502, 401, '20003', true]);
    assert.is((await ask('nobody', from))[0], 404);
    assert.is((await ask('good', { ...from, action: 'sned' }))[0], 404);
    assert.is((await ask('good', { ...from, field: 'To' }))[0], 404);
    assert.is((await ask('good', { action: 'sendMessage' }))[0], 400);
    assert.is((await ask('good', [from]))[0], 400);
    assert.is((await ask('good', from, 'other'))[0], 401);
    await host.stop();
  } finally {
    await http.close();
    await twilio.close();
  }
});

test.run();
