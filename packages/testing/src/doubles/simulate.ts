/** Runs a flow without touching the world, and tells what it would have done. */
import type { FlowFile } from '@flowdeck/engine';
import { mockWarning, rehearse } from './rehearse.js';
import type { SimulateOptions, Simulation } from './simulation.js';

/**
 * Prepares a document for simulated runs.
 *
 * @throws DocumentError or PlanError, as `engine.load` does; FlowdeckError `option-invalid` without packs.
 * @example
 * const simulation = simulate(document, { packs: [standard] });
 * const { status, effects } = await simulation.run({ flow: 'onboard' });
 */
export function simulate(document: FlowFile, options: SimulateOptions): Simulation {
  const { faults, load, run } = rehearse(document, options);
  return {
    deck: load(),
    misnamed: faults.map(({ pointer, message, hint }) => mockWarning('mock-unknown', pointer, message, hint)),
    run,
  };
}
