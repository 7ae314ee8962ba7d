/** The commands of connectors and connections. */
import type { CommandSpec, OptionSpec } from '../spec.js';
import { ALLOW_HOST, HELP, JSON_OUTPUT, OUTPUT, PACK, TIMEOUT, TRACE } from './common.js';
import { TEST_OPTIONS } from './table-test.js';

/** What is kept from one command to the next. */
export const STORE: OptionSpec = {
  name: 'store',
  value: 'DIR',
  text: 'The store: connections are kept in it. Default: .flowdeck.',
};
export const KEY_FILE: OptionSpec = {
  name: 'key-file',
  value: 'FILE',
  text: 'The key of the store. Default: the variable FLOWDECK_KEY.',
};

export const CONNECTION_SPEC: CommandSpec = {
  name: 'connection',
  summary: 'Make, log in, test, list, revoke and delete connections.',
  usage: 'flowdeck connection create|login|test|list|revoke|delete|key [NAME] [FILE] [options]',
  operands: { least: 1, most: 3, name: 'an action, such as "test", and a connection' },
  text: [
    'create NAME FILE asks the service first: the authping flow of the connector decides, and only what is accepted is kept. A method of OAuth logs in on the way. login NAME gets a new token through the browser, which comes back to 127.0.0.1; with --paste the address is opened elsewhere, and the one that it leads to is pasted. test NAME|FILE asks again. list shows what there is, without secrets. revoke NAME takes the grant back at the service; delete NAME does so and forgets the connection.',
    'A connection file is JSON {connector, method, auth, parameters}; any text may be {"env": "NAME"}, which takes an environment variable. Secrets are never printed. The store is encrypted: key -o FILE makes a key, once.',
    'Exit codes: 0 the service accepts it, or it is done; 1 it refuses; 2 wrong usage; 4 interrupted; 5 it cannot be told: the network, a timeout, or a service that is down or busy (408, 425, 429, 500 and above).',
  ],
  options: [
    STORE,
    KEY_FILE,
    { name: 'port', value: 'N', text: 'login: listen on this port. Default: any free one.' },
    { name: 'paste', text: 'login: no browser here; paste the address that it is sent to.' },
    { name: 'redirect-uri', value: 'URL', text: 'login --paste: the redirect URI that the service knows.' },
    { name: 'keep-grant', text: 'delete: do not ask the service to take the grant back.' },
    OUTPUT,
    PACK,
    ALLOW_HOST,
    TIMEOUT,
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['TWILIO_SECRET=... flowdeck connection test twilio.json', 'with the secret in the environment'],
    ['flowdeck connection key -o ~/.flowdeck.key', 'a key for the store, once'],
    ['flowdeck connection create twilio twilio.json --key-file ~/.flowdeck.key', 'kept, if the service accepts it'],
    ['flowdeck connection login acme', 'a new token through the browser'],
  ],
  failure: { ok: false, answer: null },
};

export const CONNECTOR_SPEC: CommandSpec = {
  name: 'connector',
  summary: 'Make, try, test, pack and deploy connectors.',
  usage: 'flowdeck connector new|run|options|test|pack|deploy|list [DIR] [ACTION] [FIELD] [options]',
  operands: { least: 1, most: 4, name: 'an action, such as "test", and the directory of a connector' },
  text: [
    'new NAME makes a directory that passes its tests; --from takes the flows of another connector. run DIR ACTION runs one action with the connection that --connection gives. options DIR ACTION FIELD asks what a field of an action may be, as an editor does while a card is set up; instead of a directory, the key of a connector that is installed. test DIR holds it against the rules and runs its tests as "flowdeck test" does, with its options. pack DIR prints it as one file.',
    'deploy DIR --as test|private keeps an immutable, numbered version and moves a pointer to it, unless that breaks flows that use the version before. --version N moves the pointer to a version that is kept, back too. list shows versions and pointers.',
    'Exit codes: 0 done; 1 a test or the flow failed, coverage is too low, or the version breaks flows; 2 wrong usage; 3 the connector or a file of its tests is faulty; 4 a limit, a timeout or a cancel.',
  ],
  options: [
    { name: 'from', value: 'NAME', text: 'new: the directory or key of a connector to begin with.' },
    { name: 'input', value: 'NAME=VALUE', multiple: true, text: 'run, options: an input or option of the action.' },
    { name: 'inputs', value: 'FILE|-', text: 'run, options: inputs as one JSON object. --input wins.' },
    {
      name: 'connection',
      value: 'NAME=FILE',
      multiple: true,
      text: 'run, options, test --record --live: the test connection.',
    },
    { name: 'search', value: 'TEXT', text: 'options: only those that have to do with it.' },
    STORE,
    KEY_FILE,
    { name: 'as', value: 'test|private', text: 'deploy: for whom the version is.' },
    { name: 'version', value: 'N', text: 'deploy: a version that is kept already.' },
    { name: 'breaking', text: 'deploy: also if it breaks flows.' },
    { name: 'connectors', value: 'DIR', text: 'deploy, list: the store of versions. Default: .flowdeck/connectors.' },
    ...TEST_OPTIONS.map((option) => ({ ...option, text: `test: ${lowered(option.text)}` })),
    OUTPUT,
    PACK,
    ALLOW_HOST,
    TIMEOUT,
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck connector new acme', 'a directory to begin with'],
    ['flowdeck connector test acme', 'its rules and its tests'],
    ['flowdeck connector test acme --filter reads-an-item --report acme.html', 'one case, as a page'],
    ['flowdeck connector run acme readItem --input "Item ID=7" --connection acme=acme.json', 'one action'],
    [
      'flowdeck connector options twilio sendMessage "From Number" --connection twilio=twilio.json',
      'what to choose from',
    ],
    ['flowdeck connector deploy acme --as test', 'a version for those who test'],
  ],
  failure: { ok: false },
};

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
