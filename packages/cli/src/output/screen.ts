/** Lines that stay, and below them, on a terminal, lines that change. */
import type { Output } from '../system/io.js';
import { clip } from './text.js';

/** Milliseconds between two pictures of what is under way: faster is only flicker. */
const FRAME_MS = 80;

export class Screen {
  readonly #output: Output;
  #live = 0;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(output: Output) {
    this.#output = output;
  }

  /** True: `draw` shows something. */
  get isLive(): boolean {
    return this.#output.isTTY;
  }

  /** Writes lines that stay. */
  print(lines: readonly string[]): void {
    if (lines.length > 0) this.#output.write(`${this.#erased()}${lines.join('\n')}\n`);
  }

  /** Shows lines until the next call, if it is time for another picture. `at` in milliseconds. */
  draw(at: number, lines: () => readonly string[]): void {
    if (!this.isLive || at - this.#drawnAt < FRAME_MS) return;
    this.#drawnAt = at;
    const { columns, rows } = this.#output;
    // A line that wraps, or scrolls away, could not be taken back.
    const shown = lines()
      .slice(-Math.max(1, rows - 2))
      .map((line) => clip(line, columns));
    this.#output.write(`${this.#erased()}${shown.map((line) => `${line}\n`).join('')}`);
    this.#live = shown.length;
  }

  clear(): void {
    const erased = this.#erased();
    if (erased !== '') this.#output.write(erased);
  }

  #erased(): string {
    if (this.#live === 0) return '';
    const lines = this.#live;
    this.#live = 0;
    return `\x1b[${lines}A\x1b[0J`;
  }
}
