// Flows that were written to outlive their limits: each kind a way to keep a host busy, its numbers by chance.
import { seededRandom } from '@flowdeck/engine/kit';

/** Whole numbers from `least` to `most`, the smaller ones more often. */
function picker(seed) {
  const random = seededRandom(seed);
  const number = (least, most) => least + Math.floor(random() ** 2 * (most - least + 1));
  const oneOf = (list) => list[Math.floor(random() * list.length)];
  return { random, number, oneOf };
}

const deck = (cards, ...helpers) => ({
  flowdeck: 1,
  flows: [
    { id: 'main', type: 'manual', cards },
    ...helpers.map(([id, own, inputs = []]) => ({ id, type: 'helper', inputs, cards: own })),
  ],
});
const assign = (id, values) => ({ id, card: 'control.assign', in: values });
const numbers = (id, count) => assign(id, { v: { expr: `[1..${count}]` } });
const from = (pointer) => ({ from: pointer });
const call = (flow) => ({ card: 'flow.call', in: { flow: { flow } } });
const callAsync = (flow) => ({ card: 'flow.callAsync', in: { flow: { flow } } });
const rows = (count, card) => Array.from({ length: count }, (_, n) => card(n));
const each = (list, flow, more = {}) => ({
  card: 'list.forEach',
  in: { list: from(list), flow: { flow }, ...more },
});
const wait = (delay) => ({ card: 'control.waitFor', in: { delay } });
const pure = () => ({ card: 'control.assign', in: { a: 1 } });

/** `levels` objects that are a tree of 2^levels leaves. */
const doubled = (levels) => [
  assign('c0', { a: 'x', b: 'x' }),
  ...rows(levels, (n) => assign(`c${n + 1}`, { a: from(`/c${n}`), b: from(`/c${n}`) })),
];

/** By name. */
const KINDS = {
  fork: ({ number }) => ({
    source: deck([callAsync('h')], ['h', [...rows(number(0, 6), pure), ...rows(number(2, 4), () => callAsync('h'))]]),
  }),
  'async chain': ({ number }) => ({
    source: deck([callAsync('h')], ['h', [...rows(number(0, 40), pure), callAsync('h')]]),
  }),
  'fork that waits': ({ number }) => ({
    source: deck([callAsync('h'), wait(60)], ['h', [callAsync('h'), callAsync('h'), wait(number(0, 2))]]),
  }),
  recursion: ({ number }) => ({
    source: deck([call('h')], ['h', rows(number(1, 3), () => call('g'))], ['g', rows(number(2, 4), () => call('h'))]),
  }),
  'recursion that is caught': ({ number }) => ({
    source: deck(
      [call('h')],
      [
        'h',
        [
          {
            card: 'error.ifError',
            blocks: { try: { cards: rows(number(1, 3), () => call('h')) }, catch: { cards: [call('h')] } },
          },
        ],
      ],
    ),
  }),
  'recursion through a loop': ({ number }) => ({
    source: deck(
      [numbers('n', number(2, 2_000)), each('/n/v', 'h')],
      ['h', [numbers('n', number(2, 200)), each('/n/v', 'h', { concurrency: number(1, 50) })]],
    ),
  }),
  'nested loops': ({ number }) => ({
    source: deck(
      [{ card: 'control.repeat', in: { count: number(100, 10_000), flow: { flow: 'a' } } }],
      ['a', [{ card: 'control.repeat', in: { count: number(100, 10_000), flow: { flow: 'b' } } }]],
      ['b', rows(number(1, 30), pure)],
    ),
  }),
  'a long loop': ({ number, oneOf }) => ({
    source: deck(
      [numbers('n', number(100_000, 1_000_000)), { ...each('/n/v', 'h'), card: oneOf(['list.forEach', 'list.map']) }],
      ['h', rows(number(1, 5), pure)],
    ),
  }),
  'a list that doubles': ({ number }) => ({
    source: deck([
      numbers('c0', number(10, 5_000)),
      ...rows(number(5, 25), (n) => ({
        ...assign(`c${n + 1}`, { v: { expr: `$append(c${n}.v, c${n}.v)` } }),
      })),
    ]),
  }),
  'a text that doubles': ({ number }) => ({
    source: deck([
      assign('c0', { v: 'x'.repeat(number(1, 500)) }),
      ...rows(number(10, 30), (n) => assign(`c${n + 1}`, { v: { expr: `c${n}.v & c${n}.v` } })),
    ]),
  }),
  'long texts kept': ({ number }) => ({
    source: deck(
      [
        numbers('n', number(50, 5_000)),
        { id: 'm', card: 'list.map', in: { list: from('/n/v'), flow: { flow: 'h' } } },
        { card: 'flow.return', in: { all: from('/m/new list') } },
      ],
      [
        'h',
        [
          assign('t', { v: { expr: `$pad("", ${number(100_000, 12_000_000)}, "ab")` } }),
          { card: 'flow.return', in: { v: from('/t/v') } },
        ],
      ],
    ),
  }),
  'values that share': ({ number, oneOf }) => {
    const levels = number(16, 40);
    const last = `c${levels}`;
    const end = oneOf([
      { card: 'flow.return', in: { o: from(`/${last}`) } },
      { card: 'flow.returnError', in: { message: 'no', why: from(`/${last}`) } },
      assign('e', { v: { expr: `$count(${last})` } }),
      assign('e', { v: { expr: `$string(${last})` } }),
      assign('e', { v: { expr: `${last} & ""` } }),
      assign('e', { v: { expr: `${last} = ${last}` } }),
      { card: 'json.stringify', in: { value: from(`/${last}`) } },
      { card: 'list.construct', in: { a: from(`/${last}`), b: from(`/${last}`) } },
    ]);
    return { source: deck([...doubled(levels), end]) };
  },
  'an expression that takes long': ({ number, oneOf }) => {
    const n = number(1_000, 1_000_000);
    const source = oneOf([
      `$zip([1..${n}], [1..${n}])`,
      `$sum([1..${n}].($ * 2))`,
      `$map([1..${n}], function($x) { $x * 2 })`,
      `$reduce([1..${n}], function($a, $b) { $append($a, $b) })`,
      `($f := function($x) { $f($x + 1) }; $f(1))`,
      `($f := function($n) { $n < 2 ? $n : $f($n - 1) + $f($n - 2) }; $f(${number(15, 60)}))`,
      `$sort([1..${n}], function($l, $r) { $l < $r })`,
      `$join([1..${n}].$string($), ",")`,
      `$spread([1..${n}].{"a": $})`,
      `$distinct([1..${n}].{"a": $ % 7})`,
      `$string([1..${n}].{"a": [$, $]})`,
      `$length($pad("", ${n * 16}, "ab"))`,
      `$base64encode($pad("", ${n * 16}))`,
      `$split($pad("", ${n}, "a,"), ",")`,
      `[1..${n}][$ % 2 = 0][$ % 3 = 0]^(>$)`,
      `[1..${n}]{$string($ % 10): $count($)}`,
    ]);
    return { source: deck([assign('e', { v: { expr: source } })]) };
  },
  'a row over long lists': ({ number, oneOf }) => {
    const card = oneOf(['list.sort', 'list.reverse', 'list.removeDuplicates', 'list.toText', 'list.length']);
    return {
      source: deck([
        assign('l', { v: { expr: `[1..${number(5_000, 200_000)}].($string($ * 7919 % 100003))` } }),
        ...rows(number(20, 400), () => ({ card, in: { list: from('/l/v') } })),
      ]),
    };
  },
  'a loop that waits': ({ number }) => ({
    source: deck(
      [numbers('n', number(100, 50_000)), each('/n/v', 'h', { concurrency: number(1, 200) })],
      ['h', [wait(number(1, 3) - 1), ...rows(number(0, 5), pure)]],
    ),
  }),
  'a wait without end': ({ oneOf }) => ({
    source: deck([oneOf([wait(1e9), { card: 'control.pauseRaw' }, { card: 'control.pause' }])]),
  }),
  'errors without end': ({ number }) => ({
    source: deck(
      [numbers('n', number(1_000, 500_000)), { ...each('/n/v', 'h'), card: 'list.forEachIgnoreErrors' }],
      ['h', [{ card: 'flow.returnError', in: { message: 'no' } }]],
    ),
  }),
};

/** Raised limits leave the wall time alone to end a run. */
const RAISED = Object.freeze({
  steps: Number.POSITIVE_INFINITY,
  liveFlows: Number.POSITIVE_INFINITY,
  spawnedFlows: Number.POSITIVE_INFINITY,
});

export const KIND_NAMES = Object.keys(KINDS);

/**
 * A hostile flow, the same for the same seed and index: `{ kind, source, limits, cancelMs }`. `cancelMs` is null
 * where only the limits end it.
 */
export function hostileFlow(seed, index) {
  const pick = picker(`${seed}/${index}`);
  const kind = KIND_NAMES[index % KIND_NAMES.length];
  const { source } = KINDS[kind](pick);
  return {
    kind,
    source,
    limits: { wallTimeMs: pick.number(20, 400), ...(pick.random() < 0.5 ? RAISED : {}) },
    cancelMs: pick.random() < 0.25 ? pick.number(1, 200) : null,
  };
}
