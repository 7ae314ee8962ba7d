/** Bytes and text against the platform's own. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { base64, base64url, fromBase64, fromBase64InPieces, fromHex, hex, latin1, textOf, utf8 } from './bytes.js';

const bytes = fc.uint8Array({ maxLength: 300 });
/** Half surrogates, byte order marks and everything else. */
const text = fc.string({
  unit: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 2 }), fc.constantFrom('\ud800', '\udc00', '\ufeff')),
});
const scribbled = fc.string({ unit: fc.constantFrom(...'ABYZabyz0189+/-_=\n %é') });

test('every writing is the one of Buffer', () => {
  fc.assert(
    fc.property(bytes, (given) => {
      const theirs = Buffer.from(given);
      assert.is(base64(given), theirs.toString('base64'));
      assert.is(base64url(given), theirs.toString('base64url'));
      assert.is(hex(given), theirs.toString('hex'));
      assert.is(latin1(given), theirs.toString('latin1'));
      assert.is(textOf(given), theirs.toString('utf8'));
    }),
  );
});

test('UTF-8 is the one of Buffer, half surrogates included', () => {
  fc.assert(fc.property(text, (given) => assert.equal([...utf8(given)], [...Buffer.from(given, 'utf8')])));
});

test('base64 is read as Buffer reads it, whatever stands in it', () => {
  fc.assert(fc.property(bytes, (given) => assert.equal(fromBase64(base64(given)), given)));
  // There Buffer looks at half of the character, and sees a padding or a digit.
  assert.equal(fromBase64('YW\u0141J\u{1f600}j'), utf8('abc'));
  fc.assert(
    fc.property(scribbled, (given) => assert.equal([...fromBase64(given)], [...Buffer.from(given, 'base64')])),
    { numRuns: 2000 },
  );
});

test('base64 is read in pieces as it is read at once, wherever a piece ends', () => {
  for (const part of ['YWJj', 'YWJ\nj', 'Y W', '\u00e9YW']) {
    const text = part.repeat(100_000);
    const reading = fromBase64InPieces(`${text}==YWJj`);
    let pieces = 1;
    let piece = reading.next();
    for (; !piece.done; piece = reading.next()) pieces++;
    assert.ok(pieces > 1, `${pieces} pieces`);
    assert.is(Buffer.compare(piece.value, Buffer.from(text, 'base64')), 0, part);
  }
});

test('hexadecimal is read strictly', () => {
  fc.assert(fc.property(bytes, (given) => assert.equal(fromHex(hex(given)), given)));
  assert.equal(fromHex('00fF'), new Uint8Array([0, 255]));
  for (const wrong of ['0', '0g', '0x00', ' 00', '00 ']) assert.is(fromHex(wrong), null, wrong);
});

test('megabytes are written in pieces', () => {
  const many = new Uint8Array(1_000_000).map((_, index) => index);
  assert.is(base64(many), Buffer.from(many).toString('base64'));
});

test.run();
