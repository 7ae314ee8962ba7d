import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { anyDocument, deck, flow } from './fixtures.test.js';
import { parseDocument, printDocument, revisionOf } from './index.js';
import { murmur3 } from './murmur3.js';
import { utf8 } from './utf8.js';

const littleEndian = (words: readonly number[]) => {
  const bytes = new Uint8Array(16);
  words.forEach((word, i) => {
    new DataView(bytes.buffer).setUint32(i * 4, word, true);
  });
  return bytes;
};

test('the hash has the verification value that SMHasher gives for MurmurHash3_x86_128', () => {
  const all = new Uint8Array(16 * 256);
  for (let length = 0; length < 256; length++) {
    const key = Uint8Array.from({ length }, (_, i) => i);
    all.set(littleEndian(murmur3(key, 256 - length)), 16 * length);
  }
  assert.is(new DataView(littleEndian(murmur3(all, 0)).buffer).getUint32(0, true), 0xb3ece62a);
});

test('utf8 agrees with the platform', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
      ),
      (text) => {
        assert.equal([...utf8(text)], [...new TextEncoder().encode(text)]);
      },
    ),
  );
});

test('a revision is 32 hexadecimal digits, for ever the same', () => {
  assert.is(revisionOf({ flowdeck: 1, id: 'a', type: 'helper', cards: [] }), '447d3eb04e9aee5f947f685521776929');
});

test('law: neither layout nor the order of properties changes it', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      assert.is(revisionOf(parseDocument(printDocument(document)).document!), revisionOf(document));
    }),
  );
});

test('what no run can notice does not change it', () => {
  const [first, ...rest] = flow.cards;
  assert.is(
    revisionOf({
      ...flow,
      $schema: './flow-1.json',
      description: 'd',
      meta: { x: 1 },
      inputs: [{ ...flow.inputs[0], description: 'd' }],
      cards: [{ ...first, title: 't', note: 'n', meta: { y: 2 } }, ...rest],
    }),
    revisionOf(flow),
  );
});

test('what a run can notice changes it', () => {
  const [first, second] = flow.cards;
  const { try: attempt, catch: rescue } = second.blocks;
  const variants = [
    flow,
    deck,
    { ...flow, id: 'other' },
    { ...flow, name: 'Notify' },
    { ...flow, cards: [second, first] },
    { ...flow, cards: [{ ...first, in: { ...first.in, title: 'Ms' } }, second] },
    { ...flow, cards: [{ ...first, in: { id: first.in.id, template: first.in.template } }, second] },
    { ...flow, cards: [{ ...first, in: { ...first.in, note: { value: { meta: 1, title: 2 } } } }, second] },
    { ...flow, cards: [{ ...first, in: { ...first.in, note: { value: { title: 2, meta: 1 } } } }, second] },
    { ...flow, cards: [{ ...first, in: { ...first.in, note: { value: { title: 2 } } } }, second] },
    { ...flow, cards: [first, { ...second, blocks: { catch: rescue, try: attempt } }] },
  ];
  assert.is(new Set(variants.map((variant) => revisionOf(variant))).size, variants.length);
});

test.run();
