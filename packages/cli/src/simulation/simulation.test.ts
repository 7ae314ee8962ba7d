/** What is promised of `flowdeck run --simulate`: nothing outside is reached, and what would have been is told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { event } from '../../../flopack/src/testing/samples.js';
import { Directory, flowdeck, flowdeckIn, flowOf } from '../../test/support.js';

const WELCOME = ['run', 'a.flopack', '--flow', 'welcome', '--simulate', '--json'];

async function welcome(args: readonly string[] = [], files: Readonly<Record<string, unknown>> = {}) {
  const ran = await flowdeckIn({ 'a.flopack': event(), ...files }, [...WELCOME, ...args]);
  return { ...ran, data: JSON.parse(ran.stdout) };
}

test('cards of connectors answer something plausible, the same for the same seed', async () => {
  const { code, data } = await welcome(['--seed', 'x']);
  assert.is(code, 0);
  assert.equal(
    data.effects.map(({ connector, action }: Record<string, string>) => `${connector}.${action}`),
    ['okta.readUser'],
  );
  assert.equal((await welcome(['--seed', 'x'])).data, data);
});

test('for readers the calls are listed on standard error', async () => {
  const { stderr, code } = await flowdeckIn({ 'a.flopack': event() }, WELCOME.slice(0, -1));
  assert.is(code, 0);
  assert.match(
    stderr,
    /simulated: 1 call that would have been made\n {2}okta\.readUser {2}welcome\/readUser\n {4}in {2}\{/,
  );
  assert.match(stderr, /✓ readUser/);
});

test('--mock decides the answers, and a recorded run repeats itself', async () => {
  const mock = { mocks: [{ card: 'okta.readUser', answer: { error: { message: 'Gone', statusCode: 404 } } }] };
  const failed = await welcome(['--mock', 'm.json'], { 'm.json': mock });
  assert.equal([failed.code, failed.data.error.message, failed.data.error.statusCode], [1, 'Gone', 404]);

  const directory = new Directory({ 'a.flopack': event() });
  try {
    const { path: cwd } = directory;
    const first = await flowdeck([...WELCOME, '--seed', '1', '--record', 'rec.json'], { cwd });
    const recorded = JSON.parse(readFileSync(join(cwd, 'rec.json'), 'utf8'));
    assert.equal([recorded.recorded, recorded.mocks[0].card], [{ from: 'simulation' }, 'okta.readUser']);
    const inputs = JSON.parse(first.stdout).effects[0].inputs;
    assert.equal(recorded.mocks[0].in, inputs);
    const again = await flowdeck([...WELCOME, '--seed', '1', '--mock', 'rec.json'], { cwd });
    assert.equal(JSON.parse(again.stdout), JSON.parse(first.stdout));
  } finally {
    directory.remove();
  }
});

test('tables begin with the rows of a file', async () => {
  const mock = { fixtures: [{ connector: 'okta', outputs: { 'User/Email': 'known@example.org' } }] };
  const files = { 'm.json': mock, 'u.csv': 'mail,other\nknown@example.org,1\n' };
  const known = await welcome(['--mock', 'm.json', '--table', 'knownUsers=u.csv'], files);
  assert.is(known.data.status, 'stopped', known.stdout);
  const misnamed = await welcome(['--table', 'knownUser=u.csv'], files);
  assert.equal([misnamed.code, misnamed.data.error.code], [2, 'unknown-table']);
  const unfit = await welcome(['--table', 'knownUsers=u.csv'], { 'u.csv': 'nothing\n1\n' });
  assert.equal([unfit.code, unfit.data.error.code], [2, 'table-file']);
  const option = await welcome(['--table', 'knownUsers'], files);
  assert.equal([option.code, option.data.error.code], [2, 'table-option']);
});

test('a table of a flow file is filled for real runs too', async () => {
  const deck = {
    flowdeck: 1,
    flows: [
      {
        id: 'main',
        type: 'manual',
        cards: [
          { id: 'all', card: 'tables.searchRows', in: { table: 'people', result: 'all' } },
          { card: 'flow.return', in: { rows: { from: '/all/rows' } } },
        ],
      },
    ],
    tables: [
      {
        id: 'people',
        name: 'People',
        columns: [
          { key: 'name', type: 'text' },
          { key: 'age', type: 'number' },
        ],
      },
    ],
  };
  const files = { 'a.flow.json': deck, 'p.csv': 'name,age\nAda,36\nAlan,41\n' };
  const { code, stdout } = await flowdeckIn(files, ['run', 'a.flow.json', '--table', 'People=p.csv', '--json']);
  assert.is(code, 0, stdout);
  const { rows } = JSON.parse(stdout).outputs;
  assert.equal(
    rows.map((row: Record<string, unknown>) => [row['name'], row['age']]),
    [
      ['Ada', 36],
      ['Alan', 41],
    ],
  );
});

test('a flow file with cards of a connector: without its pack, and with one', async () => {
  const cards = [
    { id: 'user', card: 'acme.readUser', connection: 'acme', in: { ID: 'u1' } },
    { id: 'sent', card: 'twilio.sendMessage', connection: 't', in: { 'From Number': '+1', To: '+2', Body: 'x' } },
    { card: 'flow.return', in: { name: { from: '/user/Name' }, sid: { from: '/sent/Message SID' } } },
  ];
  const ran = await flowdeckIn({ 'a.flow.json': flowOf(cards) }, ['run', 'a.flow.json', '--simulate', '--json']);
  assert.is(ran.code, 0, ran.stdout);
  const { effects, outputs } = JSON.parse(ran.stdout);
  assert.equal(
    effects.map((effect: { action: string }) => effect.action),
    ['readUser', 'sendMessage'],
  );
  assert.equal(Object.keys(outputs), ['name', 'sid']);
  assert.type(outputs.sid, 'string');
});

test('HTTP is answered by mocks, waiting takes no time, and places are told', async () => {
  const cards = [
    { card: 'flow.waitFor', in: { amount: 9, unit: 'hours' } },
    { id: 'ask', card: 'http.get', in: { url: 'https://api.example.com/a' } },
    { card: 'flow.return', in: { body: { from: '/ask/body' } } },
  ];
  const mock = { mocks: [{ http: { method: 'GET' }, answer: { json: { a: 1 } } }] };
  const files = { 'a.flow.json': flowOf(cards), 'm.json': mock };
  const ran = await flowdeckIn(files, ['run', 'a.flow.json', '--simulate', '--mock', 'm.json', '--json']);
  if (ran.code === 0) assert.equal(JSON.parse(ran.stdout).outputs, { body: { a: 1 } });
  else assert.unreachable(ran.stdout);
  const broken = flowOf([{ card: 'text.compose', in: { tmplate: 'x' } }]);
  const faulty = await flowdeckIn({ 'a.flow.json': broken }, ['run', 'a.flow.json', '--simulate', '--json']);
  assert.is(faulty.code, 3);
  assert.ok(
    JSON.parse(faulty.stdout).diagnostics.every((each: { line: number }) => each.line > 1),
    faulty.stdout,
  );
});

test('options that do not go together, and files that are no mocks', async () => {
  for (const args of [
    ['--mock', 'm.json'],
    ['--simulate', '--journal', 'j'],
    ['--simulate', '--connection', 'a=b'],
  ]) {
    const { code, stderr } = await flowdeckIn({ 'a.flow.json': flowOf([]) }, ['run', 'a.flow.json', ...args]);
    assert.equal([code, /simulate-option/.test(stderr)], [2, true], args.join(' '));
  }
  assert.equal((await welcome(['--mock', 'm.json'], { 'm.json': '{' })).data.error.code, 'mock-file');
  const invalid = await welcome(['--mock', 'm.json'], { 'm.json': { mocks: [{ card: 'okta.readUser', anser: {} }] } });
  const [misspelt] = invalid.data.diagnostics;
  assert.equal(
    [invalid.code, misspelt.code, misspelt.pointer, misspelt.line, misspelt.hint],
    [3, 'mock-invalid', '/mocks/0/anser', 5, 'Did you mean "answer"?'],
  );
  const twice = await welcome(['--mock', 'm.json'], { 'm.json': '{"mocks": [{"card": "a",\n "card": "b"}]}' });
  const [found] = twice.data.diagnostics;
  assert.equal([twice.code, found.code, found.file, found.line], [3, 'duplicate-member', 'm.json', 2]);
});

test('a 404 that was recorded comes back as one, and equal calls in their order', async () => {
  const ask = (id: string, url: string) => ({ id, card: 'http.get', in: { url } });
  const file = flowOf([
    ask('one', 'https://api.example.com/a'),
    ask('two', 'https://api.example.com/a'),
    {
      id: 'user',
      card: 'error.ifError',
      blocks: {
        try: { cards: [{ card: 'crm.read', in: { ID: 'gone' } }] },
        catch: { cards: [{ card: 'flow.return', in: { status: { from: '/error/statusCode' } } }] },
      },
      outputs: [{ key: 'status', type: 'number' }],
    },
    {
      card: 'flow.return',
      in: { one: { from: '/one/body' }, two: { from: '/two/body' }, status: { from: '/user/status' } },
    },
  ]);
  const mocks = [
    { http: { url: 'https://api.example.com/a' }, answers: [{ json: { n: 1 } }, { json: { n: 2 } }] },
    { card: 'crm.read', answer: { error: { message: 'No such user', statusCode: 404, body: { code: 'E7' } } } },
  ];
  const directory = new Directory({ 'a.flow.json': file, 'm.json': { mocks } });
  try {
    const { path: cwd } = directory;
    const run = (...args: string[]) => flowdeck(['run', 'a.flow.json', '--simulate', '--json', ...args], { cwd });
    const first = await run('--mock', 'm.json', '--record', 'rec.json');
    assert.equal(JSON.parse(first.stdout).outputs, { one: { n: 1 }, two: { n: 2 }, status: 404 }, first.stdout);
    const again = await run('--mock', 'rec.json', '--record', 'rec2.json');
    assert.equal(JSON.parse(again.stdout), JSON.parse(first.stdout));
    assert.is(readFileSync(join(cwd, 'rec2.json'), 'utf8'), readFileSync(join(cwd, 'rec.json'), 'utf8'));
  } finally {
    directory.remove();
  }
});

test('mocks that name nothing of the deck, and those that nothing asks for, are told with their place', async () => {
  const mocks = [
    { card: 'oktaa.readUser', answer: {} },
    { card: 'okta.readUsr', answer: {} },
    { card: 'okta.readUser', in: { 'User/Idd': 'x' }, answer: { outputs: { 'User/Emial': 'a@b.c' } } },
    { flow: 'welcom', answer: {} },
    { card: 'okta.readUser', at: 'welcome/readUsers', answer: {} },
    { card: 'okta.readUser', answers: [{}, {}] },
  ];
  const { data, code } = await welcome(['--mock', 'm.json'], { 'm.json': { mocks } });
  assert.is(code, 0);
  const told = data.mocks.map(({ code, pointer, line, severity, hint }: Record<string, unknown>) => {
    assert.ok(severity === 'warning' && line && hint);
    return [code, pointer, /^Did you mean/.test(String(hint)) ? hint : null];
  });
  assert.equal(told, [
    ['mock-unknown', '/mocks/0/card', 'Did you mean "okta"?'],
    ['mock-unknown', '/mocks/1/card', 'Did you mean "okta.readUser"?'],
    ['mock-unknown', '/mocks/2/in/User~1Idd', 'Did you mean "User/ID"?'],
    ['mock-unknown', '/mocks/2/answer/outputs/User~1Emial', 'Did you mean "User/Email"?'],
    ['mock-unknown', '/mocks/3/flow', 'Did you mean "welcome"?'],
    ['mock-unknown', '/mocks/4/at', 'Did you mean "welcome/readUser"?'],
    ...[0, 1, 2, 3, 4, 5].map((index) => ['mock-unused', `/mocks/${index}`, null]),
  ]);
  const former = { fixtures: [{ connector: 'okta', card: 'readUsr' }] };
  const { stderr } = await flowdeckIn({ 'a.flopack': event(), 'm.json': former }, [
    ...WELCOME.slice(0, -1),
    '--mock',
    'm.json',
  ]);
  assert.match(
    stderr,
    /m\.json:\d+:\d+: warning: .*readUsr.* \[mock-unknown\]\n {4}hint: Did you mean "okta\.readUser"\?/,
  );
  const sound = await welcome(['--mock', 'm.json'], { 'm.json': { mocks: [{ card: 'okta.readUser', answer: {} }] } });
  assert.equal(sound.data.mocks, []);
});

test('--now sets the clock and --execution-time what a schedule meant; what is no date is refused', async () => {
  const file = flowOf([
    { id: 'now', card: 'date.now' },
    { card: 'flow.return', in: { now: { from: '/now/date' }, meant: { from: '/context/execution_time' } } },
  ]);
  const run = async (...args: string[]) => {
    const { code, stdout } = await flowdeckIn({ 'a.flow.json': file }, [
      'run',
      'a.flow.json',
      '--simulate',
      '--json',
      ...args,
    ]);
    const { outputs, error, durationMs } = JSON.parse(stdout);
    return { code, outputs, error, durationMs };
  };
  const start = '2024-01-01T00:00:00.000Z';
  assert.equal((await run()).outputs, { now: start, meant: start });
  const later = await run('--now', '2030-01-31T08:00:00+01:00');
  assert.equal(later.outputs, { now: '2030-01-31T07:00:00.000Z', meant: '2030-01-31T07:00:00.000Z' });
  const late = await run('--now', '2030-01-31', '--execution-time', '2030-01-30T23:59:00Z');
  assert.equal(late.outputs, { now: '2030-01-31T00:00:00.000Z', meant: '2030-01-30T23:59:00.000Z' });
  assert.ok(late.durationMs < 1000, String(late.durationMs));
  for (const [option, text] of [
    ['--now', 'tomorrow'],
    ['--now', '2030-02-30'],
    ['--now', '2030-01-31T08:00:00'],
    ['--execution-time', '31.1.2030'],
  ] as const) {
    const { code, error } = await run(option, text);
    assert.equal([code, error.code, /2030-01-31T08:00:00Z/.test(error.hint)], [2, 'moment-option', true], text);
  }
});

test('stand-ins satisfy what the deck requires, where there is a pack and where there is none', async () => {
  const send = {
    id: 'a',
    card: 'twilio.sendMessage',
    connection: 't',
    in: { 'From Number': '+1', To: '+2', Body: 'x' },
  };
  const acme = { id: 'b', card: 'acme.shout', connection: 'x', in: {} };
  const simulated = (requires: Readonly<Record<string, string>>) =>
    flowdeckIn({ 'a.flow.json': flowOf([send, acme], { requires }) }, ['run', 'a.flow.json', '--simulate', '--json']);
  for (const requires of [
    { twilio: '^1' },
    { twilio: '^1', acme: '~2.3' },
    { acme: '^7', unused: '3.2.1' },
    { flow: '*', acme: '*' },
  ]) {
    const ran = await simulated(requires);
    assert.is(ran.code, 0, `${JSON.stringify(requires)}: ${ran.stdout}`);
  }
  // A pack that is there in another version is told as ever, and so is a range that is none.
  for (const [requires, code] of [
    [{ twilio: '^9' }, 'pack-version'],
    [{ acme: 'latest' }, 'pack-version'],
  ] as const) {
    const ran = await simulated(requires);
    assert.equal([ran.code, JSON.parse(ran.stdout).error.code], [3, code]);
  }
});

test('the example of the documentation can be simulated', async () => {
  const example = readFileSync(new URL('../../../../examples/notify.flow.json', import.meta.url), 'utf8');
  const ran = await flowdeckIn({ 'notify.flow.json': example }, ['run', 'notify.flow.json', '--simulate', '--json']);
  assert.is(ran.code, 0, ran.stdout);
  assert.ok(JSON.parse(ran.stdout).effects.length > 0);
});

test('an interrupt cancels it', async () => {
  const signal = AbortSignal.abort(new Error('Interrupted.'));
  const { code } = await flowdeckIn({ 'a.flopack': event() }, WELCOME, { signal });
  assert.is(code, 4);
});

test.run();
