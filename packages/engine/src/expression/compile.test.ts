/** What compiling promises: roots, plainness, binding, source faults. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LimitError, PlanError, RunError } from '../errors.js';
import { FileRef, FlowRef } from '../values/index.js';
import { checkExpression, compileExpression, MAX_SOURCE } from './index.js';

class Flow extends FlowRef {
  readonly secret = 'internal';
  get id() {
    return 'f';
  }
  get name() {
    return 'F';
  }
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof PlanError) return error.diagnostics[0]!.code;
    if (error instanceof RunError) return error.code;
    throw error;
  }
  return 'none';
}

test('the usual expressions are plain, and say what they read', () => {
  const roots: readonly [string, readonly string[]][] = [
    ['1 + 2', []],
    ['inputs.a & send.`Message SID`', ['inputs', 'send']],
    ['inputs.list[0].x > 1 ? error.message : {"a": [item, -index]}', ['inputs', 'error', 'item', 'index']],
    ['"inputs".a ?? body.output ?: ()', ['inputs', 'body']],
    ['/* note */ inputs.a in ["x", "y"] and not = null', ['inputs', 'not']],
  ];
  for (const [source, expected] of roots) {
    const compiled = compileExpression(source);
    assert.ok(compiled.plain, source);
    assert.equal(compiled.roots, expected, source);
  }
});

test('other expressions name a superset of what they read, or everything', () => {
  const roots: readonly [string, readonly string[]][] = [
    ['$sum(inputs.items.price)', ['inputs']],
    ['inputs.items[price > limit]', ['inputs', 'price', 'limit']],
    ['($x := "body".a; send[$x])', ['body', 'send']],
    ['$$.inputs', ['*']],
    ['inputs.*', ['*']],
    ['2 * inputs.a * $count(b)', ['inputs', 'b']],
    ['$keys()', ['*']],
    ['$lookup("a")', ['*']],
    ['$lookup(inputs, "a")', ['inputs']],
    ['a and **', ['a', '*']],
  ];
  for (const [source, expected] of roots) {
    const compiled = compileExpression(source);
    assert.not(compiled.plain, source);
    if (expected.includes('*')) assert.equal(compiled.roots, ['*'], source);
    else for (const name of expected) assert.ok(compiled.roots.includes(name), source);
  }
});

test('a binder follows as much of a path as it can', () => {
  const offered: unknown[] = [];
  const bind = (source: string, consumed: number) =>
    compileExpression(source).bind<unknown[]>((root, segments) => {
      offered.push([root, ...segments]);
      return root === 'nobody' ? null : { read: (slots) => slots[consumed], consumed };
    });
  const slots = [{ b: { c: [{ d: 1 }] } }, { c: [{ d: 2 }] }, [{ d: 3 }]];
  assert.is(bind('a.b.c.d', 0)?.(slots), 1);
  assert.is(bind('a.b.c.d', 1)?.(slots), 2);
  assert.is(bind('a.b.c[0].d', 2)?.(slots), 3);
  assert.is(bind('nobody.x', 0)?.(slots), null);
  assert.is(bind('a[0].b', 0)?.(slots)?.toString(), '[object Object]');
  assert.equal(offered, [['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], ['a', 'b', 'c'], ['nobody', 'x'], ['a']]);
  assert.is(
    compileExpression('$sum(a)').bind(() => null),
    null,
  );
});

test('source faults are found at compile time, with their place', () => {
  assert.is(
    codeOf(() => compileExpression('x'.repeat(MAX_SOURCE + 1))),
    'expression-too-long',
  );
  assert.is(
    codeOf(() => compileExpression(`${'('.repeat(201)}1${')'.repeat(201)}`)),
    'expression-too-deep',
  );
  assert.is(
    codeOf(() => compileExpression(`${'('.repeat(30)}a${'?:1)'.repeat(30)}`)),
    'expression-too-deep',
  );
  assert.is(
    codeOf(() => compileExpression('$match(a, /x/)')),
    'expression-regex',
  );
  assert.is(
    codeOf(() => compileExpression('function($x)<n:n>{$x}')),
    'expression-signature',
  );
  for (const source of ['"a', '(1', '[1)', '}', '`a', '"\\x"', '"\\u12"', '1e999', '9007199254740993', '/* a']) {
    assert.is(
      codeOf(() => compileExpression(source)),
      'expression-syntax',
      source,
    );
  }
  try {
    compileExpression('inputs.a + (1');
    assert.unreachable();
  } catch (error) {
    assert.match((error as PlanError).diagnostics[0]!.message, 'character 12');
  }
});

test('slashes divide wherever JSONata divides', async () => {
  for (const source of [
    '[6] / 3',
    'a / 2 / 1',
    '(a) / 2',
    '$sum(a) / 2',
    '{"x": 1}.x / 2',
    '`a` / "b"',
    '* / 2',
    'function / 2',
  ]) {
    assert.is(
      codeOf(() => compileExpression(source)),
      'none',
      source,
    );
  }
  // JSONata reads a regular expression after these.
  for (const source of ['a[] / 2', 'a^(b) / 2', 'function($x){1} / 2', '1 + / 2']) {
    assert.is(
      codeOf(() => compileExpression(source)),
      'expression-regex',
      source,
    );
  }
});

test('checking finds what only the full grammar knows', async () => {
  assert.is(await checkExpression('inputs.a + 1'), null);
  assert.is(await checkExpression('$sum(inputs.a)'), null);
  const codes: readonly [string, string][] = [
    ['1 +', 'expression-syntax'],
    ['a b', 'expression-syntax'],
    ['$eval("1")', 'expression-eval'],
    ['(a', 'expression-syntax'],
    ['1+'.repeat(9_000).concat('1'), 'expression-too-deep'],
  ];
  for (const [source, code] of codes) {
    const diagnostic = await checkExpression(source);
    assert.is(diagnostic?.code, code, source.slice(0, 20));
    assert.is(diagnostic?.severity, 'error');
    assert.ok(diagnostic?.hint);
  }
});

test('errors carry JSONata codes, the operator and its place', () => {
  const errors: readonly [string, string, number][] = [
    ['a + 1', 'T2001', 3],
    ['1 - a', 'T2002', 3],
    ['1 < a', 'T2009', 3],
    ['null < 1', 'T2010', 6],
    ['-a', 'D1002', 1],
    ['1e308 * 10 + 1', 'D1001', 12],
    ['"" & 0 / 0', 'D3001', 4],
  ];
  for (const [source, code, position] of errors) {
    try {
      compileExpression(source).evaluate({ a: 'text' });
      assert.unreachable(source);
    } catch (error) {
      assert.instance(error, RunError);
      const { code: outer, extra } = error as RunError;
      assert.is(outer, 'expression');
      assert.is(extra.jsonata, code, source);
      assert.is(extra.position, position, source);
    }
  }
});

test('what JSON cannot hold is no result', () => {
  for (const source of ['1 / 0', '0 / 0', '[1 / 0]', '{"a": [0 / 0]}', 'true ? 1 / 0 : 1']) {
    assert.is(
      codeOf(() => compileExpression(source).evaluate({})),
      'expression-result',
      source,
    );
  }
});

test('dates are text, files and flow references pass and show only what they are', async () => {
  const file = new FileRef('1', 'a.txt', 3);
  const env = { when: new Date(0), never: new Date(Number.NaN), file, flow: new Flow(), list: [new Date(0), file] };
  const expectations: readonly [string, unknown][] = [
    ['when', '1970-01-01T00:00:00.000Z'],
    ['when < "1971"', true],
    ['when.getTime ?? "none"', 'none'],
    ['never', null],
    ['list[0]', '1970-01-01T00:00:00.000Z'],
    ['"1970-01-01T00:00:00.000Z" in list', true],
    ['"" & list[0]', '1970-01-01T00:00:00.000Z'],
    ['"" & [when]', '["1970-01-01T00:00:00.000Z"]'],
    ['file.name', 'a.txt'],
    ['list.name', 'a.txt'],
    ['flow.id', 'f'],
    ['flow.secret', null],
    ['flow = {"id": "f", "name": "F"}', true],
    ['true ? file', file],
    ['flow', env.flow],
  ];
  for (const [source, expected] of expectations) {
    assert.is(compileExpression(source).evaluate(env), expected, source);
    assert.is(await compileExpression(source).evaluateFull(env), expected, `full ${source}`);
  }
});

test('plain expressions stay within their limits', () => {
  const shared = Array.from({ length: 100 }, () => ({ b: 1 }));
  const env = { text: 'x'.repeat(60), nested: Array.from({ length: 100 }, () => ({ a: shared })) };
  const limits = { list: 1_000, size: 100 };
  for (const [source, limit] of [
    ['text & text', 'expression-size'],
    ['nested.a', 'expression-list'],
    ['nested = nested.a', 'expression-list'],
  ] as const) {
    try {
      compileExpression(source, { limits: { ...limits, size: limit === 'expression-size' ? 100 : 100_000 } }).evaluate(
        env,
      );
      assert.unreachable(source);
    } catch (error) {
      assert.instance(error, LimitError);
      assert.is((error as LimitError).limit, limit);
    }
  }
});

function endless(): object {
  const loop: { self?: unknown; list: unknown[] } = { list: [] };
  loop.self = loop;
  loop.list.push(loop);
  return loop;
}

test('endless data is an error, not a hang', () => {
  const env = { loop: endless(), other: endless() };
  for (const source of ['loop & ""', 'loop = other', '{"a": loop} = {"a": other}']) {
    assert.is(
      codeOf(() => compileExpression(source).evaluate(env)),
      'expression-input',
      source,
    );
  }
  assert.is(compileExpression('loop = {"self": 1}').evaluate(env), false, 'the difference is found before');
  assert.is(compileExpression('loop.self.list.self').evaluate(env), env.loop);
});

/** Objects that hold the one before twice, as many as there are levels: few values, a tree of 2^levels. */
function doubled(levels: number, leaf: string): { readonly value: object; readonly looks: () => number } {
  let looks = 0;
  let value: object = { a: leaf, b: leaf };
  for (let level = 0; level < levels; level++) {
    value = new Proxy(
      { a: value, b: value },
      {
        ownKeys(target) {
          looks++;
          return Reflect.ownKeys(target);
        },
      },
    );
  }
  return { value, looks: () => looks };
}

test('values that share are compared and written once, not once for every way that leads to them', () => {
  const [one, same, other] = [doubled(40, 'x'), doubled(40, 'x'), doubled(40, 'y')];
  const env = { one: one.value, same: same.value, other: other.value };
  assert.is(compileExpression('one = same').evaluate(env), true);
  assert.is(compileExpression('one = other').evaluate(env), false);
  assert.is(
    codeOf(() => compileExpression('one & ""').evaluate(env)),
    'limit',
  );
  for (const { looks } of [one, same, other]) assert.ok(looks() < 20_000, `looked ${looks()} times`);

  const most = doubled(14, 'x');
  const text = String(compileExpression('most & ""').evaluate({ most: most.value }));
  assert.equal(JSON.parse(text), JSON.parse(JSON.stringify(most.value)));
});

test.run();
