/** Works off what a pure card gives in pieces. */
import { Gradual, type Outputs } from '../cards/index.js';
import type { Step } from '../plan/index.js';
import type { Frame } from './frame.js';

/** Its outputs; a promise where others were due their turn meanwhile, or where it had to wait. Throws what ends the run. */
export function workOff(work: Gradual<Outputs>, step: Step, frame: Frame): Outputs | Promise<Outputs> {
  const came = workOn(work, step, frame);
  return isUnder(came) ? workOffLater(work, came, step, frame) : came.outputs;
}

async function workOffLater(work: Gradual<Outputs>, first: Under, step: Step, frame: Frame): Promise<Outputs> {
  const { run } = frame;
  let came: Under | Done = first;
  while (isUnder(came)) {
    if (came === TURN) came = await run.afterTurn(() => workOn(work, step, frame));
    else {
      await came.pending;
      if (run.halted !== null) throw run.halted;
      came = workOn(work, step, frame);
    }
  }
  return came.outputs;
}

interface Done {
  readonly outputs: Outputs;
}

/** Not done: what it waits for. */
interface Under {
  readonly pending: Promise<unknown> | null;
}

/** Others are due their turn. */
const TURN: Under = { pending: null };

function isUnder(came: Under | Done): came is Under {
  return 'pending' in came;
}

function workOn(work: Gradual<Outputs>, step: Step, frame: Frame): Under | Done {
  for (;;) {
    const piece = Gradual.next(work);
    if (piece.done) return { outputs: piece.value };
    if (piece.value !== undefined) return { pending: piece.value };
    if (frame.run.look(step, frame)) return TURN;
  }
}
