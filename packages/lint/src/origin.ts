/** Follows a value back through cards that only name it, to where it comes from. */
import { soleReference } from './references.js';
import type { BindingSite, CardSite } from './sites.js';

export type Origin =
  | { readonly kind: 'literal' }
  /** An output of a card. */
  | { readonly kind: 'card'; readonly card: CardSite; readonly path: readonly string[] }
  /** `inputs`, `options`, `connection`, `error`, ... */
  | { readonly kind: 'root'; readonly root: string; readonly path: readonly string[] };

/** Assigns are passed on a few times at most; nobody writes longer chains. */
const MAX_STEPS = 20;

/** Where a value comes from. Null when an expression makes it, or it cannot be told. */
export function originOf(site: BindingSite): Origin | null {
  let at = site;
  for (let step = 0; step < MAX_STEPS; step++) {
    const { binding, references, card } = at;
    if (typeof binding !== 'object' || binding === null || 'value' in binding) return { kind: 'literal' };
    if ('item' in binding) return { kind: 'root', root: 'item', path: [] };
    const only = soleReference(binding, references);
    if (only?.path == null) return null;
    const source = card.flow.cardById.get(only.root);
    if (source === undefined) return { kind: 'root', root: only.root, path: only.path };
    const [first = ''] = only.path;
    const next = isHandedOn(source) ? source.inputs.get(first) : undefined;
    if (next === undefined) return { kind: 'card', card: source, path: only.path };
    at = next;
  }
  return null;
}

/** Whether the outputs of a card are its inputs, as they are. */
function isHandedOn({ type }: CardSite): boolean {
  return type?.traits?.assigns === true && type.mirror === true;
}
