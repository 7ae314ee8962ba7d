/** Laws of the list cards, and that a million items are handled in one pass. */
import {
  type CardResult,
  type CardType,
  LimitError,
  type Outputs,
  type Value,
  type ValueObject,
} from '@flowdeck/engine';
import { deepEqual } from '@flowdeck/engine/kit';
import { fakeContext, runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Pace } from '../shared/pace.js';
import { addToEnd } from './add-to-end.js';
import { addToFront } from './add-to-front.js';
import { listCollapse } from './collapse.js';
import { combineAll } from './combine-all.js';
import { listDifference } from './difference.js';
import { flatten } from './flatten.js';
import { getFirstItem } from './get-first-item.js';
import { getLastItem } from './get-last-item.js';
import { groupBy } from './group-by.js';
import { Identities } from './identity.js';
import { includes } from './includes.js';
import { indexBy } from './index-by.js';
import { intersection } from './intersection.js';
import { removeDuplicates } from './remove-duplicates.js';
import { reverse } from './reverse.js';
import { sample } from './sample.js';
import { slice } from './slice.js';
import { sort } from './sort.js';
import { listSplit } from './split.js';
import { statistics } from './statistics.js';
import { sum } from './sum.js';
import { swap } from './swap.js';
import { listToText } from './to-text.js';
import { truncate } from './truncate.js';
import { union } from './union.js';
import { listXor } from './xor.js';
import { listZip } from './zip.js';

/** Few distinct values, so that equal ones meet. */
const item: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Value>(
      null,
      true,
      false,
      0,
      1,
      2,
      -1.5,
      '',
      '0',
      '1',
      'a',
      'A',
      '\0',
      '\0=[]',
      '{',
      // Long ones go by number inside an item.
      'x'.repeat(64),
      `${'x'.repeat(64)}y`,
      '#0',
      new Date(0),
      new Date(1),
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', ''), tie('value'), { maxKeys: 3 }),
  ),
})).value;
const list = fc.array(item, { maxLength: 8 });

/** A pure card gives its outputs at once. */
const run = (card: CardType, inputs: ValueObject) => runCard(card, inputs) as Outputs;
const listOf = (card: CardType, inputs: ValueObject) => (run(card, inputs)['list'] ?? []) as readonly Value[];
const has = (items: readonly Value[], value: Value) => items.some((other) => deepEqual(other, value));

test('identities are equal for equal values and for no others', () => {
  fc.assert(
    fc.property(item, item, (a, b) => {
      const identities = new Identities(new Pace());
      return (identities.of(a) === identities.of(b)) === deepEqual(a, b);
    }),
    { numRuns: 5000 },
  );
});

test('union holds what is in either, intersection what is in both, difference the rest; none twice', () => {
  fc.assert(
    fc.property(list, list, item, (a, b, probe) => {
      const lists = { 'list 1': a, 'list 2': b };
      const both = listOf(union, lists);
      const common = listOf(intersection, lists);
      assert.is(has(both, probe), has(a, probe) || has(b, probe));
      assert.is(has(common, probe), has(a, probe) && has(b, probe));
      for (const result of [both, common]) assert.equal(listOf(union, { 'list 1': result, 'list 2': null }), result);
      if (typeof probe !== 'string')
        assert.is(has(listOf(listDifference, lists), probe), has(a, probe) && !has(b, probe));
    }),
  );
});

test('Remove Duplicates without a path is the union with nothing, and Includes finds each item', () => {
  fc.assert(
    fc.property(list, (items) => {
      const unique = listOf(removeDuplicates, { list: items });
      assert.equal(unique, listOf(union, { 'list 1': items, 'list 2': [] }));
      for (const value of items) assert.is(run(includes, { list: unique, value })['result'], true);
    }),
  );
});

test('Reverse, Split, Slice, Truncate and Zip take nothing away and add nothing', () => {
  fc.assert(
    fc.property(list, list, fc.integer({ min: -10, max: 10 }), (items, others, index) => {
      assert.equal(listOf(reverse, { list: listOf(reverse, { list: items }) }), items);
      const { before, after } = run(listSplit, { list: items, index });
      assert.equal([...(before as readonly Value[]), ...(after as readonly Value[])], items);
      assert.equal(listOf(slice, { list: items, start: index }), after);
      assert.equal(listOf(slice, { list: items, start: 0, end: index }), before);
      if (index >= 0) assert.equal(listOf(truncate, { list: items, length: index }), before);
      const pairs = listOf(listZip, { 'list 1': items, 'list 2': others }) as readonly (readonly [Value, Value])[];
      assert.equal(pairs.map(([first]) => first).slice(0, items.length), items);
      assert.equal(pairs.map(([, second]) => second).slice(0, others.length), others);
    }),
  );
});

test('XOR is the union without the intersection, and the same from both sides', () => {
  fc.assert(
    fc.property(list, list, item, (a, b, probe) => {
      const alone = listOf(listXor, { 'list 1': a, 'list 2': b });
      assert.is(has(alone, probe), has(a, probe) !== has(b, probe));
      assert.is(alone.length, listOf(listXor, { 'list 1': b, 'list 2': a }).length);
      assert.equal(listOf(union, { 'list 1': alone, 'list 2': null }), alone);
    }),
  );
});

test('Swap twice changes nothing', () => {
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (items, one, other) => {
      const positions = { 'index 1': one % items.length, 'index 2': (other % items.length) - items.length };
      assert.equal(listOf(swap, { list: listOf(swap, { list: items, ...positions }), ...positions }), items);
    }),
  );
});

test('Statistics: bounds and middle lie where they have to, in any order of the numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }), (numbers) => {
      const facts = run(statistics, { list: numbers });
      const of = (key: string) => Number(facts[key]);
      assert.equal(run(statistics, { list: [...numbers].sort((a, b) => a - b) }), facts);
      assert.is(facts['sum'], run(sum, { list: numbers })['sum']);
      assert.is(facts['min'], Math.min(...numbers));
      assert.is(facts['max'], Math.max(...numbers));
      for (const key of ['mean', 'median']) assert.ok(of('min') <= of(key) && of(key) <= of('max'), key);
      assert.is(numbers.filter((n) => n < of('median')).length <= numbers.length / 2, true);
      assert.is(numbers.filter((n) => n > of('median')).length <= numbers.length / 2, true);
      assert.ok(of('deviation') <= (of('max') - of('min')) / 2 + 1e-6);
    }),
  );
});

test('numbers close together and far from 0 keep their deviation', () => {
  assert.is(run(statistics, { list: [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16] })['deviation'], Math.sqrt(22.5));
});

test('Sort is a stable, ascending permutation, and sorting twice changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(null), fc.string({ maxLength: 2 }))),
      (keys) => {
        const items = keys.map((key, position) => ({ key, position }));
        const sorted = listOf(sort, { list: items, path: 'key' }) as typeof items;
        assert.is(new Set(sorted).size, items.length);
        for (const [index, after] of sorted.entries()) {
          const before = sorted[index - 1];
          if (before === undefined) continue;
          if (before.key === after.key) assert.ok(before.position < after.position);
          else assert.ok(precedes(before.key, after.key), `${before.key} ${after.key}`);
        }
        assert.equal(listOf(sort, { list: sorted, path: 'key' }), sorted);
      },
    ),
  );
});

function precedes(a: Value, b: Value): boolean {
  if (a === null) return false;
  if (b === null || typeof a === 'number') return b === null || typeof b === 'string' || Number(a) < Number(b);
  return typeof b === 'string' && a < b;
}

test('what is added at an end is what is taken from it', () => {
  fc.assert(
    fc.property(list, item, (items, value) => {
      assert.equal(run(getLastItem, { list: listOf(addToEnd, { item: value, list: items }) }), {
        list: items,
        item: value,
      });
      assert.equal(run(getFirstItem, { list: listOf(addToFront, { item: value, list: items }) }), {
        list: items,
        item: value,
      });
    }),
  );
});

test('the groups together are the list', () => {
  fc.assert(
    fc.property(list, (items) => {
      const groups = Object.values(run(groupBy, { list: items })['groups'] ?? {}) as readonly (readonly Value[])[];
      assert.is(groups.flat().length, items.length);
      for (const value of items) assert.is(groups.filter((group) => group.includes(value)).length > 0, true);
    }),
  );
});

test('keys from data become own properties, whatever their name', () => {
  const items = ['__proto__', 'constructor', 'toString'].map((key) => ({ key, value: key }));
  const expected = ['__proto__', 'constructor', 'toString'];
  assert.equal(Object.keys(run(indexBy, { list: items, 'key path': 'key' })['output'] ?? {}), expected);
  assert.equal(Object.keys(run(groupBy, { list: items, path: 'key' })['groups'] ?? {}), expected);
  const parsed: Value = JSON.parse('{"__proto__":{"polluted":1}}');
  const collapsed = run(listCollapse, { list: [parsed] })['output'] ?? {};
  assert.equal(Object.keys(collapsed), ['__proto__']);
  assert.is(Object.getPrototypeOf(collapsed), Object.prototype);
});

test('Sort gives what the sort of the platform gives, however long the list is', async () => {
  const rank = (value: Value) => (value === null ? 1 : 0);
  const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(null)), { maxLength: 70 });
  const law = fc.property(numbers, (list) => {
    const items = list.map((key, index) => ({ key, index }));
    const expected = [...items].sort((a, b) => rank(a.key) - rank(b.key) || Number(a.key) - Number(b.key));
    assert.equal(listOf(sort, { list: items, path: 'key' }), expected);
  });
  fc.assert(law, { numRuns: 500 });
  const long = Array.from({ length: 20_001 }, (_, index) => (index * 7919) % 20_011);
  const outputs = await runCard(sort, { list: long });
  assert.equal(outputs, { list: [...long].sort((a, b) => a - b) });
});

test('a million items take linear time', async () => {
  const numbers = Array.from({ length: 1_000_000 }, (_, index) => (index * 7919) % 500_009);
  const objects = numbers.map((n) => ({ n, t: String(n % 100) }));
  const runs: readonly [string, () => CardResult<Outputs>][] = [
    ['union', () => runCard(union, { 'list 1': numbers, 'list 2': numbers })],
    ['difference', () => runCard(listDifference, { 'list 1': numbers, 'list 2': numbers })],
    ['unique', () => runCard(removeDuplicates, { list: objects, path: 'n' })],
    ['sort', () => runCard(sort, { list: objects, path: 'n' })],
    ['group', () => runCard(groupBy, { list: objects, path: 't' })],
    ['index', () => runCard(indexBy, { list: objects, 'key path': 't' })],
    ['text', () => runCard(listToText, { list: numbers, separator: ',' })],
  ];
  // Anything worse than linear takes minutes, and does not end here.
  for (const [name, action] of runs) {
    assert.ok(Object.keys((await action()) ?? {}).length > 0, name);
  }
});

test('lists that share their parts cannot make a result beyond memory', () => {
  const million = Array.from({ length: 1_000_000 }, () => 'a long text');
  const lists = Array.from({ length: 1000 }, () => million);
  assert.throws(() => run(flatten, { lists }), isLimit);
  const named = Object.fromEntries(lists.slice(0, 20).map((items, index) => [`list ${index + 1}`, items]));
  assert.throws(() => run(combineAll, named), isLimit);
  assert.throws(() => run(union, named), isLimit);
  assert.throws(() => run(listToText, { list: million, separator: 'x'.repeat(100) }), isLimit);
});

function isLimit(error: unknown): boolean {
  return error instanceof LimitError && error.code === 'limit' && error.hint !== undefined;
}

test('items that describe far more than they hold are compared by what they hold', () => {
  const doubled = (value: Value) => {
    let bomb = value;
    for (let level = 0; level < 100; level++) bomb = [bomb, { same: bomb }];
    return bomb;
  };
  const [bomb, again, other] = [doubled('x'), doubled('x'), doubled('y')];
  assert.is(listOf(union, { 'list 1': [bomb, again], 'list 2': [other, bomb] }).length, 2);
});

test('an item that is too large or nests too deep to be compared is refused', () => {
  const wide = Array.from({ length: 5_000_000 }, () => null);
  assert.throws(() => run(union, { 'list 1': [wide], 'list 2': [] }), /too large/);
  let deep: Value = 'x';
  for (let level = 0; level < 5000; level++) deep = [deep];
  assert.throws(() => run(removeDuplicates, { list: [deep] }), /too deeply/);
});

/** A context that draws these numbers, one after the other. */
function drawing(...numbers: readonly number[]) {
  const rest = [...numbers];
  return fakeContext({ random: { number: () => rest.shift() ?? 0, bytes: (count) => new Uint8Array(count) } });
}

test('Sample draws from what is left, without the same position twice', () => {
  const inputs = { list: [1, 2, 3, 4, 5], amount: 3 };
  assert.equal(runCard(sample, inputs, drawing(0, 0, 0)), { samples: [1, 2, 3] });
  assert.equal(runCard(sample, inputs, drawing(0.999, 0.999, 0.999)), { samples: [5, 1, 2] });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9 }),
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 9 }),
      (amount, draws) => {
        const { samples } = runCard(sample, { ...inputs, amount }, drawing(...draws)) as { samples: number[] };
        assert.is(new Set(samples).size, Math.min(amount, 5));
        assert.ok(samples.every((value) => inputs.list.includes(value)));
      },
    ),
  );
});

test('Sample: amounts below 0, fractions, no list, and a single output', () => {
  const give = (inputs: ValueObject, outputs = sample.outputs) => runCard(sample, inputs, { ...drawing(0.5), outputs });
  assert.equal(give({ list: [1, 2], amount: -3 }), { samples: [] });
  assert.equal(give({ list: [1, 2], amount: 1.9 }), { samples: [2] });
  assert.equal(give({ list: null, amount: 2 }), { samples: [] });
  const single = [{ key: 'samples', type: 'any' }] as const;
  assert.equal(give({ list: [1, 2], amount: 5 }, single), { samples: 2 });
  assert.equal(give({ list: [], amount: 5 }, single), { samples: null });
});

test.run();
