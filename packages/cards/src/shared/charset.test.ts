/** Text keeps its letters, whatever it was written in. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { charsetOf, decodeText, isUtf8 } from './charset.js';

const bytes = (...codes: number[]) => Uint8Array.from(codes);
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

test('windows-1252 by all its names, on every version of Node', () => {
  for (const label of ['windows-1252', 'cp1252', 'latin1', 'iso-8859-1', 'ascii', 'x-cp1252']) {
    assert.is(
      decodeText(bytes(0x80, 0x93, 0xe9, 0x94, 0x96, 0x99), label),
      '\u20ac\u201c\u00e9\u201d\u2013\u2122',
      label,
    );
  }
  const long = new Uint8Array(20_000).fill(0x80);
  assert.is(decodeText(long, 'windows-1252'), '\u20ac'.repeat(20_000));
});

test('a mark wins over what is said, and is no part of the text', () => {
  assert.is(decodeText(bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9), 'latin1'), '\u00e9');
  assert.is(decodeText(bytes(0xff, 0xfe, 0xe9, 0x00), 'utf-8'), '\u00e9');
  assert.is(decodeText(bytes(0xfe, 0xff, 0x00, 0xe9)), '\u00e9');
});

test('an XML declaration names the character set where nothing else does', () => {
  const text = '<?xml version="1.0" encoding="ISO-8859-1"?><n>Caf\u00e9</n>';
  assert.is(decodeText(latin1(text)), text);
  assert.is(decodeText(latin1(text.replaceAll('"', "'"))), text.replaceAll('"', "'"));
  const wide = '<?xml version="1.0" encoding="UTF-16"?><n/>';
  assert.is(decodeText(Uint8Array.from([...wide].flatMap((char) => [char.charCodeAt(0), 0]))), wide);
  // What the answer says is more than what the text claims.
  assert.is(decodeText(new TextEncoder().encode(text), 'utf-8'), text);
});

test('an unknown character set is read as UTF-8, and bytes that are none are told', () => {
  assert.is(decodeText(bytes(0xc3, 0xa9), 'klingon'), '\u00e9');
  assert.ok(isUtf8(bytes(0xc3, 0xa9)));
  assert.not.ok(isUtf8(bytes(0xe9)));
  assert.is(charsetOf('text/csv; charset="Windows-1252"'), 'Windows-1252');
  assert.is(charsetOf('text/csv'), undefined);
});

test.run();
