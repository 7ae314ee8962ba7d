/** Every code of the suite, with something that provokes it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCard, definePack, FlowdeckError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { acme } from '../test/acme.js';
import { parseCommand } from './cli/main.js';
import { loadPack } from './cli/packs.js';
import { writeReport } from './cli/page.js';
import { CONFORMANCE_CODES, type ConformanceCode } from './codes.js';
import { conformance } from './pack/conformance.js';
import { startTwilioService } from './twilio/index.js';

/** Runs what was registered, up to the first that fails. */
async function runTests(options: Omit<Parameters<typeof conformance>[0], 'test'>): Promise<void> {
  const tests: (() => Promise<void>)[] = [];
  conformance({ ...options, test: (_, run) => tests.push(run) });
  for (const run of tests) await run();
}

const bare = defineCard({
  ...{ id: 'bare.card', title: 'Bare', description: 'Nothing shows what it does.', kind: 'pure' },
  inputs: [],
  outputs: [],
  run: () => ({}),
});
const wrong = {
  suite: 'wrong',
  cases: [{ id: 'a', card: 'acme.initials', in: { name: 'A' }, expect: { outputs: { initials: 'B' } } }],
};

async function unownedNumber(): Promise<void> {
  const twilio = await startTwilioService();
  try {
    await twilio.inbound({ from: '+15551111111', to: '+15550000000' });
  } finally {
    await twilio.close();
  }
}

const account = { sid: `AC${'1'.repeat(32)}`, authToken: 't' };

const PROVOKED: Readonly<Record<ConformanceCode, () => unknown>> = {
  usage: () => parseCommand(['--what']),
  'case-failed': () => runTests({ packs: [acme], cases: [wrong] }),
  'pack-missing': async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flowdeck-none-'));
    try {
      writeFileSync(join(folder, 'none.mjs'), 'export const answer = 42;');
      await loadPack('./none.mjs', folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  'pack-check': () =>
    runTests({ packs: [definePack({ name: 'bare', namespace: 'bare', version: '1.0.0', cards: [bare] })] }),
  'report-file': () => writeReport(join(tmpdir(), 'no such directory', 'r.html'), ''),
  'twilio-accounts': () => startTwilioService({ accounts: [account, account] }),
  'twilio-number-unknown': unownedNumber,
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

test('every code of the table is provoked', () => {
  assert.equal(Object.keys(PROVOKED).sort(), Object.keys(CONFORMANCE_CODES).sort());
});

test.run();
