/** The error table of the simulated service: code, HTTP status and wording of every refusal. */

interface ErrorRow {
  readonly status: number;
  readonly message: string;
}

/**
 * Every code that an answer of the service can carry. `{name}` is filled in from the request.
 * The HTTP status of 20001, 20006, 20009, 21201-21220, 21609, 21620, 21623, 21710, 21712, 21910, 30409, 35111-35118,
 * 60200-60203, 63007 and 70051 follows the code's group; the others are those of published answers.
 */
export const TWILIO_ERRORS = {
  20001: { status: 400, message: 'Invalid parameter: {what}' },
  20003: { status: 401, message: 'Authenticate' },
  20004: { status: 405, message: 'Method not allowed' },
  20006: { status: 400, message: 'The page token is not valid' },
  20007: { status: 400, message: 'Page size must be at most 1000, got {size}' },
  20008: { status: 403, message: 'Resource not accessible with Test Account Credentials' },
  20009: { status: 409, message: 'Cannot delete this resource before it is complete: {state}' },
  20404: { status: 404, message: 'The requested resource {path} was not found' },
  20413: { status: 413, message: 'The request body is too large' },
  20429: { status: 429, message: 'Too many concurrent requests' },
  20500: { status: 500, message: 'An internal server error has occurred' },
  20503: { status: 503, message: 'The service is temporarily unavailable' },
  21201: { status: 400, message: "No 'To' number is specified" },
  21205: { status: 400, message: 'Url is not a valid URL: {url}' },
  21210: { status: 400, message: 'The source phone number {from} is not yet verified for your account.' },
  21211: { status: 400, message: "The 'To' number {to} is not a valid phone number." },
  21212: {
    status: 400,
    message: "The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID.",
  },
  21213: { status: 400, message: "No 'From' number is specified" },
  21214: { status: 400, message: 'The number {to} cannot be reached' },
  21215: { status: 400, message: 'Account not authorized to call {to}' },
  21216: { status: 400, message: 'Calls to {to} are blocked' },
  21217: { status: 400, message: 'The phone number {to} does not appear to be valid' },
  21219: { status: 400, message: 'The number {to} is unverified. Trial accounts may only call verified numbers.' },
  21220: { status: 400, message: 'The call is not in the right state for this: {state}' },
  21408: {
    status: 400,
    message: 'Permission to send an SMS has not been enabled for the region indicated by the To number: {to}',
  },
  21421: { status: 400, message: 'PhoneNumber {number} is not valid' },
  21422: { status: 400, message: 'PhoneNumber {number} is not available' },
  21452: { status: 400, message: 'No phone numbers found in area code {area}' },
  21602: { status: 400, message: 'Message body is required.' },
  21603: { status: 400, message: "A 'From' phone number is required." },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21606: {
    status: 400,
    message:
      "The 'From' phone number {from} is not a valid, message-capable number of this account for this destination.",
  },
  21608: {
    status: 400,
    message: 'The number {to} is unverified. Trial accounts cannot send messages to unverified numbers.',
  },
  21609: { status: 400, message: "The 'StatusCallback' URL {url} is not a valid URL." },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
  21611: { status: 429, message: 'SMS queue is full.' },
  21612: {
    status: 400,
    message: "The message cannot be sent with the current combination of 'To' ({to}) and 'From' ({from}).",
  },
  21614: { status: 400, message: "'To' number {to} is not a valid mobile number" },
  21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit' },
  21620: { status: 400, message: 'Invalid media URL: {url}' },
  21623: { status: 400, message: 'Number of media files exceeds the limit of 10' },
  21654: { status: 400, message: 'ContentSid is required when ContentVariables are given' },
  21655: { status: 400, message: 'The ContentSid {content} is invalid' },
  21656: { status: 400, message: 'The ContentVariables parameter is invalid' },
  21701: { status: 400, message: 'The Messaging Service {service} does not exist' },
  21703: { status: 400, message: 'The Messaging Service does not have a phone number available to send a message' },
  21710: { status: 409, message: 'The phone number or short code is already in the Messaging Service' },
  21712: { status: 409, message: 'The phone number or short code is in another Messaging Service' },
  21910: { status: 400, message: "Invalid 'From' and 'To' pair: both must belong to the same channel" },
  30409: { status: 409, message: 'The message cannot be canceled in its current state: {state}' },
  35111: { status: 400, message: 'SendAt is required to schedule a message' },
  35114: { status: 400, message: 'SendAt must be a date-time in the future' },
  35115: { status: 400, message: 'SendAt must be more than 5 minutes ahead' },
  35117: { status: 400, message: 'SendAt must be at most 35 days ahead' },
  35118: { status: 400, message: 'MessagingServiceSid is required to schedule a message' },
  60200: { status: 400, message: 'Invalid parameter `{what}`' },
  60202: { status: 429, message: 'Max check attempts reached' },
  60203: { status: 429, message: 'Max send attempts reached' },
  63007: { status: 400, message: 'No channel with the From address {from} was found' },
  70051: { status: 403, message: 'Authorization failed: the key may not {permission}' },
  90002: { status: 400, message: 'AccountSid {sid} is invalid' },
} as const satisfies Record<number, ErrorRow>;

/** The codes that the service answers with: see `TWILIO_ERRORS`. */
export type TwilioErrorCode = keyof typeof TWILIO_ERRORS;

/** Delivery results: they appear on the message and in callbacks, never in an answer. */
export const DELIVERY_ERRORS: Readonly<Record<number, string>> = {
  30001: 'Queue overflow',
  30002: 'Account suspended',
  30003: 'Unreachable destination handset',
  30004: 'Message blocked',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
  30036: 'Validity Period Expired',
  63016: 'Failed to send freeform message because it is outside the allowed window',
};

/** The JSON shape of a refused request. */
export interface TwilioErrorBody {
  /** A key of `TWILIO_ERRORS`, or what a scripted fault names. */
  code: number;
  /** What is wrong, in the vendor's words. */
  message: string;
  /** URL of the vendor's page about the code. */
  more_info: string;
  /** HTTP status, as the answer has it. */
  status: number;
}

/**
 * A refusal on its way to the caller. Handlers throw it; the server turns it into an answer. A `status` wins over that
 * of the table, where a product answers another one.
 */
export class Refusal extends Error {
  readonly body: TwilioErrorBody;

  constructor(code: TwilioErrorCode, values: Readonly<Record<string, string>> = {}, status?: number) {
    const row = TWILIO_ERRORS[code];
    const message = row.message.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
    super(message);
    this.name = 'Refusal';
    this.body = errorBody(code, status ?? row.status, message);
  }
}

/** The error body for any code, also one that the table does not know (scripted faults). */
export function errorBody(code: number, status: number, message: string): TwilioErrorBody {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}

/** The table's row for a code that may be unknown. */
export function errorRow(code: number): ErrorRow | undefined {
  const rows: Readonly<Record<number, ErrorRow>> = TWILIO_ERRORS;
  return Object.hasOwn(rows, code) ? rows[code] : undefined;
}
