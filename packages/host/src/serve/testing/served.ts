/** A host on a clock that tests move, with a flow of each kind. */
import { standard } from '@flowdeck/cards';
import { createEngine, type Ports } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { Host } from '../host.js';
import type { HostOptions } from '../host-types.js';

const DECK = {
  flowdeck: 1,
  flows: [
    {
      id: 'hello',
      type: 'api',
      inputs: [
        { key: 'name', type: 'text', default: 'nobody' },
        { key: 'x-lang', group: 'headers', type: 'text' },
        { key: 'tag', group: 'query', type: 'text', list: true },
        { key: 'body', group: 'raw', type: 'text' },
      ],
      cards: [
        { id: 'text', card: 'text.concatenate', in: { 'text 1': 'Hello ', 'text 2': { from: '/inputs/name' } } },
        {
          card: 'flow.return',
          in: {
            greeting: { from: '/text/output' },
            lang: { from: '/inputs/headers/x-lang' },
            tags: { from: '/inputs/query/tag' },
            raw: { from: '/inputs/raw/body' },
          },
        },
      ],
    },
    {
      id: 'plain',
      type: 'api',
      inputs: [{ key: 'n', type: 'number', required: true }],
      cards: [{ card: 'number.add', in: { 'number 1': { from: '/inputs/n' }, 'number 2': 1 } }],
    },
    {
      id: 'raw',
      type: 'api',
      cards: [
        {
          card: 'flow.returnRaw',
          in: { statusCode: 418, headers: { value: { 'x-tea': 'yes' } }, body: 'short and stout' },
        },
      ],
    },
    {
      id: 'fails',
      type: 'api',
      cards: [{ card: 'flow.returnError', in: { message: 'No such order', statusCode: 404, order: 'A1' } }],
    },
    { id: 'breaks', type: 'api', cards: [{ card: 'number.divide', in: { number: 1, divisor: 0 } }] },
    {
      id: 'asks',
      type: 'api',
      cards: [
        { id: 'approval', card: 'control.pause', in: { message: 'Waiting' } },
        { card: 'flow.return', in: { done: true } },
      ],
    },
    { id: 'wait', type: 'manual', cards: [{ card: 'control.waitFor', in: { delay: 10, unit: 'hour' } }] },
    {
      id: 'greet',
      type: 'helper',
      inputs: [{ key: 'name', type: 'text', required: true }],
      cards: [{ card: 'flow.return', in: { hi: { from: '/inputs/name' } } }],
    },
    { id: 'hourly', type: 'schedule', schedule: { cron: '0 * * * *' }, cards: [{ card: 'control.comment' }] },
    {
      id: 'each',
      type: 'schedule',
      schedule: { cron: '0 * * * *', missed: 'all' },
      cards: [{ card: 'control.waitFor', in: { delay: 1, unit: 'second' } }],
    },
    {
      id: 'slow',
      type: 'schedule',
      schedule: { cron: '0 * * * *', overlap: 'queue' },
      cards: [{ card: 'control.waitFor', in: { delay: 90, unit: 'minute' } }],
    },
  ],
};

/** What the flows of a served deck reach. */
interface ServedPorts extends Ports {
  readonly clock?: ManualClock;
}

/** At 2026-05-01T11:30:00Z. The host is not started. */
export function served(
  options: Partial<HostOptions> = {},
  document: object = DECK,
  { clock = new ManualClock({ start: Date.parse('2026-05-01T11:30:00Z') }), ...ports }: ServedPorts = {},
) {
  const runtime = options.lasting === undefined ? {} : { runtime: options.lasting.journal };
  const engine = createEngine({ packs: [standard], ports: { clock, ...ports, ...runtime } });
  const host = new Host({ engine, deck: engine.load(document), clock, ...options });
  return {
    host,
    clock,
    /** Turns an API flow on. */
    async withToken(flow: string) {
      const { token } = await host.turn(flow, true);
      if (token === null) throw new Error(`${flow} has no token`);
      return { host, clock, token };
    },
  };
}
