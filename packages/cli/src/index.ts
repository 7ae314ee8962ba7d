/** The public names of the command: `main`, for hosts that run it in process, and what it needs. */
export { EXIT } from './exit.js';
export type { Io, Output } from './io.js';
export { main } from './main.js';
export { processIo } from './process-io.js';
