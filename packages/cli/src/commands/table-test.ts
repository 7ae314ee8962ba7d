/** The command `test`, described. */
import type { CommandSpec, OptionSpec } from '../spec.js';
import { CONNECTION, HELP, JSON_OUTPUT, PACK, TRACE } from './common.js';

/** How tests are chosen, run and told: of flows, and of connectors. */
export const TEST_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'init',
    text: 'Write first tests of an export, a flow file or a directory: each flow is simulated, and what came of it is pinned. Tells what no test runs.',
  },
  {
    name: 'update',
    text: 'Rewrite what is expected, where a case differs from what came, after showing the difference. Refused in CI.',
  },
  {
    name: 'record',
    text: 'Write mocks for cases that have none, and anew for those that were recorded: calls are answered with made-up values. Refused in CI.',
  },
  {
    name: 'live',
    text: 'With --record: let the hosts of --allow-host answer, with the connections of --connection. Secrets become placeholders.',
  },
  {
    name: 'max-age',
    value: 'DAYSd',
    text: 'Fail cases whose answers a real service gave longer ago, such as 90d.',
  },
  { name: 'filter', value: 'TEXT', text: 'Only cases whose SUITE/ID holds this text.' },
  { name: 'tag', value: 'TAG', multiple: true, text: 'Only cases with this tag, or one of these. Repeatable.' },
  { name: 'bail', text: 'End after the first case that fails.' },
  {
    name: 'workers',
    value: 'N',
    text: 'Run the cases in N threads (default: up to one for each core, where there are 200 cases for each). What is printed does not depend on it.',
  },
  { name: 'shard', value: 'AT/OF', text: 'Only a part of the cases: 2/5 is the second of five.' },
  {
    name: 'coverage',
    value: 'MEASURE=PERCENT,...',
    text: 'Measure what the tests go through, and fail below these shares: cards, branches, errors (cards with an effect that failed once).',
  },
  {
    name: 'report',
    value: 'FILE',
    text: 'Also write a page: what failed first, expected beside actual, coverage drawn on the flows.',
  },
  {
    name: 'lcov',
    value: 'FILE',
    text: 'Also write coverage as LCOV, which editors show beside the lines of flow files.',
  },
  { name: 'watch', text: 'Run again whenever a file beside the tests or their subjects changes, until interrupted.' },
  { name: 'junit', value: 'FILE', text: 'Also write JUnit XML, for CI.' },
  { name: 'tap', text: 'Print TAP 14 instead of text.' },
];

export const TEST_SPEC: CommandSpec = {
  name: 'test',
  summary: 'Run tests of flows.',
  usage: 'flowdeck test [PATH...] [options]',
  operands: { least: 0, most: 1000, name: 'files of tests, or directories' },
  text: [
    'Runs the cases of NAME.test.json files: those that are named, and those below the directories that are; without a path, below the current one. A case names a flow, what it is given, what answers at its border, and what must come of it. Nothing outside is reached.',
    'It is strict: a call without a mock fails, and so do a mock that nothing asks for, a name that the deck does not have, and an error that something kept to itself.',
    'With GITHUB_ACTIONS=true, failures are annotations too. Exit codes: 0 all passed; 1 a case failed, or coverage is too low; 2 wrong usage; 3 a file of tests is faulty; 4 interrupted.',
  ],
  options: [
    ...TEST_OPTIONS,
    {
      name: 'allow-host',
      value: 'HOST[:PORT]',
      multiple: true,
      text: 'With --live: a host that may be reached; no other is. Repeatable.',
    },
    CONNECTION,
    PACK,
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck test --init accounts.flopack', 'a first test for each flow of an export'],
    ['flowdeck test tickets.test.json --record --update', 'made-up answers, and what comes of them'],
    [
      'flowdeck test crm.test.json --record --live --allow-host api.example.com --connection crm=crm.json',
      'answers of a real service',
    ],
    ['flowdeck test', 'all tests below the current directory'],
    ['flowdeck test tickets.test.json --filter asks-again', 'one case'],
    ['flowdeck test flows --coverage cards=90,branches=80 --junit junit.xml', 'in CI'],
  ],
  failure: { status: 'failed', suites: [], diagnostics: [] },
};
