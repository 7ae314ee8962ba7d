// The parts of the mutation tool: what is mutated and sampled, how survivors are judged, and what the score counts.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { judgementsIn, rowOf } from './mutate/judgements.mjs';
import { globOf, makeMutants } from './mutate/mutants.mjs';
import { describeReport, reportOf } from './mutate/report.mjs';
import { sampleOf, survivorsAmong } from './mutate/sample.mjs';
import { SUBJECTS } from './mutate/subjects.mjs';
import { planOf } from './mutate/trial.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const mutantsOf = (subject, only) => makeMutants(root, SUBJECTS[subject], only);
const mutant = (id, status = 'killed', more = {}) => ({
  ...{ id, file: 'run/loop.ts', line: 3, column: 5, mutator: 'EqualityOperator', status },
  ...{ original: 'a > 0', replacement: 'a >= 0' },
  ...more,
});

test('a glob chooses files of one folder, or of all', () => {
  assert.ok(globOf('run/*.ts').test('run/loop.ts'));
  assert.not.ok(globOf('run/*.ts').test('values/loop.ts'));
  assert.not.ok(globOf('run/*.ts').test('run/a/loop.ts'));
  assert.not.ok(globOf('run/loop.ts').test('run/loopsts'), 'a dot is a dot');
  assert.ok(globOf('**/loop.ts').test('run/loop.ts'));
  assert.ok(globOf('**').test('plan/bind.ts'));
});

test('mutants stand where the source has what they change', async () => {
  const { mutants, sources } = await mutantsOf('engine', 'values/truthy.ts');
  assert.ok(mutants.length > 0);
  assert.equal([...new Set(mutants.map(({ file }) => file))], ['values/truthy.ts']);
  for (const { original, replacement } of mutants) assert.is.not(original, replacement);
  assert.is(sources.size, 1);
  const both = await mutantsOf('engine', 'values/truthy.ts,plan/bind.ts');
  assert.equal([...new Set(both.mutants.map(({ file }) => file))], ['plan/bind.ts', 'values/truthy.ts']);
  const none = await mutantsOf('engine', 'values/no-such-file.ts');
  assert.equal(none.mutants, []);
});

test('the wording of messages is left out, and names and codes are not', async () => {
  const { mutants, ignored } = await mutantsOf('engine', 'values/json.ts');
  const texts = mutants.filter(({ mutator }) => mutator === 'StringLiteral').map(({ original }) => original);
  assert.ok(
    texts.some((text) => /^'\S+'$/.test(text)),
    'names',
  );
  assert.equal(
    texts.filter((text) => /[a-z] [a-z]/.test(text)),
    [],
  );
  assert.ok(ignored['the wording of a message'] > 0);
});

test('of a card what it does is changed, and not what it declares', async () => {
  const { mutants, ignored } = await mutantsOf('cards', 'list/reverse.ts');
  assert.equal(
    mutants.map(({ replacement }) => replacement),
    ['() => undefined', '{}', '[...list]', '[]'],
  );
  assert.ok(ignored['what a card declares'] > 5);
});

test('those that survived are found again, wherever their lines have moved to', () => {
  const report = JSON.stringify({ survivors: [mutant('9', 'survived', { line: 90 })] });
  const other = mutant('2', 'survived', { replacement: 'a < 0' });
  assert.equal(survivorsAmong([mutant('1'), other], report), [mutant('1')]);
});

test('of checks with the same coverage a few are asked first, and the others when none of these says no', () => {
  const checks = Array.from({ length: 9 }, (_, at) => ({ id: `c${at}`, ms: 9 - at, error: null, reaches: ['1'] }));
  const slow = [
    { ...checks[0], id: 'slow', ms: 4000 },
    { ...checks[0], id: 'failing', error: 'E' },
  ];
  const plan = planOf([mutant('1')], { checks: [...checks, ...slow], atLoad: [], most: {} });
  const order = () => plan.orderOf(mutant('1')).map(({ index }) => index);
  assert.equal(order(), [8, 7, 6, 5, 4, 3, 2, 1, 0]);
  plan.learn({ ...mutant('1'), by: 'c4' });
  assert.equal(order(), [4, 8, 7, 6, 5, 3, 2, 1, 0], 'what killed a neighbour comes first');
});

test('of what is made at load the tests of the file are asked as well, though they reach nothing', () => {
  const ids = [
    'engine/src/run/loop.test.ts: a',
    'engine/src/run/loops.test.ts: b',
    'values/loop.test.ts: c',
    'suite/d',
  ];
  const checks = ids.map((id, at) => ({ id, ms: at, error: null, reaches: at === 3 ? ['1'] : [] }));
  const plan = planOf([mutant('1')], { checks, atLoad: ['1'], most: {} });
  assert.equal(
    plan.orderOfFile(mutant('1')).map(({ index }) => index),
    [0, 3],
  );
});

test('a seed chooses the same sample each time, another seed another', () => {
  const all = Array.from({ length: 200 }, (_, id) => mutant(String(id)));
  const ids = (seed) => sampleOf(all, 20, seed).map(({ id }) => Number(id));
  assert.is(ids(1).length, 20);
  assert.equal(ids(1), ids(1));
  assert.equal(
    ids(1),
    [...ids(1)].sort((a, b) => a - b),
    'in their order',
  );
  assert.not.equal(ids(1), ids(2));
});

test('a judgement is read as it is written, whatever stands in the source', () => {
  for (const original of ['a > 0', 'a || b', '`text`']) {
    const row = rowOf({ file: 'run/loop.ts', original, replacement: 'false' });
    const page = `# Mutation\n\n${row} equivalent | nobody can see it |\n`;
    const [found] = judgementsIn(page);
    assert.equal(found, {
      ...{ file: 'run/loop.ts', original, replacement: 'false' },
      ...{ verdict: 'equivalent', reason: 'nobody can see it' },
    });
  }
  assert.equal(judgementsIn('| run/loop.ts | `a` | `b` | perhaps | who knows |'), []);
});

test('the score counts survivors, but those that are judged equivalent', () => {
  const results = [
    mutant('1'),
    mutant('2', 'timeout'),
    mutant('3', 'survived'),
    mutant('4', 'uncovered', { original: 'b' }),
  ];
  const about = { folder: 'packages/engine/src', whole: true, ignored: {}, seconds: 1 };
  const none = reportOf(results, [], about);
  assert.equal([none.score, none.killed, none.byTime, none.survived], [50, 2, 1, 2]);
  const { file, original, replacement } = mutant('3');
  const judged = { file, original, replacement, verdict: 'equivalent', reason: 'r' };
  const one = reportOf(results, [judged, { ...judged, original: 'gone' }], about);
  assert.is(one.score, 66.7);
  assert.equal(
    one.stale.map((each) => each.original),
    ['gone'],
  );
  assert.equal(reportOf(results, [{ ...judged, verdict: 'gap' }], about).score, 50, 'a gap stays one');
  assert.match(describeReport(one), /packages\/engine\/src\/run\/loop\.ts:3:5 .*nothing reaches it/);
});

test.run();
