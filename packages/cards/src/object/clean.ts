/** Dropping the keys of an object that hold nothing. */
import { ConversionError, type Value, type ValueObject } from '@flowdeck/engine';
import { isEmpty, isPlainObject, MAX_DEPTH, safeObject } from '@flowdeck/engine/kit';

/** Without the keys whose value is null, `""`, `[]` or `{}`. Objects within it stay as they are. */
export function cleaned(object: ValueObject): ValueObject {
  return safeObject(Object.entries(object).filter(([, value]) => !isEmpty(value)));
}

/**
 * The same for all objects within it, from the inside out. Items of lists keep their places: an item that becomes empty
 * stays.
 *
 * @throws ConversionError (`conversion`) beyond 1000 levels.
 */
export function deeplyCleaned(object: ValueObject): ValueObject {
  // Parts that stand in several places are cleaned once: data may repeat itself far beyond its size.
  const known = new Map<Value, Value>();
  const clean = (value: Value, depth: number): Value => {
    const list = Array.isArray(value);
    if (!list && !isPlainObject(value)) return value;
    if (depth >= MAX_DEPTH) {
      throw new ConversionError(`The object nests more than ${MAX_DEPTH} levels.`, { hint: 'Flatten it first.' });
    }
    let result = known.get(value);
    if (result === undefined) {
      result = list
        ? value.map((item) => clean(item, depth + 1))
        : cleaned(safeObject(Object.entries(value).map(([key, part]) => [key, clean(part, depth + 1)])));
      known.set(value, result);
    }
    return result;
  };
  // Cleaning an object gives an object.
  return clean(object, 0) as ValueObject;
}
