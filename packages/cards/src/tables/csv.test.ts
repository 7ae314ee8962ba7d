/** Import From CSV and Export to CSV, on files that mean well and files that do not. */
import {
  type CardContext,
  type FileRef,
  FlowdeckError,
  memoryFiles,
  memoryTables,
  type RunError,
  type TableDefinition,
  type ValueObject,
} from '@flowdeck/engine';
import { fakeContext, ManualClock, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exportToCsv } from './export-to-csv.js';
import { importFromCsv } from './import-from-csv.js';

const USERS: TableDefinition = {
  id: 'users',
  columns: [
    { key: 'name', type: 'text', default: 'nobody' },
    { key: 'age', type: 'number' },
    { key: 'seen', type: 'date' },
    { key: 'active', type: 'boolean' },
  ],
};

async function world(): Promise<Pick<CardContext, 'tables' | 'files' | 'clock'>> {
  const clock = new ManualClock({ start: 0 });
  const tables = memoryTables(clock);
  await tables.define(USERS);
  return { tables, files: memoryFiles(clock), clock };
}

async function imported(ctx: CardContext, content: string | Uint8Array, inputs: ValueObject = {}): Promise<unknown> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const file = await ctx.files.put({ name: 'in.csv' }, bytes);
  const outputs = await runCard(importFromCsv, { table: 'users', file, ...inputs }, ctx);
  return (outputs as { imported: unknown }).imported;
}

async function refused(ctx: CardContext, content: string | Uint8Array, inputs: ValueObject = {}): Promise<RunError> {
  try {
    await imported(ctx, content, inputs);
  } catch (error) {
    assert.instance(error, FlowdeckError);
    assert.ok((error as RunError).hint || (error as RunError).code === 'cancelled', 'a hint');
    return error as RunError;
  }
  throw new Error('Nothing was refused.');
}

async function cells(ctx: CardContext): Promise<unknown[]> {
  return (await ctx.tables.search('users', {})).map((row) => row.cells);
}

async function textOf(ctx: CardContext, file: FileRef): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of (await ctx.files.read(file.id)) ?? []) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function exported(ctx: CardContext, inputs: ValueObject = {}): Promise<string> {
  const outputs = await runCard(exportToCsv, { table: 'users', filename: 'users.csv', ...inputs }, ctx);
  const { file } = outputs as { file: FileRef };
  assert.is(file.name, 'users.csv');
  assert.is(file.mediaType, 'text/csv');
  return textOf(ctx, file);
}

test('columns are found by their titles, cells converted, empty ones get the default', async () => {
  const ctx = fakeContext(await world());
  const csv = '\uFEFFage,extra,name,active\r\n36,x,"Ada, ""the first""",true\r\n\r\n,,,\n7,"two\nlines",joe,false';
  assert.is(await imported(ctx, csv), 3);
  assert.equal(await cells(ctx), [
    { name: 'Ada, "the first"', age: 36, seen: null, active: true },
    { name: 'nobody', age: null, seen: null, active: null },
    { name: 'joe', age: 7, seen: null, active: false },
  ]);
});

test('a selection and a mapping say what is taken', async () => {
  const ctx = fakeContext(await world());
  assert.is(await imported(ctx, 'name,age\na,1\n', { select: ['name'] }), 1);
  assert.is(await imported(ctx, 'Column 1;Column 2\nb;2\n', { mapping: { 'Column 1': 'name' }, delimiter: ';' }), 1);
  assert.is(
    await imported(ctx, 'name\tyears\nc\t3\n', { select: ['name'], mapping: { years: 'age' }, delimiter: '\\t' }),
    1,
  );
  assert.equal(
    (await ctx.tables.search('users', {})).map((row) => [row.cells['name'], row.cells['age']]),
    [
      ['a', null],
      ['b', null],
      ['c', 3],
    ],
  );
});

test('a title may differ in capitals and in blanks around it, where none is the very name', async () => {
  const filled = async (csv: string, inputs: ValueObject = {}) => {
    const ctx = fakeContext(await world());
    await imported(ctx, csv, inputs);
    return (await ctx.tables.search('users', {})).map((row) => [row.cells['name'], row.cells['age']]);
  };
  assert.equal(await filled('Name, AGE \nAda,36\n'), [['Ada', 36]]);
  assert.equal(await filled('NAME,name\nBo,Ada\n'), [['Ada', null]]);
  assert.equal(await filled(' Full Name\nAda\n', { mapping: { 'Full name': 'name' } }), [['Ada', null]]);
});

test('titles that do not fit are an error before anything is added', async () => {
  const ctx = fakeContext(await world());
  const cases: readonly [string, ValueObject, string][] = [
    ['x,y\n1,2\n', {}, 'csv-title'],
    ['', {}, 'csv-title'],
    ['name,name\na,b\n', {}, 'csv-title'],
    ['Name,NAME\na,b\n', {}, 'csv-title'],
    ['name\na\n', { select: ['age'] }, 'csv-title'],
    ['name,other\na,b\n', { mapping: { name: 'name', other: 'name' } }, 'csv-title'],
    ['name\na\n', { select: ['nobody'] }, 'column-missing'],
    ['name\na\n', { mapping: { name: 7 } }, 'column-missing'],
    ['__proto__,constructor\n1,2\n', {}, 'csv-title'],
    ['__proto__\n1\n', { mapping: JSON.parse('{"__proto__":"name","x":"constructor"}') }, 'column-missing'],
    ['name\na\n', { delimiter: '"' }, 'csv-delimiter'],
    ['name\na\n', { delimiter: '::' }, 'csv-delimiter'],
  ];
  for (const [csv, inputs, code] of cases)
    assert.is((await refused(ctx, csv, inputs)).code, code, JSON.stringify(inputs));
  assert.equal(await cells(ctx), []);
  assert.is(await imported(ctx, '__proto__,name\n1,a\n'), 1, 'a title that nobody wants does no harm');
});

test('what is wrong in a line is told with the line, and how many rows came before', async () => {
  const ctx = fakeContext(await world());
  const bad = await refused(ctx, 'name,age\n"two\nlines",1\nb,many\n');
  assert.is(bad.code, 'conversion');
  assert.match(bad.message, 'Line 4, column "age"');
  assert.equal(bad.extra, { line: 4 });
  const lines = Array.from({ length: 1000 }, (_, n) => `a,${n}\n`).join('');
  const late = await refused(ctx, `name,age\n${lines}b,many\n`);
  assert.equal(late.extra, { line: 1002, imported: 1000 });
  assert.match(late.message, '1000 rows were imported before');
  const long = await refused(ctx, `name\n${'x'.repeat(16_001)}\n`);
  assert.is(long.code, 'limit');
  assert.match(long.message, 'Lines 2 to 2');
  assert.is((await refused(ctx, 'name,age\na,1,2\n')).code, 'csv-line');
  assert.is(await imported(ctx, 'name,age\na,1,,\nb\n'), 2, 'empty cells at the end, and too few');
});

test('quotation marks where none can be', async () => {
  const ctx = fakeContext(await world());
  for (const csv of ['name\n"never closed\n', 'name\n"a"b\n', 'name\na"b\n']) {
    const error = await refused(ctx, csv);
    assert.is(error.code, 'csv-parse');
    assert.type(error.extra['line'], 'number');
    assert.not.match(error.message, 'never closed', 'contents are not shown');
  }
});

test('records beyond all measure are refused while they come', async () => {
  const ctx = fakeContext(await world());
  const big = 10 * 1024 * 1024;
  for (const csv of [
    `name\n"${'x'.repeat(big)}`,
    `name\n${'x'.repeat(big)}\n`,
    `name\n"${'a,b\n'.repeat(big / 4)}`,
    `${'c,'.repeat(1_000_000)}\n1\n`,
    ','.repeat(big),
    `name\n"${'"'.repeat(big)}`,
  ]) {
    assert.is((await refused(ctx, csv)).code, 'csv-too-wide');
  }
  const blank = await refused(ctx, '\n'.repeat(big));
  assert.ok(['csv-too-wide', 'csv-title'].includes(blank.code));
});

test('a table is written with all columns, or with those asked for', async () => {
  const ctx = fakeContext(await world());
  await ctx.tables.insert('users', [
    { name: 'Ada, "A"', age: 36.5, seen: new Date(0), active: true },
    { name: ' two\nlines', age: null },
  ]);
  assert.is(
    await exported(ctx),
    [
      'Row ID,Created,Updated,name,age,seen,active\r\n',
      'row-1,1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.000Z,"Ada, ""A""",36.5,1970-01-01T00:00:00.000Z,true\r\n',
      'row-2,1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.000Z," two\nlines",,,\r\n',
    ].join(''),
  );
  assert.is(await exported(ctx, { columns: ['age', 'Row ID'], delimiter: ';', offset: 1 }), 'age;Row ID\r\n;row-2\r\n');
  assert.is(await exported(ctx, { columns: ['age'], limit: 1 }), 'age\r\n36.5\r\n');
  const where = { expr: [{ lhs: 'age', op: '=', rhd: 'n' }] };
  assert.is(await exported(ctx, { columns: ['age'], where, 'values/n': '36.5' }), 'age\r\n36.5\r\n');
  for (const [inputs, code] of [
    [{ columns: ['nobody'] }, 'column-missing'],
    [{ where: { expr: 1 } }, 'where-expression'],
    [{ where: { expr: [{ lhs: 'nobody', op: '=', rhs: 1 }] } }, 'column-missing'],
    [{ delimiter: '\n' }, 'csv-delimiter'],
    [{ table: 'nowhere' }, 'table-missing'],
  ] as const) {
    const error = await exported(ctx, inputs as ValueObject).catch((error: unknown) => error);
    assert.is((error as RunError).code, code);
  }
});

test('what was written is read back as it was', async () => {
  const ctx = fakeContext(await world());
  const names = ['plain', 'a,b', '"q"', "it's", ' blanks ', 'l\r\nf', '=1+1', 'ünïcode 🎉', '\t', "'"];
  await ctx.tables.insert(
    'users',
    names.map((name, age) => ({ name, age, seen: new Date(age * 1e9), active: age % 2 === 0 })),
  );
  const before = await cells(ctx);
  const csv = await exported(ctx);
  await ctx.tables.clear('users');
  assert.is(await imported(ctx, csv), names.length);
  assert.equal(await cells(ctx), before);
});

test('a cancelled import stops', async () => {
  const abort = new AbortController();
  const ctx = fakeContext({ ...(await world()), signal: abort.signal });
  abort.abort();
  const error = await refused(ctx, 'name\na\n');
  assert.is(error.code, 'cancelled');
});

test('a record of one empty cell goes out and comes back', async () => {
  const ctx = fakeContext(await world());
  await ctx.tables.insert('users', [{ age: 1 }, { age: null }, { age: 2 }]);
  const { file } = (await runCard(exportToCsv, { table: 'users', filename: 'u.csv', columns: ['age'] }, ctx)) as {
    file: FileRef;
  };
  const text = await textOf(ctx, file);
  assert.is(text, 'age\r\n1\r\n""\r\n2\r\n');
  assert.is(await imported(ctx, text), 3);
});

const LATIN = Uint8Array.from([...'name,age\nCaf\u00e9,1\n'].map((one) => one.charCodeAt(0)));

test('letters of another character set are not lost: an error with the line, or their name', async () => {
  const ctx = fakeContext(await world());
  const error = await refused(ctx, LATIN);
  assert.is(error.code, 'csv-charset');
  assert.is(error.extra.line, 2);
  assert.equal(await cells(ctx), []);
  assert.is(await imported(ctx, LATIN, { charset: 'latin1' }), 1);
  assert.equal(await cells(ctx), [{ name: 'Caf\u00e9', age: 1, seen: null, active: null }]);
  assert.is((await refused(ctx, LATIN, { charset: 'no-such-set' })).code, 'csv-charset');
});

test('the media type of a file names its character set', async () => {
  const ctx = fakeContext(await world());
  const file = await ctx.files.put({ name: 'in.csv', mediaType: 'text/csv; charset=ISO-8859-1' }, LATIN);
  await runCard(importFromCsv, { table: 'users', file }, ctx);
  assert.equal(await cells(ctx), [{ name: 'Caf\u00e9', age: 1, seen: null, active: null }]);
});

test('a byte order mark says what a file is, in parts of any size', async () => {
  const ctx = fakeContext(await world());
  const utf16 = Buffer.from('\ufeffname,age\nCaf\u00e9 \u20ac,1\n', 'utf16le');
  const file = await ctx.files.put(
    { name: 'in.csv' },
    [...utf16].map((byte) => Uint8Array.of(byte)),
  );
  await runCard(importFromCsv, { table: 'users', file, charset: 'latin1' }, ctx);
  assert.equal(await cells(ctx), [{ name: 'Caf\u00e9 \u20ac', age: 1, seen: null, active: null }]);
  const cut = await refused(ctx, Uint8Array.from([...Buffer.from('name\nCaf'), 0xc3]));
  assert.is(cut.code, 'csv-charset');
});

test('what files write for true and false', async () => {
  const ctx = fakeContext(await world());
  const given = ['true', 'YES', 'on', '1', 't', 'y', 'False', 'no', 'OFF', '0', 'f', 'N', ' 0 ', ''];
  await imported(ctx, `name,active\n${given.map((text) => `x,${text}`).join('\n')}\n`);
  const seen = (await cells(ctx)).map((row) => (row as { active: unknown }).active);
  assert.equal(seen, [...Array(6).fill(true), ...Array(7).fill(false), null]);
  for (const neither of ['maybe', '2', '-', 'nil']) {
    const error = await refused(ctx, `name,active\nx,${neither}\n`);
    assert.is(error.code, 'conversion', neither);
    assert.match(error.message, 'Line 2, column "active"');
  }
});

/** Each look at it takes longer than a card may hold the event loop; in the turn that it is given, the run ends. */
function endingInItsTurn(
  clock: CardContext['clock'],
  abort: AbortController,
): CardContext['clock'] & { turns: number } {
  let elapsed = 0;
  const ending = {
    now: () => clock.now(),
    after: (ms: number, wake: () => void) => clock.after(ms, wake),
    elapsed: () => {
      elapsed += 11;
      return elapsed;
    },
    yield: async () => {
      ending.turns++;
      abort.abort();
    },
    turns: 0,
  };
  return ending;
}

for (const [what, work] of Object.entries({
  export: async (ctx: CardContext) => runCard(exportToCsv, { table: 'users', filename: 'out.csv' }, ctx),
  import: (ctx: CardContext) => imported(ctx, `name,age\n${'Ada,36\n'.repeat(2_000)}`),
})) {
  test(`an ${what} gives others their turn, and ends with the run that ends in it`, async () => {
    const abort = new AbortController();
    const { clock, ...ports } = await world();
    await ports.tables.insert(
      'users',
      Array.from({ length: 2_000 }, () => ({ name: 'Ada', age: 36 })),
    );
    const ending = endingInItsTurn(clock, abort);
    const ctx = fakeContext({ ...ports, clock: ending, signal: abort.signal });
    const ended = await work(ctx).then(
      () => 'done',
      (error: unknown) => (error instanceof FlowdeckError ? error.code : String(error)),
    );
    assert.equal([ended, ending.turns], ['cancelled', 1]);
    assert.is((await ports.tables.search('users', { limit: 3_000 })).length, 2_000, 'no row came after it');
  });
}

test.run();
