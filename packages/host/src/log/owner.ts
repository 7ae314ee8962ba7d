/** Who a process is, so that a lock can tell its owner from a later process with the same number. */
import { readFileSync } from 'node:fs';

export interface Owner {
  readonly pid: number;
  /** Boot and start time of the process; null where the system does not tell. */
  readonly start: string | null;
}

export function thisProcess(): Owner {
  return { pid: process.pid, start: startOf(process.pid) };
}

/** False when the process that called itself `owner` is gone, also if its number is in use again. */
export function isAlive(owner: Owner): boolean {
  if (owner.start !== null) return startOf(owner.pid) === owner.start;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    // Any answer but "no such process" means that there is one.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Linux tells in `/proc/PID/stat` (proc(5)): field 3 is the state, field 22 the start time in ticks since boot. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    const ticks = fields[19];
    // A zombie is dead, only its parent has not asked yet.
    return state === 'Z' || state === 'X' || ticks === undefined ? null : `${boot}/${ticks}`;
  } catch {
    return null;
  }
}
