/**
 * The end of the line in the process of a pack. What is said on it begins with a pass that no pack has seen: a pack can
 * write to any descriptor, but not in the name of its judge. Against one that takes Node itself apart no process of its
 * own helps.
 */
import { readSync, writeSync } from 'node:fs';
import { LINE_FD, type Order, type PackAnswer } from './messages.js';

// Kept from the start: a pack may put something else in their place.
const take = readSync;
const put = writeSync;
const { parse, stringify } = JSON;

export interface Line {
  /** Waits for what is asked next, and lets nothing else run meanwhile. Null: whoever asks is gone. */
  next(): Order | null;
  say(answer: PackAnswer): void;
}

/** To be opened before a pack is loaded. Null: whoever started this is gone. */
export function openLine(): Line | null {
  const lines = new Lines();
  const pass = lines.next();
  if (pass === null) return null;
  return {
    next() {
      const line = lines.next();
      return line === null ? null : (parse(line) as Order); // our own program wrote it
    },
    say(answer) {
      let left = Buffer.from(`${pass} ${stringify(answer)}\n`);
      while (left.length > 0) left = left.subarray(put(LINE_FD, left));
    },
  };
}

const NEWLINE = 0x0a;

class Lines {
  readonly #chunk = Buffer.alloc(64 * 1024);
  #rest = Buffer.alloc(0);

  next(): string | null {
    for (;;) {
      const end = this.#rest.indexOf(NEWLINE);
      if (end >= 0) {
        const line = this.#rest.toString('utf8', 0, end);
        this.#rest = this.#rest.subarray(end + 1);
        return line;
      }
      const count = take(LINE_FD, this.#chunk);
      if (count === 0) return null;
      this.#rest = Buffer.concat([this.#rest, this.#chunk.subarray(0, count)]);
    }
  }
}
