/** What is certain of an expression that only JSONata can read: names at its root, and none that belong to items. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileExpression } from './compile.js';

const PATHS: readonly (readonly [source: string, paths: readonly string[]])[] = [
  ['$uppercase(connection.a.b)', ['connection.a.b']],
  ['$$.inputs.x & $.inputs.y', ['inputs.x', 'inputs.y']],
  ['items[price > 1].name', ['items']],
  ['inputs.items[0].name & $string(a)', ['inputs.items', 'a']],
  ['`a b`.c ~> $uppercase', ['a b.c']],
  ['items{kind: $sum(price)}', ['items']],
  ['($x := a.b; $x.c)', ['a.b']],
  ['(a.b)^(>c)', ['a.b']],
  ['$exists(a) ? b : c.d', ['a', 'b', 'c.d']],
  ['a ?: $string(b)', ['a', 'a', 'b']],
  ['$map(a.list, function($v) { $v.x + b.y })', ['a.list', 'b.y']],
  ['{"k": $not(a), "l": [b, c]}', ['a', 'b', 'c']],
  ['[1..$count(a)]', ['a']],
  ['a.(b + $$.c)', ['a']],
  ['a ~> |b|{"c": d}|', ['a']],
  ['$each(a, function($v, $k) { b })', ['a', 'b']],
];

for (const [source, expected] of PATHS) {
  test(source, async () => {
    const compiled = compileExpression(source);
    assert.is(compiled.plain, false);
    const paths = await compiled.paths();
    assert.equal(paths.map((path) => path.join('.')).sort(), [...expected].sort());
  });
}

test('a chain of operators as long as an expression may be', async () => {
  const source = `$string(a)${' & b'.repeat(3_000)}`;
  assert.is((await compileExpression(source).paths()).length, 3_001);
});

test.run();
