/** Reading files of cases: what could pass by mistake is refused. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlowdeckError } from '@flowdeck/engine';
import { readSuite as readAny } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CONFORMANCE, findSuites, loadSuites } from './suites.js';

const readSuite = (source: unknown, file: string) => readAny(source, file, CONFORMANCE);

function refusal(work: () => unknown): { code: string; pointer: string | undefined } | null {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    assert.ok(error.hint);
    return { code: error.code, pointer: error.at.pointer };
  }
}

const sound = { id: 'a', proves: 'It does.', source: 'x', card: 'control.comment', expect: { outputs: {} } };
const read = (...cases: unknown[]) => refusal(() => readSuite({ suite: 's', cases }, 's.json'));

test('a sound suite is read', () => {
  assert.is(read(sound), null);
});

test('a suite without a name has that of its file', () => {
  assert.is(readSuite({ cases: [sound] }, 'orders.test.json').suite, 'orders');
});

test('what is missing, misspelt or pointless is refused with its place', () => {
  const faults: readonly [unknown, string][] = [
    [{ ...sound, id: undefined }, '/cases/0/id'],
    [{ ...sound, proves: '' }, '/cases/0/proves'],
    [{ ...sound, expct: {} }, '/cases/0/expct'],
    [{ ...sound, expect: { output: {} } }, '/cases/0/expect/output'],
    [{ ...sound, expect: {} }, '/cases/0/expect'],
    [{ ...sound, expect: undefined }, '/cases/0/expect'],
    [{ ...sound, flow: { cards: [] } }, '/cases/0'],
    [{ ...sound, card: undefined, in: {}, flow: { cards: [] } }, '/cases/0/card'],
    [{ ...sound, expect: { waits: [] } }, '/cases/0/clock'],
    [{ ...sound, expect: { requests: [] } }, '/cases/0/service'],
    ['text', '/cases/0'],
  ];
  for (const [entry, pointer] of faults) assert.equal(read(entry), { code: 'case-invalid', pointer });
  assert.equal(read(sound, sound), { code: 'case-invalid', pointer: '/cases/1/id' });
  assert.equal(read(), { code: 'case-invalid', pointer: '/cases' });
  assert.equal(
    refusal(() => readSuite([], 's.json')),
    { code: 'case-invalid', pointer: '' },
  );
  assert.equal(
    refusal(() => readSuite({ suite: 's', cases: [sound], packs: [1] }, 's.json')),
    {
      code: 'case-invalid',
      pointer: '/packs/0',
    },
  );
});

test('a folder is read in the order of its file names, files below it too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-cases-'));
  try {
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'b.json'), JSON.stringify({ suite: 'b', cases: [sound] }));
    writeFileSync(join(folder, 'a', 'x.json'), JSON.stringify({ suite: 'a/x', cases: [sound] }));
    writeFileSync(join(folder, 'notes.md'), 'not a case');
    assert.equal(
      loadSuites(folder).map((suite) => suite.suite),
      ['a/x', 'b'],
    );
    assert.equal(
      loadSuites(join(folder, 'b.json')).map((suite) => suite.suite),
      ['b'],
    );
    writeFileSync(join(folder, 'broken.json'), '{');
    assert.is(refusal(() => loadSuites(folder))?.code, 'case-file');
    writeFileSync(join(folder, 'broken.json'), '{"suite": "twice",\n "cases": [],\n "cases": []}');
    const [twice] = findSuites(folder).faults;
    assert.is(twice?.code, 'case-file');
    assert.match(twice?.message ?? '', /line 3, column 2: "cases" stands twice/);
    writeFileSync(join(folder, 'odd.json'), '{"suite": "odd"}');
    const { suites, faults } = findSuites(folder);
    assert.equal(
      suites.map((suite) => suite.suite),
      ['a/x', 'b'],
      'the sound ones are there all the same',
    );
    assert.equal(
      faults.map(({ code }) => code),
      ['case-file', 'case-invalid'],
    );
    assert.is(refusal(() => loadSuites(join(folder, 'gone')))?.code, 'case-file');
    mkdirSync(join(folder, 'empty'));
    assert.is(refusal(() => loadSuites(join(folder, 'empty')))?.code, 'case-none');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
