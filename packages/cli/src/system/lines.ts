/** A file that grows line by line while the command runs. */
import { UsageError } from '../errors.js';
import type { Io } from './io.js';
import { closeSync, openSync, resolve, writeSync } from './node.js';

export interface Lines {
  /** Adds one line; its end is added too. */
  write(line: string): void;
  close(): void;
}

/** Makes the file anew. @throws UsageError `file-unwritable` */
export function openLines(path: string, io: Io): Lines {
  const file = opened(path, io);
  return {
    write: (line) => {
      writeSync(file, `${line}\n`);
    },
    close: () => closeSync(file),
  };
}

function opened(path: string, io: Io): number {
  try {
    return openSync(resolve(io.cwd, path), 'w');
  } catch (cause) {
    throw new UsageError('file-unwritable', `${path} cannot be written.`, {
      cause,
      hint: 'Check that its directory exists, and its permissions.',
    });
  }
}
