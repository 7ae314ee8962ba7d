/** Every kind of bad input has a documented error and exit code, and never shows a stack. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, flowOf, GREET, type Ran } from '../test/support.js';

interface Case {
  readonly what: string;
  readonly files?: Readonly<Record<string, unknown>>;
  readonly argv: readonly string[];
  readonly code: string;
  readonly exit: number;
}

const DEEP = 10_000;

const CASES: readonly Case[] = [
  {
    what: 'not JSON',
    files: { 'a.flow.json': '{"flowdeck": 1,\n "id": }' },
    argv: ['run', 'a.flow.json'],
    code: 'json-syntax',
    exit: 3,
  },
  { what: 'an empty file', files: { 'a.flow.json': '' }, argv: ['run', 'a.flow.json'], code: 'json-syntax', exit: 3 },
  {
    what: 'JSON of the wrong shape',
    files: { 'a.flow.json': [1, 2] },
    argv: ['run', 'a.flow.json'],
    code: 'schema-type',
    exit: 3,
  },
  {
    what: 'an unknown card',
    files: { 'a.flow.json': flowOf([{ card: 'text.composee' }]) },
    argv: ['run', 'a.flow.json'],
    code: 'unknown-card',
    exit: 3,
  },
  {
    what: 'an input of the wrong type',
    files: { 'a.flow.json': flowOf([{ card: 'text.compose', in: 'all' }]) },
    argv: ['run', 'a.flow.json'],
    code: 'schema-type',
    exit: 3,
  },
  {
    what: 'nesting 10,000 deep',
    files: {
      'a.flow.json': `{"flowdeck":1,"id":"a","type":"manual","cards":[],"meta":{"deep":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}}`,
    },
    argv: ['run', 'a.flow.json'],
    code: 'document-too-deep',
    exit: 3,
  },
  {
    what: 'the key __proto__',
    files: { 'a.flow.json': '{"flowdeck":1,"id":"a","type":"manual","cards":[],"meta":{"__proto__":{"x":1}}}' },
    argv: ['run', 'a.flow.json'],
    code: 'unsafe-key',
    exit: 3,
  },
  {
    what: 'the key constructor',
    files: { 'a.flow.json': flowOf([{ card: 'object.construct', in: { constructor: 1 } }]) },
    argv: ['run', 'a.flow.json'],
    code: 'unsafe-key',
    exit: 3,
  },
  {
    what: '10 MB that are no document',
    files: { 'a.flow.json': `{"flowdeck":1,"id":"a","type":"manual","cards":[${'{"card":"x"},'.repeat(800_000)}{}]}` },
    argv: ['run', 'a.flow.json'],
    code: 'schema-card-type',
    exit: 3,
  },
  {
    what: 'text that is not UTF-8',
    files: { 'a.flow.json': Buffer.from('\ufeff{}', 'utf16le') },
    argv: ['run', 'a.flow.json'],
    code: 'not-utf8',
    exit: 3,
  },
  {
    what: 'more than 32 MiB',
    files: { 'a.flow.json': Buffer.alloc(32 * 1024 * 1024 + 1, 32) },
    argv: ['run', 'a.flow.json'],
    code: 'file-too-large',
    exit: 3,
  },
  {
    what: 'a cycle of helper calls',
    files: { 'a.flow.json': flowOf([{ card: 'flow.call', in: { flow: { flow: 'main' } } }]) },
    argv: ['run', 'a.flow.json'],
    code: 'limit',
    exit: 4,
  },
  { what: 'a missing file', argv: ['run', 'a.flow.json'], code: 'file-missing', exit: 2 },
  { what: 'a directory without flows', files: { 'd/readme.md': '' }, argv: ['run', 'd'], code: 'no-flows', exit: 2 },
  { what: 'a file that is a path', files: { a: '' }, argv: ['run', 'a/b.flow.json'], code: 'file-unreadable', exit: 2 },
  { what: 'a name with a null byte', argv: ['run', 'a\u0000.json'], code: 'file-unreadable', exit: 2 },
  {
    what: 'an unknown flow',
    files: { 'a.flow.json': GREET },
    argv: ['run', 'a.flow.json', '--flow', 'geet'],
    code: 'unknown-flow',
    exit: 2,
  },
  {
    what: 'one of several flows',
    files: { 'a.flow.json': { flowdeck: 1, flows: [flow('a'), flow('b')] } },
    argv: ['run', 'a.flow.json'],
    code: 'flow-ambiguous',
    exit: 2,
  },
  {
    what: 'a deck without flows',
    files: { 'a.flow.json': { flowdeck: 1, flows: [] } },
    argv: ['run', 'a.flow.json'],
    code: 'no-flows',
    exit: 2,
  },
  {
    what: 'two files with the same flow',
    files: { 'd/a.flow.json': GREET, 'd/b.flow.json': GREET },
    argv: ['run', 'd'],
    code: 'duplicate-flow',
    exit: 3,
  },
  {
    what: 'two files that require different versions',
    files: {
      'd/a.flow.json': flowOf([], { id: 'a', requires: { text: '^1' } }),
      'd/b.flow.json': flowOf([], { id: 'b', requires: { text: '^2' } }),
    },
    argv: ['run', 'd'],
    code: 'deck-conflict',
    exit: 3,
  },
  {
    what: 'a missing connection',
    files: { 'a.flow.json': connected() },
    argv: ['run', 'a.flow.json'],
    code: 'connection-missing',
    exit: 2,
  },
];

function flow(id: string): Record<string, unknown> {
  return { id, type: 'manual', cards: [] };
}

function connected(): Record<string, unknown> {
  return flowOf([{ card: 'http.get', connection: 'shop', in: { url: 'https://example.com/' } }]);
}

for (const { what, files = {}, argv, code, exit } of CASES) {
  test(`${what}: ${code}, exit code ${exit}`, async () => {
    const plain = await flowdeckIn(files, argv);
    assert.is(plain.code, exit, plain.stderr.slice(0, 2_000));
    assert.ok(plain.stderr.includes(`[${code}]`), plain.stderr.slice(0, 2_000));
    assert.is(plain.stdout, '');
    assertNoStack(plain);
    const json = await flowdeckIn(files, [...argv, '--json']);
    assert.is(json.code, exit);
    assert.is(json.stderr, '');
    const { status, error, outputs } = JSON.parse(json.stdout);
    assert.equal([status, error.code, outputs], ['error', code, null]);
    assertNoStack(json);
  });
}

function assertNoStack({ stdout, stderr }: Ran): void {
  assert.not.match(stdout + stderr, /\n\s+at .*:\d+:\d+\)?\n/);
}

test('a place is given as file, line and column', async () => {
  const text =
    '{\n  "flowdeck": 1, "id": "a", "type": "manual",\n  "cards": [\n    { "card": "text.composee" }\n  ]\n}';
  const ran = await flowdeckIn({ 'a.flow.json': text }, ['run', 'a.flow.json']);
  assert.ok(
    ran.stderr.startsWith('a.flow.json:4:7: error: There is no card "text.composee". [unknown-card]'),
    ran.stderr,
  );
  const broken = await flowdeckIn({ 'a (1).flow.json': '{\n  "flowdeck": 1,\n}' }, ['run', 'a (1).flow.json']);
  assert.match(broken.stderr, /^a \(1\)\.flow\.json:2:16: error: [^()]*\. \[json-syntax\]/);
});

test('a document of 10 MB is read', async () => {
  const ran = await flowdeckIn({ 'a.flow.json': { ...GREET, meta: { ballast: 'x'.repeat(10_000_000) } } }, [
    'run',
    'a.flow.json',
    '--input',
    'name=Ada',
  ]);
  assert.is(ran.code, 0, ran.stderr);
});

test.run();
