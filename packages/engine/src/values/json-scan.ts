/** Walks JSON text once: tells where every member and item stands, and where the text stops being JSON. */

/** A list or object that is open at some place of the text. */
export interface JsonLevel {
  readonly close: '}' | ']';
  /** Offset of its bracket. */
  readonly opened: number;
  /** Name of the member, or index of the item, that the walk has come to. */
  key: string | number;
}

/** Why the walk cannot go on: what was expected, or what is wrong with what stands there. */
export type JsonStopReason =
  | 'value'
  | 'key'
  | 'colon'
  | 'comma'
  | 'end'
  | 'trailing-comma'
  | 'escape'
  | 'control-character'
  | 'unclosed-text'
  | 'depth';

export interface JsonStop {
  readonly reason: JsonStopReason;
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  /** The open lists and objects, from the outside in. */
  readonly levels: readonly JsonLevel[];
}

/** Hears where things stand. */
export interface JsonListener {
  /** A member begins at its name, an item of a list at its value. */
  enter(key: string | number, offset: number): void;
  /** The member or item that was entered last, and not left yet, has ended. */
  leave(): void;
}

export interface JsonScanOptions {
  /** Levels of lists and objects. Default: any number. */
  readonly maxDepth?: number;
  readonly listener?: JsonListener;
}

export const JSON_LITERALS: readonly string[] = ['true', 'false', 'null'];

/** @returns null when the text is JSON. It needs no stack, however deep the text is. */
export function scanJson(text: string, options: JsonScanOptions = {}): JsonStop | null {
  return new JsonScanner(text, options).run();
}

class JsonScanner {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #listener: JsonListener | null;
  readonly #levels: JsonLevel[] = [];
  #at = 0;
  // Sticky patterns carry a position, so each scanner has its own.
  readonly #word = /[A-Za-z_$][\w$]*/y;
  readonly #number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  readonly #numberLike = /[-+.\w]+/y;
  readonly #escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

  constructor(text: string, { maxDepth = Number.POSITIVE_INFINITY, listener }: JsonScanOptions) {
    this.#text = text;
    this.#maxDepth = maxDepth;
    this.#listener = listener ?? null;
  }

  run(): JsonStop | null {
    let expect: 'value' | 'key' | 'next' = 'value';
    for (;;) {
      this.#skipSpace();
      const level = this.#levels.at(-1);
      const char = this.#text[this.#at];
      if (expect === 'next') {
        if (level === undefined) return char === undefined ? null : this.#stop('end');
        this.#listener?.leave();
        if (char === level.close) {
          this.#levels.pop();
          this.#at++;
        } else if (char === ',') {
          const comma = this.#at++;
          this.#skipSpace();
          if (this.#text[this.#at] === level.close) return this.#stopAt(comma, 'trailing-comma');
          if (typeof level.key === 'number') level.key++;
          expect = level.close === '}' ? 'key' : 'value';
        } else {
          return this.#stop('comma');
        }
      } else if (expect === 'key') {
        const stop = this.#name(level);
        if (stop) return stop;
        expect = 'value';
      } else {
        if (level?.close === ']') this.#listener?.enter(level.key, this.#at);
        if (char === '{' || char === '[') {
          if (this.#levels.length >= this.#maxDepth) return this.#stop('depth');
          expect = this.#open(char === '{' ? '}' : ']');
        } else {
          const stop = this.#scalar(char);
          if (stop) return stop;
          expect = 'next';
        }
      }
    }
  }

  #open(close: JsonLevel['close']): 'value' | 'key' | 'next' {
    const opened = this.#at++;
    this.#skipSpace();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return 'next';
    }
    this.#levels.push({ close, opened, key: close === '}' ? '' : 0 });
    return close === '}' ? 'key' : 'value';
  }

  /** The name of a member and its colon. */
  #name(level: JsonLevel | undefined): JsonStop | null {
    if (this.#text[this.#at] !== '"') return this.#stop('key');
    const start = this.#at;
    const stop = this.#string();
    if (stop) return stop;
    const key = decoded(this.#text.slice(start, this.#at));
    if (level) level.key = key;
    this.#listener?.enter(key, start);
    this.#skipSpace();
    if (this.#text[this.#at] !== ':') return this.#stop('colon');
    this.#at++;
    return null;
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

  #scalar(char: string | undefined): JsonStop | null {
    if (char === '"') return this.#string();
    const number = this.#match(this.#number);
    if (number !== null && number === this.#match(this.#numberLike)) {
      this.#at += number.length;
      return null;
    }
    const word = this.#match(this.#word);
    if (word === null || !JSON_LITERALS.includes(word)) return this.#stop('value');
    this.#at += word.length;
    return null;
  }

  #string(): JsonStop | null {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 34) {
        this.#at++;
        return null;
      }
      if (code === 92) {
        const sequence = this.#match(this.#escape);
        if (sequence === null) return this.#stop('escape');
        this.#at += sequence.length;
      } else if (code < 32) {
        return this.#stop('control-character');
      } else if (Number.isNaN(code)) {
        return this.#stopAt(start, 'unclosed-text');
      } else {
        this.#at++;
      }
    }
  }

  #stop(reason: JsonStopReason): JsonStop {
    return this.#stopAt(this.#at, reason);
  }

  #stopAt(offset: number, reason: JsonStopReason): JsonStop {
    return { reason, offset, levels: this.#levels };
  }
}

/** A name in its quotes, known to be sound. */
function decoded(name: string): string {
  return name.includes('\\') ? String(JSON.parse(name)) : name.slice(1, -1);
}
