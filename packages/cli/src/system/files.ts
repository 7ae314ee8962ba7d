/** Reads files and directories, with errors that a person can act on. */
import type { Dirent } from 'node:fs';
import { UsageError } from '../errors.js';
import type { Io } from './io.js';
import {
  closeSync,
  existsSync,
  fstatSync,
  isUtf8,
  join,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  resolve,
  rmSync,
  statSync,
  writeFileSync,
} from './node.js';

/** The largest file that is read: what the engine takes for a document (32 MiB). */
export const MAX_BYTES = 32 * 1024 * 1024;
const CHUNK = 64 * 1024;

/** The name that stands for standard input. */
export const STDIN = '-';

export type PathKind = 'file' | 'directory';

/** @throws UsageError `file-missing`, `file-unreadable`. */
export function kindOf(path: string, io: Io): PathKind {
  if (path === STDIN) return 'file';
  if (path === '') throw noPath();
  try {
    return statSync(resolve(io.cwd, path)).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Reads a file, or standard input for `-`.
 *
 * @returns At most one byte more than `MAX_BYTES`, so that its reader can tell that it is too large.
 * @throws UsageError `file-missing`, `file-unreadable`.
 */
export async function readBytes(path: string, io: Io): Promise<Uint8Array> {
  if (path === STDIN) return io.stdin(MAX_BYTES);
  if (path === '') throw noPath();
  try {
    // Synchronously: nothing else is to be done meanwhile, and it takes a tenth of the time.
    const file = openSync(resolve(io.cwd, path), 'r');
    try {
      return readToEnd(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Not by its size: pipes and devices have none. */
function readToEnd(file: number): Uint8Array {
  const { size } = fstatSync(file);
  const chunks: Uint8Array[] = [];
  for (let total = 0; total <= MAX_BYTES; ) {
    const room = Buffer.allocUnsafe(Math.max(CHUNK, Math.min(size - total, MAX_BYTES) + 1));
    const bytesRead = readSync(file, room);
    if (bytesRead === 0) break;
    chunks.push(room.subarray(0, bytesRead));
    total += bytesRead;
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** @throws UsageError `file-missing`, `file-unreadable`, `file-too-large`. */
export async function readWhole(path: string, io: Io): Promise<Uint8Array> {
  const bytes = await readBytes(path, io);
  if (bytes.length <= MAX_BYTES) return bytes;
  throw new UsageError('file-too-large', `${nameOf(path)} has more than ${MAX_BYTES} bytes.`, {
    at: { file: path },
    hint: 'Split it, or keep the data where the flow can fetch it.',
  });
}

/** @throws UsageError `file-missing`, `file-unreadable`, `file-too-large`, `not-utf8`. */
export async function readText(path: string, io: Io): Promise<string> {
  const bytes = await readWhole(path, io);
  if (!isUtf8(bytes)) {
    throw new UsageError('not-utf8', `${nameOf(path)} is not UTF-8 text.`, {
      at: { file: path },
      hint: 'Save it as UTF-8; some editors on Windows write UTF-16.',
    });
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The entries of a directory, in the order of their names. */
export function list(path: string, io: Io): readonly Dirent[] {
  try {
    const entries = readdirSync(resolve(io.cwd, path), { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** What a connector's directory holds: its manifest, and the directories of its flows and tests. */
export const MANIFEST = 'connector.json';
export const FLOWS = 'flows';
export const TESTS = 'tests';

/** A connector that is a directory. */
export function isConnector(directory: string, io: Io): boolean {
  return isDirectory(directory, io) && existsSync(resolve(io.cwd, directory, MANIFEST));
}

/** What may be a connector in one file: only reading it tells. */
export function isBundle(path: string, io: Io): boolean {
  return path.endsWith('.json') && isFile(path, io);
}

/** False for what cannot be looked at, and for a path that is empty. */
export function isFile(path: string, io: Io): boolean {
  try {
    return path !== '' && statSync(resolve(io.cwd, path)).isFile();
  } catch {
    return false;
  }
}

export function pathExists(path: string, io: Io): boolean {
  return existsSync(resolve(io.cwd, path));
}

/** False for what cannot be looked at: reading it says why. */
export function isDirectory(path: string, io: Io): boolean {
  try {
    return statSync(resolve(io.cwd, path)).isDirectory();
  } catch {
    return false;
  }
}

/** The flow files that lie directly in a directory. */
export function flowFiles(directory: string, io: Io): readonly string[] {
  const entries = list(directory, io);
  return entries.filter((entry) => isFlowFile(entry)).map((entry) => join(directory, entry.name));
}

export function isFlowFile(entry: Dirent): boolean {
  return isFlowFileName(entry.name) && !entry.isDirectory();
}

export function isFlowFileName(name: string): boolean {
  return name.endsWith('.flow.json');
}

export function nameOf(path: string): string {
  return path === STDIN ? 'Standard input' : path;
}

/** Writes a file, in place of one that is there. @throws UsageError `file-unwritable`. */
export function writeText(path: string, text: string, io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, path), text);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Writes a file for its owner alone, and never over another. @throws UsageError `file-unwritable`. */
export function writeSecret(path: string, text: string, io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, path), text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Makes a directory and those around it, if need be. @throws UsageError `file-unwritable`. */
export function makeDirectory(path: string, io: Io): void {
  try {
    mkdirSync(resolve(io.cwd, path), { recursive: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** @throws UsageError `file-unwritable`. */
export function removeFile(path: string, io: Io): void {
  try {
    rmSync(resolve(io.cwd, path), { force: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files',
  ENOENT: 'its directory does not exist',
  EEXIST: 'there is a file of this name',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ERR_INVALID_ARG_VALUE: 'the name holds a character that no path can hold',
};

/** An empty path would be the current directory; a variable that is not set was hardly meant so. */
function noPath(): UsageError {
  return new UsageError('file-missing', 'The path of a file is empty.', {
    hint: 'Is a variable of the shell not set? The current directory is ".".',
  });
}

function unreadable(path: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') {
    return new UsageError('file-missing', `There is no file or directory ${JSON.stringify(path)}.`, {
      at: { file: path },
      hint: 'Paths start at the current directory.',
      cause: error,
    });
  }
  return new UsageError('file-unreadable', `Cannot read ${JSON.stringify(path)}: ${REASONS[code] ?? code}.`, {
    at: { file: path },
    cause: error,
  });
}

export function unwritable(path: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new UsageError('file-unwritable', `Cannot write ${JSON.stringify(path)}: ${REASONS[code] ?? code}.`, {
    at: { file: path },
    cause: error,
  });
}
