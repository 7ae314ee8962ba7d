/** A value as the key of an object. */
import type { Value } from '@flowdeck/engine';
import { converter } from '@flowdeck/engine/kit';

const toText = converter({ type: 'text' });

/** @throws ConversionError (`conversion`) when the value has no text. */
export function keyText(value: Value): string {
  return String(toText(value));
}
