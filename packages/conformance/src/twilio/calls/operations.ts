/** Operations on calls. */

import { accountOperations, type Operation } from '../operation.js';
import { deleteCall, fetchCall, listCalls, updateCall } from './calls.js';
import { createCall } from './create-call.js';

export const CALL_OPERATIONS: readonly Operation[] = [
  ...accountOperations({ 'POST /Calls': createCall }, { openToTest: true }),
  ...accountOperations({
    'GET /Calls': listCalls,
    'GET /Calls/{Sid}': fetchCall,
    'POST /Calls/{Sid}': updateCall,
    'DELETE /Calls/{Sid}': deleteCall,
  }),
];
