/** One owner per directory: a lock file that ends with its process, however the process ends. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { FlowdeckError } from '@flowdeck/engine';
import { isAlive, type Owner, thisProcess } from './owner.js';

export interface Lock {
  /** False once the lock file was removed or replaced by another process. */
  held(): boolean;
  release(): void;
}

export type Locked = (file: string, pid: number) => FlowdeckError;

const LOCK = 'lock';
/** Held while a dead owner's lock is replaced, so that of two processes that find it only one takes it over. */
const TAKEOVER = 'lock-takeover';
/** More rounds than processes are ever likely to start at once. */
const ROUNDS = 100;

/**
 * Takes the lock of a directory.
 *
 * @throws what `locked` makes of the lock file and its owner's process id, when a living process holds it.
 */
export function takeLock(dir: string, locked: Locked, self: Owner = thisProcess()): Lock {
  const path = join(dir, LOCK);
  const own = join(dir, `lock-${self.pid}-${process.hrtime.bigint()}`);
  // Written before it gets its name: nobody ever reads half a lock.
  const fd = fs.openSync(own, 'wx', 0o600);
  try {
    fs.writeSync(fd, JSON.stringify(self));
    for (let round = 0; round < ROUNDS; round += 1) {
      if (claim(own, path)) return lockOf(path, fd);
      const holder = readOwner(path);
      if (holder === 'absent') continue;
      if (holder !== 'unreadable' && isAlive(holder)) throw locked(path, holder.pid);
      if (replaceDead(dir, own, locked)) return lockOf(path, fd);
    }
    throw locked(path, self.pid);
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/** True when the dead owner's lock is now ours; false when somebody else was faster. */
function replaceDead(dir: string, own: string, locked: Locked): boolean {
  const guard = join(dir, TAKEOVER);
  if (!claim(own, guard)) {
    const holder = readOwner(guard);
    if (holder === 'absent') return false;
    if (holder !== 'unreadable' && isAlive(holder)) throw locked(guard, holder.pid);
    fs.rmSync(guard, { force: true });
    return false;
  }
  try {
    const path = join(dir, LOCK);
    const holder = readOwner(path);
    if (holder === 'absent' || (holder !== 'unreadable' && isAlive(holder))) return false;
    // Not a rename of `own`: the guard is the same file, and renaming a file over itself does nothing.
    fs.rmSync(path);
    return claim(own, path);
  } finally {
    fs.rmSync(guard, { force: true });
  }
}

/** Gives the file a second name, unless that name is taken: the one atomic step of the whole affair. */
function claim(own: string, name: string): boolean {
  try {
    fs.linkSync(own, name);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(path: string): Owner | 'absent' | 'unreadable' {
  let text: string;
  try {
    text = fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'absent';
    throw error;
  }
  try {
    const owner: unknown = JSON.parse(text);
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('start' in owner)) return 'unreadable';
    if (typeof owner.pid !== 'number') return 'unreadable';
    return { pid: owner.pid, start: typeof owner.start === 'string' ? owner.start : null };
  } catch {
    // A power cut can leave an empty file behind: then its writer is gone for certain.
    return 'unreadable';
  }
}

function lockOf(path: string, fd: number): Lock {
  let open = true;
  // A file that lost its last name has no links. Asking costs about a microsecond, so the log asks before each write.
  const held = () => open && fs.fstatSync(fd).nlink > 0;
  return {
    held,
    release() {
      if (!open) return;
      if (held()) fs.rmSync(path, { force: true });
      open = false;
      fs.closeSync(fd);
    },
  };
}
