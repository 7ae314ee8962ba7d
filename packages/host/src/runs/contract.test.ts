/** Memory and the file journal keep the contract of runtimes, and it tells of one that does not. */
import type { RunStart } from '@flowdeck/engine';
import { encodeValue } from '@flowdeck/engine/kit';
import { type RuntimeSubject, runtimeContract } from '@flowdeck/testing/runtime-contract';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { dividedSubject, faultySubject, journalSubject, lying, memorySubject } from '../../test/contract-subjects.js';

const memory = memorySubject();

for (const subject of [memory, journalSubject()]) {
  for (const { title, run } of runtimeContract(subject)) test(title, run);
}

/** As a client that looks at nothing would send it. */
function text(run: RunStart): string {
  return JSON.stringify(run, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
}

/** By what a runtime does wrong: the check that has to tell. */
const WRONG: Readonly<Record<string, readonly [RuntimeSubject, RegExp]>> = {
  'gives other results': [
    lying(memory, (client) => ({ end: async (runId) => ({ ...(await client.end(runId)), outputs: {} }) })),
    /results of a loop are in the order/,
  ],
  'does not cancel': [lying(memory, () => ({ cancel: async () => {} })), /cancelling a run ends all/],
  'performs effects twice': [faultySubject('repeats'), /nobody disturbs performs each effect once/],
  'forgets what it was about to perform': [faultySubject('forgets-intents'), /may take place at most once/],
  'forgets what came of effects': [faultySubject('forgets-results'), /killed at any effect/],
  'hands on other signals': [
    lying(memory, (client) => ({ signal: (id, name) => client.signal(id, name, encodeValue({ by: 'bob' })) })),
    /nobody disturbs performs each effect once/,
  ],
  'forgets its runs': [lying(memory, () => ({ list: async () => [] })), /a run is listed/],
  'takes a signal for a run that there is not': [
    lying(memory, (client) => ({
      signal: (id, name, value) => client.signal(id, name, value).catch(() => {}),
    })),
    /a run is listed/,
  ],
  'says nothing of what is no JSON': [
    lying(memory, (client) => ({ start: (run) => client.start(JSON.parse(text(run))) })),
    /what is no JSON starts no run/,
  ],
  'hides what the engine refuses': [
    lying(memory, (client) => ({
      end: async (runId) => ({ ...(await client.end(runId)), status: 'success', error: null }),
    })),
    /a run that the engine refuses/,
  ],
  'forgets runs when a second worker comes': [dividedSubject(memory), /a second worker of the same place/],
  'loses the runs of a worker that is killed': [
    { ...memory, outlivesProcess: true, crashes: 1 },
    /killed at any effect/,
  ],
};

for (const [what, [subject, told]] of Object.entries(WRONG)) {
  test(`the contract tells of a runtime that ${what}`, async () => {
    const [check] = runtimeContract(subject).filter(({ title }) => told.test(title));
    assert.ok(check, 'there is such a check');
    const fault = await check.run().then(
      () => null,
      (error: unknown) => error,
    );
    assert.is.not(fault, null, 'the contract says nothing');
    const { code } = fault as { readonly code?: string }; // an error, of whatever kind
    assert.ok(code === 'ERR_ASSERTION' || code === 'run-unknown', String(fault));
  });
}

test.run();
