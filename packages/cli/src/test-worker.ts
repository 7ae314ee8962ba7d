/** The program of a thread that runs cases for `flowdeck test`. */
import { workThrough } from './testing/worker.js';

await workThrough();
