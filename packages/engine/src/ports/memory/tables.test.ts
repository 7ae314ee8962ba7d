/** Tables in memory: what the port promises, whatever the columns hold. */

import { ManualClock } from '@flowdeck/testing';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FlowdeckError } from '../../errors.js';
import { compare, type Value } from '../../values/index.js';
import type { RowOperator, RowQuery, TableDefinition, TableRow, TableStore } from '../tables.js';
import { memoryTables } from './tables.js';
import type { TableLimits } from './tables-limits.js';

const PEOPLE: TableDefinition = {
  id: 'people',
  name: 'People',
  columns: [
    { key: 'name', type: 'text' },
    { key: 'age', type: 'number', default: '0' },
    { key: 'born', type: 'date', default: '' },
    { key: 'active', type: 'boolean', default: 'false' },
  ],
};

async function people(limits?: Partial<TableLimits>): Promise<{ store: TableStore; tick: () => Promise<void> }> {
  const clock = new ManualClock({ start: 1000 });
  const store = memoryTables(clock, limits);
  const tick = () => clock.advance(1);
  await store.define(PEOPLE);
  return { store, tick };
}

async function failure(work: Promise<unknown>): Promise<FlowdeckError> {
  try {
    await work;
  } catch (error) {
    assert.instance(error, FlowdeckError);
    assert.ok((error as FlowdeckError).hint, 'a hint');
    return error as FlowdeckError;
  }
  throw new Error('Nothing failed.');
}

const names = (rows: readonly TableRow[]) => rows.map((row) => row.cells['name']);
const where = (column: string, operator: RowOperator, value: Value) => ({ where: [[{ column, operator, value }]] });

test('cells are converted to the type of their column, and defaults fill in for what is empty', async () => {
  const { store } = await people();
  const [first = '', second = ''] = await store.insert('people', [
    { name: 7, age: '41', born: '2020-01-02', active: 'TRUE' },
    { name: '', age: null },
  ]);
  assert.equal((await store.get('people', first))?.cells, {
    name: '7',
    age: 41,
    born: new Date('2020-01-02'),
    active: true,
  });
  assert.equal((await store.get('people', second))?.cells, { name: null, age: 0, born: null, active: false });
  const texts: readonly [Value, string][] = [
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [true, 'true'],
    [{ a: [1] }, '{"a":[1]}'],
    [['x'], '["x"]'],
  ];
  for (const [value, text] of texts) {
    await store.update('people', first, { name: value });
    assert.is((await store.get('people', first))?.cells['name'], text);
  }
});

test('an update writes the given columns only, clears what is given as null, and changes the time', async () => {
  const { store, tick } = await people();
  const [id = ''] = await store.insert('people', [{ name: 'Ada', age: 36 }]);
  await tick();
  assert.is(await store.update('people', id, { age: null }), true);
  const row = await store.get('people', id);
  assert.equal(row, {
    id,
    created: 1000,
    updated: 1001,
    cells: { name: 'Ada', age: null, born: null, active: false },
  });
});

test('what is not there: rows are null or false, tables and columns are errors with the known ones as hint', async () => {
  const { store } = await people();
  for (const id of ['row-99', 'row-0', 'row-1e3', '', '__proto__', 'constructor']) {
    assert.is(await store.get('people', id), null);
    assert.is(await store.update('people', id, {}), false);
    assert.is(await store.remove('people', id), false);
  }
  for (const id of ['nowhere', '__proto__', 'constructor']) {
    assert.is(await store.schema(id), null);
    const error = await failure(store.search(id, {}));
    assert.is(error.code, 'table-missing');
    assert.match(error.hint ?? '', 'people');
  }
  for (const column of ['Name', '__proto__', 'constructor']) {
    const works = [
      store.insert('people', [Object.fromEntries([[column, 1]])]),
      store.search('people', where(column, '=', 1)),
      store.search('people', { sort: { column, direction: 'asc' } }),
    ];
    for (const work of works) {
      const error = await failure(work);
      assert.is(error.code, 'column-missing');
      assert.match(error.hint ?? '', 'name, age, born, active');
    }
  }
});

test('an insert that fails adds nothing, and row ids are never used again', async () => {
  const { store } = await people({ rows: 3 });
  const [first = ''] = await store.insert('people', [{ name: 'a' }]);
  assert.is((await failure(store.insert('people', [{ name: 'b' }, { age: 'many' }]))).code, 'conversion');
  assert.equal(names(await store.search('people', {})), ['a']);
  await store.insert('people', [{ name: 'b' }, { name: 'c' }]);
  const error = await failure(store.insert('people', [{ name: 'd' }]));
  assert.is(error.code, 'limit');
  assert.match(error.message, '3 rows');
  assert.is(await store.clear('people'), 3);
  assert.is(await store.clear('people'), 0);
  const [fresh = ''] = await store.insert('people', [{ name: 'e' }]);
  assert.is.not(fresh, first);
  assert.is(await store.get('people', first), null);
});

test('limits: cells, columns, tables, rows of a search, conditions, texts of an insert', async () => {
  const { store } = await people({
    cellLength: 5,
    columns: 4,
    tables: 1,
    searchRows: 2,
    conditions: 2,
    insertLength: 12,
  });
  const refused = async (work: Promise<unknown>) => assert.is((await failure(work)).code, 'limit');
  await refused(store.insert('people', [{ name: '123456' }]));
  await refused(store.insert('people', [{ name: '12345' }, { name: '12345' }, { name: '12345' }]));
  await refused(store.define({ ...PEOPLE, id: 'other' }));
  await refused(store.define({ ...PEOPLE, columns: [...PEOPLE.columns, { key: 'more', type: 'text' }] }));
  const condition = { column: 'age', operator: '=', value: 1 } as const;
  await refused(store.search('people', { where: [[condition, condition], [condition]] }));
  await store.insert('people', [{}, {}, {}]);
  assert.is((await store.search('people', { limit: 5000 })).length, 2);
  let scanned = 0;
  for await (const part of store.scan('people', {})) scanned += part.length;
  assert.is(scanned, 3, 'a scan gives them all');
  assert.throws(() => memoryTables({} as never, { rows: 0 }), /limit "rows"/);
});

test('columns that cannot be', async () => {
  const { store } = await people();
  for (const column of [
    { key: 'x', type: 'object' },
    { key: 'x', type: 'text', list: true },
    { key: 'x', type: 'text', group: 'g' },
    { key: '__proto__', type: 'text' },
    { key: 'name', type: 'text' },
  ] as const) {
    const columns = [...PEOPLE.columns, column];
    assert.is((await failure(store.define({ ...PEOPLE, columns }))).code, 'table-definition', column.key);
  }
  const columns = [{ key: 'n', type: 'number', default: 'none' }] as const;
  assert.is((await failure(store.define({ id: 'p2', columns }))).code, 'conversion');
  assert.equal((await store.schema('people'))?.columns.length, 4, 'nothing was changed');
});

test('a column of the table wins over what every row has under its name', async () => {
  const { store } = await people();
  const columns = ['Row ID', 'Created', 'Updated'].map((key) => ({ key, type: 'text' }) as const);
  await store.define({ id: 'own', columns });
  await store.insert('own', [
    { 'Row ID': 'b', Created: 'monday', Updated: 'x' },
    { 'Row ID': 'a', Created: 'tuesday', Updated: 'y' },
  ]);
  for (const { key } of columns) {
    const [row] = await store.search('own', { sort: { column: key, direction: 'asc' } });
    assert.is(row?.cells['Row ID'], key === 'Row ID' ? 'a' : 'b', key);
  }
  const [found] = await store.search('own', where('Created', '=', 'tuesday'));
  assert.is(found?.cells['Updated'], 'y');
});

test('a table may get other columns, as long as no cell is lost', async () => {
  const { store } = await people();
  await store.insert('people', [{ name: 'Ada', age: 36 }]);
  await store.search('people', where('name', '=', 'Ada'));
  await store
    .define({
      ...PEOPLE,
      columns: [
        { key: 'age', type: 'number' },
        { key: 'note', type: 'text', default: 'new' },
        { key: 'name', type: 'text' },
      ],
    })
    .then(
      () => assert.unreachable('active holds false'),
      (error) => assert.is(error.code, 'table-mismatch'),
    );
  const wider = [{ key: 'note', type: 'text', default: 'new' } as const, ...[...PEOPLE.columns].reverse()];
  await store.define({ ...PEOPLE, columns: wider });
  const [row] = await store.search('people', where('name', '=', 'Ada'));
  assert.equal(row?.cells, { note: null, name: 'Ada', age: 36, born: null, active: false });
  const retyped = wider.map((column) => (column.key === 'name' ? { key: 'name', type: 'number' as const } : column));
  assert.is((await failure(store.define({ ...PEOPLE, columns: retyped }))).code, 'table-mismatch');
  await store.clear('people');
  await store.define({ ...PEOPLE, columns: retyped });
});

test('conditions compare in the type of the column', async () => {
  const { store } = await people();
  await store.insert('people', [
    { name: 'joe', age: 9, active: true, born: '2020-01-01' },
    { name: 'Joe', age: 10, active: false },
    { name: '1700000000', age: 11 },
    {},
  ]);
  const found = async (...condition: Parameters<typeof where>) =>
    names(await store.search('people', where(...condition)));
  assert.equal(await found('name', '=', 'joe'), ['joe'], 'by case');
  assert.equal(await found('name', '=', 'jo'), [], 'whole texts');
  assert.equal(await found('name', '<=', 1700000001), ['1700000000'], 'a number beside texts is text');
  assert.equal(await found('age', '>', '9'), ['Joe', '1700000000'], 'text beside numbers is a number');
  assert.equal(await found('active', '=', 'true'), ['joe']);
  assert.equal(await found('born', '<', new Date('2021-01-01')), ['joe'], 'an empty cell has no order');
  assert.equal(await found('born', '=', '2020-01-01T00:00:00Z'), ['joe']);
  assert.equal(await found('name', '!=', 'joe'), ['Joe', '1700000000', null], 'an empty cell differs');
  assert.equal(await found('name', '=', ''), [null], 'an empty value is an empty cell');
  assert.equal(await found('name', '=', null), [null]);
  assert.equal(await found('name', '!=', null), ['joe', 'Joe', '1700000000']);
  const [, second] = await store.search('people', {});
  assert.equal(await found('Row ID', '=', second?.id ?? ''), ['Joe']);
  assert.equal(await found('Created', '>', new Date(1000)), []);
  assert.equal((await found('Updated', '<=', 1000)).length, 4);
  assert.is((await failure(found('age', '=', 'many'))).code, 'conversion');
  assert.is((await failure(found('age', 'like' as RowOperator, 1))).code, 'where-operator');
  assert.is((await failure(found('age', 'constructor' as RowOperator, 1))).code, 'where-operator');
});

test('rows are sorted by a column, stably; without one they come as they were made', async () => {
  const { store, tick } = await people();
  for (const [name, age] of [
    ['a', 2],
    ['b', null],
    ['c', 1],
    ['d', 2],
  ] as const) {
    await store.insert('people', [{ name, age }]);
    await tick();
  }
  const [second] = await store.search('people', where('name', '=', 'b'));
  await store.update('people', second?.id ?? '', { age: null });
  const sorted = async (query: RowQuery) => names(await store.search('people', query)).join('');
  assert.is(await sorted({}), 'abcd');
  assert.is(await sorted({ sort: { column: 'age', direction: 'asc' } }), 'bcad');
  assert.is(await sorted({ sort: { column: 'age', direction: 'desc' } }), 'adcb');
  assert.is(await sorted({ sort: { column: 'Created', direction: 'desc' } }), 'dcba');
  assert.is(await sorted({ sort: { column: 'Row ID', direction: 'desc' }, offset: 1, limit: 2 }), 'cb');
  assert.is(await sorted({ offset: 3 }), 'd');
  assert.is(await sorted({ offset: -1, limit: Number.NaN }), 'abcd', 'no sensible number asks for nothing');
});

test('a scan sees the rows as they were at its start', async () => {
  const { store } = await people();
  await store.insert(
    'people',
    Array.from({ length: 1200 }, (_, age) => ({ age })),
  );
  const seen: unknown[] = [];
  for await (const part of store.scan('people', {})) {
    if (seen.length === 0) await store.clear('people');
    seen.push(...part.map((row) => row.cells['age']));
  }
  assert.equal(
    seen,
    Array.from({ length: 1200 }, (_, age) => age),
  );
});

const cell = fc.oneof(fc.constant(null), fc.integer({ min: -3, max: 3 }));
const operator = fc.constantFrom<RowOperator>('=', '!=', '<', '<=', '>', '>=');
const condition = fc.record({ column: fc.constantFrom('a', 'b'), operator, value: cell });
const step = fc.oneof(
  fc.record({ do: fc.constant('insert' as const), a: cell, b: cell }),
  fc.record({ do: fc.constant('update' as const), row: fc.nat(2000), a: cell }),
  fc.record({ do: fc.constant('remove' as const), row: fc.nat(2000) }),
  fc.record({
    do: fc.constant('search' as const),
    where: fc.array(fc.array(condition, { maxLength: 3 }), { maxLength: 3 }),
  }),
);

function holds(row: TableRow, { column, operator, value }: { column: string; operator: RowOperator; value: Value }) {
  const cell = row.cells[column] ?? null;
  if (operator === '=' || operator === '!=') return (cell === value) === (operator === '=');
  return cell !== null && value !== null && compare(cell, operator, value);
}

test('a search finds exactly the rows that fulfil one group of conditions, also by an index', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const store = memoryTables(new ManualClock({ start: 0 }));
      await store.define({ id: 't', columns: ['a', 'b'].map((key) => ({ key, type: 'number' as const })) });
      // Enough rows for indexes to be used.
      await store.insert(
        't',
        Array.from({ length: 1100 }, (_, n) => ({ a: (n % 7) - 3, b: (n % 5) - 2 })),
      );
      for (const one of steps) {
        if (one.do === 'insert') await store.insert('t', [{ a: one.a, b: one.b }]);
        else if (one.do === 'update') await store.update('t', `row-${one.row}`, { a: one.a });
        else if (one.do === 'remove') await store.remove('t', `row-${one.row}`);
        else {
          const all = await store.search('t', {});
          const expected = all.filter((row) => one.where.some((group) => group.every((each) => holds(row, each))));
          assert.equal(await store.search('t', { where: one.where }), expected);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test.run();
