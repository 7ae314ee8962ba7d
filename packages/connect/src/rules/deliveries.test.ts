/** What an event says of its deliveries: every fault is told at its place, all of them at once. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assembleConnector } from '../manifest/assemble.js';
import { filesOf, flow, GREET, manifest, PING } from '../testing/connectors.js';

const TEXT = (key: string) => ({ key, type: 'text' });
const REGISTER = flow('register', 'webhook-register', {
  inputs: [TEXT('eventUrl'), TEXT('secret')],
  outputs: [{ key: 'registration', type: 'object' }],
});
const FLOWS = [PING, GREET, flow('receive', 'webhook'), REGISTER];

/** What is found in an event with these deliveries, as `code pointer`. */
function found(delivery: object, event: object = { register: 'register' }): readonly string[] {
  const events = [{ key: 'created', flow: 'receive', ...event, delivery }];
  const flows = 'register' in event ? FLOWS : FLOWS.slice(0, 3);
  const { diagnostics } = assembleConnector(filesOf(manifest({ events }), flows));
  return diagnostics.map(({ code, pointer }) => `${code} ${pointer.replace('/events/0/delivery', '')}`);
}

const header = (name: string, more: object = {}) => ({ from: 'header', name, ...more });
const HMAC = {
  scheme: 'hmac',
  given: header('x-signature', { prefix: 'v0=' }),
  signed: [{ text: 'v0:' }, header('x-time'), { text: ':' }, { from: 'raw' }],
  time: { of: header('x-time') },
};

/** One that has every member, as sixteen services need them. */
const WHOLE = {
  methods: ['POST'],
  secret: { from: 'generated' },
  challenges: [
    {
      when: { of: { from: 'query', name: 'validationToken' } },
      answer: { body: [{ from: 'query', name: 'validationToken' }] },
    },
    {
      when: { of: { from: 'body', path: '/event' }, equals: 'endpoint.url_validation' },
      verified: true,
      answer: {
        json: { encryptedToken: { hmac: { hash: 'sha256', of: [{ from: 'body', path: '/payload/plainToken' }] } } },
      },
    },
  ],
  verify: [
    HMAC,
    {
      scheme: 'signature',
      algorithm: 'ed25519',
      given: header('s'),
      key: { from: 'connection', path: '/key' },
      signed: [{ from: 'raw' }],
    },
    {
      scheme: 'jwt',
      given: header('authorization', { prefix: 'Bearer ' }),
      jwksUri: 'https://keys.example/jwks',
      audience: { from: 'url' },
    },
    { scheme: 'code', name: 'acme.signature' },
  ],
  ignore: [{ of: header('x-state'), equals: 'sync' }],
  items: { path: '/value', verify: [{ scheme: 'equal', given: { from: 'item', path: '/clientState' } }] },
  id: [header('webhook-id'), { from: 'item', path: '/uuid' }],
  key: { from: 'item', path: '/channel' },
  answer: { status: 202, type: 'text/xml', body: '<Response/>' },
};

test('what goes together has no faults', () => {
  assert.equal(found(WHOLE), []);
  const route = { of: { from: 'body', path: '/team_id' }, connection: '/team_id' };
  const app = { scope: 'app', route, secret: { from: 'connection', path: '/signing_secret' }, verify: [HMAC] };
  assert.equal(found(app, {}), []);
  for (const by of ['flow', 'event-flow']) assert.equal(found({ answer: { by, deadlineMs: 3000 } }), []);
});

const secret = { from: 'generated' };
const of = { text: 'x' };
const FAULTS: Readonly<Record<string, readonly [delivery: object, pointers: readonly string[], event?: object]>> = {
  'a generated secret that nobody tells': [
    { secret: { from: 'generated', path: '/x' } },
    ['/secret/path', '/secret'],
    {},
  ],
  'a secret without a place': [{ secret: { from: 'connection' } }, ['/secret'], {}],
  'a secret of no registration': [{ secret: { from: 'registration', path: '/secret' } }, ['/secret'], {}],
  'a route of a URL of one flow': [{ route: { of, connection: '/team' } }, ['/route']],
  'an app without a route, with a register flow and a secret of its own': [
    { scope: 'app', secret },
    ['', '', '/secret'],
  ],
  'a MAC of nothing, without a secret, of items that are not there': [
    { verify: [{ scheme: 'hmac', given: { from: 'item', path: '/mac' } }] },
    ['/verify/0', '/verify/0', '/verify/0/given'],
  ],
  'a signature without an algorithm': [
    { secret, verify: [{ scheme: 'signature', given: of, signed: [of] }] },
    ['/verify/0'],
  ],
  'a token that is also something else': [
    { secret, verify: [{ scheme: 'jwt', given: of, hash: 'sha1', signed: [of] }] },
    ['/verify/0/hash', '/verify/0/signed'],
  ],
  'code without a name': [{ verify: [{ scheme: 'code' }] }, ['/verify/0']],
  'an item that is proven by code': [{ items: { verify: [{ scheme: 'code', name: 'a.b' }] } }, ['/items/verify/0']],
  'a time that is not signed': [{ secret, verify: [{ ...HMAC, signed: [{ from: 'raw' }] }] }, ['/verify/0/time']],
  'parts that are nothing, or two things': [{ id: [{}, { text: 'x', from: 'raw' }] }, ['/id/0', '/id/1']],
  'names and paths where they do not belong': [
    { id: [{ from: 'header' }, { from: 'body' }, { from: 'raw', name: 'x' }, { from: 'url', path: '/x' }] },
    ['/id/0', '/id/1', '/id/2', '/id/3'],
  ],
  'an item where there are none': [{ key: { from: 'item', path: '/x' } }, ['/key']],
  'a secret where there is none': [
    { challenges: [{ when: { of }, answer: { body: [{ from: 'secret' }] } }] },
    ['/challenges/0/answer/body/0'],
  ],
  'a flow that answers for many items': [{ items: {}, answer: { by: 'flow' } }, ['/answer/by']],
  'an event flow that answers for many items': [{ items: {}, answer: { by: 'event-flow' } }, ['/answer/by']],
  'a deadline of nobody': [{ answer: { deadlineMs: 3000 } }, ['/answer/deadlineMs']],
};

for (const [what, [delivery, pointers, event]] of Object.entries(FAULTS)) {
  test(`${what} is told`, () =>
    assert.equal(
      found(delivery, event).slice().sort(),
      pointers.map((pointer) => `connector-delivery ${pointer}`).sort(),
    ));
}

test('what has the wrong shape is told by the schema', () => {
  assert.equal(found({ verify: [{ scheme: 'hmak' }], secrets: {}, answer: { status: 400 } }), [
    'schema-unknown-property /secrets',
    'schema-enum /verify/0/scheme',
    'schema-type /answer/status',
  ]);
});

test.run();
