/** Works off what a pure card gives in pieces. */
import { Gradual, type Outputs } from '../cards/index.js';
import type { Step } from '../plan/index.js';
import type { Frame } from './frame.js';

/** Its outputs; a promise where others were due their turn meanwhile. Throws what ends the run. */
export function workOff(work: Gradual<Outputs>, step: Step, frame: Frame): Outputs | Promise<Outputs> {
  return workOn(work, step, frame) ?? workOffLater(work, step, frame);
}

async function workOffLater(work: Gradual<Outputs>, step: Step, frame: Frame): Promise<Outputs> {
  for (;;) {
    const outputs = await frame.run.afterTurn(() => workOn(work, step, frame));
    if (outputs !== null) return outputs;
  }
}

/** Null: others are due their turn. */
function workOn(work: Gradual<Outputs>, step: Step, frame: Frame): Outputs | null {
  for (;;) {
    const piece = Gradual.next(work);
    if (piece.done) return piece.value;
    if (frame.run.look(step, frame)) return null;
  }
}
