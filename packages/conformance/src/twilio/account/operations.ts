/** Operations on accounts, their keys, balance and usage. */

import { accountOperations, type Operation, operationsOf } from '../operation.js';
import { fetchAccount, fetchBalance, listAccounts } from './accounts.js';
import { createIamKey, deleteIamKey, fetchIamKey, listIamKeys, updateIamKey } from './iam-keys.js';
import { createKey, deleteKey, fetchKey, listKeys, updateKey } from './keys.js';
import { listUsage } from './usage.js';

export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  ...operationsOf(
    'api',
    {
      'GET /2010-04-01/Accounts.json': listAccounts,
      'GET /2010-04-01/Accounts/{Sid}.json': fetchAccount,
    },
    { needs: 'account' },
  ),
  ...accountOperations(
    {
      'GET /Keys': listKeys,
      'POST /Keys': createKey,
      'GET /Keys/{Sid}': fetchKey,
      'POST /Keys/{Sid}': updateKey,
      'DELETE /Keys/{Sid}': deleteKey,
    },
    { needs: 'account' },
  ),
  ...accountOperations({ 'GET /Balance': fetchBalance, 'GET /Usage/Records': listUsage }),
  ...operationsOf(
    'iam',
    {
      'GET /v1/Keys': listIamKeys,
      'POST /v1/Keys': createIamKey,
      'GET /v1/Keys/{Sid}': fetchIamKey,
      'POST /v1/Keys/{Sid}': updateIamKey,
      'DELETE /v1/Keys/{Sid}': deleteIamKey,
    },
    { needs: 'account' },
  ),
];
