/** A value as the key of an object. */
import type { Value } from '@flowdeck/engine';
import { asText } from '../shared/conversions.js';

/** @throws ConversionError (`conversion`) when the value has no text. */
export function keyText(value: Value): string {
  return String(asText(value));
}
