/** The program: what `bin/flowdeck.js` starts, and what can be started by its own path after a build. */
import { main } from './main.js';
import { processIo } from './system/process-io.js';

// A pack may leave timers or sockets behind; the command has ended all the same. Output was written already.
process.exit(await main(process.argv.slice(2), processIo()));
