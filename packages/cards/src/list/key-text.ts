/** A value as the key of an object. */
import { converter, type Value } from '@flowdeck/engine';

const toText = converter({ type: 'text' });

/** @throws ConversionError (`conversion`) when the value has no text. */
export function keyText(value: Value): string {
  return String(toText(value));
}
