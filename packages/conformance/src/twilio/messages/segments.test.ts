/** Segment counts: the table of the vendor's own calculator, and two laws. */

import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { countSegments, smartEncode } from './segments.js';

const TABLE: [unit: string, counts: [length: number, segments: number][], encoding: 'GSM-7' | 'UCS-2'][] = [
  [
    'a',
    [
      [160, 1],
      [161, 2],
      [306, 2],
      [307, 3],
      [1530, 10],
    ],
    'GSM-7',
  ],
  [
    '€',
    [
      [80, 1],
      [81, 2],
      [153, 3],
    ],
    'GSM-7',
  ],
  [
    'ё',
    [
      [70, 1],
      [71, 2],
      [134, 2],
      [135, 3],
    ],
    'UCS-2',
  ],
  [
    '👍',
    [
      [35, 1],
      [36, 2],
      [67, 3],
    ],
    'UCS-2',
  ],
];

for (const [unit, counts, encoding] of TABLE) {
  for (const [length, segments] of counts) {
    test(`${unit} ×${length} takes ${segments} in ${encoding}`, () => {
      const count = countSegments(unit.repeat(length));
      assert.is(count.segments, segments);
      assert.is(count.encoding, encoding);
    });
  }
}

test('a curly apostrophe forces UCS-2 unless smart encoding replaces it', () => {
  assert.is(countSegments('It’s fine').encoding, 'UCS-2');
  assert.is(countSegments(smartEncode('It’s fine')).encoding, 'GSM-7');
  assert.is(smartEncode('It’s fine'), "It's fine");
});

test('capital C with cedilla is GSM-7, the small one is not', () => {
  assert.is(countSegments('Ç').encoding, 'GSM-7');
  assert.is(countSegments('ç').encoding, 'UCS-2');
});

test('form feed and braces cost two septets, line breaks one', () => {
  assert.is(countSegments('\f{}[]^~|\\').units, 18);
  assert.is(countSegments('\r\n').units, 2);
});

test('an empty text takes no segment', () => {
  assert.equal(countSegments(''), { encoding: 'GSM-7', units: 0, segments: 0 });
});

test('a longer text never takes fewer segments', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      (a, b) => {
        assert.ok(countSegments(a + b).segments >= countSegments(a).segments);
      },
    ),
  );
});

test('segments hold all units, and no fewer segments could', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '€', '[', 'Ω'), maxLength: 700 }), (text) => {
      const { units, segments } = countSegments(text);
      const least = units <= 160 ? Math.min(units, 1) : Math.ceil(units / 153);
      const most = units <= 160 ? least : Math.ceil(units / 152);
      assert.ok(segments >= least && segments <= most);
    }),
  );
});

test.run();
