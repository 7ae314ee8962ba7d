/** The commands that ask a host, and the worker of a runtime: `flowdeck flows`, `flowdeck runs` and `flowdeck work`. */
import type { CommandSpec, OptionSpec } from '../spec.js';
import { ALLOW_HOST, CONNECTION, HELP, JSON_OUTPUT, PACK, RUNTIME, TRACE } from './common.js';
import { KEY_FILE, STORE } from './table-connect.js';

export const ADMIN_TOKEN_FILE: OptionSpec = {
  name: 'admin-token-file',
  value: 'FILE',
  text: 'Read the token of /admin from this file (default: FLOWDECK_ADMIN_TOKEN).',
};

const URL_OPTION: OptionSpec = {
  name: 'url',
  value: 'URL',
  text: 'Where the host is (default: FLOWDECK_URL, else http://127.0.0.1:3000/).',
};

export const FLOWS_SPEC: CommandSpec = {
  name: 'flows',
  summary: 'List, start, turn on and turn off the flows of a host, and tell it of events.',
  usage: 'flowdeck flows list|on|off|start|emit [ID] [options]',
  operands: { least: 1, most: 2, name: 'an action: list, on ID, off ID, start ID or emit NAME' },
  text: [
    'Asks a host that "flowdeck serve" has started, with its admin token. A flow of type api, schedule, event or delegated is turned on and off; every flow can be started by hand.',
    '"start" prints the id of the run; with --wait it waits for the end, prints the outputs and exits as "flowdeck run" does.',
    '"emit" tells of an event of your own: every flow that hears its name and is on is run with the inputs, once for an id.',
    'Exit codes: 0 done; 2 wrong usage, no host, or it refuses; with --wait 1 and 4 as for "flowdeck run".',
  ],
  options: [
    URL_OPTION,
    ADMIN_TOKEN_FILE,
    { name: 'inputs', value: 'FILE|-', text: 'With start and emit: inputs as one JSON object.' },
    { name: 'as', value: 'WHO', text: 'With start, of a delegated flow: the person that it is run for.' },
    { name: 'id', value: 'ID', text: 'With emit: an event of this id is taken once.' },
    { name: 'wait', text: 'With start: wait for the end of the run.' },
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck flows list', 'what is on, and when schedules come'],
    ['flowdeck flows on nightly --url https://flows.example.com/', 'at another place'],
    ['flowdeck flows emit order.placed --inputs order.json --id order-17', 'an event of your own'],
    ['flowdeck flows start report --inputs day.json --wait', 'by hand, to its end'],
  ],
  failure: { ok: false },
};

export const RUNS_SPEC: CommandSpec = {
  name: 'runs',
  summary: 'List, show, cancel and signal runs of a host or a runtime.',
  usage: 'flowdeck runs list|show|cancel|signal [RUN] [options]',
  operands: { least: 1, most: 2, name: 'an action: list, show RUN, cancel RUN or signal RUN' },
  text: [
    'Asks a host that "flowdeck serve" has started, with its admin token: runs under way, and the last that ended. A signal lets a paused run go on.',
    'With --runtime it asks a runtime instead, whose workers "flowdeck work" starts: there the newest thousand runs are listed, and RUN may be the id of a call, such as run-1/each.3, where that is what waits.',
    'With --json a run is {runId, flow, trigger, startedAt, status, durationMs, error}; its status is "running" until it ends, or "waiting" where no worker has it; what is not known is null.',
    'Exit codes: 0 done; 2 wrong usage, no host or runtime, no such run, or it has ended.',
  ],
  options: [
    URL_OPTION,
    ADMIN_TOKEN_FILE,
    RUNTIME,
    { ...KEY_FILE, text: 'With --runtime: the key of its workers (default: FLOWDECK_KEY).' },
    { name: 'flow', value: 'ID', text: 'With list: runs of this flow only.' },
    {
      name: 'report',
      value: 'FILE',
      text: 'With show: write what the run did as a page, as far as the host keeps it.',
    },
    { name: 'name', value: 'NAME', text: 'With signal: its name (default: resume, which Pause waits for).' },
    { name: 'value', value: 'JSON', text: 'With signal: what the run is given (default: {}).' },
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck runs list --flow orders', 'of one flow'],
    ['flowdeck runs signal run-1 --value \'{"approved": true}\'', 'let it go on'],
    ['flowdeck runs show run-1 --report run-1.html', 'what its cards did, as a page'],
    ['flowdeck runs show run-1 --runtime restate://localhost:8080', 'on Restate'],
    ['flowdeck runs list --json | jq \'.runs[] | select(.status=="error")\'', 'for scripts'],
  ],
  failure: { ok: false },
};

export const WORK_SPEC: CommandSpec = {
  name: 'work',
  summary: 'Take runs of a runtime: they outlive this process, or this machine.',
  usage: 'flowdeck work FILE|DIR --runtime ADDRESS [options]',
  operands: { least: 1, most: 1, name: 'a flow file' },
  text: [
    'A worker. It takes the runs that "flowdeck run --runtime ADDRESS" starts, and goes on with those whose worker was lost. "journal:DIR" keeps runs in a directory, for one worker on this machine; "restate://HOST:PORT" on a Restate server, "postgres://..." in a PostgreSQL database, both for any number of workers.',
    'A run ends with the deck that it began with. A journal keeps the decks of its workers; with --store other workers keep and find them in the directory decks of the store. Without it, let workers of the old deck run until its runs have ended.',
    'Restate needs to reach the worker: it listens at --host and --port, and tells the server --address. The server\'s own administration is at port 9070 of its host, or at "restate://HOST:PORT?admin=HOST:PORT".',
    'With a key (--key-file, or FLOWDECK_KEY) what the runtime keeps is sealed: inputs, calls, results, signals and ends. "flowdeck run" and "flowdeck runs" need the same key there.',
    'A runtime remembers nothing longer than the limit recordBytes, 16 MiB of JSON. With --annex longer results of cards, and what called flows take and give, go to a directory that all workers of the runtime reach, and of no other runtime; with a key they are sealed there. Without it such a result is an error of its card. A journal has its own annex.',
    'With --json: {ok, runtime, revision, revisions, flows}, once it takes runs. Ctrl-C or SIGTERM ends it; what is under way goes on with another worker. Exit codes: 0 told to end; 1 the database took it for gone; 2 wrong usage, no server, or a package is missing; 3 the document is faulty.',
  ],
  options: [
    RUNTIME,
    {
      name: 'port',
      value: 'N',
      text: 'With Restate: listen on this port (default: 9080). Runs go on where they began: keep it when the worker is started again.',
    },
    { name: 'host', value: 'HOST', text: 'With Restate: listen on this address (default: 127.0.0.1).' },
    { name: 'address', value: 'URL', text: 'With Restate: where its server reaches this worker.' },
    { ...STORE, text: 'The store: decks are kept in it, and with a key connections are taken from it.' },
    KEY_FILE,
    {
      name: 'annex',
      value: 'DIR',
      text: 'Take what is too long for the runtime into this directory (default: of a journal, the directory annex in it; else nowhere).',
    },
    CONNECTION,
    PACK,
    ALLOW_HOST,
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck work flows/ --runtime journal:runs/', 'on one machine, without a server'],
    ['flowdeck work flows/ --runtime restate://localhost:8080 --store state/', 'on Restate'],
    ['flowdeck work flows/ --runtime postgres://localhost/flows --store state/', 'in a database'],
    ['flowdeck work flows/ --runtime postgres://localhost/flows --annex long/', 'results over 16 MiB, too'],
  ],
  failure: { ok: false },
};
