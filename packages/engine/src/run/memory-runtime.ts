/** The default runtime: in memory, adds nothing. A run never calls it; it exists so that there is always one. */
import type { RunRuntime, Runtime } from '../ports/index.js';

export function memoryRuntime(): Runtime {
  return {
    transient: true,
    open(): RunRuntime {
      throw new TypeError('A transient runtime keeps no runs.');
    },
    close() {},
    signal() {},
  };
}
