/** With a key, what a runtime keeps of runs is sealed. */
import type { RunSeal } from '@flowdeck/engine';
import type { Arguments } from '../arguments.js';
import { hasKey, keyOf } from '../connections/store.js';
import type { Io } from '../system/io.js';

/** As an adapter takes it: empty without a key. @throws FlowdeckError `runtime-key` when it is none. */
export async function sealOf(args: Arguments, io: Io): Promise<{ readonly seal?: RunSeal }> {
  if (!hasKey(args, io)) return {};
  const { runSeal } = await import('@flowdeck/host');
  return { seal: runSeal(await keyOf(args, io)) };
}
