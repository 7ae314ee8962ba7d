/** Functions of JSONata that are replaced give what its own give, and look up however much they are given. */
import * as fc from 'fast-check';
import jsonata from 'jsonata';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CancelledError, LimitError } from '../errors.js';
import { compileExpression } from './index.js';

/** The value or, of an error, its code. */
async function outcome(evaluate: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: JSON.parse(JSON.stringify((await evaluate()) ?? null)) };
  } catch (error) {
    // JSONata throws objects; ours keep the code in what they report.
    const { code, extra } = error as { code?: string; extra?: { jsonata?: string } };
    return { code: extra?.jsonata ?? code };
  }
}

async function agree(source: string, data: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const [ours, theirs] = await Promise.all([
    outcome(async () => compileExpression(source).evaluateFull(data)),
    outcome(() => jsonata(source).evaluate(data)),
  ]);
  assert.equal(ours, theirs, `${source} on ${JSON.stringify(data)}`);
}

const text = fc.string({ unit: fc.constantFrom('a', 'é', '\u{1f600}', ' ', '\ud83d', 'z'), maxLength: 12 });
const place = fc.oneof(fc.integer({ min: -15, max: 15 }), fc.constantFrom(0.5, 1.7, -1.5, 2.999));
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>(0, 1.2345678901234567, -5, 'x', '2', '', true, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', '2', '10'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

test('law: text functions give what those of JSONata give', async () => {
  await fc.assert(
    fc.asyncProperty(text, place, place, text, async (t, start, length, filler) => {
      const data = { t, start, length, filler };
      for (const source of [
        '$length(t)',
        '$substring(t, start)',
        '$substring(t, start, length)',
        '$pad(t, start, filler)',
        '$pad(t, length)',
      ])
        await agree(source, data);
    }),
    { numRuns: 300 },
  );
});

test('law: functions over lists and objects give what those of JSONata give', async () => {
  await fc.assert(
    fc.asyncProperty(json, json, async (a, b) => {
      for (const source of [
        '$string(a)',
        '$string(a, true)',
        '$clone(a)',
        '$keys(a)',
        '$lookup(a, "a")',
        '$lookup(a, "2")[0]',
        '$spread(a)',
        '$spread(a)[0]',
        '$zip(a, b)',
        '$zip(a, b, a)',
        '$zip(a)',
        '$distinct(a)',
        '$count($keys([a, b]))',
      ])
        await agree(source, { a, b });
    }),
    { numRuns: 300 },
  );
});

test('functions without their arguments, as values and as errors, give what those of JSONata give', async () => {
  for (const source of [
    '$string()',
    '$string(missing)',
    '$string($sum)',
    '$string([1, $sum, {"f": function($x) { $x }}])',
    '$string(1/0)',
    '[1, 2].$string()',
    '$length(missing)',
    '$length(5)',
    '"abc".$length()',
    '$substring("abc")',
    '"abc".$substring(1)',
    '$pad(missing, 5)',
    '$pad("a", 5.9, "xy")',
    '$pad("a", -6, "\u{1f600}b")',
    '$keys($sum)',
    '$keys("a")',
    '$keys([])',
    '$lookup("a", "b")',
    '$lookup([[{"a": [1, [2]]}], {"a": 3}], "a")',
    '$spread([])',
    '$spread([[{"a": 1}, 2], []])',
    '$clone(missing)',
    '$clone(5)',
    '[{"a": [1]}] ~> |$|{"b": 2}|',
    '$map(["ab", "c"], $length)',
    '$map([{"a": 1}, {"b": 2}], $keys)',
    '$zip([1, 2], 3)',
  ])
    await agree(source);
});

test('however much they are given, functions hear that nobody waits any more', async () => {
  const long = 200_000;
  const objects = Array.from({ length: long }, (_, n) => ({ [`k${n}`]: n }));
  const numbers = Array.from({ length: long }, (_, n) => n);
  const texts = numbers.map((n) => `${(n * 7919) % long}`);
  const sources: Readonly<Record<string, readonly [string, unknown]>> = {
    zip: ['$zip(a, a)', numbers],
    spread: ['$spread(a)', objects],
    keys: ['$keys(a)', objects],
    lookup: ['$lookup(a, "k1")', objects],
    string: ['$string(a)', objects],
    clone: ['$clone(a)', objects],
    distinct: ['$distinct(a)', objects],
    sort: ['$sort(a)', texts],
  };
  for (const [name, [source, a]] of Object.entries(sources)) {
    // What copying the value takes is known from counting it.
    const looksOf = async (text: string, most: number) => {
      let looks = 0;
      const signal = {
        get aborted() {
          return ++looks > most;
        },
      };
      const limits = { timeMs: 600_000, steps: 1e9 };
      const failed = await compileExpression(text, { limits })
        .evaluateFull({ a }, { signal })
        .then(() => null)
        .catch((error: unknown) => error);
      return { looks, failed };
    };
    const copying = (await looksOf('$type(a)', Number.POSITIVE_INFINITY)).looks;
    const { looks, failed } = await looksOf(source, copying + 20);
    assert.is(looks, copying + 21, name);
    assert.instance(failed, CancelledError, name);
  }
});

test('a text that would be too long is refused before it is made', async () => {
  for (const source of [
    '$pad("a", 16000000, "\u{1f600}\u{1f600}")',
    '$pad("a", -30000000)',
    // Each level indents what is in it by two more.
    '$string($reduce([1..900], function($a, $i) { {"a": $a} }, [1..20000]), true)',
  ]) {
    // Time is left: a slow machine would use it up before the text is as long.
    const failed = await compileExpression(source, { limits: { timeMs: 600_000 } })
      .evaluateFull({})
      .catch((error: unknown) => error);
    assert.instance(failed, LimitError, source);
    assert.is((failed as LimitError).limit, 'expression-size', source); // an instance, by the line above
  }
});

test.run();
