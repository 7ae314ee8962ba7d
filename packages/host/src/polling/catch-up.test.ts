/** Events that catch up: what no delivery brought is asked for, and nothing is run twice. */
import { join } from 'node:path';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until, withDirectory } from '../../test/support.js';
import { eventLog } from '../events/open.js';
import { flowStore } from '../serve/flow-store.js';
import { catchingUp, FakeService, hearing, SIGNED, START } from '../webhook/testing/service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const item = (id: string, text: string) => ({ id, text });
const failing = () => {
  throw new Error('The service is down.');
};

/** Begins a host, with its flow on and registered. */
async function listening(more: Parameters<typeof hearing>[1] = {}) {
  const hosted = hearing(SIGNED, { connector: catchingUp(), ...more });
  await hosted.host.start();
  if (hosted.host.flow('hears')?.on !== true) await hosted.host.turn('hears', true);
  await until(() => hosted.host.flow('hears')?.webhook?.phase === 'on' && polled(hosted));
  return hosted;
}

const asked = ({ service }: { readonly service: FakeService }) => service.log.filter((what) => what === 'list').length;
const polled = ({ host }: Pick<ReturnType<typeof hearing>, 'host'>) => {
  const poll = host.flow('hears')?.poll;
  return poll?.phase === 'waiting' && poll.polledAt !== null;
};
/** Turns over the clock until it was asked so often. */
async function askedBy(hosted: ReturnType<typeof hearing>, count: number): Promise<void> {
  await until(() => asked(hosted) === count && polled(hosted));
}

test('what came while no host ran is asked for, and not run again when it was delivered before or is later', () =>
  withDirectory(async (dir) => {
    const service = new FakeService();
    const clock = new ManualClock({ start: START });
    const begin = async () => {
      const events = await eventLog({ dir: join(dir, 'events'), clock });
      return listening({ service, clock, host: { events, store: await flowStore({ dir: join(dir, 'flows') }) } });
    };
    service.listed = [item('e0', 'before')];
    const first = await begin();
    assert.is((await first.deliver('e1', 'delivered')).status, 200);
    await until(() => service.heard.length === 1);
    await first.host.stop();
    service.listed = [...service.listed, item('e1', 'delivered'), item('e2', 'missed'), item('e3', 'missed, too')];
    const second = await begin();
    await until(() => service.heard.length === 3);
    assert.equal([await status(second.deliver('e2', 'missed')), await status(second.deliver('e4', 'new'))], [200, 200]);
    await until(() => service.heard.length === 4);
    await second.host.stop();
    const third = await begin();
    await third.host.stop();
    assert.equal(service.heard, ['delivered', 'missed', 'missed, too', 'new']);
  }));

const status = async (answer: Promise<Response>) => (await answer).status;

test('a registration that the service has lost: after silence it is made anew, and what was missed is asked for', async () => {
  const hosted = await listening();
  const { service, clock, host } = hosted;
  const former = service.latest;
  service.answers['exists'] = [() => false];
  for (let half = 0; half < 4; half++) {
    await hosted.deliver(`d${half}`, 'delivered');
    await clock.advance(30 * MINUTE);
  }
  assert.equal([service.latest === former, service.log.includes('exists')], [true, false]);
  service.listed = [item('e1', 'missed')];
  await clock.advance(HOUR);
  await until(() => service.latest !== former && service.heard.includes('missed'));
  await host.stop();
});

test('silence: asked when no delivery has come for an hour, and once a day however many come', async () => {
  const hosted = await listening();
  const { service, clock, host } = hosted;
  const before = asked(hosted);
  service.listed = [item('e1', 'missed')];
  await clock.advance(45 * MINUTE);
  await hosted.deliver('e2', 'delivered');
  await clock.advance(45 * MINUTE);
  assert.is(asked(hosted), before);
  await clock.advance(HOUR);
  await askedBy(hosted, before + 1);
  await until(() => service.heard.length === 2);
  assert.equal([...service.heard].sort(), ['delivered', 'missed']);
  for (let half = 0; half < 48; half++) {
    await hosted.deliver(`d${half}`, 'delivered');
    await clock.advance(30 * MINUTE);
  }
  await askedBy(hosted, before + 2);
  await host.stop();
});

test('what is there when the flow is turned on is no event; another silence may be declared', async () => {
  const service = new FakeService();
  service.listed = [item('e1', 'before')];
  const hosted = await listening({ service, connector: catchingUp({ silenceSeconds: 60 }) });
  const before = asked(hosted);
  await hosted.clock.advance(2 * MINUTE);
  await until(() => asked(hosted) > before && polled(hosted));
  assert.equal(service.heard, []);
  await hosted.host.turn('hears', false);
  const afterwards = asked(hosted);
  await hosted.clock.advance(HOUR);
  assert.is(asked(hosted), afterwards);
  await hosted.host.stop();
});

test('a service that cannot be asked is asked again, and deliveries do not put that off', async () => {
  const hosted = await listening();
  const { service, clock, host } = hosted;
  service.listed = [item('e1', 'missed')];
  service.answers['list'] = [failing];
  await clock.advance(HOUR + 10 * MINUTE);
  await until(() => host.flow('hears')?.poll?.phase === 'failing');
  await hosted.deliver('e2', 'delivered');
  await clock.advance(57 * MINUTE);
  await until(() => service.heard.length === 2);
  assert.equal([...service.heard].sort(), ['delivered', 'missed']);
  await host.stop();
});

test.run();
