/** The engine's conversions that several cards make of values whose types no field tells. */
import { converter } from '@flowdeck/engine/kit';

/** @throws ConversionError (`conversion`) when the value has no text. */
export const asText = converter({ type: 'text' });

/** Text is read as JSON. @throws ConversionError (`conversion`) when the value is no object. */
export const asObject = converter({ type: 'object' });
