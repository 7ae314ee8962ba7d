/** Splits JSONata source into tokens, exactly as JSONata does, and finds the faults that need no grammar. */
import { losesDigits } from '../values/index.js';
import { type SourceFault, syntaxFault } from './faults.js';
import { Structure } from './structure.js';
import type { Token } from './token.js';

/** Longest source. */
export const MAX_SOURCE = 20_000;

export interface Scan {
  readonly tokens: readonly Token[];
  /** The first fault; tokens end before it. */
  readonly fault: SourceFault | null;
}

const SPACE = ' \t\n\r\v';
const DOUBLES: ReadonlySet<string> = new Set(['..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??']);
const SINGLES = '.[]{}(),@#;:?+-*/%|=<>^&!~';
const NUMBER = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads all tokens, or those before the first fault. */
export function scan(source: string): Scan {
  if (source.length > MAX_SOURCE) return { tokens: [], fault: sourceTooLong(source.length) };
  const tokens: Token[] = [];
  const structure = new Structure();
  let at = 0;
  for (;;) {
    const start = skipBlank(source, at);
    if (typeof start !== 'number') return { tokens, fault: start };
    if (start >= source.length) return { tokens, fault: structure.end(source.length) };
    const token = readToken(source, start);
    const fault = 'code' in token ? token : structure.see(token);
    if (fault) return { tokens, fault };
    // What carries a code was returned as a fault.
    tokens.push(token as Token);
    at = (token as Token).position; // as above
  }
}

/** Offset of the next token, past white space and comments. */
function skipBlank(source: string, from: number): number | SourceFault {
  let at = from;
  for (;;) {
    while (at < source.length && SPACE.includes(source.charAt(at))) at++;
    if (source[at] !== '/' || source[at + 1] !== '*') return at;
    const end = source.indexOf('*/', at + 2);
    if (end === -1) return syntaxFault('the comment has no closing "*/".', at);
    at = end + 2;
  }
}

function readToken(source: string, start: number): Token | SourceFault {
  const double = source.slice(start, start + 2);
  if (DOUBLES.has(double)) return { type: 'operator', value: double, position: start + 2 };
  const char = source.charAt(start);
  if (SINGLES.includes(char)) return { type: 'operator', value: char, position: start + 1 };
  if (char === '"' || char === "'") return readText(source, start, char);
  if (char === '`') {
    const end = source.indexOf('`', start + 1);
    if (end === -1) return syntaxFault('the quoted name has no closing backquote.', start);
    return { type: 'name', value: source.slice(start + 1, end), position: end + 1 };
  }
  return readNumber(source, start) ?? readName(source, start);
}

function readText(source: string, start: number, quote: string): Token | SourceFault {
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === quote) return { type: 'string', value: text, position: at + 1 };
    if (char !== '\\') {
      text += char;
      continue;
    }
    const escaped = source.charAt(++at);
    if (escaped === 'u') {
      const digits = source.slice(at + 1, at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) return syntaxFault('"\\u" must be followed by four hex digits.', at);
      text += String.fromCharCode(Number.parseInt(digits, 16));
      at += 4;
    } else if (Object.hasOwn(ESCAPES, escaped)) {
      text += ESCAPES[escaped];
    } else {
      return syntaxFault(`the text has the unknown escape "\\${escaped}".`, at);
    }
  }
  return syntaxFault('the text has no closing quote.', start);
}

function readNumber(source: string, start: number): Token | SourceFault | null {
  // A copy, because a sticky pattern remembers its place.
  const pattern = new RegExp(NUMBER);
  pattern.lastIndex = start;
  const digits = pattern.exec(source)?.[0];
  if (digits === undefined) return null;
  const value = Number.parseFloat(digits);
  if (!Number.isFinite(value)) return syntaxFault('the number is out of range.', start);
  if (losesDigits(digits, value)) return syntaxFault('the number has more digits than a number keeps.', start);
  return { type: 'number', value, position: start + digits.length };
}

function readName(source: string, start: number): Token {
  let end = start;
  while (end < source.length && !SPACE.includes(source.charAt(end)) && !SINGLES.includes(source.charAt(end))) end++;
  const name = source.slice(start, end);
  if (name.startsWith('$')) return { type: 'variable', value: name.slice(1), position: end };
  switch (name) {
    case 'and':
    case 'or':
    case 'in':
      return { type: 'operator', value: name, position: end };
    case 'true':
    case 'false':
      return { type: 'value', value: name === 'true', position: end };
    case 'null':
      return { type: 'value', value: null, position: end };
    default:
      return { type: 'name', value: name, position: end };
  }
}

function sourceTooLong(length: number): SourceFault {
  return {
    code: 'expression-too-long',
    message: `The expression has ${length} characters; at most ${MAX_SOURCE} are allowed.`,
    hint: 'Split it over several cards.',
  };
}
