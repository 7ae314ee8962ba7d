/** Signals and their times. */
import assert from 'node:assert/strict';
import { decodeValue } from '@flowdeck/engine/kit';
import type { ContractCheck } from '../check.js';
import type { ContractStage, Worker } from '../stage.js';

export const signalChecks: readonly ContractCheck[] = [
  {
    title: 'a signal that comes before anybody waits for it is kept',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'early', revision, flow: 'signal' });
      // The effect is not answered yet: nobody waits.
      await stage.arrival('early/before');
      await stage.client.signal('early', 'resume', { by: 'ann' });
      await isResumed(stage, 'early');
    },
  },
  {
    title: 'a wait for a signal that does not come in time ends in a time-out, which an If Error catches',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'late', revision, flow: 'timeout' });
      const { status, outputs, error } = await stage.end('late');
      assert.deepEqual([status, decodeValue(outputs), error], ['success', { why: 'timeout' }, null]);
    },
  },
  {
    title: 'a signal that came before its worker was killed arrives, and one that comes after',
    kills: true,
    async act(stage) {
      let worker: Worker = await stage.start();
      const { revision } = worker;
      await stage.begin({ runId: 'before', revision, flow: 'signal' });
      await stage.begin({ runId: 'after', revision, flow: 'signal' });
      await Promise.all([stage.arrival('before/before'), stage.arrival('after/before')]);
      await stage.client.signal('before', 'resume', { by: 'ann' });
      await stage.kill(worker);
      worker = await stage.start();
      await stage.again(() => stage.client.signal('after', 'resume', { by: 'ann' }));
      await isResumed(stage, 'before');
      await isResumed(stage, 'after');
    },
  },
  {
    title: 'a wait goes on over a kill, and a clock that was set back an hour does not prolong it',
    kills: true,
    async act(stage) {
      const worker = await stage.start();
      await stage.begin({ runId: 'asleep', revision: worker.revision, flow: 'sleep' });
      await stage.arrival('asleep/before');
      await stage.kill(worker);
      await stage.start({ clockOffset: -3_600_000 });
      const { status, error } = await stage.end('asleep');
      assert.deepEqual([status, error], ['success', null]);
      assert.deepEqual(stage.effects.count('asleep', ['/before', '/after']).lost, []);
    },
  },
];

async function isResumed(stage: ContractStage, runId: string): Promise<void> {
  const { status, outputs, error } = await stage.end(runId);
  assert.deepEqual([status, decodeValue(outputs), error], ['success', { by: 'ann!' }, null]);
}
