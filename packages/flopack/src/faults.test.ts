/** Each fault of a file gives its diagnostic, at its place in the original. */
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FLOPACK_CODES } from './codes.js';
import { exportFlopack, importFlopack, readFlopack } from './index.js';
import { RULES } from './rules/index.js';
import { block, card, end, flow, graph, pack, start } from './testing/pack.js';
import { blocks, calls, event, helper, lanes } from './testing/samples.js';

type Json = Record<string, unknown>;
const { cards = [] } = standard;

/** The member at a path of keys, to be broken. */
function at(file: Json, ...path: (string | number)[]): Json {
  return path.reduce<Json>((owner, key) => owner[key as string] as Json, file);
}

const methods = (file: Json, id: string) => at(file, 'data', 'flos', id, 'data', 'methods') as unknown as Json[];

interface Case {
  readonly code: string;
  readonly pointer: string;
  readonly file: () => unknown;
}

/** A sample with something broken in it. */
function broken(sample: () => Json, change: (file: Json) => void): () => Json {
  return () => {
    const file = sample();
    change(file);
    return file;
  };
}

const F1 = '/data/flos/f1/data';

const ERRORS: readonly Case[] = [
  { code: 'json-syntax', pointer: '', file: () => JSON.stringify(helper()).slice(0, 200) },
  { code: 'not-a-flopack', pointer: '', file: () => ({ type: 'zip' }) },
  { code: 'not-a-flopack', pointer: '', file: () => '[]' },
  {
    code: 'unsupported-version',
    pointer: '/version',
    file: broken(helper, (file) => Object.assign(file, { version: '2.0.0' })),
  },
  { code: 'missing-data', pointer: '/data', file: broken(helper, (file) => delete file['data']) },
  { code: 'wrong-shape', pointer: '/data/flos', file: broken(helper, (file) => delete at(file, 'data')['flos']) },
  {
    code: 'dangling-pin',
    pointer: `${F1}/methods/2/pins/o_S_user/X/0/input`,
    file: broken(helper, (file) =>
      Object.assign(at(file, 'data', 'flos', 'f1', 'data', 'methods', 2, 'pins', 'o_S_user', 'X', 0), {
        input: 'nowhere',
      }),
    ),
  },
  {
    code: 'dangling-pin',
    pointer: `${F1}/methods/2/pins/gone`,
    file: broken(helper, (file) =>
      Object.assign(at(file, 'data', 'flos', 'f1', 'data', 'methods', 2, 'pins'), { gone: {} }),
    ),
  },
  {
    code: 'dangling-ordering',
    pointer: `${F1}/orderings/extra/1`,
    file: broken(helper, (file) =>
      Object.assign(at(file, 'data', 'flos', 'f1', 'data', 'orderings'), { extra: ['S', 'Q'] }),
    ),
  },
  {
    code: 'ordering-cycle',
    pointer: `${F1}/orderings`,
    file: broken(helper, (file) =>
      Object.assign(at(file, 'data', 'flos', 'f1', 'data', 'orderings'), { back: ['R', 'X'] }),
    ),
  },
  {
    code: 'two-roots',
    pointer: `${F1}/methods/4`,
    file: broken(helper, (file) => methods(file, 'f1').push(card('Z', 'control:comment'))),
  },
  {
    code: 'duplicate-card',
    pointer: `${F1}/methods/4/uuid`,
    file: broken(helper, (file) => methods(file, 'f1').push(card('C', 'control:comment'))),
  },
  {
    code: 'malformed-address',
    pointer: `${F1}/methods/1/address`,
    file: broken(helper, (file) => Object.assign(methods(file, 'f1')[1] ?? {}, { address: 'root:moon:x' })),
  },
  {
    code: 'missing-join',
    pointer: '/data/flos/f2/data/methods/1',
    file: broken(lanes, (file) =>
      Object.assign(methods(file, 'f2')[5] ?? {}, { address: 'root:kernel:control:0.0.1:let' }),
    ),
  },
  {
    code: 'unknown-policy',
    pointer: '/data/flos/m1/data/methods/3/node/model/policy/error/type',
    file: broken(calls, (file) =>
      Object.assign(at(file, 'data', 'flos', 'm1', 'data', 'methods', 3, 'node', 'model', 'policy', 'error'), {
        type: 'explode',
      }),
    ),
  },
  {
    code: 'missing-block',
    pointer: '/data/flos/f3/data/methods/1',
    file: broken(blocks, (file) =>
      Object.assign(at(file, 'data', 'flos', 'f3', 'data', 'methods', 1, 'node', 'model', 'policy'), {
        error: { type: 'finish' },
      }),
    ),
  },
  {
    code: 'dangling-branch',
    pointer: '/data/flos/f2/data/methods/1/branches/gone',
    file: broken(lanes, (file) => Object.assign(at(methods(file, 'f2')[1] ?? {}, 'branches'), { gone: true })),
  },
  {
    code: 'second-pin',
    pointer: `${F1}/methods/2/pins/o_S_user/R/0`,
    file: broken(helper, (file) => {
      const pins = at(file, 'data', 'flos', 'f1', 'data', 'methods', 2, 'pins', 'o_S_user');
      pins['R'] = [{ input: 'i_R_text', transform: null }];
    }),
  },
  {
    code: 'lost-value',
    pointer: '',
    file: broken(helper, (file) => {
      for (const card of methods(file, 'f1'))
        if (String(card['address']).endsWith(':expand'))
          for (const field of Object.values(at(card, 'node', 'model', 'outputs', 'data')) as Json[]) {
            at(field, 'value')['data'] = null;
            at(field, 'metadata')['path'] = null;
          }
    }),
  },
  { code: 'nested-too-deep', pointer: '', file: () => nested(300) },
  {
    code: 'unsafe-key',
    pointer: '/data/flos/u1/data/methods/1/node/model/inputs/data/i_L___proto__/key',
    file: () =>
      pack([
        flow(
          'u1',
          'Unsafe',
          graph(
            'u1',
            [start('S'), card('L', 'control:let', { in: [{ key: '__proto__', data: 'x' }] }), end('R')],
            ['S L R'],
          ),
        ),
      ]),
  },
  ...(['in', 'out'] as const).flatMap((side) =>
    ['constructor', ' '].map((key) => ({
      code: 'unsafe-key',
      pointer: `/data/flos/u1/data/methods/1/node/model/${side}puts/data/${side === 'in' ? 'i' : 'o'}_L_${key.replace(' ', '_')}/key`,
      file: () =>
        pack([
          flow(
            'u1',
            'Unsafe',
            graph('u1', [start('S'), card('L', 'control:let', { [side]: [{ key, data: 'x' }] }), end('R')], ['S L R']),
          ),
        ]),
    })),
  ),
];

function nested(levels: number): Json {
  let inner = block('b', [start('S'), end('R')], ['S R']);
  for (let level = 0; level < levels; level++) {
    const branch = card('B', 'control:branch', { in: [{ group: 'else', key: 'flo', type: 'flo', data: inner }] });
    inner = block('b', [start('S'), branch, end('R')], ['S B R']);
  }
  return pack([flow('deep', 'Deep', graph('deep', inner['methods'] as Json[], ['S B R']))]);
}

test('every fault has a code and a place, and refuses the file', () => {
  for (const { code, pointer, file } of ERRORS) {
    const { document, diagnostics } = importFlopack(file(), { cards });
    const found = diagnostics.filter((each) => each.severity === 'error' && each.code === code);
    assert.ok(found.length > 0, `${code}, found ${diagnostics.map((each) => each.code)}`);
    if (pointer !== '') assert.is(found[0]?.pointer, pointer, code);
    assert.is(document, null, code);
  }
});

test('lenient imports what is sound, and lists the rest', () => {
  const strict = importFlopack(ERRORS.find(({ code }) => code === 'dangling-pin')?.file(), { cards });
  const lenient = importFlopack(ERRORS.find(({ code }) => code === 'dangling-pin')?.file(), { cards, lenient: true });
  assert.equal(lenient.diagnostics, strict.diagnostics);
  assert.ok(lenient.document && isDeck(lenient.document));
  assert.equal(
    lenient.document.flows[0]?.cards.map((each) => each.id),
    ['compose', 'return'],
  );
});

const WARNINGS: readonly Case[] = [
  {
    code: 'unknown-flag',
    pointer: '/flags/looseNulls',
    file: broken(helper, (file) => Object.assign(at(file, 'flags'), { looseNulls: false })),
  },
  {
    code: 'unknown-type',
    pointer: `${F1}/methods/0/node/model/inputs/data/i_R_text/value/type`,
    file: broken(helper, (file) =>
      Object.assign(
        at(file, 'data', 'flos', 'f1', 'data', 'methods', 0, 'node', 'model', 'inputs', 'data', 'i_R_text', 'value'),
        { type: 'Tensor' },
      ),
    ),
  },
  {
    code: 'flow-not-included',
    pointer: '/data/flos/h1/data',
    file: broken(calls, (file) => Object.assign(at(file, 'data', 'flos', 'h1'), { data: null })),
  },
  {
    code: 'table-not-included',
    pointer:
      '/data/flos/f5/data/methods/1/node/model/inputs/data/i_A_flo/value/data/methods/2/node/model/inputs/data/i_Q_parameters_stash/value/data',
    file: broken(event, (file) => Object.assign(at(file, 'data'), { tables: {} })),
  },
  {
    code: 'where-without-value',
    pointer:
      '/data/flos/f5/data/methods/1/node/model/inputs/data/i_A_flo/value/data/methods/2/node/model/inputs/data/i_Q_Filter_Where_Expression/value/data',
    file: broken(event, (file) => {
      const block = [
        'data',
        'flos',
        'f5',
        'data',
        'methods',
        1,
        'node',
        'model',
        'inputs',
        'data',
        'i_A_flo',
        'value',
        'data',
      ];
      delete at(file, ...block, 'methods', 2, 'node', 'model', 'inputs', 'data')['i_Q__expr_o_U_User_Email'];
      at(file, ...block, 'methods', 1)['pins'] = {};
    }),
  },
  {
    code: 'connection-not-included',
    pointer: '/data/flos/f5/data/methods/1/node/model/inputs/data/i_A_flo/value/data/methods/1/node/model/config',
    file: broken(event, (file) => Object.assign(at(file, 'data'), { configs: {} })),
  },
  {
    code: 'id-mismatch',
    pointer: '/data/flos/f1/data/uuid',
    file: broken(helper, (file) => Object.assign(at(file, 'data', 'flos', 'f1', 'data'), { uuid: 'other' })),
  },
  {
    code: 'unknown-conversion',
    pointer: `${F1}/methods/1/pins/o_C_output/R/0/transform`,
    file: broken(helper, (file) =>
      Object.assign(at(file, 'data', 'flos', 'f1', 'data', 'methods', 1, 'pins', 'o_C_output', 'R', 0), {
        transform: { o_C_output: { convert: 'teleport', forceWrapArray: false, dest: 'o_C_output' } },
      }),
    ),
  },
];

test('what can be dealt with is a warning, and the file is imported', () => {
  for (const { code, pointer, file } of WARNINGS) {
    const { document, diagnostics } = importFlopack(file(), { cards });
    const found = diagnostics.find((each) => each.code === code);
    assert.is(found?.severity, 'warning', code);
    assert.is(found?.pointer, pointer, code);
    assert.ok(document, code);
  }
});

test('a flow that is not in the file takes what its callers give it', () => {
  const { document } = importFlopack(WARNINGS.find(({ code }) => code === 'flow-not-included')?.file(), { cards });
  assert.ok(document && isDeck(document));
  const missing = document.flows.find((each) => each.meta?.['missing'] === true);
  assert.equal(
    missing?.inputs?.map(({ key }) => key),
    ['mail', 'topic'],
  );
  const { diagnostics } = createEngine({ packs: [standard] }).load(document);
  assert.equal(diagnostics, []);
});

test('a file that is too long is not read at all', () => {
  const { pack: read, diagnostics } = readFlopack(JSON.stringify(helper()), { maxLength: 100 });
  assert.is(read, null);
  assert.equal(
    diagnostics.map(({ code }) => code),
    ['too-large'],
  );
});

/** A text for an input that our Trim does not have, and an Expand whose parts nobody takes. */
function losing(): Json {
  const nodes = [
    start('S', [{ key: 'given' }, { key: 'user', type: 'object' }]),
    card('T', 'string:trim', { in: [{ key: 'string' }, { key: 'strength' }], out: [{ key: 'output' }] }),
    card('X', 'object:expand', { in: [{ key: 'object', type: 'object' }] }),
  ];
  return pack([flow('f1', 'Flow', graph('f1', nodes, ['S T X'], ['S.given > T.strength', 'S.user > X.object']))]);
}

/** What is no fault of one place in a file. */
const BESIDES: Readonly<Record<string, () => readonly { readonly code: string }[]>> = {
  'too-large': () => readFlopack(JSON.stringify(helper()), { maxLength: 100 }).diagnostics,
  'unmapped-input': () => importFlopack(losing(), { cards }).diagnostics,
  'unmapped-output': () => {
    const nodes = [
      start('S'),
      card('C', 'date:now', { title: 'Now', out: [{ key: 'weekday' }] }),
      card('A', 'control:let', { title: 'Assign', in: [{ key: 'day' }], out: [{ key: 'day' }] }),
    ];
    const file = pack([flow('f1', 'Flow', graph('f1', nodes, ['S C A'], ['C.weekday > A.day']))]);
    return importFlopack(file, { cards }).diagnostics;
  },
  'unused-wire': () => importFlopack(losing(), { cards }).diagnostics,
  'not-exported': () => {
    const daily = {
      id: 'daily',
      type: 'schedule',
      schedule: { cron: '0 6 * * *', missed: 'skip' },
      cards: [],
    } as const;
    return exportFlopack({ flowdeck: 1, ...daily }, { cards }).diagnostics;
  },
  'not-exportable': () => {
    const sum = { card: 'control.assign', in: { total: { expr: '1 + 2' } } };
    return exportFlopack({ flowdeck: 1, id: 'sum', name: 'Sum', type: 'manual', cards: [sum] }, { cards }).diagnostics;
  },
};

test('every code of the table is provoked: above, by what breaks a rule, or here', () => {
  for (const [code, provoke] of Object.entries(BESIDES)) {
    assert.ok(
      provoke().some((each) => each.code === code),
      code,
    );
  }
  // That each rule is broken by a file, the tests of the rules see to.
  const provoked = new Set([...ERRORS, ...WARNINGS, ...RULES].map(({ code }) => code).concat(Object.keys(BESIDES)));
  assert.equal(
    Object.keys(FLOPACK_CODES).filter((code) => !provoked.has(code)),
    [],
  );
});

test.run();
