/** Events of the host's own code, and flows that people are given: durable, run once, and told apart. */
import type { Value } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until, withDirectory } from '../../test/support.js';
import { eventLog } from '../events/open.js';
import { flowStore, flowStoreInMemory } from './flow-store.js';
import { createHandler } from './handler.js';
import { delegating, emitting } from './testing/own-events.js';

/** The code that it is refused with. */
async function codeOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'nothing was thrown';
}

const owner = (handle: (request: Request) => Promise<Response>) => async (path: string, body: unknown) => {
  const headers = { authorization: 'Bearer owner', 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await handle(new Request(`http://127.0.0.1:3000/admin/${path}`, request));
  return { status: response.status, body: JSON.parse(await response.text()) };
};

test('what is emitted reaches every flow that hears it and is on, with the inputs that it declares', async () => {
  const { host, heard } = emitting();
  await host.start();
  await host.turn('first', true);
  const taken = await host.emit('order.placed', { number: '17', address: { city: 'Bonn' }, more: 1 });
  assert.equal(
    taken.map(({ flow, kind }) => [flow, kind]),
    [['first', 'accepted']],
  );
  await until(() => host.findRun(taken[0]?.runId ?? '')?.status === 'success');
  assert.is(host.findRun(taken[0]?.runId ?? '')?.trigger, 'event');
  await host.turn('second', true);
  await host.emit('order.placed', { number: '18', address: { city: 'Köln' } });
  await until(() => heard.length === 3);
  assert.equal([heard[0], [...heard.slice(1)].sort()], ['17', ['18', 'Köln']]);
  await host.turn('first', false);
  await host.turn('second', false);
  assert.equal(await host.emit('order.placed', {}), []);
  await host.stop();
});

test('an event of an id is run once; other inputs under it are a conflict, and told', async () => {
  const { host, heard } = emitting();
  await host.start();
  await host.turn('first', true);
  const kinds = async (number: string, id?: string) =>
    (await host.emit('order.placed', { number }, id === undefined ? {} : { id })).map(({ kind }) => kind);
  assert.equal(await kinds('1', 'order-1'), ['accepted']);
  assert.equal(await kinds('1', 'order-1'), ['repeated']);
  assert.equal(await kinds('2', 'order-1'), ['conflict']);
  assert.equal(await kinds('1'), ['accepted']);
  await until(() => heard.length === 2);
  await host.stop();
  assert.equal(heard, ['1', '1']);
});

test('an event that was emitted outlives the process, with its dates; one that fails is parked', async () => {
  await withDirectory(async (dir) => {
    const at = async () =>
      emitting({ events: await eventLog({ dir: `${dir}/events` }), store: await flowStore({ dir: `${dir}/flows` }) });
    const first = await at();
    await first.host.turn('first', true);
    await first.host.emit('order.placed', { number: '5', at: new Date(0) }, { id: 'e5' });
    await first.host.stop();
    assert.equal(first.heard, [], 'it was not started');
    const second = await at();
    await second.host.start();
    await until(() => second.heard.length === 1);
    assert.equal(second.heard, ['5']);
    assert.equal(
      (await second.host.emit('order.placed', { number: '5', at: new Date(0) }, { id: 'e5' }))[0]?.kind,
      'repeated',
    );
    await second.host.emit('order.placed', { number: 'fail' });
    await until(() => second.host.parked.list().length === 1);
    assert.is(second.host.parked.list()[0]?.reason, 'The flow failed.');
    await second.host.stop();
  });
});

test('events of one key are run in their order', async () => {
  const { host, heard } = emitting();
  await host.turn('first', true);
  const numbers = Array.from({ length: 20 }, (_, index) => String(index));
  for (const number of numbers) await host.emit('order.placed', { number }, { key: 'k' });
  await host.start();
  await until(() => heard.length === 20);
  assert.equal(heard, numbers);
  await host.stop();
});

test('a host that is paced takes all that happens, and runs it as fast as it may', async () => {
  const { host, clock, heard } = emitting({ pace: { flow: { perMinute: 2 } } });
  await host.turn('first', true);
  await host.start();
  for (const number of ['1', '2', '3', '4', '5']) await host.emit('order.placed', { number });
  await until(() => heard.length === 2);
  await clock.advance(59_000);
  assert.equal(heard, ['1', '2']);
  await clock.advance(1_000);
  await until(() => heard.length === 4);
  await clock.advance(60_000);
  await until(() => heard.length === 5);
  await host.stop();
});

test('a name that nothing hears, inputs that cannot be kept and a host that stops are refused', async () => {
  const { host } = emitting();
  await host.start();
  await host.turn('first', true);
  assert.is(await codeOf(() => host.emit('order.plced')), 'event-unknown');
  assert.is(await codeOf(() => host.turn('deaf', true)), 'event-unknown');
  assert.is(host.flow('deaf')?.on, false);
  const odd = { number: (() => 1) as unknown as Value }; // what callers without types hand over
  assert.is(await codeOf(() => host.emit('order.placed', odd)), 'conversion');
  await host.stop();
  assert.is(await codeOf(() => host.emit('order.placed', {})), 'host-stopping');
});

test('a flow that was on before its connector lost the event stays on, and its host says that it hears nothing', async () => {
  const store = flowStoreInMemory();
  await store.set('deaf', { on: true, token: null, since: 0 });
  const warned: string[] = [];
  const { host } = emitting({ store, onWarning: ({ code, message }) => void warned.push(`${code}: ${message}`) });
  await host.start();
  assert.equal(warned, ['event-unknown: Flow "deaf" is on and hears nothing: There is no connector "nobody".']);
  assert.is(host.flow('deaf')?.on, true);
  await host.turn('deaf', false);
  await host.stop();
});

test('the owner emits over HTTP', async () => {
  const { host, heard } = emitting();
  await host.start();
  await host.turn('first', true);
  const ask = owner(createHandler(host, { adminToken: 'owner' }));
  const event = { inputs: { number: '9' }, id: 'e9' };
  const taken = await ask('emit/order.placed', event);
  assert.equal([taken.status, taken.body.events[0].kind], [202, 'accepted']);
  assert.is((await ask('emit/order.placed', event)).body.events[0].kind, 'repeated');
  assert.is((await ask('emit/order.placed', { ...event, inputs: { number: '10' } })).status, 409);
  const unknown = await ask('emit/order.palced', event);
  assert.equal([unknown.status, unknown.body.hint], [404, 'Did you mean "order.placed"?']);
  await until(() => heard.length === 1);
  assert.is((await ask('emit/order.placed', { inputs: { number: '1'.repeat(1024 * 1024) } })).status, 413);
  await host.stop();
  assert.equal(heard, ['9']);
});

test('a delegated flow knows who has it run, and nobody can say so but the host', async () => {
  const { host } = delegating();
  await host.start();
  assert.is(await codeOf(() => host.delegate('approve', { id: 'u1' })), 'flow-off');
  await host.turn('approve', true);
  const run = host.delegate(
    'approve',
    { id: 'u1' },
    {
      order: '17',
      note: 'please',
      'user context/okta-user-id': 'somebody else',
      'caller/displayName': 'Somebody Else',
    },
  );
  const { outputs } = await run.ended;
  assert.equal({ ...outputs }, { who: 'u1', run: run.runId, order: '17', name: 'u1', note: 'please' });
  assert.is(host.findRun(run.runId)?.trigger, 'delegated');
  const named = host.delegate('approve', { id: 'u2', displayName: 'Ann' });
  assert.is((await named.ended).outputs?.['name'], 'Ann');
  await host.stop();
});

test('the owner has a delegated flow run for somebody over HTTP', async () => {
  const { host } = delegating();
  await host.start();
  const ask = owner(createHandler(host, { adminToken: 'owner' }));
  assert.is((await ask('flows/approve/delegate', { caller: { id: 'u1' } })).status, 409);
  await host.turn('approve', true);
  assert.is((await ask('flows/approve/delegate', { inputs: {} })).status, 400);
  const { status, body } = await ask('flows/approve/delegate', { caller: { id: 'u1' }, inputs: { order: '1' } });
  await until(() => host.findRun(body.runId)?.status === 'success');
  assert.is(status, 202);
  assert.is((await ask('flows/nowhere/delegate', { caller: { id: 'u1' } })).status, 404);
  await host.stop();
});

test.run();
