/** What a deploy in the midst of a run changes: nothing for that run. */
import assert from 'node:assert/strict';
import { decodeValue } from '@flowdeck/engine/kit';
import type { ContractCheck } from '../check.js';
import type { ContractStage } from '../stage.js';
import type { WorkerOrder } from '../worker.js';

export const deployChecks: readonly ContractCheck[] = [
  {
    title: 'a run waits for a worker that holds the revision that it began with',
    kills: true,
    act: (stage) => deployed(stage, { decks: ['changed'] }),
  },
  {
    title: 'a run waits for a worker of the interpreter that it began with',
    kills: true,
    act: (stage) => deployed(stage, { interpreter: '2' }),
  },
  {
    title: 'a worker that holds both revisions goes on with old runs and takes new ones',
    kills: true,
    async act(stage) {
      const old = await stage.start();
      await stage.begin({ runId: 'old', revision: old.revision, flow: 'signal' });
      await stage.arrival('old/before');
      await stage.kill(old);
      await stage.start({ decks: ['changed', 'first'] });
      await stage.again(() => stage.client.signal('old', 'resume', { by: 'ann' }));
      assert.deepEqual(decodeValue((await stage.end('old')).outputs), { by: 'ann!' });
    },
  },
];

/** Begins a run, deploys what it did not begin with, and then what it did. */
async function deployed(stage: ContractStage, changed: Partial<WorkerOrder>): Promise<void> {
  const old = await stage.start();
  const { revision } = old;
  await stage.begin({ runId: 'old', revision, flow: 'signal' });
  await stage.arrival('old/before');
  await stage.kill(old);
  const other = await stage.start(changed);
  await stage.again(() => stage.client.signal('old', 'resume', { by: 'ann' }));
  // A run of its own shows that the other worker works: it has had its time to take the old one.
  const own = changed.decks === undefined ? revision : other.changedRevision;
  await stage.begin({ runId: 'new', revision: own, flow: 'sleep' });
  assert.equal((await stage.end('new')).status, 'success');
  assert.deepEqual(stage.effects.of('old').includes('old/after'), false, 'the run has not gone on');
  await stage.kill(other);
  await stage.start();
  const { status, outputs, error } = await stage.end('old');
  assert.deepEqual([status, decodeValue(outputs), error], ['success', { by: 'ann!' }, null]);
}
