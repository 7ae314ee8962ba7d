/** What is promised of `flowdeck run`: outputs, tree, exit codes, inputs, directories, cancelling. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck, flowdeckIn, flowOf, GREET } from '../../test/support.js';

test('prints the outputs, and tells each card on standard error', async () => {
  const ran = await flowdeckIn({ 'greet.flow.json': GREET }, ['run', 'greet.flow.json', '--input', 'name=Ada']);
  assert.is(ran.code, 0);
  assert.equal(JSON.parse(ran.stdout), { greeting: 'Hello Ada!' });
  const lines = ran.stderr.replace(/<?[\d.]+ m?s/g, 'T').split('\n');
  assert.equal(lines, [
    '  ✓ words  text.compose  T',
    '  ✓ mark  text.concatenate  T',
    '  ✓ Return  flow.return  T',
    '✓ success 3 cards, T',
    '',
  ]);
});

test('--json prints one object and nothing on standard error', async () => {
  const ran = await flowdeckIn({ 'greet.flow.json': GREET }, [
    'run',
    'greet.flow.json',
    '--input',
    'name=Ada',
    '--json',
  ]);
  assert.is(ran.stderr, '');
  const { runId, durationMs, ...rest } = JSON.parse(ran.stdout);
  assert.equal(rest, {
    status: 'success',
    outputs: { greeting: 'Hello Ada!' },
    error: null,
    steps: 3,
    children: [],
    ignored: [],
    tables: [],
    omitted: { children: 0, ignored: 0 },
    leftOut: [],
  });
  assert.type(runId, 'string');
  assert.type(durationMs, 'number');
});

test('a flow that stops early ends well', async () => {
  const cards = [{ card: 'control.continueIf', in: { left: 1, operator: '==', right: 2, message: 'nothing to do' } }];
  const ran = await flowdeckIn({ 'a.flow.json': flowOf(cards) }, ['run', 'a.flow.json', '--json']);
  assert.is(ran.code, 0);
  assert.is(JSON.parse(ran.stdout).status, 'stopped');
});

test('a flow that fails: exit code 1, and the card, the place and the hint', async () => {
  const cards = [
    { id: 'fine', card: 'text.compose', in: { template: 'x' } },
    { id: 'broken', card: 'flow.returnError', in: { message: 'no such order', statusCode: 404 } },
  ];
  const directory = new Directory({ 'a.flow.json': flowOf(cards) });
  const plain = await flowdeck(['run', 'a.flow.json'], { cwd: directory.path });
  const json = await flowdeck(['run', 'a.flow.json', '--json'], { cwd: directory.path });
  const traced = await flowdeck(['run', 'a.flow.json', '--trace'], { cwd: directory.path });
  directory.remove();
  assert.is(plain.code, 1);
  assert.is(plain.stdout, '');
  assert.match(plain.stderr, /✗ broken {2}flow\.returnError .* no such order \[returned-error\]/);
  assert.match(plain.stderr, /at: card broken, flow main, a\.flow\.json:\d+:\d+\n/);
  assert.not.match(plain.stderr, /\n\s+at [A-Za-z.]+ \(/);
  assert.is(json.code, 1);
  const { status, outputs, error } = JSON.parse(json.stdout);
  assert.equal([status, outputs, error.code, error.statusCode], ['error', null, 'returned-error', 404]);
  assert.equal([error.at.card, error.at.file, error.at.pointer], ['broken', 'a.flow.json', '/cards/1']);
  assert.match(traced.stderr, /RunError: no such order\n\s+at /);
  assert.match(traced.stderr, /in {2}\{"template":"x"\}/);
});

test('a flow without its connection is told how to give one, in a form that the shell takes, and how to do without', async () => {
  const cards = [{ card: 'http.get', connection: 'My Shop', in: { url: 'https://example.com/' } }];
  const ran = await flowdeckIn({ 'a.flow.json': flowOf(cards) }, ['run', 'a.flow.json']);
  assert.is(ran.code, 2);
  assert.match(ran.stderr, '--connection "My Shop=FILE". Without one: flowdeck run --simulate.');
});

test('what a failing card inside an If Error did is marked as caught', async () => {
  const cards = [
    {
      id: 'attempt',
      card: 'error.ifError',
      outputs: [{ key: 'why', type: 'text' }],
      blocks: {
        try: { cards: [{ id: 'broken', card: 'flow.returnError', in: { message: 'boom' } }] },
        catch: { cards: [{ card: 'flow.return', in: { why: { from: '/error/message' } } }] },
      },
    },
  ];
  const ran = await flowdeckIn({ 'a.flow.json': flowOf(cards) }, ['run', 'a.flow.json']);
  assert.is(ran.code, 0);
  assert.match(
    ran.stderr,
    / {2}✓ attempt.*\n {4}try:\n {6}! broken.*boom \[returned-error\] \(caught\)\n {4}catch:\n {6}✓ Return/,
  );
});

test('called flows stand below their card; of a long loop only the first and those that fail', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `n${index}`);
  const deck = {
    flowdeck: 1,
    flows: [
      {
        id: 'all',
        type: 'manual',
        inputs: [{ key: 'names', type: 'text', list: true }],
        cards: [
          {
            id: 'each',
            card: 'list.forEachIgnoreErrors',
            in: { list: { from: '/inputs/names' }, flow: { flow: 'one' }, name: { item: '' } },
          },
        ],
      },
      {
        id: 'one',
        type: 'helper',
        inputs: [{ key: 'name', type: 'text' }],
        cards: [
          {
            card: 'flow.returnErrorIf',
            in: { left: { from: '/inputs/name' }, operator: '==', right: 'n77', message: 'not this one' },
          },
        ],
      },
    ],
  };
  const ran = await flowdeckIn({ 'a.flow.json': deck }, ['run', 'a.flow.json', '--inputs', '-'], {
    stdin: JSON.stringify({ names }),
  });
  assert.is(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /→ one \[19\]/);
  assert.not.match(ran.stderr, /→ one \[20\]/);
  assert.match(ran.stderr, /→ one \[77\]/);
  assert.match(ran.stderr, /… and 79 calls more/);
});

test('text from a flow cannot steer the terminal', async () => {
  const cards = [
    {
      id: 'a',
      card: 'flow.returnError',
      title: 'Clear \u001b[2J',
      in: { message: 'evil \u001b]0;title\u0007 \u202e' },
    },
  ];
  const ran = await flowdeckIn({ 'a.flow.json': flowOf(cards) }, ['run', 'a.flow.json']);
  assert.is(ran.code, 1);
  assert.ok(ran.stderr.includes('evil \\u001b]0;title\\u0007 \\u202e'), ran.stderr);
  assert.not.match(ran.stderr.replaceAll('\n', ''), /[\p{Cc}\u202e]/u);
});

test('on a terminal, what is under way is drawn and taken back', async () => {
  const ran = await flowdeckIn({ 'greet.flow.json': GREET }, ['run', 'greet.flow.json', '--input', 'name=Ada'], {
    terminal: { columns: 40, rows: 10 },
    env: { NO_COLOR: '1' },
  });
  assert.is(ran.code, 0);
  assert.ok(ran.stderr.startsWith('  … words  text.compose\n\u001b[1A\u001b[0J  ✓ words'), ran.stderr);
});

test('a directory is one deck', async () => {
  const call = flowOf([
    { id: 'x', card: 'flow.call', in: { flow: { flow: 'shout' }, word: 'hi' } },
    { card: 'flow.return', in: { said: { from: '/x/said' } } },
  ]);
  const shout = {
    flowdeck: 1,
    id: 'shout',
    type: 'helper',
    inputs: [{ key: 'word', type: 'text' }],
    outputs: [{ key: 'said', type: 'text' }],
    cards: [{ card: 'flow.return', in: { said: { from: '/inputs/word' } } }],
  };
  const ran = await flowdeckIn({ 'd/main.flow.json': call, 'd/shout.flow.json': shout, 'd/notes.json': {} }, [
    'run',
    'd',
  ]);
  assert.is(ran.code, 0, ran.stderr);
  assert.equal(JSON.parse(ran.stdout), { said: 'hi' });
});

test('a failing card of a directory is placed in its own file', async () => {
  const files = {
    'd/a.flow.json': flowOf([], { id: 'a', type: 'helper' }),
    'd/b.flow.json': flowOf([{ id: 'x', card: 'flow.returnError', in: { message: 'no' } }], { id: 'b' }),
  };
  const ran = await flowdeckIn(files, ['run', 'd', '--json']);
  const { at } = JSON.parse(ran.stdout).error;
  assert.equal([at.file.replaceAll('\\', '/'), at.flow, at.line > 1], ['d/b.flow.json', 'b', true]);
});

test('a flow from standard input, chosen by name', async () => {
  const deck = {
    flowdeck: 1,
    flows: [
      { ...GREET, flowdeck: undefined },
      { id: 'other', type: 'manual', cards: [] },
    ],
  };
  const ran = await flowdeck(['run', '-', '--flow', 'Greet someone', '--input', 'name=Bo'], {
    stdin: JSON.stringify(deck),
  });
  assert.is(ran.code, 0, ran.stderr);
  assert.equal(JSON.parse(ran.stdout), { greeting: 'Hello Bo!' });
});

test('a name is the same however its accents are written, and whatever blanks stand around it', async () => {
  const stdin = JSON.stringify({ flowdeck: 1, flows: [{ id: 'a', name: 'Cafe\u0301 ', type: 'manual', cards: [] }] });
  for (const name of ['Caf\u00e9', ' Cafe\u0301']) {
    const ran = await flowdeck(['run', '-', '--flow', name], { stdin });
    assert.is(ran.code, 0, ran.stderr);
  }
  assert.is((await flowdeck(['run', '-', '--flow', 'Cafe'], { stdin })).code, 2);
});

test('a flow of a connector runs with the connection of the connector; which of several is told by its name, or asked', async () => {
  const flow = { id: 'show', type: 'action', outputs: [{ key: 'who', type: 'text' }] };
  const cards = [{ card: 'flow.return', in: { who: { from: '/connection/who' } } }];
  const connector = {
    key: 'acme',
    name: 'Acme',
    version: '1.0.0',
    auth: { type: 'custom', fields: [] },
    parameters: [{ key: 'who', type: 'text' }],
    flows: { actions: ['show'] },
  };
  const connection = (who: string) => JSON.stringify({ connector: 'acme', auth: {}, parameters: { who } });
  const directory = new Directory({
    'acme.flow.json': { flowdeck: 1, connector, flows: [{ ...flow, cards }] },
    'one.json': connection('one'),
    'two.json': connection('two'),
  });
  const ran = (...names: string[]) =>
    flowdeck(['run', 'acme.flow.json', ...names.flatMap((name) => ['--connection', name])], { cwd: directory.path });
  assert.equal(JSON.parse((await ran('any=one.json')).stdout), { who: 'one' });
  assert.equal(JSON.parse((await ran('any=one.json', 'acme=two.json')).stdout), { who: 'two' });
  const { code, stdout, stderr } = await ran('a=one.json', 'b=two.json');
  directory.remove();
  assert.equal([code, stdout, /connection-option/.test(stderr)], [2, '', true], stderr);
});

test('cancelling ends the run with exit code 4', async () => {
  const controller = new AbortController();
  const cards = [{ card: 'control.waitFor', in: { delay: 1, unit: 'hour' } }];
  const directory = new Directory({ 'a.flow.json': flowOf(cards) });
  const waiting = flowdeck(['run', 'a.flow.json', '--json'], { cwd: directory.path, signal: controller.signal });
  setImmediate(() => controller.abort());
  const ran = await waiting;
  directory.remove();
  assert.is(ran.code, 4, ran.stdout);
  assert.is(JSON.parse(ran.stdout).status, 'cancelled');
});

test('--timeout ends the run with exit code 4', async () => {
  const cards = [{ card: 'control.waitFor', in: { delay: 1, unit: 'hour' } }];
  const ran = await flowdeckIn({ 'a.flow.json': flowOf(cards) }, ['run', 'a.flow.json', '--json', '--timeout', '0.05']);
  assert.is(ran.code, 4, ran.stdout);
  assert.is(JSON.parse(ran.stdout).error.code, 'limit');
});

test('--timeout ends a simulated run that never waits, though it makes garbage all the time', async () => {
  const deck = {
    flowdeck: 1,
    flows: [
      { id: 'a', type: 'manual', cards: [{ card: 'control.repeat', in: { count: 400, flow: { flow: 'b' } } }] },
      {
        ...{ id: 'b', type: 'helper' },
        cards: [{ card: 'control.assign', in: { n: { expr: '$count($map([1..5000], function($x){$x * 2}))' } } }],
      },
    ],
  };
  const args = ['run', 'a.flow.json', '--flow', 'a', '--simulate', '--json', '--timeout', '0.5'];
  const ran = await flowdeckIn({ 'a.flow.json': deck }, args);
  assert.is(ran.code, 4, ran.stdout);
  assert.is(JSON.parse(ran.stdout).status, 'cancelled');
});

test('warnings about the document are told, and do not fail', async () => {
  const cards = [
    { card: 'flow.return', in: { a: 1 } },
    { id: 'late', card: 'text.compose', in: { template: 'x' } },
  ];
  const ran = await flowdeckIn({ 'a.flow.json': flowOf(cards) }, ['run', 'a.flow.json']);
  assert.is(ran.code, 0);
  assert.match(ran.stderr, /a\.flow\.json:\d+:\d+: warning: .*\[unreachable-card\]/);
});

test.run();
