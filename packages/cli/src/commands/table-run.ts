/** The command that runs a flow: `flowdeck run`. */
import type { CommandSpec } from '../spec.js';
import { ALLOW_HOST, CONNECTION, FLOW, HELP, JSON_OUTPUT, PACK, RUNTIME } from './common.js';
import { KEY_FILE, STORE } from './table-connect.js';

export const RUN_SPEC: CommandSpec = {
  name: 'run',
  summary: 'Run a flow and print its outputs.',
  usage: 'flowdeck run FILE|DIR|- [options]',
  operands: { least: 1, most: 1, name: 'a flow file' },
  text: [
    'Runs a flow of a file, of a directory whose *.flow.json files form one deck, or of standard input (-). Without --flow it is the only flow, or the only one that is not a helper.',
    'The outputs are printed on standard output as JSON. What the cards do is told on standard error: a tree of cards with their times. With --json, standard output holds one object: {status, outputs, error, runId, steps, durationMs, leftOut}.',
    'An export (.flopack, .flow, .folder) is read as the deck that it stands for. With --simulate nothing outside is reached: cards of connectors and HTTP give what --mock says, else plausible values that depend on --seed only, inputs that are not given are made up too, and time passes by itself. What would have been called is listed, with --json as "effects"; what is to be said of the mocks as "mocks".',
    'Exit codes: 0 success, or stopped early; 1 the flow failed; 2 wrong usage; 3 the document is faulty; 4 a limit, a timeout or a cancel. Ctrl-C cancels the run.',
    'With --runtime the flow is run by a worker: Ctrl-C ends the following (exit code 4) and the run goes on; "flowdeck runs" shows and cancels it. With --json standard output holds {status, outputs, error, runId}.',
  ],
  options: [
    FLOW,
    {
      name: 'input',
      value: 'NAME=VALUE',
      multiple: true,
      text: 'An input or option of the flow, read by its type: JSON for objects and lists, else text. @FILE takes a file, @- standard input, @@ a leading @. Repeat it for the items of a list.',
    },
    { name: 'inputs', value: 'FILE|-', text: 'Inputs as one JSON object. --input wins.' },
    CONNECTION,
    { ...STORE, text: 'Take connections from this store too, by name; tokens are renewed on the way.' },
    KEY_FILE,
    PACK,
    ALLOW_HOST,
    { name: 'timeout', value: 'S', text: 'Stop the run after so many seconds (exit code 4).' },
    {
      name: 'journal',
      value: 'DIR',
      text: 'Record the run in a directory. An unfinished run of the same flow and revision found there is resumed with its recorded inputs. Values are stored in the clear, secrets of the flow included: keep the directory to yourself.',
    },
    {
      ...RUNTIME,
      text: 'Do not run it here: start it where workers of "flowdeck work" take it, such as journal:DIR, restate://HOST:PORT or postgres://USER@HOST/DATABASE, and follow it.',
    },
    { name: 'run-id', value: 'ID', text: 'With --runtime: the id of the run. One that is there already is followed.' },
    { name: 'detach', text: 'With --runtime: print the id of the run, and do not follow it.' },
    {
      name: 'table',
      value: 'NAME=FILE.csv',
      multiple: true,
      text: 'Fill a table of the deck before the run. Titles that are columns of the table are taken. Repeatable.',
    },
    {
      name: 'table-charset',
      value: 'NAME',
      text: 'With --table: the character set of files without a byte order mark, such as windows-1252. Default: utf-8.',
    },
    {
      name: 'report',
      value: 'FILE.html',
      text: 'Write what happened as one page that needs nothing else: what failed and why, the flows drawn, every card with its values and HTTP requests. Known secrets are taken out.',
    },
    {
      name: 'report-steps',
      value: 'N',
      text: 'With --report: cards that the page tells one by one; older flow runs that ended well are counted. Default 100000, which is the most.',
    },
    { name: 'simulate', text: 'Reach nothing outside; tell what would have been called.' },
    {
      name: 'mock',
      value: 'FILE',
      text: 'With --simulate: what cards, HTTP and flows answer, as JSON {"mocks": [...]}: one answer, or one after the other. Mocks that name nothing of the deck, and those that nothing asks for, are told.',
    },
    { name: 'seed', value: 'TEXT', text: 'With --simulate: another seed, other plausible values.' },
    {
      name: 'now',
      value: 'DATE',
      text: 'With --simulate: when time begins, such as 2030-01-31T08:00:00Z. Default 2024-01-01.',
    },
    {
      name: 'execution-time',
      value: 'DATE',
      text: 'With --simulate: when a schedule meant the run to start (context/execution_time). Default: when time begins.',
    },
    {
      name: 'record',
      value: 'FILE',
      text: 'With --simulate: write the answers as a file for --mock, to edit by hand.',
    },
    JSON_OUTPUT,
    { name: 'trace', text: "Show every card's inputs and outputs (secrets redacted), and stack traces of errors." },
    HELP,
  ],
  examples: [
    ['flowdeck run greet.flow.json --input name=Ada', 'text input'],
    ['flowdeck run report.flow.json --inputs day.json --json | jq .outputs', 'for scripts'],
    ['flowdeck run notify.flow.json --connection twilio=twilio.json', 'with an account'],
    ['flowdeck run flows/ --flow nightly --journal runs/', 'a directory, resumable'],
    [
      'flowdeck run export.flopack --flow nightly --simulate --record mock.json',
      'an export, without touching anything',
    ],
  ],
  failure: { status: 'error', outputs: null, runId: null, steps: 0, durationMs: 0 },
};
