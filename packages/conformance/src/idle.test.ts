/** An engine that reads documents and then does nothing, whatever it says came of it, passes no case. */
import { standard } from '@flowdeck/cards';
import { twilio } from '@flowdeck/connector-twilio';
import { type Adapter, type Case, type Observed, runCase } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckAdapter } from './engine/index.js';
import { services } from './services.js';
import { loadSuites } from './suites.js';

const real = flowdeckAdapter({ packs: [standard, twilio] });

const nothing: Observed = {
  ...{ status: 'success', outputs: {}, value: null, error: null, answer: null },
  ...{ children: [], ignored: [], tables: [], steps: 0, durationMs: 0, waits: [] },
};

/** What it claims of a run: it ended as the case has it, and there is no more to tell. */
function claimOf({ expect: { status, error } }: Case): Observed {
  const claimed = status ?? (error === undefined ? 'success' : 'error');
  if (claimed === 'success' || claimed === 'stopped') return { ...nothing, status: claimed };
  return { ...nothing, status: claimed, outputs: null, error: { code: 'unknown', message: 'It did not end well.' } };
}

/** A case of a host is for an engine with a host; one about a document is over when the document has been read. */
function isAboutRun({ steps, expect }: Case): boolean {
  return steps === undefined && Object.keys(expect).some((key) => key !== 'diagnostics');
}

/** Where to do nothing is right. */
const RIGHTLY: readonly string[] = ['control/result-without-return/empty-flow'];

test('no case about a run holds', async () => {
  const { name, namespaces, check } = real;
  const passed: string[] = [];
  for (const suite of loadSuites('builtin')) {
    for (const entry of suite.cases.filter(isAboutRun)) {
      const adapter: Adapter = { name, namespaces, check, run: async () => claimOf(entry) };
      const { status } = await runCase(suite, entry, adapter, { services });
      if (status === 'passed') passed.push(`${suite.suite}/${entry.id}`);
    }
  }
  assert.equal(passed, RIGHTLY);
});

test.run();
