/** The end of the line in the process that tests a pack. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Order, PackAnswer } from './messages.js';

export class PackLine {
  readonly #stream: Socket;
  readonly #pass = randomBytes(32).toString('base64');
  #text = '';

  constructor(stream: Socket) {
    this.#stream = stream;
    stream.setEncoding('utf8');
    // The end of the process tells more than what becomes of its line.
    stream.on('error', () => {});
    stream.write(`${this.#pass}\n`);
  }

  /** Calls `heard` with the answer, or with null when something else was said. */
  ask(order: Order, heard: (answer: PackAnswer | null) => void): void {
    const listen = (chunk: string) => {
      this.#text += chunk;
      const end = this.#text.indexOf('\n');
      if (end < 0) return;
      this.#stream.off('data', listen);
      const line = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 1);
      heard(this.#read(line));
    };
    this.#stream.on('data', listen);
    this.#stream.write(`${JSON.stringify(order)}\n`);
  }

  #read(line: string): PackAnswer | null {
    const start = `${this.#pass} `;
    // Whoever knows the pass is our own program.
    return line.startsWith(start) && this.#text === '' ? (JSON.parse(line.slice(start.length)) as PackAnswer) : null;
  }

  /** A process that is asked nothing does not keep its parent running. */
  unref(): void {
    this.#stream.unref();
  }

  ref(): void {
    this.#stream.ref();
  }
}
