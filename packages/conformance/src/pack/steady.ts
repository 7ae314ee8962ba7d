/** Checks that a pure card gives the same whenever it is asked. */
import { toData } from '@flowdeck/engine/kit';
import { differences } from '@flowdeck/testing';
import { refuse } from './check.js';
import { atAnotherTime } from './conduct.js';
import type { Probed } from './probe.js';

const PURE = 'A card that is not pure is an "effect", and takes time and chance from its context.';

/**
 * Asks again, and at another time.
 *
 * @param first What the same question came to before.
 * @param how For the message, such as ` with its first example`.
 * @throws FlowdeckError `pack-check`
 */
export async function judgeSteady(first: Probed, ask: () => Promise<Probed>, how = ''): Promise<void> {
  const isSame = (again: Probed) => differences(cameOf(first), cameOf(again), 'exact').length === 0;
  if (!isSame(await ask())) {
    refuse(
      `The card gives something else when it is asked again${how}.`,
      `It keeps state, or draws by chance. ${PURE}`,
    );
  }
  if (!isSame(await atAnotherTime(ask))) {
    refuse(`The card gives something else at another time${how}.`, `It reads the clock. ${PURE}`);
  }
}

function cameOf({ observed: { outputs, error } }: Probed): unknown {
  return [toData(outputs), error?.['code'] ?? null];
}
