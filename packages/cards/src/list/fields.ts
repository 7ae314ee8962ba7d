/** Fields that the list cards share. */
import type { Field, Value } from '@flowdeck/engine';

export const LIST = {
  key: 'list',
  type: 'any',
  list: true,
  label: 'list',
  description: 'The items. Null is an empty list; a single value is a list of one.',
  required: true,
} as const satisfies Field;

/** The two lists that the cards about several lists begin with. */
export const LIST_1 = { ...LIST, key: 'list 1', label: 'list 1' } as const satisfies Field;
export const LIST_2 = { ...LIST, key: 'list 2', label: 'list 2' } as const satisfies Field;
/** Both may be left out where lists are only put together. */
export const OPTIONAL_LISTS = [
  { ...LIST_1, required: false },
  { ...LIST_2, required: false },
] as const satisfies readonly Field[];
export const MORE_LISTS = {
  type: 'any',
  list: true,
  description: 'Further lists, "list 3" and so on.',
} as const;

/** Numbers in a list. */
export const NUMBERS = {
  ...LIST,
  type: 'number',
  description: 'The numbers. Null among them is 0; null itself is an empty list, a single number a list of one.',
} as const satisfies Field;

/** What an item is compared with. */
export const COMPARED_WITH = {
  key: 'comparison',
  type: 'any',
  label: 'comparison',
  description: 'What the item, or its value at the path, is compared with.',
} as const satisfies Field;

/** A single item among the inputs. */
export const ITEM = {
  key: 'item',
  type: 'any',
  label: 'item',
  description: 'The item. A list is one item.',
  required: true,
} as const satisfies Field;

export const ITEM_PATH_ERRORS = {
  'path-depth': 'The path has more than 1,000 keys.',
  conversion: 'The path is neither text nor a list of texts, or an item cannot be compared.',
} as const;

/** Extra inputs that are declared lists: the engine gives lists, never null. */
export function listsOf(more: { readonly [name: string]: Value }): readonly (readonly Value[])[] {
  // They are declared lists, which the engine holds them to.
  return Object.values(more) as readonly (readonly Value[])[];
}
