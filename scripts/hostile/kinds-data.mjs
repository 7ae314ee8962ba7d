// Hostile flows that give cards much to read, to match and to try again.
import { assign, call, deck, each, from, numbers, pure, rows } from './parts.mjs';

/** A text made in the run, since no file may be so large: `piece` up to `length` characters, between two others. */
const long = (id, before, piece, after, length) =>
  assign(id, { v: { expr: `"${before}" & $pad("", ${length}, "${piece}") & "${after}"` } });
const failing = { card: 'flow.returnError', in: { message: 'no' } };
const table = { id: 't', columns: [{ key: 'a', type: 'text' }] };
const row = (value) => ({ card: 'tables.createRow', in: { table: 't', 'fields/a': value } });
const ladder = (levels, inner) =>
  rows(levels, () => null).reduce(
    (cards) => [{ card: 'control.ifElse', in: { left: 1, operator: '==', right: 1 }, blocks: { then: { cards } } }],
    inner,
  );

/** By name. */
export const DATA = {
  'patterns that take long': ({ number, oneOf }) => {
    const pattern = oneOf([
      '(a+)+b',
      '(a|a)*b',
      '(a*)*c',
      'a{1,500}b',
      '(.*a){20}',
      '([a-z]+)*\\d',
      `${'a?'.repeat(60)}${'a'.repeat(60)}`,
    ]);
    const replace = { 'look in': from('/t/v'), 'replace with': 'x', 'patterns/1': pattern, 'patterns/2': '(a+)+$' };
    return {
      source: deck([
        long('t', '', 'a', '!', number(1_000, 2_000_000)),
        ...rows(number(1, 50), () =>
          oneOf([
            { card: 'text.findPattern', in: { 'look in': from('/t/v'), 'look for': pattern } },
            { card: 'text.replacePatterns', in: replace },
          ]),
        ),
      ]),
    };
  },
  'replacing in long texts': ({ number, oneOf }) => ({
    source: deck([
      long('t', '', oneOf(['a', 'ab', 'aab']), '', number(10_000, 8_000_000)),
      ...rows(number(1, 60), () => ({
        card: 'text.replace',
        in: { 'look in': from('/t/v'), 'look for': oneOf(['a', 'ab', 'aa']), 'replace with': oneOf(['', 'x', 'bbbb']) },
      })),
    ]),
  }),
  'cutting long texts': ({ number, oneOf }) => ({
    source: deck([
      long('t', '', 'a,', '', number(10_000, 4_000_000)),
      ...rows(number(1, 40), () =>
        oneOf([
          { card: 'text.split', in: { text: from('/t/v'), separator: oneOf([',', 'a,', '']) } },
          { card: 'text.base64Encode', in: { text: from('/t/v') } },
          { card: 'url.encodeComponent', in: { text: from('/t/v') } },
          { card: 'text.trim', in: { text: from('/t/v') } },
        ]),
      ),
    ]),
  }),
  'JSON that takes long to read': ({ number, oneOf }) => ({
    source: deck([
      oneOf([
        long('t', '[0', ',0', ']', number(10_000, 8_000_000)),
        long('t', '[', '[', ']', number(10_000, 8_000_000)),
        long('t', '[{}', ',{\\"a\\":[1,{}]}', ']', 16 * number(1_000, 500_000)),
        long('t', '', '9', '', number(10_000, 8_000_000)),
        long('t', '\\"', '\\\\u0041', '\\"', 6 * number(1_000, 1_000_000)),
      ]),
      ...rows(number(1, 20), () => ({ card: 'json.parse', in: { text: from('/t/v') } })),
    ]),
  }),
  'XML that takes long to read': ({ number, oneOf }) => ({
    source: deck([
      oneOf([
        long('t', '<a>', '<b/>', '</a>', 4 * number(1_000, 1_000_000)),
        long('t', '<a>', '<b>', '</a>', 3 * number(1_000, 1_000_000)),
        long('t', '<a>', '&amp;', '</a>', 5 * number(1_000, 1_000_000)),
        long('t', "<a b='", 'x', "'/>", number(10_000, 8_000_000)),
        long('t', '<a><!--', '-', '></a>', number(10_000, 8_000_000)),
      ]),
      ...rows(number(1, 10), () => ({ card: 'xml.parse', in: { text: from('/t/v') } })),
    ]),
  }),
  'tables that grow': ({ number }) => ({
    source: {
      ...deck(
        [
          numbers('n', number(500, 100_000)),
          each('/n/v', 'h', { concurrency: number(1, 50) }),
          { card: 'tables.searchRows', in: { table: 't', result: 'all', direction: 'asc' } },
        ],
        [
          'h',
          [
            ...rows(number(1, 4), () => row('x'.repeat(number(1, 2_000)))),
            { card: 'tables.searchRows', in: { table: 't', result: 'all', direction: 'asc', 'sort by': 'a' } },
          ],
        ],
      ),
      tables: [table],
    },
  }),
  'a table to CSV and back': ({ number }) => ({
    source: {
      ...deck(
        [numbers('n', number(100, 5_000)), each('/n/v', 'h', { concurrency: 50 }), call('g')],
        ['h', [row('a,"b"\n'.repeat(number(1, 300)))]],
        [
          'g',
          [
            { id: 'f', card: 'tables.exportToCsv', in: { table: 't', filename: 'f.csv' } },
            { card: 'tables.importFromCsv', in: { table: 't', file: from('/f/file') } },
            call('g'),
          ],
        ],
      ),
      tables: [table],
    },
  }),
  'retries without end': ({ number, oneOf }) => {
    const retry = {
      when: 'all',
      times: number(1_000, 1_000_000),
      delay: oneOf([0, 0, 1, [0, 2]]),
      backoff: oneOf([1, 2]),
    };
    return {
      source: deck(
        [
          { ...call('h'), onError: { retry } },
          { ...call('h'), onError: { retry } },
        ],
        ['h', [{ ...call('g'), onError: { retry } }]],
        ['g', [failing]],
      ),
    };
  },
  'a ladder of decisions': ({ number }) => ({
    source: deck(
      [{ card: 'control.repeat', in: { count: number(1_000, 100_000), flow: { flow: 'h' } } }],
      ['h', [...ladder(number(5, 16), [pure()]), ...rows(number(1, 20), () => ladder(1, [pure()])[0])]],
    ),
  }),
  'a ring of calls': ({ number }) => {
    const length = number(2, 60);
    const flows = rows(length, (n) => [
      `f${n}`,
      [...rows(number(1, 3), () => call(`f${(n + 1) % length}`)), call(`f${number(0, length - 1)}`)],
    ]);
    return { source: deck([call('f0')], ...flows) };
  },
  'expressions over one another': ({ number, oneOf }) => {
    const n = number(10, 3_000);
    const expression = oneOf([
      `[1..${n}].($x := $; [1..${n}].($x * $))`,
      `$zip([1..${n}].{"a": [1..50]}, [1..${n}].{"b": [1..50]})`,
      `$map([1..${n}], function($i) { $map([1..${n}], function($j) { $base64encode($string($i * $j)) }) })`,
      `$replace($pad("", ${n * 100}, "ab"), "a", "${'z'.repeat(200)}")`,
      `$merge([1..${n}].{$string($): [1..100]})`,
      `$each($merge([1..${n}].{$string($): $}), function($v, $k) { $k & $v })`,
      `$sift($merge([1..${n}].{$string($): $}), function($v) { $v > 3 })`,
      `$formatBase($sum([1..${n}]), 2) & $join([1..${n}].$formatNumber($, "#,##0.00"))`,
    ]);
    return { source: deck(rows(number(1, 10), (at) => assign(`e${at}`, { v: { expr: expression } }))) };
  },
};
