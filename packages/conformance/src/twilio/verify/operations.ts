/** Operations of Verify. */

import { type Operation, operationsOf } from '../operation.js';
import { createVerifyService, fetchVerifyService, listVerifyServices } from './services.js';
import { checkVerification, fetchVerification, startVerification, updateVerification } from './verifications.js';

export const VERIFY_OPERATIONS: readonly Operation[] = operationsOf('verify', {
  'GET /v2/Services': listVerifyServices,
  'POST /v2/Services': createVerifyService,
  'GET /v2/Services/{Sid}': fetchVerifyService,
  'POST /v2/Services/{ServiceSid}/Verifications': startVerification,
  'GET /v2/Services/{ServiceSid}/Verifications/{Sid}': fetchVerification,
  'POST /v2/Services/{ServiceSid}/Verifications/{Sid}': updateVerification,
  'POST /v2/Services/{ServiceSid}/VerificationCheck': checkVerification,
});
