// What the host of the crash script serves: a connector with tokens that rotate, an event, a poll, and two flows that do two things each.
const AUTH = { expr: "{'Authorization': 'Bearer ' & connection.access_token}" };
const at = (path) => ({ expr: `connection.base_url & ${path}` });
const text = (key) => ({ key, type: 'text' });
const REGISTRATION = { key: 'registration', type: 'object' };
const SUBJECT = { card: 'flow.return', in: { subject: { from: '/inputs/subject' } } };

const CONNECTOR = {
  key: 'world',
  name: 'World',
  version: '1.0.0',
  auth: {
    type: 'oauth2',
    oauth: {
      grant: 'authorizationCode',
      authorizeUrl: '{{base_url}}/authorize',
      tokenUrl: '{{base_url}}/token',
      clientAuthentication: 'post',
    },
  },
  parameters: [text('base_url')],
  flows: { actions: ['note'] },
  events: [
    {
      key: 'posted',
      flow: 'read',
      register: 'register',
      exists: 'exists',
      renew: 'renew',
      deregister: 'deregister',
      delivery: {
        secret: { from: 'generated' },
        verify: [{ scheme: 'hmac', given: { from: 'header', name: 'x-signature' }, signed: [{ from: 'raw' }] }],
        id: [{ from: 'header', name: 'x-delivery' }],
      },
    },
  ],
  polls: [{ key: 'ordered', flow: 'list', first: 'all', id: '/subject', order: 'oldestFirst' }],
};

const FLOWS = [
  {
    id: 'note',
    type: 'action',
    inputs: [text('what'), text('subject')],
    cards: [
      {
        card: 'http.post',
        in: {
          url: at("'/effects'"),
          headers: AUTH,
          body: { expr: "{'what': inputs.what, 'subject': inputs.subject}" },
        },
      },
    ],
  },
  { id: 'read', type: 'webhook', inputs: [text('subject')], outputs: [text('subject')], cards: [SUBJECT] },
  {
    id: 'register',
    type: 'webhook-register',
    inputs: [text('eventUrl'), text('secret')],
    outputs: [REGISTRATION, text('expiresAt')],
    cards: [
      {
        id: 'made',
        card: 'http.post',
        in: { url: at("'/hooks'"), headers: AUTH, body: { expr: "{'url': inputs.eventUrl, 'secret': inputs.secret}" } },
      },
      {
        card: 'flow.return',
        in: { registration: { from: '/made/body' }, expiresAt: { from: '/made/body/expiresAt' } },
      },
    ],
  },
  {
    id: 'exists',
    type: 'helper',
    inputs: [REGISTRATION],
    outputs: [{ key: 'exists', type: 'boolean' }],
    cards: [
      { id: 'listed', card: 'http.get', in: { url: at("'/hooks'"), headers: AUTH } },
      { card: 'flow.return', in: { exists: { expr: 'inputs.registration.id in listed.body.ids' } } },
    ],
  },
  {
    id: 'renew',
    type: 'helper',
    inputs: [REGISTRATION],
    outputs: [REGISTRATION, text('expiresAt')],
    cards: [
      { id: 'renewed', card: 'http.put', in: { url: at("'/hooks/' & inputs.registration.id"), headers: AUTH } },
      {
        card: 'flow.return',
        in: { registration: { from: '/renewed/body' }, expiresAt: { from: '/renewed/body/expiresAt' } },
      },
    ],
  },
  {
    id: 'deregister',
    type: 'webhook-deregister',
    inputs: [REGISTRATION],
    cards: [{ card: 'http.delete', in: { url: at("'/hooks/' & inputs.registration.id"), headers: AUTH } }],
  },
  {
    id: 'list',
    type: 'polling',
    inputs: [{ key: 'cursor', type: 'any' }],
    outputs: [
      { key: 'cursor', type: 'any' },
      { key: 'items', type: 'object', list: true },
    ],
    cards: [
      {
        id: 'listed',
        card: 'http.get',
        in: { url: at("'/orders?after=' & (inputs.cursor ? $string(inputs.cursor) : '0')"), headers: AUTH },
      },
      { card: 'flow.return', in: { items: { from: '/listed/body/orders' }, cursor: { from: '/listed/body/last' } } },
    ],
  },
];

const note = (id, what) => ({
  id,
  card: 'world.note',
  connection: 'world',
  in: { what, subject: { from: '/inputs/subject' } },
});
const event = (id, name, more = {}) => ({
  id,
  type: 'event',
  event: { connector: 'world', name, connection: 'world', ...more },
  inputs: [text('subject')],
  cards: [note('first', 'first'), note('second', 'second')],
});

/** Files by path. */
export const FILES = {
  'world/connector.json': CONNECTOR,
  ...Object.fromEntries(FLOWS.map((flow) => [`world/flows/${flow.id}.flow.json`, { flowdeck: 1, ...flow }])),
  'deck.flow.json': {
    flowdeck: 1,
    flows: [event('hears', 'posted'), event('orders', 'ordered', { everySeconds: 1 })],
  },
};
