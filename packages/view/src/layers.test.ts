/** What is promised of columns: what is called stands right of what calls it, circles end, calls are whole, and no place is lost. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Layers, layersOf } from './layers.js';

const columnOf = ({ columns }: Layers, key: string) =>
  columns.findIndex((column) => column.some((place) => place.key === key));

test('what is called stands right of all that call it, however far the ways to it are', () => {
  const layers = layersOf([[1, 2], [2], []]);
  assert.equal(
    [0, 1, 2].map((item) => columnOf(layers, `${item}`)),
    [0, 1, 2],
  );
  // The call that passes the second column has a slot in it.
  assert.equal(
    layers.columns.map((column) => column.length),
    [1, 2, 1],
  );
});

test('a circle closes to the left, and what calls itself stays where it is', () => {
  const { columns, parts } = layersOf([[1], [0, 1]]);
  assert.is(columns.length, 2);
  assert.equal(
    parts.map(({ from, to, direction }) => `${from} ${to} ${direction}`),
    ['0 1 right', '1 0 left', '1 1 itself'],
  );
});

test('what calls the same stands together', () => {
  // Two pairs that would cross in the order of the items.
  const { columns } = layersOf([[3], [2], [], []]);
  const [callers, called] = columns.map((column) => column.map(({ key }) => key));
  assert.equal(callers, ['0', '1']);
  assert.equal(called, ['3', '2']);
});

test('ten thousand in a chain are placed', () => {
  const count = 10_000;
  const { columns } = layersOf(Array.from({ length: count }, (_, item) => (item + 1 < count ? [item + 1] : [])));
  assert.is(columns.length, count);
});

test('of any calls, every item has one place, and every call leads on from column to column to its end', () => {
  const graphs = fc.array(fc.uniqueArray(fc.nat(9), { maxLength: 5 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(graphs, (drawn) => {
      const calls = drawn.map((targets) => targets.filter((to) => to < drawn.length));
      const layers = layersOf(calls);
      const items = layers.columns.flat().flatMap(({ item }) => item ?? []);
      assert.equal(
        items.toSorted((a, b) => a - b),
        calls.map((_, item) => item),
      );
      for (const { from, to, direction } of layers.parts) {
        const step = { right: 1, left: -1, itself: 0 }[direction];
        assert.is(columnOf(layers, to) - columnOf(layers, from), step, `${from} ${to}`);
      }
      calls.forEach((targets, from) => {
        for (const to of targets) assert.ok(reaches(layers, `${from}`, `${to}`), `${from} calls ${to}`);
      });
    }),
  );
});

/** Whether parts lead from one item to another through slots only. */
function reaches({ parts }: Layers, from: string, to: string): boolean {
  const row = parts.filter((part) => part.from === from).map((part) => part.to);
  for (const key of row) {
    if (key === to) return true;
    if (key.includes(' ')) row.push(...parts.filter((part) => part.from === key).map((part) => part.to));
  }
  return false;
}

test.run();
