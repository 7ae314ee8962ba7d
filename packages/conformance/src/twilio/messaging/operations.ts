/** Operations on Messaging Services and their senders. */

import { type Operation, operationsOf } from '../operation.js';
import { addAlphaSender, addNumber, addShortCode, fetchSender, listSenders, removeSender } from './senders.js';
import { createService, deleteService, fetchService, listServices, updateService } from './services.js';

export const MESSAGING_OPERATIONS: readonly Operation[] = operationsOf('messaging', {
  'GET /v1/Services': listServices,
  'POST /v1/Services': createService,
  'GET /v1/Services/{Sid}': fetchService,
  'POST /v1/Services/{Sid}': updateService,
  'DELETE /v1/Services/{Sid}': deleteService,
  'GET /v1/Services/{ServiceSid}/PhoneNumbers': listSenders('number'),
  'POST /v1/Services/{ServiceSid}/PhoneNumbers': addNumber,
  'GET /v1/Services/{ServiceSid}/PhoneNumbers/{Sid}': fetchSender('number'),
  'DELETE /v1/Services/{ServiceSid}/PhoneNumbers/{Sid}': removeSender('number'),
  'GET /v1/Services/{ServiceSid}/ShortCodes': listSenders('short-code'),
  'POST /v1/Services/{ServiceSid}/ShortCodes': addShortCode,
  'GET /v1/Services/{ServiceSid}/AlphaSenders': listSenders('alpha'),
  'POST /v1/Services/{ServiceSid}/AlphaSenders': addAlphaSender,
  'GET /v1/Services/{ServiceSid}/AlphaSenders/{Sid}': fetchSender('alpha'),
  'DELETE /v1/Services/{ServiceSid}/AlphaSenders/{Sid}': removeSender('alpha'),
});
