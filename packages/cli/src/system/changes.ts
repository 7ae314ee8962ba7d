/** Changes of files that were read: told once an editor is done with them. */
import { DirectoryWatch } from './directory-watch.js';
import type { Io } from './io.js';
import { basename, dirname, existsSync, resolve } from './node.js';

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

  /** Watches the directories in which these files lie, too. True: one that is there was not watched before. */
  watch(paths: readonly string[]): boolean {
    const directories = new Set(paths.map((path) => dirname(resolve(this.#io.cwd, path))));
    const fresh = [...directories].filter((directory) => !this.#watchers.has(directory));
    for (const directory of fresh) {
      const heard = (name: string | null) => {
        if (name === null || isRead(name)) this.#hear(name ?? basename(directory));
      };
      this.#watchers.set(directory, new DirectoryWatch(directory, heard));
    }
    return fresh.some((directory) => existsSync(directory));
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

  #hear(name: string): void {
    this.#changed = name;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#settled, SETTLED_MS);
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
