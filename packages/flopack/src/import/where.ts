/** Where Expressions of table searches: their values become inputs with readable names. */
import type { Value } from '@flowdeck/engine';
import type { Binding } from '@flowdeck/engine/kit';
import { isObject, textOf } from '../json.js';
import type { RawCard, RawField } from '../read/index.js';
import { literalBinding } from './binding.js';
import type { GraphScope } from './draft.js';

/** Group of the hidden inputs that carry the values. */
export const VALUES_GROUP = '_expr';

/** True for the input that holds the expression. */
export function isWhere(field: RawField): boolean {
  return field.group === 'Filter' && field.key === 'Where Expression';
}

/**
 * The expression with the names that `nameOf` gives in place of the ids of outputs. A term whose value is not wired
 * compares with nothing.
 */
export function whereBinding(
  scope: GraphScope,
  card: RawCard,
  field: RawField,
  nameOf: (key: string) => string | null,
): Binding {
  const terms = isObject(field.data) ? field.data['expr'] : undefined;
  if (!Array.isArray(terms)) return isObject(field.data) ? literalBinding(field.data) : null;
  const expr = terms.map((term: unknown) => {
    if (!isObject(term) || !isObject(term['rhd'])) return term;
    const { rhd, ...rest } = term;
    const key = textOf(rhd, 'outputId') ?? '';
    const name = card.inputs.some((input) => input.group === VALUES_GROUP && input.key === key) ? nameOf(key) : null;
    if (name !== null) return { ...rest, rhd: name };
    const message = `The value for "${String(term['lhs'])}" is not wired; the term compares with nothing.`;
    scope.flow.deck.found.add(
      'warning',
      'where-without-value',
      field.spot.at('value', 'data'),
      message,
      'Wire it anew.',
    );
    return { ...rest, rhs: null };
  });
  // The terms come from JSON.
  return { value: { expr: expr as Value } };
}
