/** The rules of connectors: each says no to what breaks it, at its place, and nothing to a sound connector. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assembleConnector } from '../manifest/assemble.js';
import { filesOf, flow, GREET, manifest, PING } from '../testing/connectors.js';

const OUTPUTS = [{ key: 'working', type: 'boolean' }];

/** What is found, as `code file pointer`. */
function found(head: object, flows = [PING, GREET]): readonly string[] {
  const { diagnostics } = assembleConnector(filesOf(head, flows));
  return diagnostics.map(({ code, file, pointer }) => `${code} ${file} ${pointer}`);
}

test('a sound connector has no faults', () => {
  const { deck, diagnostics } = assembleConnector(filesOf());
  assert.equal(diagnostics, []);
  assert.is(deck?.connector.key, 'acme');
});

const RULES: Readonly<
  Record<string, readonly [head: object, flows: Record<string, unknown>[], expected: readonly string[]]>
> = {
  'CBDE000001H: distinct names': [
    manifest(),
    [PING, { ...GREET, name: 'Same' }, flow('other', 'helper', { name: 'Same' })],
    ['connector-name-taken flows/other.flow.json /name'],
  ],
  'CBDE000002H: a start that is none of a connector': [
    manifest(),
    [PING, GREET, flow('timer', 'schedule')],
    ['connector-start flows/timer.flow.json /type'],
  ],
  'CBDE000003H: letters, digits and spaces': [
    manifest(),
    [PING, { ...GREET, name: 'Greet! ' }, flow('in-between', 'helper')],
    ['connector-flow-name flows/greet.flow.json /name', 'connector-flow-name flows/in-between.flow.json /id'],
  ],
  'CBDE000004H: one authping': [
    manifest(),
    [PING, GREET, flow('again', 'authping', { outputs: OUTPUTS })],
    ['connector-authping-twice flows/again.flow.json /type'],
  ],
  'CBDE000005H: the name of the authping': [
    manifest({ flows: { actions: ['greet'] } }),
    [{ ...GREET, name: '_authping' }],
    ['connector-authping-name flows/greet.flow.json /name'],
  ],
  'CBDE000006H: one revoke': [
    manifest(),
    [PING, GREET, ...['a', 'b'].map((id) => flow(id, 'revoke', { outputs: OUTPUTS }))],
    ['connector-revoke-twice flows/b.flow.json /type'],
  ],
  'CBDE000007H: the name of the revoke': [
    manifest(),
    [PING, { ...GREET, name: '_revoke' }],
    ['connector-revoke-name flows/greet.flow.json /name'],
  ],
  'CBDE000008H: what a role needs': [
    manifest({ events: [{ key: 'e', flow: 'e', register: 'r', exists: 'x' }], polls: [{ key: 'p', flow: 'p' }] }),
    [
      PING,
      GREET,
      flow('e', 'webhook'),
      flow('r', 'webhook-register', { inputs: [{ key: 'eventURL', type: 'text' }] }),
      flow('x', 'helper', {
        inputs: [{ key: 'registration', type: 'any' }],
        outputs: [{ key: 'exists', type: 'boolean' }],
      }),
      flow('p', 'polling', { inputs: [{ key: 'cursor', type: 'any' }], outputs: [{ key: 'cursor', type: 'any' }] }),
    ],
    [
      'connector-fields flows/r.flow.json /inputs',
      'connector-fields flows/r.flow.json ',
      'connector-fields flows/p.flow.json /outputs',
    ],
  ],
  'one key, one thing': [
    manifest({
      parameters: [
        { key: 'username', type: 'text' },
        { key: 'region', type: 'text' },
      ],
      config: [{ key: 'region', value: 'eu' }, { key: 'empty' }],
    }),
    [PING, GREET],
    [
      'connector-key-twice connector.json /parameters/0/key',
      'connector-key-twice connector.json /config/0/key',
      'connector-config connector.json /config/1',
    ],
  ],
  'OAuth that cannot work': [
    manifest({
      auth: [
        {
          key: 'code',
          type: 'oauth2',
          oauth: { grant: 'authorizationCode', tokenUrl: 'https://{{regoin}}.example/t' },
        },
        {
          key: 'basic',
          type: 'basic',
          oauth: { grant: 'clientCredentials', tokenUrl: 'https://x.example', clientAuthentication: 'none' },
        },
      ],
      parameters: [{ key: 'region', type: 'text' }],
    }),
    [PING, GREET],
    [
      'connector-oauth connector.json /auth/0/oauth',
      'connector-placeholder connector.json /auth/0/oauth/tokenUrl',
      'connector-oauth connector.json /auth/1/oauth',
      'connector-oauth connector.json /auth/1/oauth/clientAuthentication',
    ],
  ],
  'lookups that do not go together': [
    manifest({
      lookups: [
        { actions: ['greet', 'other'], field: 'From', flow: 'ask', inputs: { most: 1 } },
        { actions: ['greet'], field: 'From', flow: 'ask', inputs: { mots: 1, most: 1 } },
        { actions: ['greet'], field: 'Frm', flow: 'ask', inputs: { most: 1 } },
        { actions: ['greet'], field: 'Kind', flow: 'ask', search: 'most' },
        { actions: ['greet'], field: 'Text', gives: 'fields', flow: 'ask', inputs: { most: 1 } },
        { actions: ['greet'], field: 'greeting', flow: 'ask', depends: { most: 'greeting' } },
        { actions: ['greet'], field: 'Text', flow: 'ask', depends: { most: 'Text' }, items: '/list' },
      ],
    }),
    [
      PING,
      {
        ...GREET,
        options: [
          { key: 'From', type: 'text' },
          { key: 'Kind', type: 'text', choices: ['a'] },
        ],
        inputs: [{ key: 'Text', type: 'text' }],
      },
      flow('other', 'action', { inputs: [{ key: 'From', type: 'text' }] }),
      flow('ask', 'helper', {
        inputs: [{ key: 'most', type: 'number', required: true }],
        outputs: [{ key: 'choices', type: 'any' }],
      }),
    ],
    [
      'connector-lookup connector.json /lookups/0/actions/1',
      'connector-lookup connector.json /lookups/1/actions/0',
      'connector-lookup connector.json /lookups/1/inputs/mots',
      'connector-lookup connector.json /lookups/2/field',
      'connector-lookup connector.json /lookups/3/field',
      'connector-lookup connector.json /lookups/3/flow',
      'connector-lookup connector.json /lookups/4/field',
      'connector-lookup connector.json /lookups/4/flow',
      'connector-lookup connector.json /lookups/5/field',
      'connector-lookup connector.json /lookups/5/depends/most',
      'connector-lookup connector.json /lookups/6/actions/0',
      'connector-lookup connector.json /lookups/6/depends/most',
      'connector-lookup connector.json /lookups/6/items',
    ],
  ],
  'lookups that do': [
    manifest({
      lookups: [
        { actions: ['greet'], field: 'From', flow: 'ask', depends: { most: 'Most' }, search: 'typed' },
        { actions: ['greet'], field: 'greeting', gives: 'fields', flow: 'greet', items: '/greeting/list' },
      ],
    }),
    [
      PING,
      {
        ...GREET,
        inputs: [
          { key: 'From', type: 'text' },
          { key: 'Most', type: 'number' },
        ],
        outputs: [{ key: 'greeting', type: 'object' }],
      },
      flow('ask', 'helper', {
        inputs: [
          { key: 'most', type: 'number', required: true },
          { key: 'typed', type: 'text' },
        ],
        outputs: [{ key: 'choices', type: 'any' }],
      }),
    ],
    [],
  ],
};

for (const [name, [head, flows, expected]] of Object.entries(RULES)) {
  test(name, () => assert.equal(found(head, flows), expected));
}

test('a hint names what was probably meant', () => {
  const auth = { type: 'oauth2', oauth: { grant: 'clientCredentials', tokenUrl: 'https://{{regoin}}.example/t' } };
  const { diagnostics } = assembleConnector(filesOf(manifest({ auth, parameters: [{ key: 'region', type: 'text' }] })));
  assert.is(diagnostics[0]?.hint, 'Did you mean "region"?');
});

test.run();
