/** The `Io` of this process. Streams are not loaded for it: output is written to the descriptors themselves. */
import type { Io, Output } from './io.js';
import { fstatSync, readSync, writeSync } from './node.js';

const STDIN_FD = 0;
const PIPE_CHUNK = 64 * 1024;
/** Milliseconds to wait for a reader that is slower than we write. */
const PATIENCE_MS = 5;

/** Exit code of a process that a second interrupt ends: 128 and the number of SIGINT, as shells count. */
const INTERRUPTED = 130;

/** The streams, the environment and the directory of this process, with Ctrl-C and SIGTERM as `signal`. */
export function processIo(): Io {
  let controller: AbortController | null = null;
  return {
    stdout: descriptor(1),
    stderr: descriptor(2),
    stdin: readAll,
    env: process.env,
    cwd: process.cwd(),
    get signal() {
      controller ??= interruptible();
      return controller.signal;
    },
  };
}

function interruptible(): AbortController {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort(new Error('Interrupted.'));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller;
}

/** What answers it brings all of Node's networking, which pipes and files can do without. */
function isatty(fd: number): boolean {
  return mayBeTerminal(fd) && process.getBuiltinModule('node:tty').isatty(fd);
}

function mayBeTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    // A closed descriptor, or one that the platform cannot describe.
    return true;
  }
}

function descriptor(fd: 1 | 2): Output {
  let open = true;
  let isTTY: boolean | null = null;
  // Only a terminal has a size; its stream knows it.
  const size = (side: 'columns' | 'rows') => (isatty(fd) ? (fd === 1 ? process.stdout : process.stderr)[side] : 0);
  return {
    write(text) {
      if (open) open = writeAll(fd, Buffer.from(text));
    },
    get isTTY() {
      isTTY ??= isatty(fd);
      return isTTY;
    },
    get columns() {
      return size('columns') || 80;
    },
    get rows() {
      return size('rows') || 24;
    },
  };
}

/** False when nobody reads any more: what follows is not worth an error. */
function writeAll(fd: number, bytes: Buffer): boolean {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EAGAIN') pause();
      else if (code === 'EPIPE') return false;
      else throw error;
    }
  }
  return true;
}

async function readAll(maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for (let size = 0; size <= maxBytes; ) {
    const chunk = Buffer.allocUnsafe(PIPE_CHUNK);
    const read = readSome(chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    size += read;
  }
  return Buffer.concat(chunks);
}

function readSome(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(STDIN_FD, chunk);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

/** A descriptor that somebody else made non-blocking is not ready yet. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE_MS);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
