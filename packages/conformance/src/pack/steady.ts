/** Checks that a pure card gives the same whenever and wherever it is asked. */
import { toData } from '@flowdeck/engine/kit';
import { differences } from '@flowdeck/testing';
import { refuse, type Subject } from './check.js';
import { CIRCUMSTANCES, type Circumstance } from './platform/elsewhere.js';
import type { Probed } from './probe.js';

const PURE = 'A card that is not pure is an "effect", and takes time and chance from its context.';
const ALL = Object.keys(CIRCUMSTANCES) as readonly Circumstance[]; // the keys of the table

/**
 * Asks again, and elsewhere: at another time, in another zone, on a machine with another language.
 *
 * @param first What the same question came to before.
 * @param how For the message, such as ` with its first example`.
 * @throws FlowdeckError `pack-check`
 */
export async function judgeSteady(
  { watched }: Subject,
  first: Probed,
  ask: () => Promise<Probed>,
  how = '',
): Promise<void> {
  const isSame = (again: Probed) => differences(cameOf(first), cameOf(again), 'exact').length === 0;
  if (!isSame(await ask())) {
    refuse(
      `The card gives something else when it is asked again${how}.`,
      `It keeps state, or draws by chance. ${PURE}`,
    );
  }
  if (isSame(await watched.elsewhere(ALL, ask))) return;
  for (const what of ALL) {
    if (isSame(await watched.elsewhere([what], ask))) continue;
    const { told, remedy } = CIRCUMSTANCES[what];
    refuse(`The card gives something else ${told}${how}.`, `${remedy} ${PURE}`);
  }
  refuse(`The card gives something else at another time and place${how}.`, PURE);
}

function cameOf({ observed: { outputs, error } }: Probed): unknown {
  return [toData(outputs), error?.['code'] ?? null];
}
