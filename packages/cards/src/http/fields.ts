/** Fields and errors that the HTTP cards share. */
import type { ConnectionUse, Field } from '@flowdeck/engine';

export const URL_FIELD = {
  key: 'url',
  type: 'text',
  label: 'URL',
  description: 'Absolute, http or https. It may have a query of its own.',
  required: true,
} as const satisfies Field;

export const QUERY = {
  key: 'query',
  type: 'any',
  label: 'Query',
  description: 'Parameters as an object, or a ready query as text; joined to the query of the URL.',
} as const satisfies Field;

export const HEADERS = {
  key: 'headers',
  type: 'object',
  label: 'Headers',
  description: 'They win over the defaults and over those of the connection, whatever their case.',
  required: true,
  default: {},
} as const satisfies Field;

export const BODY = {
  key: 'body',
  type: 'any',
  label: 'Body',
  description:
    'Text is sent as it is, an object under the Content-Type of a form as such, anything else as JSON. Null: no body.',
} as const satisfies Field;

export const FOLLOW = {
  key: 'followRedirects',
  type: 'boolean',
  label: 'Follow redirects',
  description:
    'False: a redirect is the answer, with its Location and cookies. Cookies of a followed one are sent along.',
  required: true,
  default: true,
} as const satisfies Field;

export const STATUS_CODE = {
  key: 'statusCode',
  type: 'number',
  label: 'Status Code',
  description: '200 to 299: any other status is an error, but a redirect that is not followed.',
} as const satisfies Field;

export const RESPONSE_HEADERS = {
  key: 'headers',
  type: 'object',
  label: 'Headers',
  description: 'Names in lower case. `set-cookie` is a list of texts.',
} as const satisfies Field;

export const RESPONSE_BODY = {
  key: 'body',
  type: 'any',
  label: 'Body',
  description: 'JSON is parsed, anything else is text, null when empty.',
} as const satisfies Field;

/** What it adds to a request says `connection.ts`. */
export const CONNECTION = { connector: 'http', optional: true } as const satisfies ConnectionUse;

/** Milliseconds for one exchange. */
export const HTTP_TIMEOUT = 60_000;

export const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

export const HTTP_ERRORS = {
  'http-status': 'The answer has a status outside 2xx. The error has its statusCode, body and headers.',
  'http-url': 'The URL is malformed.',
  'http-blocked': 'The host does not allow this address or scheme.',
  'http-network': 'No connection, or it broke.',
  'http-timeout': 'The exchange took too long.',
  'http-too-large': 'The answer is larger than the host allows.',
  'http-redirects': 'Too many redirects.',
  'http-missing': 'The host gives the engine no HTTP.',
  'invalid-header': 'A header has a name or a value that HTTP does not allow.',
  'http-header': 'A header cannot be sent: Host, Upgrade, or a value beyond Latin-1.',
  conversion: 'The query is neither an object nor text.',
} as const;
