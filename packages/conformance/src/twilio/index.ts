/** The simulated Twilio service: the public names. */

export { TWILIO_CLAIMS, type TwilioClaim } from './claims.js';
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
export { MAGIC_DELIVERY, MAGIC_FROM, MAGIC_NO_RECEIPT, MAGIC_TO, MAGIC_VALID_FROM } from './magic.js';
export type { StatusChange } from './messages/callbacks.js';
export type { InboundMessage, InboundResult } from './messages/inbound.js';
export type { MessageResource, MessageStatus } from './messages/message.js';
export { countSegments, type SegmentCount, smartEncode } from './messages/segments.js';
export type { RecordedRequest, TwilioLogEntry, TwilioService, TwilioServiceOptions } from './options.js';
export { startTwilioService } from './service.js';
export {
  type ContentTemplateSetup,
  defaultTwilioAccount,
  type KeyKind,
  type MessagingServiceSetup,
  type TwilioAccountSetup,
} from './setup.js';
export { DELIVERY_ERRORS, TWILIO_ERRORS, type TwilioErrorBody, type TwilioErrorCode } from './wire/errors.js';
export type { Fault } from './wire/faults.js';
export { signBody, signForm } from './wire/signature.js';
export type { Delivery } from './wire/webhooks.js';
