// Entry of the worker.
import { main } from './main.mjs';

await main(location.origin, 'worker');
