/** What the heap holds, for tests of what a run keeps. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes that are still reachable: garbage, which every version of Node collects when it likes, is collected first. */
export function heapInUse(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
