/** What a command is. */
import type { Arguments } from './arguments.js';
import type { Io } from './system/io.js';

/** Does what a command promises and gives the exit code. What it throws is reported by `main`. */
export type Command = (args: Arguments, io: Io) => Promise<number>;
