/** T1: the whole process of `flowdeck test`: one case next to a process that does nothing, and a thousand cases. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bench } from './harness.js';
import { inFolder, raceProcess, spendCommand } from './processes.js';

const FILES = 20;
const CASES = 50;
const GOAL_NS = 5e9;

const URL = 'https://desk.example.com/tickets';
const flow = {
  flowdeck: 1,
  id: 'ticket',
  type: 'helper',
  inputs: [{ key: 'title', type: 'text' }],
  outputs: [{ key: 'said', type: 'text' }],
  cards: [
    { id: 'text', card: 'text.compose', in: { template: 'Hello {{name}}!', name: { from: '/inputs/title' } } },
    { id: 'post', card: 'http.post', in: { url: URL, body: { from: '/text/output' } } },
    { card: 'flow.return', in: { said: { from: '/text/output' } } },
  ],
};

function writeTests(folder: string, files: number, cases: number): string {
  mkdirSync(folder);
  for (let file = 0; file < files; file++) {
    const subject = `f${file}.flow.json`;
    writeFileSync(join(folder, subject), JSON.stringify(flow));
    const tests = {
      subject,
      mocks: [{ http: { method: 'POST', url: URL }, answer: { status: 201, json: { id: 7 } } }],
      cases: Array.from({ length: cases }, (_, at) => ({
        id: `case ${at}`,
        inputs: { title: `T${at}` },
        expect: { outputs: { said: `Hello T${at}!` } },
      })),
    };
    writeFileSync(join(folder, `f${file}.test.json`), JSON.stringify(tests));
  }
  return folder;
}

await bench('T1', (workload) =>
  inFolder(workload, function* (folder) {
    const one = writeTests(join(folder, 'one'), 1, 1);
    const many = writeTests(join(folder, 'many'), FILES, CASES);
    const args = ['test', one];
    yield raceProcess(workload, { what: 'flowdeck test, one case', args, expected: '1 passed', rounds: 15, target: 2 });
    const total = FILES * CASES;
    const times = Array.from({ length: 3 }, () => spendCommand(['test', many], `${total} passed`));
    yield {
      kind: 'figure',
      workload,
      what: `flowdeck test, ${total} cases`,
      unit: 'ns',
      value: Math.min(...times),
      target: GOAL_NS,
    };
  }),
);
