/** Simulated answers as a file of mocks, to be edited by hand. */
import type { Effect, MockFile } from '@flowdeck/testing';

/** Given back with `--mock`, the run repeats itself. */
export async function recordingOf(effects: readonly Effect[]): Promise<MockFile> {
  const { mocksOf } = await import('@flowdeck/testing');
  return { recorded: { from: 'simulation' }, mocks: mocksOf(effects) };
}
