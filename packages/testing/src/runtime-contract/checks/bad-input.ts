/** What should not come, and does: a documented error or a wait, and never a lost run. */
import assert from 'node:assert/strict';
import type { JsonData } from '@flowdeck/engine';
import { decodeValue } from '@flowdeck/engine/kit';
import type { ContractCheck } from '../check.js';
import type { ContractStage } from '../stage.js';

export const badInputChecks: readonly ContractCheck[] = [
  {
    title: 'what is no JSON starts no run and signals none; the run goes on',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      const run = { runId: 'odd', revision, flow: 'signal', inputs: { value: 'v' } };
      for (const value of [Number.NaN, new Date(0), undefined, () => 1, 1n]) {
        const odd = { by: value as JsonData }; // no type holds back what comes from JavaScript
        await assert.rejects(stage.client.start({ ...run, inputs: { value: odd } }), { code: 'invalid-request' });
      }
      await assert.rejects(stage.client.start({ ...run, runId: 'a/b' }), { code: 'invalid-request' });
      assert.equal(await stage.client.show('odd'), null);
      await stage.begin(run);
      await stage.arrival('odd/before');
      const odd = { by: new Map() as unknown as JsonData }; // likewise
      await assert.rejects(stage.client.signal('odd', 'resume', odd), { code: 'invalid-request' });
      await isAnswered(stage, 'odd');
    },
  },
  {
    title: 'a run of a revision that no worker has is refused, or waits and can be cancelled',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      try {
        await stage.begin({ runId: 'gone', revision: 'gone', flow: 'signal' });
        await stage.client.cancel('gone');
        assert.equal((await stage.end('gone')).status, 'cancelled');
      } catch (error) {
        assert.equal((error as { readonly code?: unknown }).code, 'revision-missing'); // or it is no error of ours
      }
      await stage.begin({ runId: 'there', revision, flow: 'sleep' });
      assert.equal((await stage.end('there')).status, 'success');
      assert.deepEqual(stage.effects.of('gone'), []);
    },
  },
  {
    title: 'a result of 100 MB is an error of its card that names the limit, and the flow deals with it',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'huge', revision, flow: 'huge' });
      const { status, outputs, error } = await stage.end('huge');
      assert.deepEqual([status, error], ['success', null]);
      assert.match(JSON.stringify(decodeValue(outputs)), /textLength|recordBytes/);
      assert.deepEqual(stage.effects.of('huge'), ['huge/after']);
    },
  },
  {
    title: 'a second worker of the same place is refused, or shares the runs; none is lost, no effect repeated',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'shared', revision, flow: 'signal', inputs: { value: 'v' } });
      await stage.arrival('shared/before');
      await stage.start().catch((error: Error) => assert.match(error.message, /journal-locked|EADDRINUSE/));
      await isAnswered(stage, 'shared');
      assert.deepEqual(stage.effects.of('shared'), ['shared/before', 'shared/after']);
    },
  },
  {
    title: 'while what is behind the workers is away, whoever asks is told so; runs go on when it is back',
    kills: true,
    async act(stage) {
      if (!stage.hasServer) return;
      const { revision } = await stage.start();
      await stage.begin({ runId: 'cut', revision, flow: 'signal', inputs: { value: 'v' } });
      await stage.arrival('cut/before');
      await stage.crash(async () => {
        for (const ask of [
          () => stage.client.start({ runId: 'other', revision, flow: 'sleep' }),
          () => stage.client.end('cut'),
          () => stage.client.list(10),
          () => stage.client.show('cut'),
          () => stage.client.signal('cut', 'resume', { by: 'ann' }),
          () => stage.client.cancel('cut'),
        ])
          await assert.rejects(ask, { code: 'runtime-away' });
      });
      await isAnswered(stage, 'cut');
      assert.deepEqual(stage.effects.count('cut', ['/before', '/after']).lost, []);
    },
  },
];

async function isAnswered(stage: ContractStage, runId: string): Promise<void> {
  await stage.again(() => stage.client.signal(runId, 'resume', { by: 'ann' }));
  const { status, outputs, error } = await stage.end(runId);
  assert.deepEqual([status, decodeValue(outputs), error], ['success', { by: 'ann!' }, null]);
}
