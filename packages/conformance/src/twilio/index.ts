/** The simulated Twilio service: the public names. */

export {
  type ContentTemplate,
  defaultTwilioAccount,
  type KeyKind,
  type MessagingService,
  type TwilioAccountSetup,
} from './accounts.js';
export type { StatusChange } from './callbacks.js';
export {
  TWILIO_ACCOUNT_SID,
  TWILIO_AUTH_TOKEN,
  TWILIO_MAIN_KEY,
  TWILIO_NUMBERS,
  TWILIO_SERVICE_SID,
  TWILIO_STANDARD_KEY,
  TWILIO_TEMPLATE_SID,
  TWILIO_TEST_CREDENTIALS,
  TWILIO_WHATSAPP_SENDER,
} from './constants.js';
export { DELIVERY_ERRORS, TWILIO_ERRORS, type TwilioErrorBody, type TwilioErrorCode } from './errors.js';
export type { Fault } from './faults.js';
export type { InboundMessage, InboundResult } from './inbound.js';
export { MAGIC_DELIVERY, MAGIC_FROM, MAGIC_NO_RECEIPT, MAGIC_TO, MAGIC_VALID_FROM } from './magic.js';
export type { MessageResource, MessageStatus } from './message.js';
export type { RecordedRequest, TwilioService, TwilioServiceOptions } from './options.js';
export { countSegments, type SegmentCount, smartEncode } from './segments.js';
export { startTwilioService } from './service.js';
export { signBody, signForm } from './signature.js';
export type { Delivery } from './webhooks.js';
