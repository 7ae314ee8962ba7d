/** What full evaluation promises: JSONata under bounds, without a way out, and without a trace left behind. */
import jsonata from 'jsonata';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CancelledError, FlowdeckError, LimitError, RunError, TimeoutError } from '../errors.js';
import { deepFreeze } from '../values/index.js';
import { compileExpression, type ExpressionContext, type ExpressionLimits } from './index.js';

async function run(
  source: string,
  env: Record<string, unknown> = {},
  context: ExpressionContext = {},
  limits: Partial<ExpressionLimits> = {},
): Promise<unknown> {
  return await compileExpression(source, { limits }).evaluateFull(env, context);
}

async function fault(...args: Parameters<typeof run>): Promise<FlowdeckError> {
  try {
    await run(...args);
  } catch (error) {
    if (error instanceof FlowdeckError) return error;
    throw error;
  }
  throw new Error(`No error: ${args[0]}`);
}

/** A limit's name, or else the error's code. */
async function stopped(...args: Parameters<typeof run>): Promise<string> {
  const error = await fault(...args);
  return error instanceof LimitError ? error.limit : error.code;
}

test('JSONata beyond the plain subset works', async () => {
  const env = {
    order: {
      lines: [
        { sku: 'a', qty: 2 },
        { sku: 'b', qty: 3 },
      ],
      at: new Date(0),
    },
  };
  const expectations: readonly [string, unknown][] = [
    ['$sum(order.lines.qty)', 5],
    ['order.lines[qty > 2].sku', 'b'],
    ['order.lines{sku: qty}', { a: 2, b: 3 }],
    ['order.lines^(>qty).sku', ['b', 'a']],
    ['$sort(order.lines, function($l, $r) { $l.qty < $r.qty }).sku', ['b', 'a']],
    ['$sort([3, 1, 2])', [1, 2, 3]],
    ['$distinct([1, {"a": [1], "b": 2}, {"b": 2, "a": [1]}, 1, "1"])', [1, { a: [1], b: 2 }, '1']],
    ['($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(50))', 50],
    ['$map([1, 2], $string)', ['1', '2']],
    ['$substring(?, 1)("text")', 'ext'],
    [
      'order.lines ~> |$|{"seen": true}, "qty"|',
      [
        { sku: 'a', seen: true },
        { sku: 'b', seen: true },
      ],
    ],
    ['$max([3, 9, 4]) & $min([3, 1, 4])', '91'],
    ['$toMillis(order.at)', 0],
    ['$fromMillis(0, "[Y0001]-[M01]-[D01]")', '1970-01-01'],
    ['$toMillis("7 March 2020", "[D] [MNn] [Y]")', 1583539200000],
    ['$toMillis("20200307T101112", "[Y0001][M01][D01]T[H01][m01][s01]")', 1583575872000],
    ['$formatNumber(1234.5, "#,##0.00")', '1,234.50'],
    ['$replace("a-b", "-", "$1")', 'a$1b'],
    ['$split("a b", " ")', ['a', 'b']],
    ['$base64encode("myuser:mypass")', 'bXl1c2VyOm15cGFzcw=='],
    ['$base64encode("caf\u00e9")', 'Y2Fm6Q=='],
    ['$base64encode("")', ''],
    ['$base64decode("44OB44O844K6")', 'チーズ'],
    ['$base64decode("8J+Qng")', '🐞'],
    ['$base64decode("8J-Qng==")', '🐞'],
    ['$base64decode(" YW\nJj ")', 'abc'],
    ['$base64decode($base64encode("caf\u00e9"))', 'café'],
    ['$base64decode("77u/YQ==")', '\ufeffa'],
    ['$base64decode("")', ''],
    ['$base64decode(missing)', null],
    ['["YQ==", "Yg=="].$base64decode()', ['a', 'b']],
    ['missing', null],
    ['$keys(order)', ['lines', 'at']],
    ['**[sku = "b"].qty', 3],
  ];
  for (const [source, expected] of expectations)
    assert.equal(await run(source, env, { now: () => 0 }), expected, source);
});

test('nothing runs without end', async () => {
  // Time enough that it is never the clock that ends them.
  const limits = { timeMs: 60_000, steps: 200_000 };
  const bombs: readonly [string, string][] = [
    ['($f := function($x) { $f($x) }; $f(1))', 'expression-steps'],
    ['($f := function($x) { $f($x) + 1 }; $f(1))', 'expression-depth'],
    ['$pad("x", 1e9)', 'expression-size'],
    ['$pad(?, -1e9)("x")', 'expression-size'],
    ['($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f("ab", 60))', 'expression-size'],
    [
      '($f := function($s, $n) { $n = 0 ? $string($s) : $f({"a": $s, "b": $s}, $n - 1) }; $f("ab", 60))',
      'expression-size',
    ],
    ['($f := function($s, $n) { $n = 0 ? $s : $f([[$s], [$s]], $n - 1) }; $f("ab", 60))', 'expression-size'],
    ['[1..1e7]', 'expression-list'],
    ['$split($pad("", 2000000), "")', 'expression-list'],
    ['$replace($pad("", 100000, "a"), "a", $pad("", 100000))', 'expression-size'],
    ['$join([1..1000].("a"), $pad("x", 100000))', 'expression-size'],
    ['$reduce([1..100000], $append)', 'expression-steps'],
    ['$formatNumber(1e308 * 10, "0e0")', 'expression-picture'],
    ['$formatNumber(1, "#,#", {"grouping-separator": ""})', 'expression-picture'],
    ['$formatInteger(1e308 * 10, "A")', 'expression-picture'],
    ['$fromMillis(0, "[D,1000000000]")', 'expression-picture'],
    ['$now("[D,1 000 000 000]")', 'expression-picture'],
    ['$toMillis($pad("", 150, "a"), "[FNn][MNn][FNn][MNn]")', 'expression-picture'],
    ['$toMillis("1", $pad("", 300, "[Y]"))', 'expression-picture'],
    ['$base64encode("5 チ")', 'expression'],
    ['$base64encode("\ud83d\udc1e")', 'expression'],
    ['$reverse(?)({"length": 4000000000}) = 1 or $error("bounded")', 'expression'],
  ];
  for (const [source, code] of bombs) assert.is(await stopped(source, {}, { now: () => 0 }, limits), code, source);
});

test('time is bounded, and what waits for others does not count', async () => {
  const source = '($f := function($x) { $f($x) }; $f(1))';
  const real = Date.now;
  let ms = 0;
  let turns = 0;
  // A millisecond goes by whenever somebody looks, and a minute whenever others have their turn.
  Date.now = () => ms++;
  try {
    assert.instance(await fault(source, {}, {}, { timeMs: 20, steps: 1e9 }), TimeoutError);
    assert.ok(ms > 20 && ms < 30, `${ms} ms`);
    ms = 0;
    const others = async () => {
      turns++;
      ms += 60_000;
    };
    assert.instance(await fault(source, {}, { yield: others }, { timeMs: 100, steps: 1e9 }), TimeoutError);
  } finally {
    Date.now = real;
  }
  const own = ms - turns * 60_000;
  assert.ok(own >= 100 && own < 150, `${own} ms of its own`);
  assert.ok(turns >= 3, `${turns} turns`);
});

test('an abort stops it at the next turn, and nothing runs on', async () => {
  const signal = { aborted: false };
  let turns = 0;
  const context = {
    signal,
    yield: async () => {
      turns++;
      signal.aborted = true;
    },
  };
  const source = '[($f := function($x) { $f($x) }; $f(1)), ($g := function($x) { $g($x) }; $g(1))]';
  assert.instance(await fault(source, {}, context, { timeMs: 60_000, steps: 1e9 }), CancelledError);
  const turnsAtEnd = turns;
  await new Promise((resolve) => setImmediate(resolve));
  assert.is(turns, turnsAtEnd);
  assert.instance(await fault('$sum([1])', {}, { signal: { aborted: true } }), CancelledError);
});

/** A pair of a pair of a pair ...: `levels` objects that are a tree of 2^levels leaves. */
function pairs(levels: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level++) value = { a: value, b: value };
  return value;
}

test('shared values spend the time of an evaluation where they are copied, compared, weighed and converted', async () => {
  const sources = ['$count([deep])', '$string($merge([deep]))', '$each(deep, function($v) { $v })', '$keys(deep)'];
  for (const source of [
    ...sources,
    'deep ~> |$|{"c": 1}|',
    '$sum([1..200000].{"a": $})',
    '$zip([1..500000], [1..500000])',
  ]) {
    let looks = 0;
    const signal = {
      get aborted() {
        return ++looks > 4;
      },
    };
    const limits = { steps: 1e9, timeMs: 600_000 };
    assert.instance(await fault(source, { deep: pairs(40) }, { signal }, limits), CancelledError, source);
    assert.is(looks, 5, source);
  }
});

test('time and randomness come from the context alone', async () => {
  const context = { now: () => 86_400_000, random: () => 0.25 };
  assert.is(await run('$now()', {}, context), '1970-01-02T00:00:00.000Z');
  assert.is(await run('$now("[Y]")', {}, context), '1970');
  assert.is(await run('$millis()', {}, context), 86_400_000);
  assert.is(await run('$random()', {}, context), 0.25);
  assert.equal(await run('$shuffle([1, 2, 3, 4])', {}, context), [3, 4, 2, 1]);
  assert.is(await run('$toMillis("12:00", "[H]:[m]")', {}, context), 129_600_000);
  for (const source of ['$now()', '$millis()', '$random()', '$shuffle([1, 2])', '$toMillis("12:00", "[H]:[m]")']) {
    assert.is(await stopped(source), 'expression-port', source);
  }
  let ticks = 0;
  assert.is(await run('$millis() = $millis()', {}, { now: () => ++ticks }), true);
});

test('evaluations of one expression at the same time do not mix', async () => {
  const compiled = compileExpression('$map([1..200], function($i) { $now() & a })');
  const results = await Promise.all(
    [0, 1, 2].map((a) => compiled.evaluateFull({ a }, { now: () => a, yield: async () => {} })),
  );
  for (const [a, result] of results.entries()) {
    assert.ok((result as string[]).every((text) => text === `1970-01-01T00:00:00.00${a}Z${a}`));
  }
});

test('what JSONata could use to get out is refused', async () => {
  const refused: readonly [string, string][] = [
    ['$eval("1")', 'expression-eval'],
    ['($e := $eval; $e("1"))', 'expression-eval'],
    ['$match("a", $uppercase)', 'expression-regex'],
    ['$contains("a", function($s) { {"start": 1} })', 'expression-regex'],
    ['$replace("a", "a", $uppercase)', 'expression-regex'],
    ['$split("a", function($s) { 1 })', 'expression-regex'],
    ['$number("9007199254740993")', 'expression'],
    ['$parseInteger("9007199254740993", "0")', 'expression'],
    ['$parseInteger("-9,007,199,254,740,993", "#,##0")', 'expression'],
    ['["9007199254740993"].$number()', 'expression'],
    ['$sum', 'expression-result'],
    ['[function() { 1 }]', 'expression-result'],
    ['$spread($sum)', 'expression'],
    ['$merge(?)([$sum])', 'expression'],
    ['$each(?, function($v, $k) { $k })($sum)', 'expression'],
    ['$sift(?, function($v, $k) { true })(function() { 1 })', 'expression'],
    ['a ~> |$sum|{"implementation": function($x) { 0 }}|', 'expression'],
    ['a ~> |[$sum]|{}, "implementation"|', 'expression'],
    ['a ~> |[[1]]|{"length": 4e9}|', 'expression'],
  ];
  for (const [source, code] of refused) assert.is(await stopped(source, { a: { b: 1 } }), code, source);
  assert.is(await run('$sum([1, 2])'), 3);
  assert.is(await jsonata('$sum([1, 2])').evaluate({}), 3);
});

test('data that looks like a part of JSONata is data', async () => {
  const env = {
    lambda: { _jsonata_lambda: true, arguments: [], body: { type: 'number', value: 1 } },
    stream: { tupleStream: true, sum: 1, a: 5 },
    wrapper: { outerWrapper: true, a: 1 },
    file: null,
  };
  assert.equal(await run('$keys(lambda)', env), ['arguments', 'body']);
  assert.is((await fault('lambda()', env)).code, 'expression');
  assert.equal(await run('stream.{"a": $sum([a, 1])}', env), { a: 6 });
  assert.is(await run('wrapper.$.a', env), 1);
});

test('inputs stay as they are, and so do the prototypes of the host', async () => {
  const env = deepFreeze({ o: { a: [], x: { y: 1 } }, list: [] }) as Record<string, unknown>;
  const before = JSON.stringify(env);
  assert.equal(await run('o ~> |$$.o.x|{"y": 2}|', env), { a: [], x: { y: 1 } });
  assert.equal(await run('[o ~> |x|{"y": 2}|, o]', env), [
    { a: [], x: { y: 2 } },
    { a: [], x: { y: 1 } },
  ]);
  assert.equal(await run('list{"n": 1}', env), { n: 1 });
  assert.is((await fault('o()', env)).code, 'expression');
  assert.is(JSON.stringify(env), before);

  for (const source of [
    '{"__proto__": {"polluted": 1}}',
    '$merge([{"__proto__": {"polluted": 1}}, {"constructor": {"prototype": {"polluted": 1}}}])',
    '$spread({"__proto__": {"polluted": 1}})',
    'o ~> |$|{"__proto__": {"polluted": 1}}|',
    '$each({"__proto__": {"polluted": 1}}, function($v, $k) { {$k: $v} })',
  ]) {
    const result = await run(source, env);
    assert.is((result as { polluted?: unknown }).polluted, undefined, source);
    assert.is(Object.getPrototypeOf(result), Object.prototype, source);
    assert.is(({} as { polluted?: unknown }).polluted, undefined, source);
  }
});

test('results are plain values: no flags, no foreign prototypes', async () => {
  const result = await run('[1, 2].{"n": $}');
  assert.equal(Reflect.ownKeys(result as object), ['0', '1', 'length']);
  assert.is(Object.getPrototypeOf((result as object[])[0]), Object.prototype);
});

test('whatever fails inside is a documented error without engine words', async () => {
  for (const source of ['null()', '$map(?, $string)({"length": 2})', '$join(?)(1)']) {
    const error = await fault(source);
    assert.instance(error, RunError);
    assert.is(error.code, 'expression');
    assert.not.match(error.message, /undefined|properties|is not a function/);
  }
  assert.is((await fault('$error("boom")')).message, 'boom');
  assert.is(((await fault('1 & ')) as RunError).extra.jsonata, 'S0207');
});

test('reads only what it needs of an open environment', async () => {
  const read: string[] = [];
  const env = {
    get a() {
      read.push('a');
      return { x: 1 };
    },
    get b() {
      read.push('b');
      return 2;
    },
  };
  assert.is(await run('$$.a.x', env), 1);
  assert.equal(read, ['a']);
});

test.run();
