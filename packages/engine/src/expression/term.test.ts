/** An expression gives the same whether its binder tells slots or not. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FlowdeckError } from '../errors.js';
import { FileRef, FlowRef, type Value } from '../values/index.js';
import { compileExpression } from './index.js';

class Flow extends FlowRef {
  readonly kept = 'internal';
  get id() {
    return 'f';
  }
  get name() {
    return 'F';
  }
}

interface Frame {
  readonly slots: readonly unknown[];
}

/** What an expression gives whose root `a` stands in slot 0, and `b` in slot 1. */
function given(source: string, frame: Frame, tellsSlots: boolean): unknown {
  const read = compileExpression(source).bind<Frame>((root) => {
    const slot = ['a', 'b'].indexOf(root);
    if (slot < 0) return null;
    return { read: ({ slots }) => slots[slot], consumed: 0, slot: tellsSlots ? slot : null };
  });
  if (read === null) throw new TypeError(`"${source}" is not plain.`);
  try {
    return read(frame);
  } catch (error) {
    if (error instanceof FlowdeckError) return [error.code, error.message];
    throw error;
  }
}

const deep = { kept: { kept: 'deep', id: 7 }, name: { kept: 1 }, id: 'i', kept2: null };
const VALUES: readonly unknown[] = [
  ...[
    null,
    undefined,
    true,
    false,
    0,
    -1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    'text',
    new Date(0),
    new Date(Number.NaN),
  ],
  ...[{}, deep, [], [deep, deep], [[deep], { kept: [1, 2] }], { kept: [deep, { kept: 2 }] }, { kept: new Date(0) }],
  ...[
    new Flow(),
    { kept: new Flow(), name: new Flow() },
    new FileRef('id', 'name', 3),
    { kept: new FileRef('id', 'name') },
  ],
  ...[
    { kept: 'kept' },
    { kept: 5, name: 'n' },
    Object.create({ kept: 'inherited' }),
    { length: 3, constructor: 4, getTime: 5 },
  ],
];
const PATHS = [
  'a',
  'a.kept',
  'a.name',
  'a.kept.kept',
  'a.kept.id',
  'a.name.name',
  'a.kept.kept.kept',
  'a.length',
  'a.constructor',
  'a.kept.getTime',
  'a[0]',
  'a.kept[1]',
  'a."1"',
  'c',
  '(a.kept)',
];
const OPERATORS = ['+', '-', '*', '/', '%', '<', '<=', '>', '>=', '=', '!=', 'in', 'and', 'or', '&'];

test('a path alone', () => {
  for (const source of PATHS) {
    for (const value of VALUES) {
      const frame = { slots: [value, null] };
      assert.equal(given(source, frame, true), given(source, frame, false), `${source} of ${String(typeof value)}`);
    }
  }
});

test('a path at either side of an operator, beside a literal, another path and what is worked out', () => {
  const others = ['2', '"text"', 'true', 'null', 'b.kept', '(b.kept + 1)', '-b'];
  for (const operator of OPERATORS) {
    for (const path of PATHS) {
      for (const other of others) {
        for (const source of [`${path} ${operator} ${other}`, `${other} ${operator} ${path}`]) {
          for (const value of VALUES) {
            const frame = { slots: [value, { kept: 3 }] };
            assert.equal(given(source, frame, true), given(source, frame, false), source);
          }
        }
      }
    }
  }
});

test('a row of texts, and a condition', () => {
  for (const source of [
    '"x" & a & a.kept & b & "y"',
    'a.kept ? a : b',
    'a ?? b',
    'a.kept ?: "none"',
    '[a.kept, a]',
    '{"k": a.kept}',
  ]) {
    for (const value of VALUES) {
      const frame = { slots: [value, 'b'] };
      assert.equal(given(source, frame, true), given(source, frame, false), source);
    }
  }
});

test('a slot is read where it is told: the comparisons above can fail', () => {
  const frame: Frame & { readonly told: Value } = { slots: ['in the slot'], told: 'by the function' };
  const read = compileExpression('a & "!"').bind<typeof frame>(() => ({
    read: ({ told }) => told,
    consumed: 0,
    slot: 0,
  }));
  assert.is(read?.(frame), 'in the slot!');
});

test.run();
