/** Every wire of a file arrives at an input of a card, or a diagnostic names it. */
import { standard } from '@flowdeck/cards';
import { createEngine, type DeckDocument } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import { simulate } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, importFlopack } from '../index.js';
import { card, end, flow, graph, pack, start } from '../testing/pack.js';
import { SAMPLES } from '../testing/samples.js';

type Json = Record<string, unknown>;
const { cards = [] } = standard;

function at(file: Json, ...path: (string | number)[]): Json {
  return path.reduce<Json>((owner, key) => owner[key as string] as Json, file);
}

/** A helper that hands its one input, `given`, to an input of a card. */
function handing(
  kind: string,
  input: string,
  fields: readonly Json[],
  type: unknown = 'string',
  data: Json = {},
): Json {
  const nodes = [
    start('S', [{ key: 'given', type }]),
    card('C', kind, {
      title: 'Card',
      in: fields as unknown as NonNullable<Parameters<typeof end>[1]>,
      out: [{ key: 'output' }],
    }),
    end('R', [{ key: 'text' }]),
  ];
  return pack([flow('f1', 'Flow', graph('f1', nodes, ['S C R'], [`S.given > C.${input}`, 'C.output > R.text']))], data);
}

const bindings = (document: DeckDocument | null | { readonly id: string }) => {
  assert.ok(document && isDeck(document as DeckDocument));
  return (document as DeckDocument).flows[0]?.cards[0]?.in;
};

test('a value that goes to an input which our card does not have is told', () => {
  const file = handing('string:trim', 'strength', [{ key: 'string' }, { key: 'strength' }]);
  const { pins, diagnostics } = importFlopack(file, { cards });
  assert.equal(pins, { total: 2, arrived: 1 });
  assert.equal(
    diagnostics.map(({ code, pointer }) => [code, pointer]),
    [['unmapped-input', '/data/flos/f1/data/methods/1/node/model/inputs/data/i_C_strength']],
  );
});

test('a value that is followed and then not used has not arrived', () => {
  const file = handing('control:branch', 'if/right-operand', [
    { group: 'if', key: 'left-operand' },
    { group: 'if', key: 'operator', data: 'is empty' },
    { group: 'if', key: 'right-operand' },
    { group: 'if', key: 'flo', type: 'flo' },
  ]);
  const { pins, diagnostics } = importFlopack(file, { cards, lenient: true });
  assert.is(pins.arrived, 1);
  const found = diagnostics.find(({ code }) => code === 'unused-wire');
  assert.is(found?.severity, 'warning');
  assert.is(found?.pointer, '/data/flos/f1/data/methods/0/pins/o_S_given/C/0');
});

test('plumbing that nothing reads is told in passing', () => {
  const nodes = [
    start('S', [{ key: 'user', type: 'object' }]),
    card('X', 'object:expand', { in: [{ key: 'object', type: 'object' }] }),
  ];
  const file = pack([flow('f1', 'Flow', graph('f1', nodes, ['S X'], ['S.user > X.object']))]);
  const { pins, diagnostics } = importFlopack(file, { cards });
  assert.is(pins.arrived, 0);
  assert.equal(
    diagnostics.map(({ code, severity }) => [code, severity]),
    [['unused-wire', 'info']],
  );
});

test('wires arrive or are told, whatever is broken off a sample', () => {
  for (const [name, make] of Object.entries(SAMPLES)) {
    for (const [id, flowOf] of Object.entries(at(make(), 'data', 'flos'))) {
      const count = (at(flowOf as Json, 'data')['methods'] as unknown[]).length;
      for (let index = 0; index < count; index++) {
        const file = make();
        at(file, 'data', 'flos', id, 'data', 'methods', index, 'node', 'model', 'outputs')['data'] = {};
        const { pins, diagnostics } = importFlopack(file, { cards, lenient: true });
        const told = diagnostics.filter(({ code }) => ['unused-wire', 'unmapped-input', 'lost-value'].includes(code));
        assert.ok(pins.total - pins.arrived <= told.length, `${name} ${id} ${index}`);
      }
    }
  }
});

test('Encode Query takes its data under the name that the editor has', async () => {
  for (const key of ['data', 'query']) {
    const { document, pins } = importFlopack(handing('url:encode', key, [{ key, type: 'object' }], 'object'), {
      cards,
    });
    assert.equal(bindings(document), { query: { from: '/inputs/given' } });
    assert.is(pins.arrived, pins.total);
    const engine = createEngine({ packs: [standard] });
    assert.ok(document);
    const { outputs } = await engine.run(engine.load(document), { inputs: { given: { a: 'x y' } } });
    assert.equal(outputs, { text: 'a=x%20y' });
  }
});

const TABLE = { parameters: 'parameters', key: 'stash', group: 'parameters', data: null, metadata: { table: true } };
const TABLES = {
  tables: {
    't-1': { id: 't-1', name: 'Users', description: '', data: { structure: [{ name: 'mail', type: 'str' }] } },
  },
};

test('a table that the flow chooses arrives at every card of tables', () => {
  const kinds: readonly (readonly [string, string])[] = [
    ['createRow', 'Table'],
    ['clearTable', 'Table'],
    ['exportToCSV', 'Table'],
    ['updateRow', 'Table'],
    ['deleteRow', 'Table'],
    ['readRow', 'Table'],
    ['searchRows2', 'Table'],
    ['readTable', 'Table'],
    ['importFromCSV', 'Destination'],
  ];
  for (const [kind, group] of kinds) {
    const fields = [TABLE, { key: 'Table ID', group }];
    const file = handing(`stash@1.0.0:${kind}`, `${group}/Table ID`, fields);
    const { document, diagnostics } = importFlopack(file, { cards });
    assert.equal(bindings(document)?.['table'], { from: '/inputs/given' }, kind);
    assert.not.ok(
      diagnostics.some(({ code }) => code === 'unmapped-input'),
      kind,
    );
  }
});

test('a table that is named by a literal is one of the file', () => {
  const fields = [TABLE, { key: 'Table ID', group: 'Table', data: 't-1' }, { key: 'mail', group: 'Fields' }];
  const { document } = importFlopack(handing('stash@1.0.0:createRow', 'Fields/mail', fields, 'string', TABLES), {
    cards,
  });
  assert.equal(bindings(document), { table: 'users', 'fields/mail': { from: '/inputs/given' } });
});

test('a column that is called as the input for the table is a column', () => {
  const column = { key: 'Table ID', group: 'Fields' };
  const tables = {
    't-1': { id: 't-1', name: 'Users', description: '', data: { structure: [{ name: 'Table ID', type: 'str' }] } },
  };
  const known = { ...TABLE, data: 't-1' };
  const wired = handing('stash@1.0.0:createRow', 'Fields/Table ID', [known, column], 'string', { tables });
  assert.equal(bindings(importFlopack(wired, { cards }).document), {
    table: 'users',
    'fields/Table ID': { from: '/inputs/given' },
  });
  const typed = handing('stash@1.0.0:createRow', 'parameters/stash', [known, { ...column, data: 'T7' }], 'string', {
    tables,
  });
  const { document, diagnostics } = importFlopack(typed, { cards });
  assert.is(bindings(document)?.['fields/Table ID'], 'T7');
  assert.not.ok(diagnostics.some(({ code }) => code === 'table-not-included'));
});

test('the id of a table is the table, wherever it is typed', () => {
  const nodes = [
    start('S'),
    card('A', 'control:let', { title: 'Assign', in: [{ key: 'which', data: 't-1' }], out: [{ key: 'which' }] }),
    card('C', 'stash@1.0.0:clearTable', { title: 'Clear', in: [TABLE, { key: 'Table ID', group: 'Table' }] }),
  ];
  const body = graph('f1', nodes, ['S A C'], ['A.which > C.Table/Table ID']);
  const { document } = importFlopack(pack([flow('f1', 'Flow', body)], TABLES), { cards });
  assert.equal(bindings(document), { which: 'users' });
});

test('Import from CSV empties its table when it is told to', () => {
  const fields = [
    { ...TABLE, data: 't-1' },
    { key: 'File Content', group: 'Source', type: 'file' },
    { key: 'Clear Destination', group: 'Options', type: 'boolean', data: true },
  ];
  const file = handing('stash@1.0.0:importFromCSV', 'Source/File Content', fields, 'file', TABLES);
  const { document, diagnostics } = importFlopack(file, { cards });
  assert.equal(diagnostics, []);
  assert.equal(bindings(document), { table: 'users', file: { from: '/inputs/given' }, 'clear destination': true });
});

test('a wire that does nothing but make a list of a value is read, and does', async () => {
  const nodes = [start('S', [{ key: 'given' }]), end('R', [{ key: 'all', list: true }])];
  const file = pack([flow('f1', 'Flow', graph('f1', nodes, ['S R'], ['S.given > R.all']))]);
  const pin = at(file, 'data', 'flos', 'f1', 'data', 'methods', 0, 'pins', 'o_S_given', 'R', 0);
  for (const transform of [
    { o_S_given: { forceWrapArray: true, dest: 'o_S_given' } },
    { o_S_given: { convert: null, forceWrapArray: true, dest: 'o_S_given' } },
  ]) {
    pin['transform'] = transform;
    assert.equal(checkFlopack(file), []);
    const { document, diagnostics } = importFlopack(file, { cards });
    assert.equal(diagnostics, []);
    assert.ok(document);
    const engine = createEngine({ packs: [standard] });
    const { outputs } = await engine.run(engine.load(document), { inputs: { given: 'a' } });
    assert.equal(outputs, { all: ['a'] });
  }
});

test('a connection has a name that a document can hold, whatever its owner called it', () => {
  const nodes = [
    start('S'),
    card('C', 'httpfunctions@1.0.0:get', {
      in: [{ group: 'Request', key: 'URL', data: 'https://a.example/x' }],
      model: { config: 'c1' },
    }),
  ];
  for (const [name, ours] of [
    ['__proto__', '__proto__ (httpfunctions)'],
    ['constructor', 'constructor (httpfunctions)'],
    [' ', 'httpfunctions'],
  ] as const) {
    const source = pack([flow('f1', 'Flow', graph('f1', nodes, ['S C']))], {
      configs: { c1: { id: 'c1', name, module: 'httpfunctions', data: null } },
    });
    const { document } = importFlopack(source, { cards });
    assert.ok(document && isDeck(document));
    assert.equal(document.meta?.['connections'], { [ours]: 'http' });
    createEngine({ packs: [standard] }).load(document);
    assert.equal(exportFlopack(document, { cards }).flopack, source);
  }
});

test('a connection for plain HTTP is one for the cards that stand for it', async () => {
  const nodes = [
    start('S'),
    card('C', 'httpfunctions@1.0.0:get', {
      title: 'Get',
      in: [{ group: 'Request', key: 'URL', data: 'https://a.example/x' }],
      model: { config: 'c1' },
    }),
  ];
  const configs = { c1: { id: 'c1', name: 'My API', module: 'httpfunctions', data: null } };
  const { document } = importFlopack(pack([flow('f1', 'Flow', graph('f1', nodes, ['S C']))], { configs }), { cards });
  assert.ok(document && isDeck(document));
  assert.equal(document.meta?.['connections'], { 'My API': 'http' });
  const { status } = await simulate(document, { packs: [standard] }).run({ flow: 'flow' });
  assert.is(status, 'success');
});

test('a conversion that names nothing converts nothing, and one that is no name is told', () => {
  const file = handing('string:trim', 'string', [{ key: 'string' }]);
  const pin = at(file, 'data', 'flos', 'f1', 'data', 'methods', 0, 'pins', 'o_S_given', 'C', 0);
  pin['transform'] = { o_S_given: { dest: 'o_S_given' } };
  assert.equal(importFlopack(file, { cards }).diagnostics, []);
  pin['transform'] = {};
  assert.equal(importFlopack(file, { cards }).diagnostics, []);
  for (const transform of ['parse', { o_S_given: { convert: 5 } }, { o_S_given: null }]) {
    pin['transform'] = transform;
    assert.equal(
      importFlopack(file, { cards }).diagnostics.map(({ code }) => code),
      ['wrong-shape'],
    );
  }
});

test('text that a wire parses into a list is the object that it holds, in the list', async () => {
  const nodes = [
    start('S', [{ key: 'given' }]),
    card('C', 'list:at', {
      title: 'At',
      in: [
        { key: 'list', type: 'object', list: true },
        { key: 'index', type: 'number' },
      ],
      out: [{ key: 'item', type: 'object' }],
    }),
    card('F', 'acme@1.0.0:take', { title: 'Take', in: [{ key: 'all', type: 'object', list: true }] }),
    card('A', 'control:let', { title: 'Assign', in: [{ key: 'all', type: 'object', list: true }] }),
    end('R', [{ key: 'first', type: 'object' }]),
  ];
  const wires = ['S.given > C.list : parse', 'S.given > F.all : parse', 'S.given > A.all : parse'];
  const file = pack([flow('f1', 'Flow', graph('f1', nodes, ['S C F A R'], [...wires, 'C.item > R.first']))]);
  for (const target of ['C', 'F', 'A']) {
    const pin = at(file, 'data', 'flos', 'f1', 'data', 'methods', 0, 'pins', 'o_S_given', target, 0);
    at(pin, 'transform', 'o_S_given')['forceWrapArray'] = true;
  }
  const { document } = importFlopack(file, { cards });
  assert.ok(document && isDeck(document));
  const objects = { type: 'object', list: true };
  assert.equal(
    document.flows[0]?.cards.slice(0, 3).map(({ inputs }) => inputs),
    [[{ key: 'list', ...objects }], [{ key: 'all', ...objects }], [{ key: 'all', ...objects }]],
  );
  const { outputs } = await simulate(document, { packs: [standard] }).run({ inputs: { given: '{"id": "u1"}' } });
  assert.equal(outputs, { first: { id: 'u1' } });
});

test.run();
