/** Declares packs. */
import { DeclarationError } from '../errors.js';
import { deepFreeze } from '../values/index.js';
import { checkPack } from './check/index.js';
import type { Pack } from './pack-type.js';

/** Marks a pack that this engine has checked and frozen. Another copy of the engine has a mark of its own, and checks again. */
const CHECKED = Symbol('flowdeck.checked');
/** Marks a pack whose own tests hold every output to its type. */
const SEALED = Symbol('flowdeck.sealed');

/**
 * Declares a pack. The whole declaration is checked, as strictly as a document: unknown members, missing and malformed
 * ones, types that do not exist, names given twice, defaults and examples that do not fit. It is frozen with all that it
 * holds, so that nobody can change it afterwards.
 *
 * @throws DeclarationError `pack-invalid` with every fault in `diagnostics`: a pointer into the declaration, the card, a hint.
 * @example
 * export const acme = definePack({ name: 'flowdeck-acme', namespace: 'acme', version: '1.0.0', cards: [shout] });
 */
export function definePack(pack: Pack): Pack {
  const diagnostics = checkPack(pack);
  if (diagnostics.length > 0) {
    const name: unknown = pack?.name;
    throw new DeclarationError(
      'pack-invalid',
      typeof name === 'string' ? `The pack "${name}"` : 'The pack',
      diagnostics,
    );
  }
  return deepFreeze(marked(pack));
}

/**
 * The pack as `definePack` gives it, without the check, and with each card frozen when an engine first hands it out: both
 * cost a process that starts for one flow a tenth of its time. Only for a pack whose own tests hand its declaration to
 * `definePack`, and hold what its cards give to the types that they declare: a plan takes these for granted.
 *
 * @example
 * export const standard = sealPack(declaration); // and in a test: definePack(declaration)
 */
export function sealPack(pack: Pack): Pack {
  Object.freeze(pack.cards);
  return Object.freeze(Object.defineProperty(marked(pack), SEALED, { value: true }));
}

/** Its cards give what they declare. Of any other pack that is taken to be so only where a value is not looked into. */
export function isSealed(pack: Pack): boolean {
  return Object.hasOwn(pack, SEALED);
}

function marked(pack: Pack): Pack {
  return Object.defineProperty({ ...pack }, CHECKED, { value: true });
}

/** The pack itself when `definePack` has seen it, else what `definePack` makes of it. */
export function checkedPack(pack: Pack): Pack {
  return typeof pack === 'object' && pack !== null && Object.hasOwn(pack, CHECKED) ? pack : definePack(pack);
}

/** The namespaces of a pack, as a list. */
export function namespacesOf(pack: Pack): readonly string[] {
  return typeof pack.namespace === 'string' ? [pack.namespace] : pack.namespace;
}
