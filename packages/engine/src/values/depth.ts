/** How deep a value may nest, and the error for those that nest deeper. */
import { ConversionError } from '../errors.js';

/** Levels of lists and objects in a value that is written as JSON, compared or encoded. Cyclic data exceeds it too. */
export const MAX_DEPTH = 1000;

/** The error for a value beyond {@link MAX_DEPTH}: code `conversion`. */
export function tooDeep(): ConversionError {
  return new ConversionError(`The value nests more than ${MAX_DEPTH} levels of lists and objects.`, {
    hint: 'Flatten the value, or find the list or object that contains itself.',
  });
}
