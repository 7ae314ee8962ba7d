/** Says what is wrong with text that is not JSON, so that a person can act on it. */
import { JSON_LITERALS, type JsonLevel, type JsonStop, lineReader, pointerTo, scanJson } from '../values/index.js';
import { quoted } from './members.js';

export interface JsonDiagnostic {
  readonly code: 'json-syntax' | 'document-too-deep';
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  /** What is wrong, without a place and without a full stop. */
  readonly message: string;
  readonly hint: string;
  /** JSON Pointer to the innermost list or object around it. */
  readonly pointer: string;
}

type Advice = readonly [message: string, hint: string];

const FOREIGN_LITERALS = ['undefined', 'None', 'nil', 'NaN', 'Infinity'];

const COMMENT: Advice = ['JSON has no comments', 'Remove the comment; a card has room for text in "note".'];

/**
 * @param maxDepth Deeper text is reported as `document-too-deep` at the place where it becomes so.
 * @returns null when the text is JSON.
 */
export function diagnoseJson(text: string, maxDepth: number): JsonDiagnostic | null {
  const stop = scanJson(text, { maxDepth });
  if (stop === null) return null;
  const { reason, offset, levels } = stop;
  const [message, hint] = reason === 'depth' ? depthAdvice(maxDepth) : wordsFor(text, stop);
  const around = levels.slice(0, -1);
  const pointer = around.reduce((path, level) => pointerTo(path, level.key), '');
  return { code: reason === 'depth' ? 'document-too-deep' : 'json-syntax', offset, message, hint, pointer };
}

function depthAdvice(maxDepth: number): Advice {
  return [
    `The document has more than ${maxDepth} levels of lists and objects`,
    'Move inner blocks to helper flows, or raise `maxDepth`.',
  ];
}

function wordsFor(text: string, { reason, offset, levels }: JsonStop): Advice {
  const level = levels.at(-1);
  const char = text[offset];
  const isExpected = reason === 'value' || reason === 'key' || reason === 'comma' || reason === 'end';
  if (isExpected && (char === '/' || char === '#')) return COMMENT;
  switch (reason) {
    case 'value':
      return char === undefined ? endOfText('a value', text, level) : badValue(char, text, offset);
    case 'key':
      if (char === undefined) return endOfText('a name', text, level);
      return [`Expected a name in double quotes, but found ${tokenAt(text, offset)}`, 'Write "name": value.'];
    case 'colon':
      return [`Expected ":" after the name, but found ${tokenAt(text, offset)}`, 'Write "name": value.'];
    case 'end':
      return [
        `The document has ended, but ${tokenAt(text, offset)} follows`,
        'Keep one value in the file; check the brackets before.',
      ];
    case 'escape':
      return [
        `${quoted(text.slice(offset, offset + 2))} is not an escape that JSON knows`,
        'Write a backslash as \\\\.',
      ];
    case 'control-character':
      return ['A line break or control character stands inside text', 'Write it as \\n, \\t or \\u00XX.'];
    case 'unclosed-text':
      return ['The text that starts here has no closing quote', 'Add a " at its end.'];
    case 'comma':
    case 'trailing-comma':
    case 'depth':
      return level === undefined ? endOfText('a value', text, level) : wordsBetween(reason, level, text, offset);
  }
}

/** For what stands between two members, or between the last one and the bracket. */
function wordsBetween(reason: JsonStop['reason'], level: JsonLevel, text: string, offset: number): Advice {
  const { close } = level;
  const char = text[offset];
  if (reason === 'trailing-comma') return [`A comma stands before "${close}"`, 'Remove the comma.'];
  if (char === undefined) return endOfText(`"${close}"`, text, level);
  return [
    `Expected "," or "${close}", but found ${tokenAt(text, offset)}`,
    char === '}' || char === ']' ? `Close with "${close}" first.` : 'Put a comma between two members.',
  ];
}

function badValue(char: string, text: string, offset: number): Advice {
  if (char === "'" || char === '`') return ['Text must stand in double quotes', 'Write "text".'];
  if (char === ',' || char === '}' || char === ']') {
    return [
      `Expected a value, but found ${tokenAt(text, offset)}`,
      'Add the value, or remove the comma or name before it.',
    ];
  }
  const word = wordAt(text, offset);
  if (word !== null) return badWord(word);
  const numberLike = matchAt(/[-+.\w]+/y, text, offset);
  if (numberLike !== null) {
    return [`${quoted(numberLike)} is not a JSON number`, 'Write digits without leading zero or plus: 0.5, -3, 1e6.'];
  }
  return [
    `Expected a value, but found ${tokenAt(text, offset)}`,
    'Write text in double quotes, a number, true, false, null, [ or {.',
  ];
}

function badWord(word: string): Advice {
  const literal = JSON_LITERALS.find((name) => name === word.toLowerCase());
  if (literal) return [`${quoted(word)} must be written in small letters`, `Write ${literal}.`];
  if (FOREIGN_LITERALS.includes(word)) return [`JSON has no ${word}`, 'Write null, or the text in double quotes.'];
  return [`${quoted(word)} is not a JSON value`, `If it is text, write it in double quotes: "${word.slice(0, 60)}".`];
}

function endOfText(expected: string, text: string, level: JsonLevel | undefined): Advice {
  if (level === undefined) return ['The document is empty', 'Write a flow: { "flowdeck": 1, ... }.'];
  const { line, column } = lineReader(text)(level.opened);
  const open = level.close === '}' ? '{' : '[';
  return [
    `The text ends where ${expected} is expected`,
    `Close the "${open}" of line ${line}, column ${column}; the file may be cut off.`,
  ];
}

/** The word or character that stands there. */
function tokenAt(text: string, offset: number): string {
  const point = text.codePointAt(offset);
  if (point === undefined) return 'the end of the text';
  return quoted(wordAt(text, offset) ?? String.fromCodePoint(point));
}

function wordAt(text: string, offset: number): string | null {
  return matchAt(/[A-Za-z_$][\w$]*/y, text, offset);
}

function matchAt(sticky: RegExp, text: string, offset: number): string | null {
  sticky.lastIndex = offset;
  return sticky.exec(text)?.[0] ?? null;
}
