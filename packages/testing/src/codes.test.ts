/** Every code of doubles, cases and the runner, with something that provokes it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import { FlowdeckError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TESTING_CODES, type TestingCode } from './codes.js';
import { loadSuites } from './files/index.js';
import { startScriptedService } from './http/index.js';
import {
  type Case,
  doubles,
  type Failure,
  type Mock,
  type RunCaseOptions,
  readMocks,
  readSuite,
  recordCase,
  runCase,
  type SimulateOptions,
  type Suite,
  scriptedHttp,
  simulate,
  testDeck,
} from './index.js';
import { startService } from './run/service.js';

/** What reading an empty folder, or one that is not there, comes to. */
function loadFrom(name: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-cases-'));
  try {
    loadSuites(join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A second service on the port of the first. */
async function taken(): Promise<void> {
  const first = await startScriptedService([]);
  try {
    await (await startScriptedService([], { port: Number(new URL(first.url).port) })).close();
  } finally {
    await first.close();
  }
}

/** Runs a flow that reads twice, and fails with the first error or warning. */
async function ask(mocks: readonly Mock[], options: Partial<SimulateOptions> = {}): Promise<void> {
  const cards = ['a', 'b'].map((id) => ({ id, card: 'crm.read' }));
  const simulation = simulate({ flowdeck: 1, id: 'main', type: 'manual', cards }, { packs: [], mocks, ...options });
  const { error, unused } = await simulation.run();
  const [code] = [
    ...(error === null ? [] : [error.code]),
    ...[...simulation.misnamed, ...unused].map((each) => each.code),
  ];
  if (code !== undefined) throw new FlowdeckError<string>(code as 'card-failed', 'What was told.'); // any code of the table
}

/** Nobody is told how to find it. */
const ABOUT_SUBJECT: Suite = { suite: 's', cases: [{ id: 'a', subject: 'gone.json', expect: { status: 'success' } }] };

const SECRETIVE: Suite = {
  suite: 's',
  cases: [
    {
      id: 'a',
      flow: { inputs: [{ key: 'key', type: 'text' }], cards: [{ id: 'a', card: 'crm.read' }] },
      expect: { status: 'success' },
    },
  ],
};

const ASKING = {
  inputs: [{ key: 'key', type: 'text' }],
  cards: [{ id: 'a', card: 'http.get', in: { url: 'https://example.test/' } }],
};

/** From a service that mints a token which the case holds, too. */
async function recorded(members: Partial<Case>): Promise<void> {
  const response = { status: 200, json: { access_token: 'hunter22-long' } };
  const http = scriptedHttp([{ request: { method: 'GET', path: '/' }, response }]);
  const live = { http, hosts: [], connections: {}, at: '2030-01-01T00:00:00Z' };
  const options = { packs: [standard], subjects: {}, live };
  const { failures } = await recordCase(SECRETIVE, { ...entryOf(SECRETIVE), ...members }, options);
  fail(failures);
}

async function ranOnce(members: Partial<Case>, options: RunCaseOptions): Promise<void> {
  const mocks = [{ card: 'crm.read', answer: {} }];
  const entry = { ...entryOf(SECRETIVE), mocks, ...members };
  fail((await runCase(SECRETIVE, entry, doubles({ packs: [] }), { listening: 'heard', ...options })).failures);
}

/** A failure has the code of what it tells of. */
function fail([first]: readonly Failure[]): void {
  if (first !== undefined)
    throw new FlowdeckError<TestingCode>((first.code ?? 'card-failed') as TestingCode, first.message ?? '');
}

function entryOf({ cases: [entry] }: Suite): Case {
  if (entry === undefined) throw new Error('The suite is empty.');
  return entry;
}

const PROVOKED: Readonly<Record<keyof typeof TESTING_CODES, () => unknown>> = {
  'unknown-service': () => startService({ mail: {} }, {}),
  'case-file': () => loadFrom('gone'),
  'case-none': () => loadFrom('.'),
  'case-subject': async () => {
    const [failure] = (await runCase(ABOUT_SUBJECT, entryOf(ABOUT_SUBJECT), doubles({ packs: [] }))).failures;
    // A failure has the code of what it tells of.
    throw new FlowdeckError<TestingCode>((failure?.code ?? 'card-failed') as TestingCode, failure?.message ?? '');
  },
  'test-failed': () => testDeck({}, { cases: [{ id: 'a', expect: { status: 'stopped' } }] }, { packs: [] })[0]?.run(),
  'case-invalid': () => readSuite({ suite: 's', cases: [] }, 's.json'),
  'service-port': taken,
  'scripted-exchange': () => scriptedHttp([{ request: { method: 'GET', path: '/' }, response: { status: 99 } }]),
  'http-unscripted': () => scriptedHttp([]).request({ method: 'GET', url: 'https://example.test/', headers: {} }),
  'recording-secret': () => recorded({ inputs: { key: 'hunter22-long' }, flow: ASKING }),
  'recording-old': () =>
    ranOnce({ recorded: { from: 'live', at: '2020-01-01T00:00:00Z' } }, { recordedSince: Date.parse('2025-01-01') }),
  'mock-invalid': () => readMocks({ flows: 1 }),
  'mock-missing': () => ask([], { unforeseen: 'refuse' }),
  'mock-exhausted': () => ask([{ card: 'crm.read', answers: [{}] }]),
  'mock-unknown': () => ask([{ card: 'crn.read', answer: {}, optional: true }]),
  'mock-unused': () => ask([{ card: 'crm.read', at: 'main/b', answers: [{}, {}] }]),
};

for (const [code, provoke] of Object.entries(PROVOKED)) {
  test(`${code} is what comes of it`, async () => {
    try {
      await provoke();
    } catch (error) {
      assert.instance(error, FlowdeckError);
      assert.is((error as FlowdeckError).code, code); // just asserted
      return;
    }
    assert.unreachable('nothing failed');
  });
}

test('the table has what is provoked, and no other code', () => {
  assert.equal(Object.keys(PROVOKED).sort(), Object.keys(TESTING_CODES).sort());
});

test.run();
