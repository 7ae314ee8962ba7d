/** The order that things have in the original: it means nothing, but a diff shows every change of it. */
import { isObject, itemsOf, type Mutable, member } from '../json.js';

/** The wires in the order that they had, new ones behind them. */
export function likeBefore(pins: Mutable, before: unknown): unknown {
  if (!isObject(before)) return pins;
  const names = inOrderLike(Object.keys(pins), Object.keys(before));
  return Object.fromEntries(
    names.map((id) => {
      const targets = pins[id];
      const was = member(before, id);
      if (!isObject(targets)) return [id, targets];
      const ids = inOrderLike(Object.keys(targets), isObject(was) ? Object.keys(was) : []);
      return [
        id,
        Object.fromEntries(
          ids.map((target) => [target, inOrderLike(itemsOf(targets[target]), itemsOf(member(was, target)))]),
        ),
      ];
    }),
  );
}

/** Sorted as in `before`; what is not in there comes last, in its own order. */
function inOrderLike<T>(items: readonly T[], before: readonly unknown[]): readonly T[] {
  const places = new Map(before.map((item, index) => [JSON.stringify(item), index]));
  const placeOf = (item: T) => places.get(JSON.stringify(item)) ?? places.size;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The cards in the order of the original, new ones behind them. */
export function inOrderOf(original: unknown, methods: readonly Mutable[]): readonly Mutable[] {
  const places = new Map(itemsOf(original).map((card, index) => [member(card, 'uuid'), index]));
  const placeOf = (card: Mutable) => places.get(card['uuid']) ?? places.size;
  return [...methods].sort((a, b) => placeOf(a) - placeOf(b));
}
