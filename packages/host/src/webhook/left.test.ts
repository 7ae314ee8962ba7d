/** Flows that change or go while no host runs: what they had registered is ended with what was kept of it, and nothing is forgotten. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newHostKey } from '@flowdeck/connect';
import { type Connection, HttpError } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until, withDirectory } from '../../test/support.js';
import { eventLog } from '../events/open.js';
import { runSeal } from '../runs/seal.js';
import { flowStore } from '../serve/flow-store.js';
import { connectorOf, FakeService, type HeardFlow, hearing, PUBLIC, SIGNED, START } from './testing/service.js';

const CONNECTIONS = {
  svc: { connector: 'svc', auth: { signing: 'shared' }, parameters: { team: 'T1' } },
  other: { connector: 'svc', auth: { signing: 'shared' }, parameters: { team: 'T2' } },
};
const refusing = (statusCode: number) => () => {
  throw new HttpError('card-failed', `The service said ${statusCode}.`, { statusCode });
};

interface Life {
  readonly flows?: readonly HeardFlow[];
  readonly connector?: object;
  readonly connections?: Readonly<Record<string, Connection>>;
  /** Seals what it keeps. */
  readonly key?: string;
}

/** Lives of a host on one directory, with one service. */
class Lives {
  readonly service = new FakeService();
  readonly clock = new ManualClock({ start: START });
  readonly warned: { readonly code: string; readonly message: string }[] = [];
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  async begin({ flows = [{ id: 'hears' }], connector, connections = CONNECTIONS, key }: Life = {}) {
    const { service, clock } = this;
    const sealed = key === undefined ? {} : { seal: runSeal(key) };
    const events = await eventLog({ dir: join(this.dir, 'events'), clock, ...sealed });
    const store = await flowStore({ dir: join(this.dir, 'flows') });
    const onWarning = (warning: { readonly code: string; readonly message: string }) => void this.warned.push(warning);
    const more = connector === undefined ? {} : { connector };
    const hosted = hearing(SIGNED, { service, clock, connections, flows, host: { events, store, onWarning }, ...more });
    await hosted.host.start();
    return { ...hosted, events };
  }

  /** A host whose flow is registered, and which was stopped. Gives its URL and secret. */
  async registered(life: Life = {}) {
    const { host, service } = await this.begin(life);
    await host.turn('hears', true);
    await until(() => host.flow('hears')?.webhook?.phase === 'on');
    await host.stop();
    return service.latest;
  }

  /** Time passes until it is so. */
  async passing(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await this.clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** All that events leave on the disk. */
  bytes(): string {
    const dir = join(this.dir, 'events');
    return readdirSync(dir, { encoding: 'utf8' })
      .map((name) => readFileSync(join(dir, name), 'utf8'))
      .join('');
  }
}

const inLives = (act: (lives: Lives) => Promise<void>) => withDirectory((dir) => act(new Lives(dir)));
const phase = ({ host }: Awaited<ReturnType<Lives['begin']>>) => host.flow('hears')?.webhook?.phase;

for (const [what, flow] of [
  ['options', { id: 'hears', options: { room: 'b' } }],
  ['connection', { id: 'hears', connection: 'other' }],
] as const) {
  test(`other ${what} while no host ran: the registration is ended with its own data, and made anew`, () =>
    inLives(async (lives) => {
      const former = await lives.registered();
      const second = await lives.begin({ flows: [flow] });
      assert.is((await second.deliver('e1', 'orphan', former)).status, 410);
      await until(() => phase(second) === 'on' && lives.service.latest !== former);
      assert.equal(lives.service.log, ['register', 'deregister', 'register']);
      assert.is(lives.service.asked[1]?.id, 'hook-1');
      assert.equal(
        [(await second.deliver('e2', 'orphan', former)).status, (await second.deliver('e3', 'heard')).status],
        [410, 200],
      );
      await second.host.stop();
      const third = await lives.begin({ flows: [flow] });
      assert.is((await third.deliver('e4', 'again')).status, 200);
      await third.host.stop();
      assert.equal([lives.service.log.length, lives.service.heard, lives.warned], [3, ['heard', 'again'], []]);
    }));
}

test('a flow that went while no host ran: its registration is ended, and its URL is a former one', () =>
  inLives(async (lives) => {
    const former = await lives.registered();
    const second = await lives.begin({ flows: [{ id: 'another' }] });
    assert.is((await second.deliver('e1', 'orphan', former)).status, 410);
    await until(() => lives.service.log.length === 2);
    await second.host.stop();
    const third = await lives.begin();
    await until(() => phase(third) === 'on');
    assert.equal(lives.service.log, ['register', 'deregister', 'register']);
    assert.is((await third.deliver('e2', 'orphan', former)).status, 410);
    await third.host.stop();
    assert.equal(lives.service.heard, []);
  }));

test('a host that is gone while the service is told of the end: the next one tells it again', () =>
  inLives(async (lives) => {
    await lives.registered();
    const flows = [{ id: 'hears', options: { room: 'b' } }];
    const second = await lives.begin({ flows: [{ id: 'another' }] });
    lives.service.meanwhile = () => second.events.close();
    await until(() => lives.warned.length > 0);
    await second.host.stop();
    lives.service.meanwhile = async () => {};
    const third = await lives.begin({ flows });
    await lives.passing(() => lives.service.log.length === 4);
    await until(() => phase(third) === 'on');
    assert.equal(lives.service.log, ['register', 'deregister', 'register', 'deregister']);
    assert.equal(
      lives.service.asked.flatMap(({ what, id }) => (what === 'deregister' ? [id] : [])),
      ['hook-1', 'hook-1'],
    );
    await third.host.stop();
  }));

test('a service that does not hear of the end keeps nobody waiting: it is told until it has heard, also by the next host', () =>
  inLives(async (lives) => {
    const former = await lives.registered();
    const flows = [{ id: 'hears', options: { room: 'b' } }];
    lives.service.answers['deregister'] = [refusing(503), refusing(503)];
    const second = await lives.begin({ flows });
    await until(() => lives.service.latest !== former && phase(second) === 'on');
    assert.equal(lives.service.log, ['register', 'deregister', 'register']);
    assert.match(lives.warned[0]?.message ?? '', /"hears" is still registered: .*503/);
    assert.equal(
      [(await second.deliver('e1', 'orphan', former)).status, (await second.deliver('e2', 'heard')).status],
      [410, 200],
    );
    await second.host.stop();
    const third = await lives.begin({ flows });
    assert.is((await third.deliver('e3', 'orphan', former)).status, 410);
    await lives.passing(() => lives.service.log.length === 5);
    assert.equal(lives.service.log.slice(3), ['deregister', 'deregister']);
    assert.equal([lives.service.asked[4]?.id, phase(third)], ['hook-1', 'on']);
    await until(() => third.events.stateKeys().join() === 'webhook hears');
    await third.host.stop();
  }));

test('the connection of the registration is gone: the flow registers with its own, and the other is told', () =>
  inLives(async (lives) => {
    const former = await lives.registered({ flows: [{ id: 'hears', connection: 'other' }] });
    const { svc } = CONNECTIONS;
    const second = await lives.begin({ connections: { svc } });
    await until(() => lives.service.latest !== former && phase(second) === 'on');
    assert.equal(lives.service.log, ['register', 'register']);
    assert.equal(
      lives.warned.map(({ code }) => code),
      ['webhook-left'],
    );
    await second.host.stop();
    const third = await lives.begin();
    await lives.passing(() => lives.service.log.length === 3);
    assert.equal([lives.service.log[2], lives.service.asked[2]?.id], ['deregister', 'hook-1']);
    await third.host.stop();
  }));

test('the connector cannot end it any more: it is kept, and ended when it can be', () =>
  inLives(async (lives) => {
    const former = await lives.registered();
    const flows = [{ id: 'hears', options: { room: 'b' } }];
    const second = await lives.begin({ flows, connector: lame() });
    assert.is((await second.deliver('e1', 'orphan', former)).status, 410);
    assert.match(lives.warned[0]?.message ?? '', /version 1\.0\.0 of the connector "svc".*no flow "deregister"/);
    await second.host.stop();
    const third = await lives.begin({ flows });
    await until(() => lives.service.latest !== former && phase(third) === 'on');
    assert.equal(lives.service.log, ['register', 'deregister', 'register']);
    await third.host.stop();
  }));

/** The connector without its event and without the flow that ends it. */
function lame(): object {
  const { connector, flows } = connectorOf(SIGNED) as {
    readonly connector: object;
    readonly flows: readonly { readonly id: string }[];
  }; // what `connectorOf` makes
  return {
    flowdeck: 1,
    connector: { ...connector, events: [{ key: 'other', flow: 'read' }] },
    flows: flows.filter(({ id }) => id !== 'deregister'),
  };
}

test('what an earlier version of the host kept is gone on with, sealed, and ended when its flow changes', () =>
  inLives(async (lives) => {
    const former = await lives.registered();
    const events = await eventLog({ dir: join(lives.dir, 'events') });
    const { registeredFor: _, ...kept } = events.state('webhook hears') as { readonly registeredFor?: object }; // what it keeps
    await events.accept([], { state: { key: 'webhook hears', value: kept } });
    await events.close();
    for (const secret of [former.secret, 'hook-1']) assert.match(lives.bytes(), secret);
    const key = newHostKey();
    const second = await lives.begin({ key });
    assert.is((await second.deliver('e1', 'heard')).status, 200);
    await second.host.stop();
    const token = former.url.slice(`${PUBLIC}hook/`.length);
    for (const secret of [former.secret, token, 'hook-1']) assert.not.match(lives.bytes(), secret);
    const third = await lives.begin({ key, flows: [{ id: 'hears', options: { room: 'b' } }] });
    await until(() => phase(third) === 'on' && lives.service.log.length === 3);
    assert.equal(lives.service.log, ['register', 'deregister', 'register']);
    await third.host.stop();
  }));

test.run();
