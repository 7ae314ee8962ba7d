/** What a binding reads. */
import { FlowdeckError } from '@flowdeck/engine';
import { type Binding, compileExpression, parsePointer } from '@flowdeck/engine/kit';

export interface Reference {
  /** A card id, `inputs`, `options`, ...; `*` when anything may be read. */
  readonly root: string;
  /** What follows the root. Null when it is not known, so that all of it counts as read. */
  readonly path: readonly string[] | null;
}

const ANYTHING: readonly Reference[] = [{ root: '*', path: null }];
const NOTHING: readonly Reference[] = [];

/** The references of a binding. One that cannot be understood counts as reading anything. */
export function referencesOf(binding: Binding): readonly Reference[] {
  if (typeof binding !== 'object' || binding === null) return NOTHING;
  try {
    if ('from' in binding) return fromPointer(binding.from);
    if ('expr' in binding) return fromExpression(binding.expr);
  } catch (error) {
    if (error instanceof FlowdeckError) return ANYTHING;
    throw error;
  }
  return NOTHING;
}

function fromPointer(pointer: string): readonly Reference[] {
  const [root, ...path] = parsePointer(pointer);
  return root === undefined ? NOTHING : [{ root, path }];
}

function fromExpression(source: string): readonly Reference[] {
  const expression = compileExpression(source);
  if (!expression.plain) return expression.roots.map((root) => ({ root, path: null }));
  const found: Reference[] = [];
  expression.bind((root, segments) => {
    found.push({ root, path: segments });
    return null;
  });
  return found;
}

/** Where a binding's value comes from when it is handed on as it is, else null. */
export function soleReference(binding: Binding, references: readonly Reference[]): Reference | null {
  const [only, other] = references;
  if (typeof binding !== 'object' || binding === null || only?.path == null || other !== undefined) return null;
  if ('from' in binding) return only;
  return 'expr' in binding && /^[\w.\s]+$/.test(binding.expr) ? only : null;
}
