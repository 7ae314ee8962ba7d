/** Changes of files that were read: told once an editor is done with them. */
import type { Io } from './io.js';
import { dirname, resolve, watch } from './node.js';

/** Editors write a file in several steps. */
const SETTLED_MS = 60;

/** What changed in directories since it was last asked: also while nobody waits for it. */
export class Changes {
  readonly #io: Io;
  readonly #watchers = new Map<string, { close(): void }>();
  readonly #settled = () => {
    this.#timer = undefined;
    this.#tell();
  };
  #changed: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: ((name: string | null) => void) | null = null;

  constructor(io: Io) {
    this.#io = io;
    io.signal.addEventListener('abort', this.#settled);
  }

  /** Watches the directories in which these files lie, too. */
  watch(paths: readonly string[]): void {
    for (const path of paths) {
      const directory = dirname(resolve(this.#io.cwd, path));
      if (this.#watchers.has(directory)) continue;
      const heard = (_: unknown, name: string | null) => {
        if (name === null || !isRead(name)) return;
        this.#changed = name;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(this.#settled, SETTLED_MS);
      };
      this.#watchers.set(directory, watch(directory, heard));
    }
  }

  /** The name of what changed; null: the user interrupted. */
  next(): Promise<string | null> {
    return new Promise((resolveNext) => {
      this.#waiting = resolveNext;
      // What changed while nobody waited may have come to rest already.
      if (this.#timer === undefined || this.#io.signal.aborted) this.#tell();
    });
  }

  /** Watches nothing any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#io.signal.removeEventListener('abort', this.#settled);
    for (const each of this.#watchers.values()) each.close();
  }

  #tell(): void {
    const { aborted } = this.#io.signal;
    if (this.#waiting === null || (this.#changed === null && !aborted)) return;
    this.#waiting(aborted ? null : this.#changed);
    this.#waiting = null;
    this.#changed = null;
  }
}

/** Files that flows, connectors and tests are read from; what a report or an editor writes beside them is none. */
function isRead(name: string): boolean {
  return /\.(json|flopack|flow|folder|csv)$/i.test(name);
}
