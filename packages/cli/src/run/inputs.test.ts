/** What is promised of --input and --inputs: read by the declared type, and refused with a hint. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, flowOf } from '../../test/support.js';

const FIELDS = [
  { key: 'text', type: 'text' },
  { key: 'number', type: 'number' },
  { key: 'yes', type: 'boolean' },
  { key: 'day', type: 'date' },
  { key: 'object', type: 'object' },
  { key: 'tags', type: 'text', list: true },
  { key: 'rows', type: 'object', list: true },
  { key: 'picture', type: 'file' },
  { key: 'key', group: 'login', type: 'text' },
];
const NAMES = ['text', 'number', 'yes', 'day', 'object', 'tags', 'rows', 'picture', 'login/key'];
const ECHO = flowOf(
  [
    {
      card: 'flow.return',
      in: Object.fromEntries(NAMES.map((name) => [name.replace('/', '-'), { from: `/inputs/${name}` }])),
    },
  ],
  {
    inputs: FIELDS,
  },
);

const WRITTEN = {
  'twice.json': '{\n  "object": { "a": 1,\n    "a": 2 } }',
  'broken.json': '{\n  "text": "x",\n}',
  'digits.json': '{ "number": 12345678901234567890 }',
  'ids.json': '{ "object": { "id": 12345678901234567890 }, "text": 9007199254740993 }',
};

async function echo(argv: readonly string[], stdin = '') {
  const files = { 'echo.flow.json': ECHO, 'note.txt': 'from a file', 'in.json': { text: 'a', number: 1 }, ...WRITTEN };
  const ran = await flowdeckIn(files, ['run', 'echo.flow.json', '--json', ...argv], { stdin });
  return { ...ran, result: JSON.parse(ran.stdout) };
}

const READ: readonly (readonly [argv: readonly string[], name: string, value: unknown])[] = [
  [['--input', 'text=a=b'], 'text', 'a=b'],
  [['--input', 'text='], 'text', ''],
  [['--input', 'text={"a": 1}'], 'text', '{"a": 1}'],
  [['--input', 'text=@note.txt'], 'text', 'from a file'],
  [['--input', 'text=@@note'], 'text', '@note'],
  [['--input', 'text=@-'], 'text', 'from stdin'],
  [['--input', 'number=2.5'], 'number', 2.5],
  [['--input', 'yes=true'], 'yes', true],
  [['--input', 'day=2024-02-29T00:00:00Z'], 'day', '2024-02-29T00:00:00.000Z'],
  [['--input', 'object={"a": {"b": [1]}}'], 'object', { a: { b: [1] } }],
  [['--input', 'tags=["a", "b"]'], 'tags', ['a', 'b']],
  [['--input', 'tags=a', '--input', 'tags=b'], 'tags', ['a', 'b']],
  [['--input', 'rows={"a": 1}', '--input', 'rows=[{"a": 2}]'], 'rows', [{ a: 1 }, { a: 2 }]],
  [['--inputs', 'in.json'], 'number', 1],
  [['--inputs', 'in.json', '--input', 'number=2'], 'number', 2],
];

for (const [argv, name, value] of READ) {
  test(`${argv.join(' ')} gives ${JSON.stringify(value)}`, async () => {
    const { code, result } = await echo(argv, 'from stdin');
    assert.is(code, 0, JSON.stringify(result));
    assert.equal(result.outputs[name], value);
  });
}

test('a file is kept for the flow', async () => {
  const { result } = await echo(['--input', 'picture=@note.txt']);
  const { name, size, mediaType } = result.outputs.picture;
  assert.equal([name, size, mediaType], ['note.txt', 11, 'text/plain']);
});

test('inputs may be named like anything that objects have', async () => {
  const { code, result } = await echo(['--inputs', '-'], '{"__proto__": {"text": "x"}}');
  assert.equal([code, result.error.code], [2, 'unknown-input']);
});

const REFUSED: readonly (readonly [argv: readonly string[], code: string, hint: string])[] = [
  [['--input', 'texxt=a'], 'unknown-input', 'Did you mean "text"?'],
  [['--input', 'text'], 'input-option', 'name=Ada'],
  [['--input', '=a'], 'input-option', 'name=Ada'],
  [['--input', 'text=a', '--input', 'text=b'], 'input-option', 'list'],
  [['--input', 'number=many'], 'invalid-input', ''],
  [['--input', 'object=a'], 'invalid-input', '{"a": 1}'],
  [['--input', 'object=1'], 'invalid-input', '{"a": 1}'],
  [['--input', 'tags=[a'], 'invalid-input', '[1, 2]'],
  [['--input', 'picture=a'], 'invalid-input', '@picture.png'],
  [['--input', 'text=@gone.txt'], 'file-missing', ''],
  [['--inputs', 'gone.json'], 'file-missing', ''],
  [['--inputs', 'note.txt'], 'inputs-file', 'double quotes'],
  [['--inputs', '-'], 'inputs-file', '{"name": "Ada"'],
  [['--inputs', 'twice.json'], 'inputs-file', 'Keep one of the two'],
  [['--inputs', 'broken.json'], 'inputs-file', ''],
  [['--input', 'object={"a":1,"a":2}'], 'invalid-input', 'Keep one of the two'],
  [['--inputs', 'digits.json'], 'invalid-input', ''],
];

for (const [argv, code, hint] of REFUSED) {
  test(`${argv.join(' ')} is refused: ${code}`, async () => {
    const { code: exit, result } = await echo(argv, '[1]');
    assert.equal([exit, result.error.code], [2, code]);
    assert.ok((result.error.hint ?? '').includes(hint), result.error.hint);
  });
}

test('a fault of a file has its place', async () => {
  for (const [file, place] of [
    ['twice.json', 'twice.json, line 3, column 5: "a" stands twice'],
    ['broken.json', 'broken.json, line 2, column 14: '],
  ] as const) {
    const { message } = (await echo(['--inputs', file])).result.error;
    assert.ok(message.startsWith(place), message);
  }
});

test('whole numbers that a number cannot keep are their digits', async () => {
  const { outputs } = (await echo(['--inputs', 'ids.json'])).result;
  assert.equal([outputs.object, outputs.text], [{ id: '12345678901234567890' }, '9007199254740993']);
  const given = await echo(['--input', 'object={"id":12345678901234567890}']);
  assert.equal(given.result.outputs.object, { id: '12345678901234567890' });
});

test('options of a flow are given like inputs', async () => {
  const flow = flowOf([{ card: 'flow.return', in: { all: { from: '/options/size' } } }], {
    options: [{ key: 'size', type: 'number' }],
  });
  const ran = await flowdeckIn({ 'a.flow.json': flow }, ['run', 'a.flow.json', '--input', 'size=3']);
  assert.equal(JSON.parse(ran.stdout), { all: 3 });
});

test.run();
