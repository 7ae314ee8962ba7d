/** Keeps a process on one core, so that what is measured there shares it with nobody who measures. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** True where processes can be kept on a core: on Linux with `taskset`, and two cores or more. */
export const canConfine =
  process.platform === 'linux' && availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** The command, kept on that core where it can be. */
export function confined(core: number, command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  return canConfine ? ['taskset', '-c', String(core), ...command] : command;
}
