/** The file operations of the log, apart so that a test can make a disk fail. */
import * as fs from 'node:fs';

export interface Disk {
  /** Creates or empties a file, for reading and writing. */
  create(path: string): Promise<number>;
  /** Opens an existing file for reading and writing. */
  open(path: string): Promise<number>;
  /** Writes all bytes at a position. */
  write(fd: number, bytes: Uint8Array, position: number): Promise<void>;
  /** Resolves when what was written will survive a power cut. */
  sync(fd: number): Promise<void>;
  truncate(fd: number, length: number): Promise<void>;
  close(fd: number): Promise<void>;
  read(path: string): Promise<Buffer>;
  readAt(path: string, offset: number, bytes: number): Promise<Buffer>;
  remove(path: string): Promise<void>;
  /** Makes created, renamed and removed names in a directory survive a power cut. */
  syncDirectory(path: string): Promise<void>;
}

const OWNER_ONLY = 0o600;

/** Plain descriptors for what every append does, `fs/promises` for what is rare. */
export const nodeDisk: Disk = {
  create: (path) => call((done) => fs.open(path, 'w+', OWNER_ONLY, done)),
  open: (path) => call((done) => fs.open(path, 'r+', done)),
  sync: (fd) => call((done) => fs.fdatasync(fd, (error) => done(error, undefined))),
  truncate: (fd, length) => call((done) => fs.ftruncate(fd, length, (error) => done(error, undefined))),
  close: (fd) => call((done) => fs.close(fd, (error) => done(error ?? null, undefined))),
  read: (path) => fs.promises.readFile(path),
  remove: (path) => fs.promises.rm(path, { force: true }),
  async write(fd, bytes, position) {
    let written = 0;
    while (written < bytes.length) {
      // A disk that is almost full takes a part; the next write then says why.
      const from = written;
      const count = await call<number>((done) => fs.write(fd, bytes, from, bytes.length - from, position + from, done));
      if (count === 0) throw new Error('The disk takes no more bytes.');
      written += count;
    }
  },
  async readAt(path, offset, bytes) {
    const handle = await fs.promises.open(path, 'r');
    try {
      const buffer = Buffer.alloc(bytes);
      const { bytesRead } = await handle.read(buffer, 0, bytes, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  },
  async syncDirectory(path) {
    // Windows can neither open nor flush a directory, and needs neither.
    if (process.platform === 'win32') return;
    const handle = await fs.promises.open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

function call<T>(start: (done: (error: Error | null, result: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, result) => (error ? reject(error) : resolve(result)));
  });
}
