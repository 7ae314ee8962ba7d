/** `flowdeck test --watch`: runs the tests again whenever a file changes beside those that they read. */
import { Changes } from '../system/changes.js';
import type { Io } from '../system/io.js';

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
