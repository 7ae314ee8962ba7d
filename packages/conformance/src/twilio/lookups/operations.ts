/** Operations of Lookup. */

import { type Operation, operationsOf } from '../operation.js';
import { lookUp } from './lookup.js';

export const LOOKUP_OPERATIONS: readonly Operation[] = operationsOf('lookups', {
  'GET /v2/PhoneNumbers/{PhoneNumber}': lookUp,
});
