/** The end of a run as what outlives it is told: JSON. */
import { toData } from '../observe/index.js';
import type { RunEnd } from '../ports/index.js';
import type { RunResult } from '../run/result.js';
import { encodeValue, type JsonData } from '../values/index.js';

/**
 * What of a result crosses to those who wait for the run elsewhere.
 *
 * @example
 * const end = runEndOf(await engine.run(deck, { runtime }));
 */
export function runEndOf(result: RunResult): RunEnd {
  const { status, error } = result;
  return { status, outputs: encodedOutputs(result), error: error === null ? null : toData(error) };
}

function encodedOutputs({ outputs }: RunResult): JsonData {
  try {
    return outputs === null ? null : encodeValue(outputs);
  } catch {
    // JSON has no form for them. The run has ended all the same.
    return null;
  }
}
