/**
 * Starts and calls that somebody wrote into the database by hand: each ends with what is wrong in it. It runs where
 * `FLOWDECK_POSTGRES` names the folder of PostgreSQL's programs, and says so elsewhere.
 */
import { DBOSClient } from '@dbos-inc/dbos-sdk';
import { onStage, type RuntimeSubject } from '@flowdeck/testing/runtime-contract';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { dbosSubject } from '../test/contract-subject.js';
import { refusals } from '../test/verbs.js';

/** Says where its database is, too. */
function telling(subject: RuntimeSubject): { readonly subject: RuntimeSubject; readonly databaseUrl: () => string } {
  let databaseUrl = '';
  const open: RuntimeSubject['open'] = async (dir) => {
    const opened = await subject.open(dir);
    [databaseUrl = ''] = (await opened.worker('1')).args;
    return opened;
  };
  return { subject: { ...subject, open }, databaseUrl: () => databaseUrl };
}

const found = process.env['FLOWDECK_POSTGRES'] === undefined ? null : dbosSubject();
if (found === null) {
  console.warn('SKIPPED: no PostgreSQL. apt-get install postgresql; FLOWDECK_POSTGRES=/usr/lib/postgresql/15/bin');
} else {
  test('a database in which no worker has been yet says so to every verb', async () => {
    await onStage(found, async ({ client }) => {
      for (const { code, hint } of await refusals(client)) {
        assert.equal([code, hint], ['runtime-away', 'Start a worker: it makes them. Or correct the address.']);
      }
    });
  });

  test('what is written by hand and faulty ends with its reason', async () => {
    const { subject, databaseUrl } = telling(found);
    await onStage(subject, async (stage) => {
      const { revision } = await stage.start();
      const hand = await DBOSClient.create({ systemDatabaseUrl: databaseUrl() });
      const queueName = `flow-${revision}`;
      let count = 0;
      try {
        for (const [workflowName, given, reason] of [
          ['flowRun', null, /start of the run has to be an object/],
          ['flowRun', 'main', /start of the run has to be an object/],
          ['flowRun', { runId: 'x' }, /\/revision.* has to be a text/],
          ['flowRun', { runId: 'x', revision, inputs: [1] }, /\/inputs.* has to be an object/],
          ['flowRun', { runId: 'x', revision, input: {} }, /\/input.* has to be left out/],
          ['flowRun', { runId: 'x', revision, flow: 'nobody' }, /nobody/],
          ['flowCall', null, /request has to be an object/],
          ['flowCall', { request: { v: 1 }, queue: queueName }, /\/executionId.* has to be a text/],
        ] as const) {
          const workflowID = `by-hand-${++count}`;
          const handle = await hand.enqueue({ queueName, workflowName, workflowID }, given);
          const said = await handle.getResult().then(JSON.stringify, (error: Error) => error.message);
          assert.match(said, reason, `${workflowName} ${JSON.stringify(given)}`);
        }
        assert.match(JSON.stringify(await stage.end('by-hand-1')), /run-refused/);
        await stage.begin({ runId: 'right', revision, flow: 'sleep' });
        assert.is((await stage.end('right')).status, 'success', 'the worker goes on');
      } finally {
        await hand.destroy();
      }
    });
  });
}

test.run();
