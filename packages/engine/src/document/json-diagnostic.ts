/** Finds the first fault in text that is not JSON, for a message that a person can act on. */
import { lineAndColumn } from './line-column.js';
import { pointerTo, quoted } from './pointer.js';

export interface JsonDiagnostic {
  readonly code: 'json-syntax' | 'document-too-deep';
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  /** What is wrong, without a place and without a full stop. */
  readonly message: string;
  readonly hint: string;
  /** JSON Pointer to the innermost list or object around the fault. */
  readonly pointer: string;
}

interface Level {
  readonly close: '}' | ']';
  readonly opened: number;
  key: string | number;
}

const LITERALS = ['true', 'false', 'null'];
const FOREIGN_LITERALS = ['undefined', 'None', 'nil', 'NaN', 'Infinity'];

/**
 * @param maxDepth Deeper text is reported as `document-too-deep` at the place where it becomes so.
 * @returns null when the text is JSON.
 */
export function diagnoseJson(text: string, maxDepth: number): JsonDiagnostic | null {
  return new JsonScanner(text, maxDepth).run();
}

class JsonScanner {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #levels: Level[] = [];
  #at = 0;
  // Sticky patterns carry a position, so each scanner has its own.
  readonly #word = /[A-Za-z_$][\w$]*/y;
  readonly #number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  readonly #numberLike = /[-+.\w]+/y;
  readonly #escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  run(): JsonDiagnostic | null {
    let expect: 'value' | 'key' | 'next' = 'value';
    for (;;) {
      this.#skipSpace();
      const level = this.#levels.at(-1);
      const char = this.#text[this.#at];
      if (expect === 'next') {
        if (level === undefined) return char === undefined ? null : this.#fault(...this.#afterEnd(char));
        if (char === level.close) {
          this.#levels.pop();
          this.#at++;
        } else if (char === ',') {
          const comma = this.#at++;
          this.#skipSpace();
          if (this.#text[this.#at] === level.close) return this.#trailingComma(comma, level);
          if (typeof level.key === 'number') level.key++;
          expect = level.close === '}' ? 'key' : 'value';
        } else {
          return this.#fault(...this.#missingComma(char, level));
        }
      } else if (expect === 'key') {
        if (char !== '"') return this.#fault(...this.#badKey(char));
        const start = this.#at;
        const fault = this.#string();
        if (fault) return fault;
        if (level) level.key = String(JSON.parse(this.#text.slice(start, this.#at)));
        this.#skipSpace();
        if (this.#text[this.#at] !== ':') {
          return this.#fault(`Expected ":" after the name, but found ${this.#here()}`, 'Write "name": value.');
        }
        this.#at++;
        expect = 'value';
      } else if (char === '{' || char === '[') {
        if (this.#levels.length >= this.#maxDepth) return this.#tooDeep();
        const close = char === '{' ? '}' : ']';
        this.#levels.push({ close, opened: this.#at++, key: close === '}' ? '' : 0 });
        this.#skipSpace();
        if (this.#text[this.#at] === close) {
          this.#levels.pop();
          this.#at++;
          expect = 'next';
        } else {
          expect = close === '}' ? 'key' : 'value';
        }
      } else {
        const fault = this.#scalar(char);
        if (fault) return fault;
        expect = 'next';
      }
    }
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #scalar(char: string | undefined): JsonDiagnostic | null {
    if (char === '"') return this.#string();
    const number = this.#match(this.#number);
    const numberLike = this.#match(this.#numberLike);
    if (number !== null && number === numberLike) {
      this.#at += number.length;
      return null;
    }
    const word = this.#match(this.#word);
    if (word !== null && LITERALS.includes(word)) {
      this.#at += word.length;
      return null;
    }
    return this.#fault(...this.#badValue(char, word, numberLike));
  }

  #string(): JsonDiagnostic | null {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 34) {
        this.#at++;
        return null;
      }
      if (code === 92) {
        const sequence = this.#match(this.#escape);
        if (sequence === null) {
          const found = quoted(this.#text.slice(this.#at, this.#at + 2));
          return this.#fault(`${found} is not an escape that JSON knows`, 'Write a backslash as \\\\.');
        }
        this.#at += sequence.length;
      } else if (code < 32) {
        return this.#fault('A line break or control character stands inside text', 'Write it as \\n, \\t or \\u00XX.');
      } else if (Number.isNaN(code)) {
        this.#at = start;
        return this.#fault('The text that starts here has no closing quote', 'Add a " at its end.');
      } else {
        this.#at++;
      }
    }
  }

  #badValue(char: string | undefined, word: string | null, numberLike: string | null): [string, string] {
    if (char === undefined) return this.#endOfText('a value');
    if (char === '/' || char === '#') return COMMENT;
    if (char === "'" || char === '`') return ['Text must stand in double quotes', 'Write "text".'];
    if (char === ',' || char === '}' || char === ']') {
      return [`Expected a value, but found ${this.#here()}`, 'Add the value, or remove the comma or name before it.'];
    }
    if (word !== null) {
      const literal = LITERALS.find((name) => name === word.toLowerCase());
      if (literal) return [`${quoted(word)} must be written in small letters`, `Write ${literal}.`];
      if (FOREIGN_LITERALS.includes(word)) return [`JSON has no ${word}`, 'Write null, or the text in double quotes.'];
      return [
        `${quoted(word)} is not a JSON value`,
        `If it is text, write it in double quotes: "${word.slice(0, 60)}".`,
      ];
    }
    if (numberLike !== null) {
      return [`${quoted(numberLike)} is not a JSON number`, 'Write digits without leading zero or plus: 0.5, -3, 1e6.'];
    }
    return [
      `Expected a value, but found ${this.#here()}`,
      'Write text in double quotes, a number, true, false, null, [ or {.',
    ];
  }

  #badKey(char: string | undefined): [string, string] {
    if (char === undefined) return this.#endOfText('a name');
    if (char === '/' || char === '#') return COMMENT;
    return [`Expected a name in double quotes, but found ${this.#here()}`, 'Write "name": value.'];
  }

  #missingComma(char: string | undefined, level: Level): [string, string] {
    if (char === undefined) return this.#endOfText(`"${level.close}"`);
    if (char === '/' || char === '#') return COMMENT;
    return [
      `Expected "," or "${level.close}", but found ${this.#here()}`,
      char === '}' || char === ']' ? `Close with "${level.close}" first.` : 'Put a comma between two members.',
    ];
  }

  #afterEnd(char: string): [string, string] {
    if (char === '/' || char === '#') return COMMENT;
    return [
      `The document has ended, but ${this.#here()} follows`,
      'Keep one value in the file; check the brackets before.',
    ];
  }

  #endOfText(expected: string): [string, string] {
    const level = this.#levels.at(-1);
    if (level === undefined) return ['The document is empty', 'Write a flow: { "flowdeck": 1, ... }.'];
    const { line, column } = lineAndColumn(this.#text, level.opened);
    const open = level.close === '}' ? '{' : '[';
    return [
      `The text ends where ${expected} is expected`,
      `Close the "${open}" of line ${line}, column ${column}; the file may be cut off.`,
    ];
  }

  #trailingComma(comma: number, level: Level): JsonDiagnostic {
    this.#at = comma;
    return this.#fault(`A comma stands before "${level.close}"`, 'Remove the comma.');
  }

  #tooDeep(): JsonDiagnostic {
    const message = `The document has more than ${this.#maxDepth} levels of lists and objects`;
    return {
      ...this.#fault(message, 'Move inner blocks to helper flows, or raise `maxDepth`.'),
      code: 'document-too-deep',
    };
  }

  #here(): string {
    const point = this.#text.codePointAt(this.#at);
    return point === undefined ? 'the end of the text' : quoted(this.#match(this.#word) ?? String.fromCodePoint(point));
  }

  #fault(message: string, hint: string): JsonDiagnostic {
    const around = this.#levels.slice(0, -1);
    const pointer = around.reduce((text, level) => pointerTo(text, level.key), '');
    return { code: 'json-syntax', offset: this.#at, message, hint, pointer };
  }
}

const COMMENT: [string, string] = ['JSON has no comments', 'Remove the comment; a card has room for text in "note".'];
