/** The command as a process of its own, from the sources: what `bin/flowdeck.js` is for the built package. */
import { main, processIo } from '../src/index.js';

process.exit(await main(process.argv.slice(2), processIo()));
