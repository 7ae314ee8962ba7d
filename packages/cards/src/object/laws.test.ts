/** Laws of the object cards, over arbitrary objects. */
import type { CardType, Outputs, Value, ValueObject } from '@flowdeck/engine';
import { isEmpty, isPlainObject } from '@flowdeck/engine/kit';
import { runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clearEmpty } from './clear-empty.js';
import { objectCollapse } from './collapse.js';
import { objectFilter } from './filter.js';
import { objectGet } from './get.js';
import { keys } from './keys.js';
import { objectMove } from './move.js';
import { set } from './set.js';
import { size } from './size.js';
import { objectSplit } from './split.js';
import { unset } from './unset.js';
import { unzip } from './unzip.js';
import { values } from './values.js';
import { objectZip } from './zip.js';

const key = fc.constantFrom('a', 'b', 'c', 'a.b', '', 'toString', '__proto__');
const { object } = fc.letrec<{ object: ValueObject; value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Value>(null, '', 'x', 0, false, 1, new Date(0)),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const path = fc.array(fc.constantFrom('a', 'b', 'c', '0', '1', ''), { minLength: 1, maxLength: 3 });

/** A pure card gives its outputs at once. */
const run = (card: CardType, inputs: ValueObject) => runCard(card, inputs) as Outputs;
const output = (card: CardType, inputs: ValueObject) => run(card, inputs)['output'] ?? null;

test('Collapse undoes Split, and Zip undoes Unzip, with the order of the keys', () => {
  fc.assert(
    fc.property(object, (given) => {
      const copies = [
        output(objectCollapse, run(objectSplit, { object: given })),
        output(objectZip, run(unzip, { object: given })),
      ];
      for (const copy of copies) {
        assert.equal(copy, given);
        assert.equal(Object.keys(copy ?? {}), Object.keys(given));
      }
    }),
  );
});

test('Keys, Values and Size agree', () => {
  fc.assert(
    fc.property(object, (given) => {
      const { keys: names, values: contents } = { ...run(keys, { object: given }), ...run(values, { object: given }) };
      assert.equal({ keys: names, values: contents }, { ...run(unzip, { object: given }) });
      assert.is(run(size, { object: given })['size'], Object.keys(given).length);
    }),
  );
});

test('what was set can be got; what was unset is gone; what was moved is at the other place', () => {
  fc.assert(
    fc.property(object, path, path, (given, from, to) => {
      const changed = tryTo(() => output(set, { object: given, path: from, value: 'here' }));
      if (!isPlainObject(changed)) return;
      assert.is(output(objectGet, { object: changed, path: from }), 'here');
      const moved = tryTo(() => output(objectMove, { object: changed, source: from, destination: to }));
      if (moved !== undefined) assert.is(output(objectGet, { object: moved, path: to }), 'here');
      const gone = output(unset, { object: changed, path: from });
      if (!/\d/.test(from.at(-1) ?? '')) assert.is(output(objectGet, { object: gone, path: from }), null);
    }),
  );
});

/** Undefined when a path meets a list with a key that is no position, a documented error. */
function tryTo(action: () => Value): Value | undefined {
  try {
    return action();
  } catch (error) {
    assert.is((error as { code?: unknown }).code, 'path-index');
    return undefined;
  }
}

test('Clear Empty leaves nothing empty, changes nothing twice, and Filter is its shallow form', () => {
  fc.assert(
    fc.property(object, (given) => {
      const deep = output(clearEmpty, { object: given, recursive: true });
      const shallow = output(clearEmpty, { object: given, recursive: false });
      assert.not.ok(holdsEmpty(deep, isEmpty));
      assert.equal(output(clearEmpty, { object: deep, recursive: true }), deep);
      assert.not.ok(Object.values(shallow ?? {}).some((value) => isEmpty(value)));
      assert.equal(output(objectFilter, { object: given }), shallow);
    }),
  );
});

/** Whether a property, at any depth, holds something empty. Items of lists may. */
function holdsEmpty(value: Value, empty: (value: Value) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => holdsEmpty(item, empty));
  if (!isPlainObject(value)) return false;
  return Object.values(value).some((part) => empty(part) || holdsEmpty(part, empty));
}

test('Clear Empty bears data that repeats itself, and refuses what is too deep', () => {
  let shared: Value = { x: '' };
  for (let level = 0; level < 200; level++) shared = { a: shared, b: shared };
  assert.equal(output(clearEmpty, { object: shared, recursive: true }), {});
  let deep: Value = { x: 1 };
  for (let level = 0; level < 5000; level++) deep = { deep };
  assert.throws(() => output(clearEmpty, { object: deep, recursive: true }), /1000 levels/);
});

test.run();
