/** The entry of the command `flowdeck-conformance`. */
import { main } from './cli/main.js';

process.exitCode = await main(process.argv.slice(2), {
  folder: process.cwd(),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
