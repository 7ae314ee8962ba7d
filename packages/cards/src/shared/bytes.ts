/** Bytes as text and back, by web standards alone: UTF-8, base64, base64url, hexadecimal, one character a byte. */

import type { Pieces } from './pace.js';

/** Neither keeps anything between calls. A byte order mark is a character like any other. */
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8. Half of a surrogate pair becomes the replacement character. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return ENCODER.encode(text);
}

/** Reads UTF-8. What is none becomes the replacement character. */
export function textOf(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}

/** Arguments that a function takes at once, on every platform; a multiple of three, as base64 groups bytes. */
const CODES_AT_ONCE = 6144;

/** One character a byte, which is Latin-1. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CODES_AT_ONCE) text += characters(bytes.subarray(at, at + CODES_AT_ONCE));
  return text;
}

const DIGITS = '0123456789abcdef';

export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15);
  return text;
}

/** Reads hexadecimal digits in pairs; null when the text is anything else. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}

/** RFC 4648, section 4: padded, in one line. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CODES_AT_ONCE)
    text += btoa(characters(bytes.subarray(at, at + CODES_AT_ONCE)));
  return text;
}

/** The same, in pieces. */
export function* base64InPieces(bytes: Uint8Array): Pieces<string> {
  let text = '';
  for (let at = 0; at < bytes.length; at += CODES_AT_ONCE * 16) {
    if (at > 0) yield;
    text += base64(bytes.subarray(at, at + CODES_AT_ONCE * 16));
  }
  return text;
}

/** As arguments from a list: bytes that are spread are put into an array first, which takes six times as long. */
function characters(bytes: Uint8Array): string {
  return Reflect.apply(String.fromCharCode, null, bytes);
}

/** RFC 4648, section 5: without padding. */
export function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const NONE = 255;
/** The six bits of each character of both alphabets, by its code. */
const SIXES = sixes();

function sixes(): Uint8Array {
  const table = new Uint8Array(128).fill(NONE);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  for (const [value, character] of [...alphabet].entries()) table[character.charCodeAt(0)] = value;
  for (const [character, value] of [
    ['+', 62],
    ['-', 62],
    ['/', 63],
    ['_', 63],
  ] as const) {
    table[character.charCodeAt(0)] = value;
  }
  return table;
}

/** Reads base64 in either alphabet up to its padding or end, and skips characters of neither, as `Buffer` does. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < text.length; at++) {
    if (bits === 0) {
      // Four characters at a time, for as long as nothing is to be skipped: a third of the time for a long text.
      for (let four = fourAt(text, at); four >= 0; four = fourAt(text, at)) {
        bytes[length++] = four >> 16;
        bytes[length++] = four >> 8;
        bytes[length++] = four;
        at += 4;
      }
      if (at >= text.length) break;
    }
    const code = text.charCodeAt(at);
    if (code === 0x3d) break;
    const six = SIXES[code] ?? NONE;
    if (six === NONE) continue;
    held = ((held << 6) | six) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (held >> bits) & 0xff;
  }
  return bytes.slice(0, length);
}

/** The 24 bits of four characters of an alphabet; negative where one of them is none. */
function fourAt(text: string, at: number): number {
  if (at + 4 > text.length) return -1;
  const [a, b, c, d] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2), text.charCodeAt(at + 3)];
  if ((a | b | c | d) > 127) return -1;
  return (six(a) << 18) | (six(b) << 12) | (six(c) << 6) | six(d);
}

/** Negative for a character of neither alphabet. */
function six(code: number): number {
  const bits = SIXES[code] ?? NONE;
  return bits === NONE ? -1 : bits;
}
