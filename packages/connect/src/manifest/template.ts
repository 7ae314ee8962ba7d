/** A connector to begin with: a directory that is sound, and passes its tests. */

import { ANY_CARDS, HELPER_CARDS, PING_CARDS, READ_CARDS } from './template-cards.js';

/** Files of a directory by their paths. */
export type DirectoryFiles = Readonly<Record<string, string>>;

const WORKING = [
  { key: 'working', type: 'boolean' },
  { key: 'serviceResponse', type: 'object' },
];

/**
 * The files of a new connector: an API key, an HTTP helper, an authping, one action and any other request, with tests.
 *
 * @param key Namespace of its cards.
 * @param name For people.
 */
export function connectorTemplate(key: string, name: string): DirectoryFiles {
  const flow = (id: string, more: object) => ({ $schema: schemaOf('engine', 'flow-1'), flowdeck: 1, id, ...more });
  return written({
    'connector.json': {
      $schema: schemaOf('connect', 'connector-1'),
      key,
      name,
      version: '0.1.0',
      description: `What ${name} can do.`,
      icon: 'icon.svg',
      color: '#2f6fed',
      auth: {
        type: 'custom',
        label: 'API key',
        fields: [{ key: 'api_key', type: 'text', label: 'API Key', required: true, secret: true }],
      },
      parameters: [
        {
          key: 'base_url',
          type: 'text',
          label: 'Base URL',
          description: 'Without a slash at the end.',
          required: true,
        },
      ],
      errors: { code: '/error/code', message: '/error/message' },
      flows: { authping: 'authping', httpHelper: 'httpHelper', actions: ['readItem', 'customApiAction'] },
    },
    'flows/http-helper.flow.json': flow('httpHelper', {
      description: 'The one place that adds the credentials and sends a request.',
      type: 'helper',
      inputs: [
        { key: 'relative_url', type: 'text', required: true },
        { key: 'request_method', type: 'text', default: 'GET' },
        { key: 'query', type: 'object' },
        { key: 'headers', type: 'object' },
        { key: 'body', type: 'any' },
      ],
      outputs: [
        { key: 'status_code', type: 'number' },
        { key: 'headers', type: 'object' },
        { key: 'body', type: 'any' },
      ],
      cards: HELPER_CARDS,
    }),
    'flows/authping.flow.json': flow('authping', {
      name: '_authping',
      description: 'A harmless request that needs the credentials.',
      type: 'authping',
      outputs: WORKING,
      cards: PING_CARDS,
    }),
    'flows/read-item.flow.json': flow('readItem', {
      name: 'Read Item',
      description: 'Reads one item.',
      type: 'action',
      inputs: [{ key: 'Item ID', type: 'text', required: true }],
      outputs: [
        { key: 'Name', type: 'text' },
        { key: 'Raw Output', type: 'object' },
      ],
      cards: READ_CARDS,
    }),
    'flows/custom-api-action.flow.json': flow('customApiAction', {
      name: 'Custom API Action',
      description: 'Any other request to the service.',
      type: 'action',
      options: [
        { key: 'Request Type', type: 'text', required: true, choices: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
      ],
      inputs: [
        { key: 'Relative URL', type: 'text', required: true, description: 'With a leading slash.' },
        { key: 'Query', type: 'object' },
        { key: 'Headers', type: 'object' },
        { key: 'Body', type: 'any' },
      ],
      outputs: [
        { key: 'Status Code', type: 'number' },
        { key: 'Headers', type: 'object' },
        { key: 'Body', type: 'any' },
      ],
      cards: ANY_CARDS,
    }),
    [`tests/${key}.test.json`]: testsOf(key),
    'icon.svg': ICON,
    'README.md': `# ${name}\n\nA connector of Flowdeck.\n\n- \`flowdeck validate .\` holds it against the rules.\n- \`flowdeck connector test .\` runs its tests.\n- \`flowdeck connector run . readItem --input "Item ID=1" --connection ${key}=connection.json\` runs one action.\n`,
  });
}

/** Objects as JSON, texts as they are. */
function written(files: Readonly<Record<string, object | string>>): DirectoryFiles {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`,
    ]),
  );
}

/** Where an editor finds a schema, from the directory of a connector or its flows. */
function schemaOf(pack: string, schema: string): string {
  return `./node_modules/@flowdeck/${pack}/schema/${schema}.json`;
}

/** Answered by mocks: the tests of a connector need neither an account nor a network. */
function testsOf(key: string): object {
  const connections = {
    mine: {
      connector: key,
      auth: { api_key: 'key-of-the-tests' },
      parameters: { base_url: 'https://api.example.com' },
    },
  };
  const shared = { connections, connection: 'mine' };
  const get = (path: string) => ({ method: 'GET', url: `https://api.example.com${path}` });
  return {
    $schema: '../node_modules/@flowdeck/testing/schema/test-1.json',
    subject: '..',
    cases: [
      {
        id: 'a-key-that-works',
        run: 'authping',
        ...shared,
        mocks: [{ http: get('/me'), answer: { json: {} } }],
        expect: { outputs: { working: true, serviceResponse: { $any: true } } },
      },
      {
        id: 'a-key-that-does-not',
        run: 'authping',
        ...shared,
        mocks: [{ http: get('/me'), answer: { status: 401, json: { error: { code: 7, message: 'No.' } } } }],
        expect: { outputs: { working: false, serviceResponse: { $any: true } }, caught: [{ statusCode: 401 }] },
      },
      {
        id: 'a-page-in-place-of-an-answer',
        run: 'authping',
        ...shared,
        mocks: [{ http: get('/me'), answer: { headers: { 'content-type': 'text/html' }, body: '<h1>Log in</h1>' } }],
        expect: { outputs: { working: false, serviceResponse: { $any: true } }, caught: [{ code: 'json-parse' }] },
      },
      {
        id: 'reads-an-item',
        run: 'readItem',
        ...shared,
        inputs: { 'Item ID': 'a/b' },
        mocks: [{ http: get('/items/a%2Fb'), answer: { json: { name: 'A thing' } } }],
        expect: { outputs: { Name: 'A thing', 'Raw Output': { name: 'A thing' } } },
      },
      {
        id: 'an-address-that-leaves-the-service',
        run: 'customApiAction',
        ...shared,
        options: { 'Request Type': 'GET' },
        inputs: { 'Relative URL': '//elsewhere.example' },
        mocks: [],
        expect: { error: { statusCode: 400 } },
      },
    ],
  };
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" role="img" aria-label="Connector"><path fill="#2f6fed" d="M12 4v6H8v6a8 8 0 0 0 6 7.7V28h4v-4.3A8 8 0 0 0 24 16v-6h-4V4h-3v6h-2V4z"/></svg>\n';
