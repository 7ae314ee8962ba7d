/** The library, or modules of it, as a pack. */
import type { CardType, Pack } from '@flowdeck/engine';
import { sealPack } from '@flowdeck/engine/kit';

/** @param modules All names of the library, whichever of them have cards here: a document may require a version of any. */
export function packOf(modules: readonly string[], cards: readonly CardType[]): Pack {
  // Checked by its tests, so that no process has to.
  return sealPack({ name: '@flowdeck/cards', namespace: modules, version: '0.1.0', cards });
}
