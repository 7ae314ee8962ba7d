/** The commands that ask a host: `flowdeck flows` and `flowdeck runs`. */
import type { CommandSpec, OptionSpec } from '../spec.js';
import { HELP, JSON_OUTPUT, TRACE } from './common.js';

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
  summary: 'List, start, turn on and turn off the flows of a host.',
  usage: 'flowdeck flows list|on|off|start [ID] [options]',
  operands: { least: 1, most: 2, name: 'an action: list, on ID, off ID or start ID' },
  text: [
    'Asks a host that "flowdeck serve" has started, with its admin token. A flow of type api, schedule or event is turned on and off; every flow can be started by hand.',
    '"start" prints the id of the run; with --wait it waits for the end, prints the outputs and exits as "flowdeck run" does.',
    'Exit codes: 0 done; 2 wrong usage, no host, or it refuses; with --wait 1 and 4 as for "flowdeck run".',
  ],
  options: [
    URL_OPTION,
    ADMIN_TOKEN_FILE,
    { name: 'inputs', value: 'FILE|-', text: 'With start: inputs as one JSON object.' },
    { name: 'wait', text: 'With start: wait for the end of the run.' },
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck flows list', 'what is on, and when schedules come'],
    ['flowdeck flows on nightly --url https://flows.example.com/', 'at another place'],
    ['flowdeck flows start report --inputs day.json --wait', 'by hand, to its end'],
  ],
  failure: { ok: false },
};

export const RUNS_SPEC: CommandSpec = {
  name: 'runs',
  summary: 'List, show, cancel and signal runs of a host.',
  usage: 'flowdeck runs list|show|cancel|signal [RUN] [options]',
  operands: { least: 1, most: 2, name: 'an action: list, show RUN, cancel RUN or signal RUN' },
  text: [
    'Asks a host that "flowdeck serve" has started, with its admin token: runs under way, and the last that ended. A signal lets a paused run go on.',
    'With --json a run is {runId, flow, trigger, startedAt, status, durationMs, error}; its status is "running" until it ends.',
    'Exit codes: 0 done; 2 wrong usage, no host, no such run, or it has ended.',
  ],
  options: [
    URL_OPTION,
    ADMIN_TOKEN_FILE,
    { name: 'flow', value: 'ID', text: 'With list: runs of this flow only.' },
    { name: 'name', value: 'NAME', text: 'With signal: its name (default: resume, which Pause waits for).' },
    { name: 'value', value: 'JSON', text: 'With signal: what the run is given (default: {}).' },
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck runs list --flow orders', 'of one flow'],
    ['flowdeck runs signal run-1 --value \'{"approved": true}\'', 'let it go on'],
    ['flowdeck runs list --json | jq \'.runs[] | select(.status=="error")\'', 'for scripts'],
  ],
  failure: { ok: false },
};
