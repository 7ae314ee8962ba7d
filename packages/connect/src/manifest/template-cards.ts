/** The cards of the flows that a new connector begins with. */

export const HELPER_CARDS = [
  { id: 'first', card: 'text.at', in: { text: { from: '/inputs/relative_url' }, index: 0 } },
  {
    id: 'leadingSlash',
    card: 'flow.returnErrorIf',
    in: {
      left: { from: '/first/output' },
      operator: '!=',
      right: '/',
      message: 'The relative URL has to begin with a slash.',
      statusCode: 400,
    },
  },
  {
    id: 'bearer',
    card: 'text.concatenate',
    in: { 'text 1': 'Bearer ', 'text 2': { from: '/connection/api_key' } },
  },
  {
    id: 'defaults',
    card: 'object.construct',
    in: { Authorization: { from: '/bearer/output' }, Accept: 'application/json' },
  },
  {
    id: 'headers',
    card: 'object.merge',
    in: { 'object 1': { from: '/defaults/output' }, 'object 2': { from: '/inputs/headers' } },
  },
  {
    id: 'url',
    card: 'text.concatenate',
    in: { 'text 1': { from: '/connection/base_url' }, 'text 2': { from: '/inputs/relative_url' } },
  },
  {
    id: 'request',
    card: 'http.raw',
    in: {
      url: { from: '/url/output' },
      method: { from: '/inputs/request_method' },
      query: { from: '/inputs/query' },
      headers: { from: '/headers/output' },
      body: { from: '/inputs/body' },
    },
    timeout: 30_000,
  },
  {
    card: 'flow.return',
    in: {
      status_code: { from: '/request/statusCode' },
      headers: { from: '/request/headers' },
      body: { from: '/request/body' },
    },
  },
];

export const PING_CARDS = [
  {
    id: 'ping',
    card: 'error.ifError',
    outputs: [
      { key: 'working', type: 'boolean' },
      { key: 'statusCode', type: 'number' },
      { key: 'message', type: 'text' },
    ],
    blocks: {
      try: {
        cards: [
          { id: 'call', card: 'flow.call', in: { flow: { flow: 'httpHelper' }, relative_url: '/me' } },
          {
            id: 'answer',
            card: 'json.parse',
            note: 'A page to log in, or that of a proxy, comes with 200 as well.',
            in: { text: { from: '/call/body' } },
            outputs: [{ key: 'output', type: 'object' }],
          },
          {
            card: 'flow.return',
            in: { working: true, statusCode: { from: '/call/status_code' }, message: 'This account is connected.' },
          },
        ],
      },
      catch: {
        cards: [
          {
            card: 'flow.return',
            in: { working: false, statusCode: { from: '/error/statusCode' }, message: { from: '/error/message' } },
          },
        ],
      },
    },
  },
  {
    id: 'response',
    card: 'object.construct',
    in: { statusCode: { from: '/ping/statusCode' }, message: { from: '/ping/message' } },
  },
  {
    card: 'flow.return',
    in: { working: { from: '/ping/working' }, serviceResponse: { from: '/response/output' } },
  },
];

export const READ_CARDS = [
  {
    id: 'needsId',
    card: 'flow.returnErrorIf',
    in: {
      left: { from: '/inputs/Item ID' },
      operator: 'is empty',
      message: '"Item ID" is missing.',
      statusCode: 400,
    },
  },
  { id: 'id', card: 'url.encodeComponent', in: { text: { from: '/inputs/Item ID' } } },
  { id: 'path', card: 'text.concatenate', in: { 'text 1': '/items/', 'text 2': { from: '/id/output' } } },
  { id: 'call', card: 'flow.call', in: { flow: { flow: 'httpHelper' }, relative_url: { from: '/path/output' } } },
  {
    id: 'parsed',
    card: 'json.parse',
    in: { text: { from: '/call/body' } },
    outputs: [{ key: 'output', type: 'object' }],
  },
  { card: 'flow.return', in: { Name: { from: '/parsed/output/name' }, 'Raw Output': { from: '/parsed/output' } } },
];

/** Texts that no address on the service needs, and that could lead to another host. */
const LEADING_AWAY: readonly (readonly [id: string, text: string])[] = [
  ['noHost', '//'],
  ['noBackslash', '\\'],
  ['noUser', '@'],
  ['noTab', '\t'],
  ['noLineFeed', '\n'],
  ['noCarriageReturn', '\r'],
];

export const ANY_CARDS = [
  ...LEADING_AWAY.map(([id, text]) => ({
    id,
    card: 'flow.returnErrorIf',
    in: {
      left: text,
      operator: 'in',
      right: { from: '/inputs/Relative URL' },
      message: '"Relative URL" has to stay on the service.',
      statusCode: 400,
    },
  })),
  {
    id: 'call',
    card: 'flow.call',
    in: {
      flow: { flow: 'httpHelper' },
      relative_url: { from: '/inputs/Relative URL' },
      request_method: { from: '/options/Request Type' },
      query: { from: '/inputs/Query' },
      headers: { from: '/inputs/Headers' },
      body: { from: '/inputs/Body' },
    },
  },
  {
    card: 'flow.return',
    in: {
      'Status Code': { from: '/call/status_code' },
      Headers: { from: '/call/headers' },
      Body: { from: '/call/body' },
    },
  },
];
