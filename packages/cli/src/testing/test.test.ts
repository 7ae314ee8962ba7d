/** What is promised of `flowdeck test`: it says yes and no, for people and programs, and one faulty file stops no other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { event } from '../../../flopack/src/testing/samples.js';
import { Directory, flowdeck, flowdeckIn, flowOf, GREET } from '../../test/support.js';

const ASK = flowOf([
  { id: 'ask', card: 'crm.read', in: { ID: 'u1' } },
  { id: 'row', card: 'tables.createRow', in: { table: 't', 'fields/mail': { from: '/ask/Email' } } },
]);
const FILES = {
  'greet.flow.json': GREET,
  'crm/deck.flow.json': {
    flowdeck: 1,
    flows: [{ id: 'main', name: 'Ask the CRM', type: 'manual', cards: ASK.cards }],
    tables: [{ id: 't', name: 'Mails', columns: [{ key: 'mail', type: 'text' }] }],
  },
  'greet.test.json': {
    subject: 'greet.flow.json',
    cases: [
      { id: 'greets', inputs: { name: 'Ada' }, expect: { outputs: { greeting: 'Hello Ada!' } } },
      { id: 'later', skip: 'Not yet.', tags: ['slow'], expect: { status: 'success' } },
    ],
  },
  'crm/ask.test.json': {
    suite: 'crm',
    subject: 'deck.flow.json',
    cases: [
      {
        id: 'keeps the mail',
        tags: ['slow'],
        tables: { Mails: { csv: 'mails.csv' } },
        mocks: [{ card: 'crm.read', in: { ID: 'u1' }, answer: { outputs: { Email: 'ada@example.com' } } }],
        expect: { effects: [{ card: 'crm.read' }], tables: { Mails: [{ mail: 'old' }, { mail: 'ada@example.com' }] } },
      },
    ],
  },
  'crm/mails.csv': 'mail\nold\n',
};
const WRONG = {
  subject: 'greet.flow.json',
  cases: [
    { id: 'wrong', proves: '::error::It greets', inputs: { name: 'Ada' }, expect: { outputs: { greeting: 'Bye' } } },
  ],
};

async function tested(args: readonly string[] = [], files: Readonly<Record<string, unknown>> = {}, env = {}) {
  return flowdeckIn({ ...FILES, ...files }, ['test', ...args], { env });
}

test('all tests below a directory are run, and what came of each file is told', async () => {
  const { code, stdout } = await tested();
  assert.is(code, 0, stdout);
  assert.is(stdout, '✓ crm/ask.test.json  1 passed\n✓ greet.test.json  1 passed, 1 skipped\n\n2 passed, 1 skipped\n');
});

test('a case that fails is told in full, with the command that runs it alone', async () => {
  const { code, stdout } = await tested(['wrong.test.json'], { 'wrong.test.json': WRONG });
  assert.is(code, 1);
  assert.match(
    stdout,
    '✗ wrong/wrong  wrong.test.json:4\n  that ::error::It greets\n  - outputs/greeting\n    expected "Bye"\n    actual   "Hello Ada!"\n  again: flowdeck test wrong.test.json --filter wrong/wrong\n',
  );
  assert.not.match(stdout, /^\s*::/m);
});

test('cases are chosen by name, by tag and by part; bail ends at the first failure', async () => {
  const ids = async (...args: readonly string[]) => {
    const { stdout } = await tested([...args, '--json'], { 'wrong.test.json': WRONG });
    return JSON.parse(stdout).suites?.flatMap(({ cases }: { cases: { id: string }[] }) => cases.map(({ id }) => id));
  };
  assert.equal(await ids(), ['keeps the mail', 'greets', 'later', 'wrong']);
  assert.equal(await ids('--filter', 'greet/'), ['greets', 'later']);
  assert.equal(await ids('--tag', 'slow'), ['keeps the mail', 'later']);
  assert.equal(
    [await ids('--shard', '1/2'), await ids('--shard', '2/2')],
    [
      ['keeps the mail', 'later'],
      ['greets', 'wrong'],
    ],
  );
  assert.equal(await ids('wrong.test.json', 'crm', '--bail'), ['wrong']);
  assert.equal((await tested(['--filter', 'no such'])).code, 2);
});

test('coverage is measured, and fails below what is asked for', async () => {
  const low = await tested(['--coverage', 'cards=100,errors=50']);
  assert.is(low.code, 1);
  assert.match(low.stdout, /coverage: cards 100 % \(5 of 5\), branches 100 % \(0 of 0\), error paths 0 % \(0 of 2\)/);
  assert.match(low.stdout, /coverage of errors is 0 %, below 50 %/);
  assert.is((await tested(['--coverage', 'cards=100'])).code, 0);
});

test('other forms: JSON twice the same, TAP, JUnit, annotations', async () => {
  const files = { 'wrong.test.json': WRONG };
  const json = await tested(['--json'], files);
  assert.is((await tested(['--json'], files)).stdout, json.stdout);
  assert.equal(JSON.parse(json.stdout).totals, { passed: 2, failed: 1, skipped: 1, faulty: 0 });
  const tap = await tested(['--tap'], files);
  assert.match(
    tap.stdout,
    /^TAP version 14\n1\.\.4\nok 1 - crm\/keeps the mail\nok 2 .*\nok 3 - greet\/later # SKIP Not yet\.\nnot ok 4/,
  );
  const github = await tested(['wrong.test.json'], files, { GITHUB_ACTIONS: 'true' });
  assert.match(github.stdout, /^::error file=wrong\.test\.json,line=4,title=wrong\/wrong::outputs\/greeting%0A/m);
});

test('a faulty file is told with all its faults and places, and the others are run', async () => {
  const faulty = '{"subjct": "greet.flow.json",\n "cases": [{"id": "a",\n  "expect": {"output": {}}}]}';
  const { code, stdout, stderr } = await tested([], { 'bad.test.json': faulty, 'broken.test.json': '{' });
  assert.is(code, 3);
  assert.match(stderr, /bad\.test\.json:1:2: error: .*"subjct".*\[case-invalid\]\n {4}hint: Did you mean "subject"\?/);
  assert.match(stderr, /bad\.test\.json:3:14: error: .*"output".*\n {4}hint: Did you mean "outputs"\?/);
  assert.match(stderr, /broken\.test\.json:1/);
  assert.match(stdout, /2 faulty files, 2 passed, 1 skipped/);
});

test('a subject that is not there, or is faulty, fails the cases that name it, and no others', async () => {
  const of = (subject: string, more = {}) => ({
    subject,
    cases: [{ id: 'a', expect: { status: 'success' }, ...more }],
  });
  const files = {
    'gone.test.json': of('gone.flow.json'),
    'half.flow.json': '{',
    'half.test.json': of('half.flow.json'),
    'table.test.json': of('crm/deck.flow.json', { tables: { Mails: { csv: 'gone.csv' } } }),
  };
  const { code, stdout } = await tested([], files);
  assert.is(code, 1);
  assert.match(
    stdout,
    /gone\/a[\s\S]*\[file-missing\][\s\S]*half\/a[\s\S]*half\.flow\.json:1:2: .*\[json-syntax\][\s\S]*table\/a[\s\S]*\[file-missing\]/,
  );
  assert.match(stdout, /3 failed, 2 passed/);
});

test('a first test of an export is written, and passes; one of a flow fails when a literal of the flow is changed', async () => {
  const directory = new Directory({ 'a.flopack': event(), 'g.flow.json': GREET });
  try {
    const { path: cwd } = directory;
    const init = await flowdeck(['test', '--init', 'a.flopack'], { cwd });
    assert.is(init.code, 0, init.stderr);
    assert.match(
      init.stdout,
      /✓ welcome: (\d tests, )?\d calls?, \d+ cards\n[\s\S]*a\.test\.json: \d tests?, which run/i,
    );
    assert.is((await flowdeck(['test'], { cwd })).code, 0);
    const again = await flowdeck(['test', '--init', 'a.flopack'], { cwd });
    assert.match(again.stderr, /output-exists/);
    assert.is((await flowdeck(['test', '--init', 'g.flow.json'], { cwd })).code, 0);
    assert.is((await flowdeck(['test'], { cwd })).code, 0);
    directory.write('g.flow.json', JSON.parse(JSON.stringify(GREET).replace('Hello', 'Bye')));
    assert.is((await flowdeck(['test'], { cwd })).code, 1);
  } finally {
    directory.remove();
  }
});

test('of a deck that cannot be run no test is written, and it is said why', async () => {
  const files = { 'a.flow.json': flowOf([{ card: 'text.trim', in: { txt: 'x' } }]) };
  const { code, stdout } = await flowdeckIn(files, ['test', '--init', 'a.flow.json']);
  assert.is(code, 1);
  assert.match(stdout, /no test: .+\n[\s\S]*No test could be written\./);
});

test('--update writes what came in place of what was expected, and nothing where a mock is missing', async () => {
  const directory = new Directory({ ...FILES, 'wrong.test.json': WRONG });
  try {
    const { path: cwd } = directory;
    const updated = await flowdeck(['test', '--update'], { cwd });
    assert.equal([updated.code, updated.stderr], [0, 'updated: 1 case\n']);
    assert.match(updated.stdout, 'expected "Bye"');
    const written = JSON.parse(readFileSync(join(cwd, 'wrong.test.json'), 'utf8'));
    assert.equal(written.cases[0].expect, { outputs: { greeting: 'Hello Ada!' } });
    assert.is((await flowdeck(['test'], { cwd })).code, 0);
    directory.write('none.test.json', { subject: 'crm/deck.flow.json', cases: [{ id: 'a', expect: { outputs: {} } }] });
    const refused = await flowdeck(['test', 'none.test.json', '--update'], { cwd });
    assert.is(refused.code, 1);
    assert.is(refused.stderr, 'updated: 0 cases; 1 case left: mend first what is told of the mocks and names\n');
  } finally {
    directory.remove();
  }
});

test('--update leaves a file as it was that what came would make too large to be read again, and writes the others', async () => {
  const doubled = Array.from({ length: 14 }, (_, index) => {
    const from = { from: index === 0 ? '/inputs/text' : `/t${index - 1}/output` };
    return { id: `t${index}`, card: 'text.concatenate', in: { 'text 1': from, 'text 2': from } };
  });
  const twice = { card: 'flow.return', in: { a: { from: '/t13/output' }, b: { from: '/t13/output' } } };
  const large = { ...flowOf([...doubled, twice]), inputs: [{ key: 'text', type: 'text' }] };
  const expecting = { inputs: { text: 'x'.repeat(1024) }, expect: { outputs: { a: 'small' } } };
  const directory = new Directory({
    ...FILES,
    'wrong.test.json': WRONG,
    'large.flow.json': large,
    'large.test.json': { subject: 'large.flow.json', cases: [{ id: 'a', ...expecting }] },
  });
  try {
    const { path: cwd } = directory;
    const before = readFileSync(join(cwd, 'large.test.json'), 'utf8');
    const { code, stderr } = await flowdeck(['test', '--update'], { cwd });
    assert.is(code, 2);
    assert.match(stderr, /too large to be kept in large\.test\.json[\s\S]*\[file-too-large\]/);
    assert.is(readFileSync(join(cwd, 'large.test.json'), 'utf8'), before);
    assert.match(readFileSync(join(cwd, 'wrong.test.json'), 'utf8'), 'Hello Ada!');
    assert.is((await flowdeck(['test', 'large.test.json'], { cwd })).code, 1, 'it fails as before');
  } finally {
    directory.remove();
  }
});

test('a page, and coverage for editors: what failed, and which lines no case runs', async () => {
  const flow = flowOf([
    {
      id: 'any',
      card: 'control.ifElse',
      in: { left: 1, operator: '==', right: 1 },
      blocks: {
        then: { cards: [{ id: 'yes', card: 'text.trim', in: { text: 'a' } }] },
        else: { cards: [{ id: 'no', card: 'text.trim', in: { text: 'b' } }] },
      },
    },
  ]);
  const directory = new Directory({
    ...FILES,
    'wrong.test.json': WRONG,
    'if.flow.json': flow,
    'if.test.json': { subject: 'if.flow.json', cases: [{ id: 'a', expect: { status: 'success' } }] },
  });
  try {
    const { path: cwd } = directory;
    const { code, stderr, stdout } = await flowdeck(['test', '--report', 'r.html', '--lcov', 'lcov.info'], { cwd });
    assert.is(code, 1);
    assert.match(stderr, 'report: r.html\n');
    assert.not.match(stdout, 'coverage:');
    const page = readFileSync(join(cwd, 'r.html'), 'utf8');
    assert.match(page, '<h1>✗ 1 failed, 3 passed, 1 skipped</h1>');
    assert.match(page, /<code>no<\/code> never ran/);
    const lines = readFileSync(join(cwd, 'if.flow.json'), 'utf8').split('\n');
    const lineOf = (id: string) => lines.findIndex((line) => line.includes(`"id": "${id}"`));
    const lcov = readFileSync(join(cwd, 'lcov.info'), 'utf8');
    const own = lcov.split('end_of_record\n').find((each) => each.includes('SF:if.flow.json'));
    assert.match(own ?? '', `\nDA:${lineOf('yes')},1\n`);
    assert.match(own ?? '', `\nDA:${lineOf('no')},0\n`);
    assert.match(own ?? '', `\nBRDA:${lineOf('any')},0,else,0\n`);
  } finally {
    directory.remove();
  }
});

test('--watch runs again when a file changes, until the user interrupts', async () => {
  const directory = new Directory({ 'greet.flow.json': GREET, 'greet.test.json': FILES['greet.test.json'] });
  const stopping = new AbortController();
  try {
    let rounds = 0;
    const onWrite = (text: string) => {
      if (!text.startsWith('watching')) return;
      if (++rounds === 1) directory.write('greet.flow.json', JSON.parse(JSON.stringify(GREET).replace('Hello', 'Bye')));
      else stopping.abort();
    };
    const setup = { cwd: directory.path, signal: stopping.signal, onError: onWrite };
    const { code, stdout, stderr } = await flowdeck(['test', '--watch'], setup);
    assert.is(code, 1);
    assert.match(stdout, /1 passed, 1 skipped[\s\S]*1 failed, 1 skipped/);
    assert.match(stderr, 'changed: greet.flow.json');
  } finally {
    directory.remove();
  }
});

test('the examples of the project pass their tests', async () => {
  const { code, stdout } = await flowdeck(['test', fileURLToPath(new URL('../../../../examples', import.meta.url))]);
  assert.is(code, 0, stdout);
  assert.match(stdout, /✓ .*notify\.test\.json {2}2 passed/);
});

test.run();
