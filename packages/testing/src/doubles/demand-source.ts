/** Which value of a flow a binding reads. */
import { type Binding, isPlainObject, parsePointer } from '@flowdeck/engine/kit';

/** Names of values by root. */
export type SlotNames = ReadonlyMap<string, readonly string[]>;

/** Nothing that is written as an id or a name has a slash unescaped. */
export function slot(root: string, name: string): string {
  return JSON.stringify([root, name]);
}

/** A member of a binding that is an object; bindings are told apart by theirs. */
export function member(binding: unknown, key: string): unknown {
  return isPlainObject(binding) ? binding[key] : undefined;
}

/** A value of a flow, and the path into it. */
interface Source {
  readonly root: string;
  readonly slotName: string;
  readonly path: readonly string[];
}

export function sourceOf(binding: Binding, names: SlotNames): Source | null {
  const from = member(binding, 'from');
  if (typeof from !== 'string') return null;
  const [root, ...rest] = parsePointer(from);
  if (root === undefined || rest.length === 0) return null;
  // A name with a group is two steps of the pointer.
  const long = rest.slice(0, 2).join('/');
  const isGrouped = rest.length > 1 && names.get(root)?.includes(long) === true;
  const [slotName = ''] = isGrouped ? [long] : rest;
  return { root, slotName, path: rest.slice(isGrouped ? 2 : 1) };
}

export function literalOf(binding: Binding | undefined): string | null {
  const value = isPlainObject(binding) ? member(binding, 'value') : binding;
  return typeof value === 'string' ? value : null;
}
