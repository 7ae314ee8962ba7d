// Hostile flows whose values grow, and expressions over them.
import { assign, deck, doubled, from, numbers, rows } from './parts.mjs';

/** By name. */
export const VALUES = {
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
};
