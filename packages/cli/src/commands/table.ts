/** The commands of `flowdeck`. */
import type { CommandSpec } from '../spec.js';
import { ALLOW_HOST, CONNECTION, FLOW, HELP, JSON_OUTPUT, OUTPUT, PACK, TRACE } from './common.js';
import { CONNECTION_SPEC, CONNECTOR_SPEC, KEY_FILE, STORE } from './table-connect.js';
import { DIFF_SPEC, EXPORT_SPEC, IMPORT_SPEC, INSPECT_SPEC } from './table-exports.js';
import { FAKE_SPEC } from './table-fake.js';
import { ADMIN_TOKEN_FILE, FLOWS_SPEC, RUNS_SPEC, WORK_SPEC } from './table-hosts.js';
import { RUN_SPEC } from './table-run.js';
import { TEST_SPEC } from './table-test.js';

const VALIDATE_SPEC: CommandSpec = {
  name: 'validate',
  summary: 'Check flow files, without running them.',
  usage: 'flowdeck validate PATH... [options]',
  operands: { least: 1, most: Number.POSITIVE_INFINITY, name: 'a flow file or a directory' },
  text: [
    'Checks files as "flowdeck run" reads them: the JSON, the shape, every reference, every type, every card. A directory is searched for *.flow.json files; those that lie side by side are checked as one deck. Hidden directories and node_modules are left out.',
    'An export (.flopack, .flow, .folder) is held to the rules of its format too; cards of connectors need no pack there.',
    'Every diagnostic has a place (file:line:column), a code and, where there is one, a hint. With --json: {ok, files, flows, cards, simulated, diagnostics: [{severity, code, message, file, line, column, pointer, hint}]}.',
    'Exit codes: 0 no errors; 2 wrong usage; 3 errors were found. Warnings do not fail.',
  ],
  options: [
    { name: 'lint', text: 'Also find what runs, and is probably not what was meant.' },
    PACK,
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck validate flows/ --lint', 'a directory'],
    ["flowdeck validate a.flow.json --json | jq '.diagnostics[].message'", 'for scripts'],
  ],
  failure: { ok: false, files: 0, flows: 0, cards: 0, simulated: [], diagnostics: [] },
};

const GRAPH_SPEC: CommandSpec = {
  name: 'graph',
  summary: 'Draw a flow as Mermaid, SVG, a page or JSON.',
  usage: 'flowdeck graph FILE|DIR|- [options]',
  operands: { least: 1, most: 1, name: 'a flow file' },
  text: [
    'Draws the cards from left to right; blocks are boxes inside their card. Without --flow all flows of the file are drawn. The picture goes to standard output.',
    'The cards need not be known: no pack has to be loaded. What a card compares is drawn when its pack is.',
  ],
  options: [
    FLOW,
    {
      name: 'format',
      value: 'FORMAT',
      text: 'mermaid (default), svg, html (a page: which flow calls which, and every flow) or json.',
    },
    { name: 'wires', text: 'Draw data wires too: which card reads which. Always part of json.' },
    PACK,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck graph notify.flow.json', 'Mermaid, for Markdown'],
    ['flowdeck graph notify.flow.json --format svg > notify.svg', 'a picture'],
    ['flowdeck graph flows/ --format html > flows.html', 'a page of a deck'],
  ],
  failure: {},
};

const SERVE_SPEC: CommandSpec = {
  name: 'serve',
  summary: 'Keep flows alive: answer callers, run schedules, hear webhooks.',
  usage: 'flowdeck serve FILE|DIR [options]',
  operands: { least: 1, most: 1, name: 'a flow file' },
  text: [
    'Flows of type api answer HTTP at /run/ID, those of type schedule run at their moments, those of type event hear what their connector is told. A flow begins off: turn it on with --on, or through /admin or "flowdeck flows". With --store what is on, its tokens and the moments of schedules survive the process, as do tables, runs and events: a run that sleeps or is paused goes on with the next host, also after a crash.',
    'Listens on this machine alone unless --host says otherwise. /health and /ready are for those who watch. /admin is closed unless FLOWDECK_ADMIN_TOKEN or --admin-token-file gives its token. Ctrl-C or SIGTERM lets runs under way end for ten seconds; with --store those that only wait are left for the next host. SIGHUP, or with --watch a change, has the files read again; faulty ones change nothing.',
    'Connectors that flows need are those of --pack, else the versions that "flowdeck connector deploy --as private" points at, else those that are built in. With --test-connectors a test version goes before the private one. A pointer that was moved, back too, is taken up with the files.',
  ],
  options: [
    { name: 'port', value: 'N', text: 'Listen on this port (default: 3000; 0 takes a free one).' },
    { name: 'host', value: 'ADDRESS', text: 'Listen on this address (default: 127.0.0.1).' },
    {
      ...STORE,
      text: 'The store: states of flows, events, runs and tables are kept in it, and with a key connections are taken from it.',
    },
    {
      ...KEY_FILE,
      text: 'The key of the store: events and registrations are sealed with it, too. Default: the variable FLOWDECK_KEY.',
    },
    {
      name: 'former-key-file',
      value: 'FILE',
      multiple: true,
      text: 'A key that the store had before: what it sealed is sealed with the new one. Repeatable.',
    },
    {
      name: 'histories',
      value: 'N',
      text: 'With an admin token: keep what the cards of the last N runs did, for "flowdeck runs show --report" (default: 100).',
    },
    { name: 'flow-runs', value: 'N', text: 'Run at most N events of a flow at a time; others wait in the store.' },
    { name: 'flow-rate', value: 'N', text: 'Begin at most N runs of a flow by events within a minute.' },
    { name: 'connection-runs', value: 'N', text: 'As --flow-runs, of all flows that hear by one connection.' },
    { name: 'connection-rate', value: 'N', text: 'As --flow-rate, of all flows that hear by one connection.' },
    {
      name: 'public-url',
      value: 'URL',
      text: 'Where services reach this host, for webhooks (default: where it listens).',
    },
    { name: 'on', value: 'ID', multiple: true, text: 'Turn this flow on; "*" turns on all. Repeatable.' },
    {
      name: 'test-connectors',
      text: 'Serve the test versions of deployed connectors, and of the others the private ones. Not for everybody.',
    },
    {
      name: 'connectors',
      value: 'DIR',
      text: 'Where "flowdeck connector deploy" keeps versions. Default: .flowdeck/connectors.',
    },
    { name: 'watch', text: 'Take up files that change: runs under way end with the flows that they began with.' },
    {
      name: 'log',
      value: 'FORM',
      text: 'Write what happens to standard error as text or json, one line an event (default: text).',
    },
    ADMIN_TOKEN_FILE,
    CONNECTION,
    PACK,
    ALLOW_HOST,
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck serve flows/ --on "*" --store state/', 'everything in a directory, with a memory'],
    ['flowdeck serve orders.flow.json --on orders --port 8080', 'one API flow'],
    ['flowdeck serve flows/ --on "*" --watch', 'while you write them'],
  ],
  failure: { url: null, flows: [] },
};

const SCHEMA_SPEC: CommandSpec = {
  name: 'schema',
  summary: 'Print the JSON Schema of flow files, for editors.',
  usage: 'flowdeck schema [options]',
  operands: { least: 0, most: 0, name: 'no operands' },
  text: [
    'The schema of the flow file with all cards filled in: their names, inputs, choices and blocks. An editor that knows it completes and explains them. Packs add theirs.',
    'Point to it from a flow file, "$schema": "./flow.schema.json", or from the settings of the editor.',
  ],
  options: [PACK, OUTPUT, JSON_OUTPUT, TRACE, HELP],
  examples: [
    ['flowdeck schema -o flow.schema.json', 'the standard library and Twilio'],
    ['flowdeck schema --pack ./acme.js > flow.schema.json', 'with the cards of a pack'],
  ],
  failure: {},
};

const CARDS_SPEC: CommandSpec = {
  name: 'cards',
  summary: 'List the cards, or explain one.',
  usage: 'flowdeck cards [QUERY] [options]',
  operands: { least: 0, most: 1, name: 'a query' },
  text: [
    'Lists the cards whose id, title or description holds the query. When the query is the id of a card, that card is shown in full: inputs, outputs, blocks, errors and examples.',
  ],
  options: [PACK, JSON_OUTPUT, TRACE, HELP],
  examples: [
    ['flowdeck cards', 'all of them'],
    ['flowdeck cards base64', 'search'],
    ['flowdeck cards text.compose', 'one card in full'],
  ],
  failure: { cards: [] },
};

export const COMMANDS: readonly CommandSpec[] = [
  RUN_SPEC,
  VALIDATE_SPEC,
  TEST_SPEC,
  INSPECT_SPEC,
  GRAPH_SPEC,
  DIFF_SPEC,
  IMPORT_SPEC,
  EXPORT_SPEC,
  CARDS_SPEC,
  SCHEMA_SPEC,
  CONNECTION_SPEC,
  CONNECTOR_SPEC,
  SERVE_SPEC,
  FLOWS_SPEC,
  RUNS_SPEC,
  WORK_SPEC,
  FAKE_SPEC,
];
