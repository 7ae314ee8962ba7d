/** `flowdeck test --watch`: runs the tests again whenever a file changes beside those that they read. */
import type { Io } from '../system/io.js';
import { dirname, resolve, watch } from '../system/node.js';

/** Editors write a file in several steps. */
const SETTLED_MS = 60;

/** What a run of tests came to, and the files and directories that it hangs on. */
export interface WatchedRun {
  readonly exit: number;
  readonly paths: readonly string[];
}

/** Runs `once`, and again after each change, until the user interrupts. What the last run came to is the exit code. */
export async function runAndWatch(once: () => Promise<WatchedRun>, io: Io): Promise<number> {
  const changes = new Changes(io);
  try {
    for (;;) {
      const { exit, paths } = await once();
      changes.watch(paths);
      io.stderr.write('watching: change a file, or interrupt to end\n');
      const changed = await changes.next();
      if (changed === null) return exit;
      io.stderr.write(`\nchanged: ${changed}\n`);
    }
  } finally {
    changes.close();
  }
}

/** What changed in directories since it was last asked: also while tests ran. */
class Changes {
  readonly #io: Io;
  readonly #watchers = new Map<string, { close(): void }>();
  readonly #settled = () => this.#tell();
  #changed: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: ((name: string | null) => void) | null = null;

  constructor(io: Io) {
    this.#io = io;
    io.signal.addEventListener('abort', this.#settled);
  }

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
      if (this.#io.signal.aborted) this.#tell();
    });
  }

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

/** Files that tests may read; what a report or an editor writes beside them is none. */
function isRead(name: string): boolean {
  return /\.(json|flopack|flow|folder|csv)$/i.test(name);
}
