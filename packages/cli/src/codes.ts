/** The codes of the command. `docs/errors.md` is printed from here; nothing reads it at run time. */
import type { CardsCode } from '@flowdeck/cards';
import { codeTable } from '@flowdeck/engine/kit';

export const CLI_CODES = codeTable({
  // Documents: meaning
  'deck-conflict': {
    class: 'document',
    sentence: 'Files of one directory have two connectors, or require different versions of a pack.',
    remedy: 'Keep one of each in a directory.',
  },
  'cron-invalid': {
    class: 'document',
    sentence: 'The cron of a schedule cannot be read, or names a time that never comes, such as the 30th of February.',
    remedy: 'Write minute, hour, day, month and day of the week.',
  },
  'time-zone-unknown': {
    class: 'document',
    sentence: 'The time zone of a schedule is none that this platform knows.',
    remedy: 'Write an IANA name, such as `Europe/Paris`.',
  },

  // Serving
  'nothing-to-serve': {
    class: 'use',
    sentence:
      'No flow of the file can be reached: none is of type `api`, `schedule`, `event` or `delegated`, and `/admin` is closed.',
    remedy: 'Serve a file with such a flow, or give the token of `/admin`.',
  },
  'serve-option': {
    class: 'use',
    sentence: 'A port, an address or a token of `flowdeck serve` cannot be used.',
    remedy: 'The message names it, and the hint what fits.',
  },

  'host-option': {
    class: 'use',
    sentence: 'A URL, a token or a value for a host is missing or cannot be used.',
    remedy: 'The message names it, and the hint what fits.',
  },
  'host-unreachable': {
    class: 'use',
    sentence: 'No host answers where one is asked.',
    remedy: 'Start one with `flowdeck serve`, or say where it is with `--url`.',
  },
  'host-refused': {
    class: 'use',
    sentence: 'A host does not do what it is asked: the token is another one, or the flow cannot be turned on.',
    remedy: 'The message says what the host says.',
  },
  'host-flow': {
    class: 'use',
    sentence: 'A host has no flow of this id.',
    remedy: 'See what it has with `flowdeck flows list`.',
  },
  'runtime-option': {
    class: 'use',
    sentence: 'An option of workers and their runs cannot be used as it is given.',
    remedy: 'The message names it, and the hint what fits.',
  },
  'runtime-package': {
    class: 'use',
    sentence: 'A package that a runtime needs is not installed beside the command.',
    remedy: 'Install what the hint names.',
  },
  'run-absent': {
    class: 'use',
    sentence: 'There is no such run, or it has ended.',
    remedy: 'See what there is with `flowdeck runs list`.',
  },
  'run-unrecorded': {
    class: 'use',
    sentence: 'Nothing is kept of what the run did, so there is no report of it.',
    remedy: 'Ask a host for one of its last runs, as many as `flowdeck serve --histories N` keeps.',
  },

  // Connectors and packs
  'no-authping': {
    class: 'use',
    sentence: 'The connector has no flow that tests a connection.',
    remedy: 'Run a flow that uses the connection.',
  },
  'connection-refused': {
    class: 'connection',
    sentence: 'The flow that tests a connection says that it does not work, and no error says why.',
    remedy: 'Look at what the service answered.',
  },
  'connection-unclear': {
    class: 'connection',
    sentence: 'The flow that tests a connection does not say whether it works.',
    remedy: 'Let it return "working".',
  },

  // Command line
  'unknown-command': {
    class: 'use',
    sentence: 'There is no such command.',
    remedy: 'See `flowdeck --help`.',
  },
  'unknown-option': {
    class: 'use',
    sentence: 'The command has no such option.',
    remedy: 'See `flowdeck COMMAND --help`.',
  },
  'option-value': {
    class: 'use',
    sentence: 'An option lacks its value, or has one that it does not take.',
    remedy: 'See `flowdeck COMMAND --help`.',
  },
  'option-repeated': {
    class: 'use',
    sentence: 'An option is given twice.',
    remedy: 'Give it once.',
  },
  operands: {
    class: 'use',
    sentence: 'Too few or too many arguments.',
    remedy: 'See the usage in the hint.',
  },
  'timeout-option': {
    class: 'use',
    sentence: '`--timeout` is not a number of seconds.',
    remedy: '`--timeout 30`',
  },
  'input-option': {
    class: 'use',
    sentence:
      '`--input` is not `NAME=VALUE`, is given twice for an input that is no list, or its value cannot be read.',
    remedy: '`--input name=Ada`',
  },
  'inputs-file': {
    class: 'use',
    sentence: 'The file of inputs is not a JSON object.',
    remedy: '`{"name": "Ada"}`',
  },
  'connection-option': {
    class: 'use',
    sentence: '`--connection` is not `NAME=FILE`, or is given twice.',
    remedy: '`--connection twilio=twilio.json`',
  },
  'connection-file': {
    class: 'use',
    sentence: 'The connection file cannot be used.',
    remedy: 'See [connections](connectors.md#connections).',
  },
  'connection-key-missing': {
    class: 'use',
    sentence: 'The store of connections is asked for, and there is no key to it.',
    remedy: '`flowdeck connection key -o FILE` makes one; give it as `--key-file`, or in `FLOWDECK_KEY`.',
  },
  'connection-unknown': {
    class: 'use',
    sentence: 'The store has no connection of this name.',
    remedy: '`flowdeck connection list` shows those that it has.',
  },
  'connection-exists': {
    class: 'use',
    sentence: 'The store has a connection of this name already.',
    remedy: 'Delete it first, or choose another name.',
  },
  'connection-config': {
    class: 'use',
    sentence: 'The flow that works out a config value of a connection failed.',
    remedy: 'See the message; the parameters of the connection are its inputs.',
  },
  'login-method': {
    class: 'use',
    sentence: 'The method of authentication of a connection gets no tokens.',
    remedy: 'Make the connection again with other credentials.',
  },
  'login-refused': {
    class: 'use',
    sentence: 'The authorization server gave no token.',
    remedy: 'Check `client_id`, `client_secret` and the redirect URI that the service knows.',
  },
  'login-unclear': {
    class: 'use',
    sentence:
      'The authorization server gave no answer that means anything: none in time, a page, a status of 429 or 5xx. Exit code 5.',
    remedy: 'Try again later.',
  },
  'login-option': {
    class: 'use',
    sentence: '`--port` is no port.',
    remedy: 'A number up to 65535.',
  },
  'login-answer': {
    class: 'use',
    sentence: 'What was pasted is no address.',
    remedy: 'Copy the whole address line of the browser.',
  },
  'connector-exists': {
    class: 'use',
    sentence: 'There is something where a connector is to be made.',
    remedy: 'Choose another name.',
  },
  'connector-key': {
    class: 'use',
    sentence: 'No key of a connector can be made of the name.',
    remedy: 'Begin with a letter; letters, digits and hyphens may follow.',
  },
  'deploy-option': {
    class: 'use',
    sentence: '`--as` or `--version` is not understood.',
    remedy: '`--as test` or `--as private`; `--version 3`.',
  },
  'deploy-code': {
    class: 'use',
    sentence: 'Deliveries of the connector are proven by code of its package, which a kept version does not have.',
    remedy:
      'Give the package itself to those who serve it: `flowdeck serve --pack PACKAGE`. Or prove by a declared scheme.',
  },
  'connection-secret-missing': {
    class: 'use',
    sentence: 'An environment variable that the connection file asks for is not set.',
    remedy: 'Set it for this command.',
  },
  'allow-host': {
    class: 'use',
    sentence: '`--allow-host` names no host.',
    remedy: '`HOST`, `HOST:PORT` or `*.DOMAIN`',
  },
  'pack-not-found': {
    class: 'use',
    sentence: 'There is no pack of this name or path.',
    remedy: 'Install it; paths start at the current directory.',
  },
  'file-unreadable': {
    class: 'use',
    sentence: 'The file or directory cannot be read.',
    remedy: 'Check its permissions.',
  },
  'file-too-large': {
    class: 'use',
    sentence: 'The file is larger than the command reads.',
    remedy: 'Split it.',
  },
  'not-utf8': {
    class: 'use',
    sentence: 'The file is not UTF-8 text.',
    remedy: 'Save it as UTF-8.',
  },
  'no-flows': {
    class: 'use',
    sentence: 'The deck or the directory holds no flows.',
    remedy: 'Flow files are named `*.flow.json`.',
  },
  'no-card': {
    class: 'use',
    sentence: 'No card matches.',
    remedy: '`flowdeck cards` lists all.',
  },
  'unknown-format': {
    class: 'use',
    sentence: '`flowdeck graph` has no such format.',
    remedy: 'Take one of those that the hint names.',
  },
  'file-unwritable': {
    class: 'use',
    sentence: 'The file or directory cannot be written.',
    remedy: 'Check its permissions, and that its directory exists.',
  },
  'output-missing': {
    class: 'use',
    sentence: '`flowdeck import` was not told where to write to.',
    remedy: '`-o DIR`',
  },
  'output-exists': {
    class: 'use',
    sentence: 'The directory holds flow files already.',
    remedy: 'Name a new one, or replace them with `--force`.',
  },
  'originals-file': {
    class: 'use',
    sentence: 'The file of originals beside the flows is not what `flowdeck import` wrote.',
    remedy: 'Import again, or remove it to write all flows anew.',
  },
  'simulate-option': {
    class: 'use',
    sentence: 'An option that belongs to a simulation, or does not go with one.',
    remedy: 'Add or remove `--simulate`.',
  },
  'git-failed': {
    class: 'use',
    sentence: '`--git` found no git, no repository, or no such revision; or the path is outside of the repository.',
    remedy: 'Run it inside of a repository, with a revision that is there. A shallow copy may lack it: fetch it first.',
  },
  'report-option': {
    class: 'use',
    sentence: '`--report-steps` is no number of cards, or stands without `--report`.',
    remedy: 'Write a whole number from 1 to 100000, beside `--report FILE.html`.',
  },
  'mock-file': {
    class: 'use',
    sentence: 'The mock file is not JSON.',
    remedy: 'Let `--record` write one, and edit it.',
  },
  'moment-option': {
    class: 'use',
    sentence: '`--now` or `--execution-time` is not a date.',
    remedy: '`--now 2030-01-31T08:00:00Z`',
  },
  'table-option': {
    class: 'use',
    sentence: '`--table` is not `NAME=FILE`.',
    remedy: '`--table users=users.csv`',
  },
  'unknown-table': {
    class: 'use',
    sentence: 'The deck has no such table.',
    remedy: 'Take one of those that the hint names.',
  },
  'table-file': {
    class: 'use',
    sentence: 'The CSV file does not fit the table.',
    remedy: 'See the message.',
  },
  'no-tests': {
    class: 'use',
    sentence: 'There are no files of tests, or no case is left to run.',
    remedy: 'Name a `*.test.json` file, or a directory with some; `--filter`, `--tag` and `--shard` leave cases out.',
  },
  'test-option': {
    class: 'use',
    sentence: 'An option of `flowdeck test` has a value that is not understood.',
    remedy: 'The hint shows how it is written.',
  },
  'update-in-ci': {
    class: 'use',
    sentence:
      'Expectations of tests are not rewritten in CI, where every test would pass and nobody would see what changed.',
    remedy: 'Run `flowdeck test --update` on your own machine, and commit what changed.',
  },
  'record-in-ci': {
    class: 'use',
    sentence: 'Nothing is recorded in CI, where nobody would see what was written.',
    remedy: 'Run `flowdeck test --record` on your own machine, and commit what it wrote.',
  },
  'recording-mixed': {
    class: 'use',
    sentence: 'Made-up answers and those of a real service are never mixed in one case.',
    remedy: 'Take `recorded` and `mocks` out of the case, or record it the way that it was recorded.',
  },
  'only-in-ci': {
    class: 'use',
    sentence: 'A case is marked `only` in CI, where that would leave out the others in silence.',
    remedy: 'Take `only` out.',
  },
  'fail-on-option': {
    class: 'use',
    sentence: '`--fail-on` of `flowdeck diff` is not known.',
    remedy: 'Take one of those that the hint names.',
  },
  'unknown-fake': {
    class: 'use',
    sentence: '`flowdeck fake` has no such service.',
    remedy: '`flowdeck fake twilio`',
  },
  'fake-option': {
    class: 'use',
    sentence: 'An option of `flowdeck fake` has a value that it does not take.',
    remedy: 'See `flowdeck fake --help`.',
  },
  internal: {
    class: 'use',
    sentence: 'The command failed unexpectedly.',
    remedy: 'A bug, of Flowdeck or of a pack: report the stack that `--trace` shows.',
  },
});

/** What the command may fail with. */
export type CliCode = keyof typeof CLI_CODES | CardsCode;
