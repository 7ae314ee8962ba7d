/** What a backslash and what follows mean in a JavaScript pattern without the `u` flag. */
import { unsupported } from './faults.js';

export type Escape =
  | { readonly kind: 'character'; readonly point: number; readonly length: number }
  | { readonly kind: 'class'; readonly name: 'd' | 'w' | 's'; readonly negated: boolean; readonly length: number }
  | { readonly kind: 'boundary'; readonly re2: '\\b' | '\\B'; readonly length: number };

export interface EscapeContext {
  readonly groups: number;
  /** True when a group has a name: then `\k` refers to one. */
  readonly named: boolean;
  readonly inClass: boolean;
}

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

export function readEscape(source: string, index: number, context: EscapeContext): Escape {
  const letter = source[index + 1] ?? '\\';
  if ('dwsDWS'.includes(letter)) {
    // The letters have just been tested.
    const name = letter.toLowerCase() as 'd' | 'w' | 's';
    return { kind: 'class', name, negated: name !== letter, length: 2 };
  }
  if (letter === 'b' && context.inClass) return character(8, 2);
  if ((letter === 'b' || letter === 'B') && !context.inClass) {
    return { kind: 'boundary', re2: letter === 'b' ? '\\b' : '\\B', length: 2 };
  }
  const control = CONTROLS[letter];
  if (control !== undefined) return character(control, 2);
  if (letter === 'c') return controlLetter(source, index, context.inClass);
  if (letter === 'x') return hexadecimal(source, index, /^[0-9A-Fa-f]{2}/);
  if (letter === 'u') return unicode(source, index);
  if (letter === 'k' && context.named) throw unsupported('references to groups');
  if (letter >= '0' && letter <= '9') return digits(source, index, context);
  const point = source.codePointAt(index + 1) ?? 0x5c;
  return character(point, point > 0xffff ? 3 : 2);
}

function character(point: number, length: number): Escape {
  return { kind: 'character', point, length };
}

/** `\cJ` is a control character; without a letter the backslash stands for itself. */
function controlLetter(source: string, index: number, inClass: boolean): Escape {
  const letter = source[index + 2] ?? '';
  const known = inClass ? /^[A-Za-z0-9_]$/ : /^[A-Za-z]$/;
  return known.test(letter) ? character(letter.charCodeAt(0) % 32, 3) : character(0x5c, 1);
}

function hexadecimal(source: string, index: number, form: RegExp): Escape {
  const code = form.exec(source.slice(index + 2, index + 6))?.[0];
  if (code === undefined) return character(source.charCodeAt(index + 1), 2);
  return character(Number.parseInt(code, 16), 2 + code.length);
}

/** Two escaped halves of one character are that character: RE2 never sees halves in a text that has both. */
function unicode(source: string, index: number): Escape {
  const pair = /^\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/i.exec(source.slice(index, index + 12));
  if (!pair) return hexadecimal(source, index, /^[0-9A-Fa-f]{4}/);
  const high = Number.parseInt(pair[1] ?? '', 16);
  const low = Number.parseInt(pair[2] ?? '', 16);
  return character((high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000, 12);
}

/** A reference to a group when there are so many, else an octal code (Annex B), else the digit. */
function digits(source: string, index: number, context: EscapeContext): Escape {
  const number = /^[1-9]\d{0,4}/.exec(source.slice(index + 1, index + 6))?.[0];
  if (number !== undefined && !context.inClass && Number(number) <= context.groups) {
    throw unsupported('references to groups');
  }
  const octal = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(source.slice(index + 1, index + 4))?.[0];
  if (octal === undefined) return character(source.charCodeAt(index + 1), 2);
  return character(Number.parseInt(octal, 8), 1 + octal.length);
}
