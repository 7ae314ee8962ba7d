/** The table cards on the in-memory store, through the engine. */
import {
  createEngine,
  type Engine,
  type FileStore,
  memoryFiles,
  memoryTables,
  type RunResult,
  systemClock,
  type TableStore,
  type ValueObject,
} from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { standard } from '../index.js';

const USERS = {
  id: 'users',
  name: 'Users',
  columns: [
    { key: 'name', type: 'text' },
    { key: 'age', type: 'number', default: '0' },
    { key: 'seen', type: 'date' },
    { key: 'active', type: 'boolean', default: 'false' },
  ],
};

interface World {
  readonly engine: Engine;
  readonly tables: TableStore;
  readonly files: FileStore;
}

function world(): World {
  const clock = systemClock();
  const tables = memoryTables(clock);
  const files = memoryFiles(clock);
  return { engine: createEngine({ packs: [standard], ports: { tables, files } }), tables, files };
}

/** Runs cards in order, one flow; the last one's outputs are the result. */
function run({ engine }: World, cards: readonly ValueObject[], inputs: ValueObject = {}): Promise<RunResult> {
  const flow = {
    id: 'main',
    type: 'manual',
    inputs: Object.keys(inputs).map((key) => ({ key, type: 'any' })),
    cards,
  };
  return engine.run(engine.load({ flowdeck: 1, flows: [flow], tables: [USERS] }), { inputs });
}

async function outputs(world: World, card: ValueObject, inputs: ValueObject = {}): Promise<ValueObject> {
  const result = await run(world, [card], inputs);
  assert.is(result.error, null, result.error?.message);
  // A flow without Return gives an object of its last card's outputs.
  return result.outputs as ValueObject;
}

async function code(world: World, card: ValueObject, inputs: ValueObject = {}): Promise<string | undefined> {
  const { error } = await run(world, [card], inputs);
  if (error !== null) assert.ok(error.hint, `${error.code}: a hint`);
  return error?.code;
}

const create = (fields: ValueObject): ValueObject => ({
  card: 'tables.createRow',
  in: {
    table: 'users',
    ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [`fields/${key}`, { value }])),
  },
});

async function seeded(): Promise<World> {
  const w = world();
  await run(w, [
    create({ name: 'Ada', age: 36, seen: '2024-01-02', active: true }),
    create({ name: 'joe', age: 7 }),
    create({ name: '', age: 50 }),
  ]);
  return w;
}

const search = (inputs: ValueObject, more: ValueObject = {}): ValueObject => ({
  card: 'tables.searchRows',
  in: { table: 'users', result: 'all', direction: 'asc', ...inputs },
  outputs: [{ key: 'rows', type: 'object', list: true, properties: [{ key: 'name', type: 'text' }] }],
  ...more,
});

const expr = (...conditions: ValueObject[]): ValueObject => ({ where: { value: { expr: conditions } } });

async function found(w: World, inputs: ValueObject, given: ValueObject = {}): Promise<unknown[]> {
  const { rows } = await outputs(w, search(inputs), given);
  return (rows as { name: unknown }[]).map((row) => row.name);
}

test('the tables of a deck are there when its first run begins, and keep their rows from run to run', async () => {
  const w = await seeded();
  assert.equal(await found(w, {}), ['Ada', 'joe', null]);
  assert.equal(await found(w, {}), ['Ada', 'joe', null]);
});

test('tables that the store refuses fail the run, and the next one tries again', async () => {
  const { engine } = world();
  const flow = { id: 'main', type: 'manual', cards: [] };
  const tables = [{ id: 't', columns: [{ key: 'x', type: 'object' }] }];
  const deck = engine.load({ flowdeck: 1, flows: [flow], tables });
  for (let round = 0; round < 2; round++) {
    const { status, error } = await engine.run(deck);
    assert.is(status, 'error');
    assert.is(error?.code, 'table-definition');
  }
});

test('a row is created, read, updated and deleted', async () => {
  const w = world();
  const { 'row id': id } = await outputs(w, create({ name: 'Ada', seen: '2024-01-02' }));
  const read = {
    card: 'tables.readRow',
    in: { table: 'users', 'row id': { from: '/inputs/id' } },
    outputs: ['name', 'age', 'seen', 'active'].map((key) => ({ key, group: 'fields', type: 'any' })),
  };
  const first = await outputs(w, read, { id: id ?? null });
  assert.equal(first['fields'], { name: 'Ada', age: 0, seen: new Date('2024-01-02'), active: false });
  assert.is(first['row id'], id);
  assert.instance(first['created'], Date);

  const update = (fields: ValueObject) => ({
    card: 'tables.updateRow',
    in: { table: 'users', 'row id': { from: '/inputs/id' }, ...fields },
  });
  await outputs(w, update({ 'fields/name': '', 'fields/age': '8' }), { id: id ?? null });
  assert.equal((await outputs(w, read, { id: id ?? null }))['fields'], {
    name: 'Ada',
    age: 8,
    seen: new Date('2024-01-02'),
    active: false,
  });
  await outputs(w, update({ 'fields/name': '', 'update empty inputs': 'Yes' }), { id: id ?? null });
  assert.is(((await outputs(w, read, { id: id ?? null }))['fields'] as ValueObject)['name'], null);

  const remove = { card: 'tables.deleteRow', in: { table: 'users', 'row id': { from: '/inputs/id' } } };
  await outputs(w, remove, { id: id ?? null });
  for (const card of [read, remove, update({ 'fields/age': 1 })]) {
    assert.is(await code(w, card, { id: id ?? null }), 'row-missing');
  }
});

test('wrong names and values are documented errors', async () => {
  const w = await seeded();
  assert.is(await code(w, create({ nobody: 1 })), 'column-missing');
  assert.is(await code(w, create({ constructor: 1 })), 'column-missing');
  assert.is(await code(w, create({ age: 'many' })), 'conversion');
  assert.is(await code(w, create({ name: 'x'.repeat(16_001) })), 'limit');
  assert.is(await code(w, { card: 'tables.clearTable', in: { table: 'nowhere' } }), 'table-missing');
  assert.is(await code(w, { card: 'tables.readTable', in: { table: '__proto__' } }), 'table-missing');
  assert.is(await code(w, { card: 'tables.readTable', in: { table: '' } }), 'table-missing');
  const read = { card: 'tables.readRow', in: { table: 'users', 'row id': 'row-1' } };
  assert.is(await code(w, { ...read, outputs: [{ key: 'nobody', group: 'fields', type: 'any' }] }), 'column-missing');
  const update = {
    card: 'tables.updateRow',
    in: { table: 'users', 'row id': 'row-1', 'update empty inputs': { from: '/inputs/how' } },
  };
  assert.is(await code(w, update, { how: 'maybe' }), 'unknown-choice');
});

test('Read Table gives the columns, Clear Table counts what it removes', async () => {
  const w = await seeded();
  const { 'column schema': schema } = await outputs(w, { card: 'tables.readTable', in: { table: 'users' } });
  assert.equal(schema, [
    { name: 'name', type: 'text', default: null },
    { name: 'age', type: 'number', default: 0 },
    { name: 'seen', type: 'date', default: null },
    { name: 'active', type: 'boolean', default: false },
  ]);
  const clear = { card: 'tables.clearTable', in: { table: 'users' } };
  assert.equal(await outputs(w, clear), { 'cleared rows': 3 });
  assert.equal(await outputs(w, clear), { 'cleared rows': 0 });
});

test('a Where Expression is a flat list, in which AND binds tighter than OR', async () => {
  const w = await seeded();
  assert.equal(await found(w, expr()), ['Ada', 'joe', null], 'none: all rows');
  assert.equal(await found(w, { where: { value: {} } }), ['Ada', 'joe', null]);
  assert.equal(await found(w, expr({ lhs: 'name', op: '=', rhs: 'Ada' })), ['Ada']);
  assert.equal(await found(w, expr({ lhs: 'name', op: '!=', rhs: 'Ada', join: 'OR' })), ['joe', null]);
  const conditions = [
    { lhs: 'name', op: '=', rhs: 'joe', join: 'OR' },
    { lhs: 'age', op: '>=', rhs: 36, join: 'AND' },
    { lhs: 'active', op: '=', rhs: 'true', join: 'AND' },
  ];
  assert.equal(await found(w, expr(...conditions)), ['Ada', 'joe']);
  assert.equal(await found(w, { where: JSON.stringify({ expr: conditions }) }), ['Ada', 'joe'], 'as JSON text');
});

test('a Where Expression takes values of the flow by name', async () => {
  const w = await seeded();
  const value = { 'values/who': { from: '/inputs/who' } };
  const named = expr({ lhs: 'name', op: '=', rhd: 'who' });
  assert.equal(await found(w, { ...named, ...value }, { who: 'joe' }), ['joe']);
  assert.equal(await found(w, { ...named, ...value }, { who: null }), [null], 'empty finds empty');
  const imported = expr({ lhs: 'name', op: '=', rhd: { methodId: 'x', outputId: 'who' } });
  assert.equal(await found(w, { ...imported, ...value }, { who: 'Ada' }), ['Ada']);
  assert.is(await code(w, search(named)), 'where-expression');
  assert.is(await code(w, search(expr({ lhs: 'name', op: '=', rhd: 'constructor' }))), 'where-expression');
});

test('a malformed Where Expression is an error that says what is wrong', async () => {
  const w = await seeded();
  for (const where of [
    { expr: 'a = 1' },
    { expr: [1] },
    { expr: [{ op: '=', rhs: 1 }] },
    { expr: [{ lhs: 'age', rhs: 1 }] },
    { expr: [{ lhs: 'age', op: '=', rhs: 1, join: 'XOR' }] },
    { expr: [{ lhs: 'age', op: '=', rhd: 7 }] },
    { age: 7 },
  ]) {
    assert.is(await code(w, search({ where: { value: where } })), 'where-expression', JSON.stringify(where));
  }
  assert.is(await code(w, search(expr({ lhs: 'age', op: 'like', rhs: 1 }))), 'where-operator');
  assert.is(await code(w, search(expr({ lhs: 'nobody', op: '=', rhs: 1 }))), 'column-missing');
  assert.is(await code(w, search(expr({ lhs: 'age', op: '=', rhs: 'many' }))), 'conversion');
  const many = Array.from({ length: 101 }, () => ({ lhs: 'age', op: '=', rhs: 1 }));
  assert.is(await code(w, search(expr(...many))), 'limit');
});

test('rows are sorted, skipped and limited', async () => {
  const w = await seeded();
  assert.equal(await found(w, { 'sort by': 'age' }), ['joe', 'Ada', null]);
  assert.equal(await found(w, { 'sort by': 'age', direction: 'desc' }), [null, 'Ada', 'joe']);
  assert.equal(await found(w, { 'sort by': 'age', limit: 1, offset: 1 }), ['Ada']);
  assert.equal(await found(w, { limit: -1, offset: -1 }), ['Ada', 'joe', null]);
  assert.is(await code(w, search({ 'sort by': 'nobody' })), 'column-missing');
});

test('the first row is given in parts; no match is null and no error', async () => {
  const w = await seeded();
  const one = (conditions: ValueObject) =>
    search({ result: 'one', ...conditions }, { outputs: [{ key: 'age', group: 'fields', type: 'number' }] });
  const hit = await outputs(w, one(expr({ lhs: 'name', op: '=', rhs: 'joe' })));
  assert.equal(hit['fields'], { age: 7 });
  assert.is(hit['row id'], 'row-2');
  assert.is((hit['rows'] as unknown[]).length, 1);
  const miss = await outputs(w, one(expr({ lhs: 'name', op: '=', rhs: 'Joe' })));
  assert.equal(miss, { 'row id': null, created: null, updated: null, rows: [], fields: { age: null } });
});

test('without declared properties a row has all columns and those of the system', async () => {
  const w = await seeded();
  const { rows } = await outputs(w, { ...search({ limit: 1 }), outputs: [] });
  const [row] = rows as ValueObject[];
  assert.equal(Object.keys(row ?? {}), ['Row ID', 'Created', 'Updated', 'name', 'age', 'seen', 'active']);
  assert.equal(row?.['seen'], new Date('2024-01-02'));
});

test.run();
