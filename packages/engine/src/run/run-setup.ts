/** What a run is made of. */
import type { Answer } from '../cards/index.js';
import type { EventSink, Redactor } from '../observe/index.js';
import type { FlowPlan, Step, StepOutcome } from '../plan/index.js';
import type { RunOrigin } from '../ports/index.js';
import type { Entrance } from './entrance.js';
import type { Execution } from './execution.js';
import type { Limits } from './limits.js';
import type { Seam } from './seam.js';
import type { World } from './world.js';

/**
 * Runs a step with its events. Written as a method because what performs makes it for its own executions: the run only
 * keeps it where the loop finds it.
 */
export type WatchStep = { step(step: Step, execution: Execution): StepOutcome | Promise<StepOutcome> }['step'];

export interface RunSetup {
  readonly origin: RunOrigin;
  readonly plan: FlowPlan;
  readonly world: World;
  readonly limits: Limits;
  readonly events: EventSink;
  readonly startedAt: number;
  /** Hears the answer to whoever started the run. Never throws. */
  readonly onAnswer: ((answer: Answer) => void) | null;
  /** Runs a step with its events. Handed in, since performing stands above the run. */
  readonly watchStep: WatchStep;
  /** How the run performs what is more than a function, until `open`. Handed in, as above. */
  readonly seam: Seam;
  /** What an earlier life in this process knew to be secret; absent: there was none, or no secret. */
  readonly redactor?: Redactor | null;
  /** The call from elsewhere that the run carries out; null: it was started here. */
  readonly entrance: Entrance | null;
}
