/** A service that is asked for what is new, and a host whose flow hears it. */
import { standard } from '@flowdeck/cards';
import { type Connection, type Connections, createEngine, defineCard, definePack, type Value } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { Host } from '../../serve/host.js';
import type { HostOptions } from '../../serve/host-types.js';

/** What the service has, and what it was asked. */
export class ListedService {
  /** What there is, the oldest first. */
  items: Value[] = [];
  /** What it was asked: the cursor and the option `list`. */
  readonly asked: { readonly cursor: Value; readonly list: Value }[] = [];
  /** Answers to come in place of what there is. */
  readonly answers: (() => Value | Promise<Value>)[] = [];
  /** What the user's flow was run with. */
  readonly heard: Value[] = [];
  /** Turns under way at this moment, and the most there ever were. */
  readonly load = { now: 0, most: 0 };

  add(...ids: readonly number[]): void {
    for (const id of ids) this.items = [...this.items, { id, name: `n${id}` }];
  }

  async list(cursor: Value, list: Value): Promise<Value> {
    this.asked.push({ cursor, list });
    this.load.now += 1;
    this.load.most = Math.max(this.load.most, this.load.now);
    try {
      const answer = this.answers.shift();
      return answer === undefined ? this.items : await answer();
    } finally {
      this.load.now -= 1;
    }
  }
}

const ANY = (key: string) => ({ key, type: 'any' }) as const;

function packOf(service: ListedService, connector: object) {
  const list = defineCard({
    id: 'lst.list',
    title: 'List',
    description: 'Asks the service.',
    kind: 'effect',
    inputs: [ANY('cursor'), ANY('list')],
    outputs: [ANY('items'), ANY('cursor')],
    async run(cursor, list) {
      const items = await service.list(cursor, list);
      return { items, cursor: { after: service.asked.length } };
    },
  });
  const hear = defineCard({
    id: 'lst.hear',
    title: 'Hear',
    description: 'Tells the test.',
    kind: 'effect',
    inputs: [ANY('value')],
    outputs: [],
    run: async (value) => void service.heard.push(value),
  });
  return definePack({
    name: 'lst-cards',
    namespace: 'lst',
    version: '1.0.0',
    cards: [list, hear],
    connectors: [connector],
  });
}

/** A connector with the poll `added`. */
export function listConnector(poll: object = { id: '/id' }, version = '1.0.0', cards: readonly object[] = []): object {
  return {
    flowdeck: 1,
    connector: {
      key: 'lst',
      name: 'Lists',
      version,
      auth: { type: 'custom', fields: [{ key: 'key', type: 'text' }] },
      flows: {},
      polls: [{ key: 'added', flow: 'ask', ...poll }],
    },
    flows: [
      {
        id: 'ask',
        type: 'polling',
        options: [ANY('list')],
        inputs: [ANY('cursor')],
        outputs: [ANY('cursor'), ANY('items')],
        cards: [
          ...cards,
          {
            id: 'listed',
            card: 'lst.list',
            in: { cursor: { from: '/inputs/cursor' }, list: { from: '/options/list' } },
          },
          { card: 'flow.return', in: { cursor: { from: '/listed/cursor' }, items: { from: '/listed/items' } } },
        ],
      },
    ],
  };
}

export const POLL_START = Date.parse('2026-05-01T11:30:00Z');

/** A host whose flow `hears` hears the poll every minute. Not started. */
export function polling(
  more: {
    readonly host?: Partial<HostOptions>;
    readonly connector?: object;
    readonly connections?: Connections;
    readonly event?: object;
    readonly flows?: readonly string[];
    readonly service?: ListedService;
    readonly clock?: ManualClock;
  } = {},
) {
  const { service = new ListedService(), clock = new ManualClock({ start: POLL_START }), flows = ['hears'] } = more;
  const known: Connection = { connector: 'lst', auth: { key: 'k' } };
  const connections: Connections = more.connections ?? { perCall: true, get: () => known };
  const packs = [standard, packOf(service, more.connector ?? listConnector())];
  const engine = createEngine({ packs, ports: { clock, connections } });
  const deck = engine.load({
    flowdeck: 1,
    flows: flows.map((id) => ({
      id,
      type: 'event',
      event: { connector: 'lst', name: 'added', everySeconds: 60, ...more.event },
      inputs: [{ key: 'id', type: 'number' }, ANY('item')],
      cards: [{ card: 'lst.hear', in: { value: { from: '/inputs/id' } } }],
    })),
  });
  const warned: string[] = [];
  const onWarning = ({ code, message }: { readonly code: string; readonly message: string }) =>
    void warned.push(`${code}: ${message}`);
  const host = new Host({ engine, deck, clock, connections, onWarning, ...more.host });
  return { host, clock, service, warned };
}
