/** What is promised of reports in other forms, and of coverage: right whatever a value holds, and able to say no. */
import { standard } from '@flowdeck/cards';
import { SaxesParser } from 'saxes';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readSuite } from '../cases/read.js';
import { doubles } from '../doubles/adapter.js';
import type { Failure } from '../run/failure.js';
import type { CaseRun } from '../run/outcome.js';
import { runCase } from '../run/run-case.js';
import { githubAnnotations } from './annotations.js';
import { coverageOf } from './coverage.js';
import { junitXml } from './junit.js';
import { testReport } from './report.js';
import { tapText } from './tap.js';
import type { CaseReport } from './types.js';

const EVIL = 'a\u0000b\u001b]0;x\u0007 </failure> ]]> & "\uffff\ud800 \u202e\n::error::x';
const failure: Failure = { where: 'outputs', message: EVIL, expected: EVIL, actual: 1 };
const base = { suite: 's', proves: null, source: null, failures: [] };
const failed = (id: string): CaseReport => ({ ...base, id, status: 'failed', failures: [failure], line: 3 });
const reportOf = (cases: readonly CaseReport[]) =>
  testReport({
    suites: [{ suite: EVIL, file: 'a,b:c.test.json', cases }],
    faults: [{ severity: 'error', code: 'case-invalid', message: EVIL, pointer: '', file: 'bad.test.json' }],
  });

test('JUnit is XML whatever a value holds', () => {
  const names: string[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => names.push(name));
  parser.on('text', (text) => texts.push(text));
  parser.on('error', (error) => {
    throw error;
  });
  const skipped: CaseReport = { ...base, id: 'later', status: 'skipped', reason: EVIL };
  parser.write(junitXml(reportOf([{ ...base, id: 'good', status: 'passed' }, failed(EVIL), skipped]))).close();
  assert.equal(names, [
    'testsuites',
    'testsuite',
    'testcase',
    'testcase',
    'failure',
    'testcase',
    'skipped',
    'testsuite',
    'testcase',
    'error',
  ]);
  assert.ok(texts.some((text) => text.includes('outputs: a␀b␛]0;x␇ </failure> ]]> & "')));
});

test('TAP has as many points as it plans, and no value can add one', () => {
  const lines = tapText(reportOf([failed('# SKIP me\nok 9')])).split('\n');
  assert.equal(lines.slice(0, 2), ['TAP version 14', '1..2']);
  assert.is(lines[2], 'not ok 1 - s/\\# SKIP me␊ok 9');
  assert.is(lines.filter((line) => /^(not )?ok /.test(line)).length, 2);
});

test('annotations are ten at most, and the tenth counts the rest; no value can be a command', () => {
  const lines = (count: number) =>
    githubAnnotations(reportOf(Array.from({ length: count }, (_, index) => failed(`c${index}`))))
      .trimEnd()
      .split('\n');
  assert.is(lines(9).length, 10);
  const many = lines(30);
  assert.is(many.length, 10);
  assert.match(many[9] ?? '', /^::error title=More failed::22 more/);
  assert.match(many[1] ?? '', /^::error file=a%2Cb%3Ac\.test\.json,line=3,title=s\/c0::outputs: a␀b/);
  assert.ok(many.every((line) => line.startsWith('::error ')));
});

const CHOICE = {
  flowdeck: 1 as const,
  flows: [
    {
      id: 'main',
      type: 'manual' as const,
      inputs: [{ key: 'n', type: 'number' as const }],
      cards: [
        { card: 'control.comment', in: { text: 'Only new ones.' } },
        { id: 'go', card: 'control.continueIf', in: { left: { from: '/inputs/n' }, operator: '>', right: 0 } },
        {
          id: 'choose',
          card: 'control.ifElse',
          in: { left: { from: '/inputs/n' }, operator: '>', right: 5 },
          blocks: { then: { cards: [{ id: 'ask', card: 'crm.read' }] } },
        },
      ],
    },
    { id: 'lone', type: 'helper' as const, cards: [{ id: 'never', card: 'text.trim', in: { text: 'x' } }] },
  ],
};

async function ran(n: number, mocks: readonly object[] = []): Promise<CaseRun> {
  const expect = { steps: { $gte: 0 } };
  const suite = readSuite({ cases: [{ id: 'a', document: CHOICE, run: 'main', inputs: { n }, mocks, expect }] }, 'a');
  const [entry] = suite.cases;
  assert.ok(entry);
  const { run } = await runCase(suite, entry, doubles({ packs: [standard] }), { listening: 'heard' });
  assert.ok(run);
  return run;
}

test('coverage counts cards, both ways of each choice, and failures; a flow without a test counts as zero', async () => {
  const types = new Map((standard.cards ?? []).map((card) => [card.id, card]));
  const covered = (runs: readonly CaseRun[]) => {
    const { cards, branches, errors } = coverageOf([{ subject: 'a', document: CHOICE, runs }], types);
    return [cards, branches, errors].map(({ covered, total }) => `${covered}/${total}`).join(' ');
  };
  const mocked = [{ card: 'crm.read', answer: {} }];
  const failing = [{ card: 'crm.read', answer: { error: { message: 'No' } } }];
  assert.is(covered([]), '0/4 0/4 0/1');
  assert.is(covered([await ran(0)]), '1/4 1/4 0/1');
  assert.is(covered([await ran(1)]), '2/4 2/4 0/1');
  assert.is(covered([await ran(9, mocked)]), '3/4 2/4 0/1');
  assert.is(covered([await ran(0), await ran(1), await ran(9, failing)]), '3/4 4/4 1/1');
  const { flows } = coverageOf([{ subject: 'a', document: CHOICE, runs: [await ran(1)] }], types);
  assert.equal(flows[0]?.missing, [
    { kind: 'branch', card: 'go', branch: 'leaves' },
    { kind: 'branch', card: 'choose', branch: 'then' },
    { kind: 'card', card: 'ask' },
    { kind: 'error', card: 'ask' },
  ]);
});

test.run();
