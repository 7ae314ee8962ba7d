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

test('text that can be read in ASCII is no UTF-16, whatever it declares', () => {
  const text = '<?xml version="1.0" encoding="UTF-16"?><n>\u00e9</n>';
  assert.is(decodeText(new TextEncoder().encode(text)), text);
});

test('a meta element of HTML names the character set where nothing else does', () => {
  for (const meta of [
    '<meta charset="iso-8859-1">',
    '<meta charset=windows-1252 />',
    "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=ISO-8859-1'>",
  ]) {
    const page = `<!DOCTYPE html>\n<html><head>${meta}</head><body>Caf\u00e9</body></html>`;
    assert.is(decodeText(latin1(page)), page);
    assert.is(decodeText(new TextEncoder().encode(page), 'utf-8'), page);
  }
  // What only looks like one says nothing.
  const json = '{"html":"<meta charset=latin1>\u00e9"}';
  assert.is(decodeText(new TextEncoder().encode(json)), json);
});

test('an unknown character set is read as UTF-8, and bytes that are none are told', () => {
  assert.is(decodeText(bytes(0xc3, 0xa9), 'klingon'), '\u00e9');
  assert.ok(isUtf8(bytes(0xc3, 0xa9)));
  assert.not.ok(isUtf8(bytes(0xe9)));
  assert.is(charsetOf('text/csv; charset="Windows-1252"'), 'Windows-1252');
  assert.is(charsetOf("text/csv; header=present; charset = 'latin1'"), 'latin1');
  assert.is(charsetOf('text/csv'), undefined);
});

test.run();
