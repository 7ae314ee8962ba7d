/** The public names of the command: `main`, for hosts that run it in process, and what it needs. */
export { EXIT } from './exit.js';
export { main } from './main.js';
export type { Io, Output } from './system/io.js';
export { processIo } from './system/process-io.js';
