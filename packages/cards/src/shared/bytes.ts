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
const PADDING_CODE = 0x3d;
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
  const reading = new Base64Reading(text);
  reading.readOn(text.length);
  return reading.bytes;
}

/** Characters of one piece: a millisecond or two. */
const BASE64_PIECE = 131_072;

/** The same, in pieces. */
export function* fromBase64InPieces(text: string): Pieces<Uint8Array<ArrayBuffer>> {
  const reading = new Base64Reading(text);
  for (reading.readOn(BASE64_PIECE); !reading.isDone; reading.readOn(BASE64_PIECE)) yield;
  return reading.bytes;
}

class Base64Reading {
  readonly #text: string;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #at = 0;
  #length = 0;
  /** Bits that no byte has yet: how many, and, at the end of these, which. */
  #bits = 0;
  #held = 0;

  constructor(text: string) {
    this.#text = text;
    this.#bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  }

  get isDone(): boolean {
    return this.#at >= this.#text.length;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** Reads so many characters, and up to three more. */
  readOn(characters: number): void {
    const text = this.#text;
    const bytes = this.#bytes;
    const end = Math.min(this.#at + characters, text.length);
    let at = this.#at;
    let length = this.#length;
    let bits = this.#bits;
    let held = this.#held;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (code === PADDING_CODE) {
        at = text.length;
        break;
      }
      const value = SIXES[code] ?? NONE;
      if (value === NONE) {
        at++;
        continue;
      }
      // Four characters at a time, for as long as nothing is to be skipped: a third of the time for a long text.
      const four = bits === 0 ? fourAt(text, at) : -1;
      if (four >= 0) {
        bytes[length++] = four >> 16;
        bytes[length++] = four >> 8;
        bytes[length++] = four;
        at += 4;
        continue;
      }
      at++;
      held = ((held << 6) | value) & 0xffff;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      bytes[length++] = (held >> bits) & 0xff;
    }
    this.#at = at;
    this.#length = length;
    this.#bits = bits;
    this.#held = held;
  }
}

/** The 24 bits of four characters of an alphabet; negative where one of them is none. */
function fourAt(text: string, at: number): number {
  if (at + 4 > text.length) return -1;
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  const c = text.charCodeAt(at + 2);
  const d = text.charCodeAt(at + 3);
  if ((a | b | c | d) > 127) return -1;
  return (six(a) << 18) | (six(b) << 12) | (six(c) << 6) | six(d);
}

/** Negative for a character of neither alphabet. */
function six(code: number): number {
  const bits = SIXES[code] ?? NONE;
  return bits === NONE ? -1 : bits;
}
