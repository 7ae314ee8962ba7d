/** Works out a true/false expression. */
import type { Value } from '@flowdeck/engine';
import { compare, converter } from '@flowdeck/engine/kit';
import type { Test } from './parse.js';

const toBoolean = converter({ type: 'boolean' });

/**
 * From left to right, and no further than the result needs.
 *
 * @throws ConversionError when an object or a list stands where true or false is meant.
 */
export function holds(test: Test): boolean {
  return toBoolean(resultOf(test)) === true;
}

function resultOf(test: Test): Value {
  switch (test.kind) {
    case 'value':
      return test.value;
    case 'all':
      return test.tests.every(holds);
    case 'any':
      return test.tests.some(holds);
    case 'not':
      return !holds(test.test);
    case 'comparison':
      return compare(resultOf(test.left), test.operator, resultOf(test.right));
  }
}
