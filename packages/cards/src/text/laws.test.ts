/** Laws of the text and URL cards, over arbitrary text. */
import type { CardType, Outputs, ValueObject } from '@flowdeck/engine';
import { runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeComponent } from '../url/decode-component.js';
import { encodeComponent } from '../url/encode-component.js';
import { textAt } from './at.js';
import { base64Decode } from './base64-decode.js';
import { base64Encode } from './base64-encode.js';
import { compose } from './compose.js';
import { concatenate } from './concatenate.js';
import { segment } from './segment.js';

const anyText = fc.string({ unit: 'binary' });
const wellFormed = fc.string({ unit: 'grapheme' });
/** A pure card gives its outputs at once. */
const output = (card: CardType, inputs: ValueObject) => (runCard(card, inputs) as Outputs)['output'];

test('Base64 Decode undoes Base64 Encode', () => {
  fc.assert(
    fc.property(wellFormed, (text) => output(base64Decode, { text: output(base64Encode, { text }) ?? null }) === text),
  );
});

test('a long template is put together as a short one is', async () => {
  const piece = fc.constantFrom(
    '{',
    '{{',
    '}',
    '}}',
    '{{{',
    '}}}',
    'a',
    'b',
    '{{a}}',
    '{{{b}}}',
    '{{{gone}}}',
    'x'.repeat(9),
  );
  const values = { a: '{{{b}}}', b: 'B' };
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const part = pieces.join('');
      // What stands around a part must not change it, however often it is repeated.
      const short = runCard(compose, { template: `${part}. `, ...values }) as { output: string };
      const times = Math.ceil(70_000 / (part.length + 2));
      const long = await runCard(compose, { template: `${part}. `.repeat(times), ...values });
      assert.equal(long, runCard(compose, { template: '{{whole}}', whole: short.output.repeat(times) }));
    }),
    { numRuns: 200 },
  );
});

test('Decode Component undoes Encode Component', () => {
  fc.assert(
    fc.property(
      wellFormed,
      (text) => output(decodeComponent, { text: output(encodeComponent, { text }) ?? null }) === text,
    ),
  );
});

test('Encode Component takes any text and gives URL characters only', () => {
  fc.assert(
    fc.property(anyText, (text) => /^[A-Za-z0-9\-_.!~*'()%]*$/.test(String(output(encodeComponent, { text })))),
  );
});

test('Compose without placeholders is the template; inserted text is never looked through', () => {
  fc.assert(fc.property(anyText, (template) => template.includes('{{') || output(compose, { template }) === template));
  fc.assert(fc.property(anyText, (a) => output(compose, { template: '<{{a}}|{{{a}}}>', a }) === `<${a}|${a}>`));
});

test('Compose is linear in its template', async () => {
  const hostile = '{{{a'.repeat(100_000) + '{'.repeat(400_000) + 'a'.repeat(400_000);
  // Not by `assert.is`, which would print both.
  const { output: same } = (await runCard(compose, { template: hostile, a: 'x' })) as Outputs;
  assert.ok(same === hostile);
});

test('two segments that meet make the text, and characters make it too', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: -5, max: 50 }), (text, position) => {
      const head = output(segment, { text, start: 0, end: position }) ?? null;
      const tail = output(segment, { text, start: position }) ?? null;
      return output(concatenate, { 'text 1': head, 'text 2': tail }) === text;
    }),
  );
  fc.assert(
    fc.property(
      anyText,
      (text) => [...Array(text.length).keys()].map((index) => output(textAt, { text, index })).join('') === text,
    ),
  );
});

test.run();
