/** Copies a file as it is, whatever it holds. */
import { unwritable } from './files.js';
import type { Io } from './io.js';
import { copyFileSync, resolve } from './node.js';

/** @throws UsageError `file-unwritable`. */
export function copyFile(from: string, to: string, io: Io): void {
  try {
    copyFileSync(resolve(io.cwd, from), resolve(io.cwd, to));
  } catch (error) {
    throw unwritable(to, error);
  }
}
