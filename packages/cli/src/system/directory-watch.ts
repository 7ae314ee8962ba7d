/** Watches a directory, also while it is not there: one that is removed and made again is watched again. */
import { basename, dirname, watch } from './node.js';

/** Watches for changes of what lies directly in a directory. */
export class DirectoryWatch {
  readonly #directory: string;
  readonly #heard: (name: string | null) => void;
  #watcher: { close(): void } | null = null;
  #isClosed = false;

  /** `heard` is told the names of what changed; null: the directory itself has come or gone. */
  constructor(directory: string, heard: (name: string | null) => void) {
    this.#directory = directory;
    this.#heard = heard;
    this.#begin();
  }

  close(): void {
    this.#isClosed = true;
    this.#watcher?.close();
  }

  #begin(): void {
    if (!this.#isClosed) this.#watcher = this.#watchItself() ?? this.#watchFor(this.#directory);
  }

  /** Null: it is not there. */
  #watchItself(): { close(): void } | null {
    const own = basename(this.#directory);
    return watcherOf(this.#directory, (event, name) => {
      // The system tells by the directory's own name that it was removed or replaced: from then on nothing more comes.
      if (event === 'rename' && name === own) this.#again();
      else this.#heard(name);
    });
  }

  /** Watches the nearest directory around what is not there, for what is missing in it. */
  #watchFor(missing: string): { close(): void } | null {
    const around = dirname(missing);
    if (around === missing) return null;
    const names = new Set([basename(missing), basename(around)]);
    const watcher = watcherOf(around, (event, name) => {
      if (event === 'rename' && name !== null && names.has(name)) this.#again();
    });
    return watcher ?? this.#watchFor(around);
  }

  #again(): void {
    this.#watcher?.close();
    this.#begin();
    this.#heard(null);
  }
}

/** Null: it is not there, or cannot be watched. */
function watcherOf(directory: string, heard: (event: string, name: string | null) => void): { close(): void } | null {
  try {
    const watcher = watch(directory, heard);
    // A directory that is gone is told as a change, where the platform tells it so.
    watcher.on('error', () => heard('rename', basename(directory)));
    return watcher;
  } catch {
    return null;
  }
}
