/** Runs that nobody disturbs. */
import assert from 'node:assert/strict';
import { decodeValue, encodeValue } from '@flowdeck/engine/kit';
import type { ContractCheck } from '../check.js';
import { EVERYTHING_KEYS, EVERYTHING_OUTPUTS, ONCE_KEYS } from '../everything.js';

export const runChecks: readonly ContractCheck[] = [
  {
    title: 'a run that nobody disturbs performs each effect once, and gives what it gives in memory',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'calm', revision, flow: 'everything' });
      await stage.arrival('calm/ask');
      await stage.client.signal('calm', 'resume', encodeValue({ by: 'ann' }));
      const { status, outputs, error } = await stage.end('calm');
      assert.deepEqual([status, decodeValue(outputs), error], ['success', EVERYTHING_OUTPUTS, null]);
      const keys = [...EVERYTHING_KEYS, ...ONCE_KEYS].map((key) => `calm${key}`);
      assert.deepEqual([...stage.effects.of('calm')].sort(), keys.sort());
    },
  },
  {
    title: 'results of a loop are in the order of its items, whichever ends first',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'order', revision, flow: 'order' });
      const { outputs } = await stage.end('order');
      assert.deepEqual(decodeValue(outputs), { each: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120] });
    },
  },
  {
    title: 'a loop of a thousand items, fifty at a time, gives all of them',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'many', revision, flow: 'many' });
      const { status, outputs, error } = await stage.end('many');
      assert.deepEqual([status, decodeValue(outputs), error], ['success', { count: 1000, sum: 500_500 }, null]);
    },
  },
  {
    title: 'what is too long to be remembered crosses by its place: results, and what calls take and give',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'long', revision, flow: 'long', limits: { recordBytes: 20_000 } });
      await stage.arrival('long/ask');
      await stage.client.signal('long', 'resume', null);
      const { status, outputs, error } = await stage.end('long');
      const item = 50_000 + '!""'.length;
      assert.deepEqual(
        [status, decodeValue(outputs), error],
        ['success', { items: 4 * item + '[,,,]'.length, one: item }, null],
      );
    },
  },
  {
    title: 'what a run starts with, and a signal, are refused when they are too long; the run goes on',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      const value = 'x'.repeat(17 * 1024 * 1024);
      const run = { runId: 'wide', revision, flow: 'signal', inputs: { value: 'v' } };
      await refused(stage.client.start({ ...run, inputs: { value } }));
      await stage.begin(run);
      await stage.arrival('wide/before');
      await refused(stage.client.signal('wide', 'resume', { by: value }));
      await stage.client.signal('wide', 'resume', { by: 'ann' });
      assert.deepEqual(decodeValue((await stage.end('wide')).outputs), { by: 'ann!' });
    },
  },
  {
    title: 'a run that is started twice is one run',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      const run = { runId: 'twice', revision, flow: 'signal', inputs: { value: 'v' } };
      await stage.begin(run);
      await stage.begin(run);
      await stage.arrival('twice/before');
      await stage.begin(run);
      await stage.client.signal('twice', 'resume', { by: 'ann' });
      const { outputs } = await stage.end('twice');
      await stage.begin(run);
      assert.deepEqual(decodeValue(outputs), { by: 'ann!' });
      assert.deepEqual((await stage.end('twice')).status, 'success');
      assert.deepEqual(stage.effects.of('twice'), ['twice/before', 'twice/after']);
    },
  },
  {
    title: 'cancelling a run ends all that it called: loops, flows in flows and flows beside it',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'tree', revision, flow: 'tree' });
      await stage.reach('tree', 4);
      await stage.client.cancel('tree');
      assert.equal((await stage.end('tree')).status, 'cancelled');
      // As long as the leaves would have waited, and then some: a run that goes through proves that the runtime works.
      await stage.begin({ runId: 'later', revision, flow: 'tree' });
      await stage.reach('later', 9);
      assert.equal((await stage.end('later')).status, 'success');
      assert.equal(stage.effects.of('tree').length, 4, 'nothing went on');
      assert.equal((await stage.client.show('tree'))?.status, 'cancelled');
    },
  },
  {
    title:
      'a run is listed while it goes on and when it has ended; one that there is not is told of as such, and one that has ended to whoever signals it',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'seen', revision, flow: 'signal' });
      await stage.arrival('seen/before');
      const [during] = await stage.client.list(10);
      assert.deepEqual([during?.runId, during?.flow, during?.status], ['seen', 'signal', 'running']);
      await stage.client.signal('seen', 'resume', { by: 'ann' });
      await stage.end('seen');
      assert.equal((await stage.client.show('seen'))?.status, 'success');
      await assert.rejects(stage.client.signal('seen', 'resume', null), { code: 'run-ended' });
      assert.equal(await stage.client.show('nobody'), null);
      await assert.rejects(stage.client.end('nobody'), { code: 'run-unknown' });
      await assert.rejects(stage.client.cancel('nobody'), { code: 'run-unknown' });
      await assert.rejects(stage.client.signal('nobody', 'resume', null), { code: 'run-unknown' });
    },
  },
  {
    title: 'a run that the engine refuses ends with that error',
    kills: false,
    async act(stage) {
      const { revision } = await stage.start();
      await stage.begin({ runId: 'astray', revision, flow: 'nowhere' });
      const { status, error } = await stage.end('astray');
      assert.equal(status, 'error');
      assert.match(JSON.stringify(error), /nowhere/);
    },
  },
];

/** A host that is asked over HTTP refuses the body of the request, all others what is in it. */
async function refused(asked: Promise<unknown>): Promise<void> {
  await assert.rejects(
    asked,
    (error: { readonly code?: unknown }) => error.code === 'limit' || error.code === 'request-body',
  );
}
