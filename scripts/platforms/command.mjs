// Entry for Node, Deno and Bun: ORIGIN and PLACE are arguments.
import { main } from './main.mjs';

const [origin, place] = globalThis.Deno?.args ?? globalThis.process.argv.slice(2);
await main(origin, place);
