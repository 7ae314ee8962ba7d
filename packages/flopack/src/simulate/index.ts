/** Simulated runs: connector cards without a connector, and the list of what would have happened. */
export { missingCards, standIns } from './cards.js';
export type { Effect } from './effects.js';
export { type Fixture, type FixtureFile, readFixtures } from './fixtures.js';
export { type GeneratedInputs, plausibleInputs } from './inputs.js';
export {
  type SimulatedResult,
  type SimulatedRun,
  type SimulateOptions,
  type Simulation,
  simulate,
} from './simulate.js';
