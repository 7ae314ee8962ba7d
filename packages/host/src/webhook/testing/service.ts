/** A service that sends webhooks, and a host whose flow hears them. */
import { createHmac } from 'node:crypto';
import { standard } from '@flowdeck/cards';
import {
  type Connection,
  type Connections,
  createEngine,
  defineCard,
  definePack,
  type Runtime,
  type Value,
} from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { createHandler, type HandlerOptions } from '../../serve/handler.js';
import { Host } from '../../serve/host.js';
import type { HostOptions } from '../../serve/host-types.js';

/** What the service was asked, and how it answers. */
export class FakeService {
  readonly asked: { readonly what: string; readonly url: string; readonly secret: string; readonly id: string }[] = [];
  /** Answers to come, by what is asked; without one the service does as it is told. */
  readonly answers: Record<string, (() => unknown)[]> = {};
  /** Runs while the service is asked. */
  meanwhile: () => Promise<void> = async () => {};
  /** Runs while a user's flow hears. */
  meanwhileHeard: () => Promise<void> = async () => {};
  /** Runs before a user's flow fails. */
  meanwhileFailed: () => Promise<void> = async () => {};
  /** What it tells when it is asked for what there is. */
  listed: readonly Value[] = [];
  /** What user's flows were run with. */
  readonly heard: unknown[] = [];
  #count = 0;

  async ask(what: string, url: string, secret: string, id: string): Promise<unknown> {
    this.asked.push({ what, url, secret, id });
    await this.meanwhile();
    const answer = this.answers[what]?.shift();
    if (answer !== undefined) return answer();
    if (what === 'exists') return true;
    if (what === 'list') return { cursor: this.listed.length, items: [...this.listed] };
    this.#count += 1;
    return { id: `hook-${this.#count}` };
  }

  /** What was asked, in order. */
  get log(): readonly string[] {
    return this.asked.map(({ what }) => what);
  }

  /** URL and secret of the latest registration. */
  get latest(): { readonly url: string; readonly secret: string } {
    const found = this.asked.findLast(({ what }) => what === 'register');
    if (found === undefined) throw new Error('Nothing is registered.');
    return found;
  }
}

const TEXT = (key: string) => ({ key, type: 'text' }) as const;
const ANY = (key: string) => ({ key, type: 'any' }) as const;

function packOf(service: FakeService, connector: object) {
  const ask = defineCard({
    id: 'svc.ask',
    title: 'Ask',
    description: 'Asks the service.',
    kind: 'effect',
    inputs: [TEXT('what'), TEXT('url'), TEXT('secret'), TEXT('id')],
    outputs: [ANY('answer')],
    run: async (what, url, secret, id) => ({
      answer: (await service.ask(String(what), String(url), String(secret), String(id))) as Value, // what tests give
    }),
  });
  const hear = defineCard({
    id: 'svc.hear',
    title: 'Hear',
    description: 'Tells the test.',
    kind: 'effect',
    inputs: [ANY('value')],
    outputs: [],
    async run(value) {
      if (value === 'fail') {
        await service.meanwhileFailed();
        throw new Error('The flow failed.');
      }
      service.heard.push(value);
      await service.meanwhileHeard();
    },
  });
  return definePack({
    name: 'svc-cards',
    namespace: 'svc',
    version: '1.0.0',
    cards: [ask, hear],
    connectors: [connector],
    proofs: { 'svc.length': ({ body, headers }) => Number(headers['x-length']) === body.length },
  });
}

const REGISTRATION = { key: 'registration', type: 'any' };

function asking(id: string, type: string, inputs: readonly string[], output: string | null): object {
  const given = Object.fromEntries(
    inputs.map((name) => [name === 'eventUrl' ? 'url' : name, { from: `/inputs/${name}` }]),
  );
  const { registration, ...rest } = given as Record<string, { from: string }>;
  const ask = {
    id: 'ask',
    card: 'svc.ask',
    in: { what: id, ...rest, ...(registration ? { id: { from: '/inputs/registration/id' } } : {}) },
  };
  const gives = output === null ? [] : [{ card: 'flow.return', in: { [output]: { from: '/ask/answer' } } }];
  return {
    id,
    type,
    inputs: inputs.map((name) => (name === 'registration' ? { key: name, type: 'object' } : TEXT(name))),
    outputs: output === null ? [] : [output === 'registration' ? REGISTRATION : { key: output, type: 'boolean' }],
    cards: [ask, ...gives],
  };
}

/** A connector with one event, `posted`, whose deliveries bring `text`. */
export function connectorOf(
  delivery: object | undefined,
  reader: readonly object[] = [],
  event: object = LIFE,
): object {
  return {
    flowdeck: 1,
    connector: {
      key: 'svc',
      name: 'Service',
      version: '1.0.0',
      auth: { type: 'custom', fields: [{ key: 'signing', type: 'text' }] },
      parameters: [TEXT('team')],
      flows: {},
      events: [{ key: 'posted', flow: 'read', ...event, ...(delivery === undefined ? {} : { delivery }) }],
    },
    flows: [
      asking('register', 'webhook-register', ['eventUrl', 'secret'], 'registration'),
      asking('exists', 'helper', ['registration'], 'exists'),
      asking('deregister', 'webhook-deregister', ['registration'], null),
      {
        id: 'read',
        type: 'webhook',
        inputs: [ANY('text')],
        outputs: [ANY('text')],
        cards: [...reader, { card: 'flow.return', in: { text: { from: '/inputs/text' } } }],
      },
    ],
  };
}

/** The same, whose event catches up by a poll. */
export function catchingUp(more: object = {}): object {
  // What is made above.
  const made = connectorOf(SIGNED, [], { ...LIFE, catchUp: { poll: 'listed', ...more } }) as {
    readonly connector: object;
    readonly flows: readonly object[];
  };
  const given = { cursor: { from: '/ask/answer/cursor' }, items: { from: '/ask/answer/items' } };
  const list = {
    id: 'list',
    type: 'polling',
    inputs: [ANY('cursor')],
    outputs: [ANY('cursor'), ANY('items')],
    cards: [
      { id: 'ask', card: 'svc.ask', in: { what: 'list' } },
      { card: 'flow.return', in: given },
    ],
  };
  const polls = [{ key: 'listed', flow: 'list', id: '/id' }];
  return { ...made, connector: { ...made.connector, polls }, flows: [...made.flows, list] };
}

/** The flows of a registration. */
const LIFE = { register: 'register', exists: 'exists', deregister: 'deregister' };

/** Proven as Standard Webhooks are, more or less. */
export const SIGNED = {
  secret: { from: 'generated' },
  verify: [
    {
      scheme: 'hmac',
      given: { from: 'header', name: 'x-signature', prefix: 'v1=' },
      signed: [{ from: 'header', name: 'x-time' }, { text: '.' }, { from: 'raw' }],
      time: { of: { from: 'header', name: 'x-time' } },
    },
  ],
  id: [{ from: 'header', name: 'x-id' }],
};

export const START = Date.parse('2026-05-01T11:30:00Z');
export const PUBLIC = 'https://flows.example/base/';

/** The card by which a flow tells the test what it was run with. */
export const HEARS = { card: 'svc.hear', in: { value: { from: '/inputs/text' } } };

export interface HeardFlow {
  readonly id: string;
  /** Name of the connection. */
  readonly connection?: string;
  /** Of the event. */
  readonly options?: object;
  /** Default: it tells the test. */
  readonly cards?: readonly object[];
}

/** A host whose flows hear `posted`. Not started. */
export function hearing(
  delivery: object | undefined = SIGNED,
  more: {
    readonly host?: Partial<HostOptions>;
    readonly handler?: HandlerOptions;
    readonly connector?: object;
    readonly connections?: Readonly<Record<string, Connection>>;
    readonly flows?: readonly HeardFlow[];
    readonly service?: FakeService;
    readonly clock?: ManualClock;
    readonly runtime?: Runtime;
  } = {},
) {
  const { service = new FakeService(), clock = new ManualClock({ start: START }), flows = [{ id: 'hears' }] } = more;
  const known = more.connections ?? {
    svc: { connector: 'svc', auth: { signing: 'shared' }, parameters: { team: 'T1' } },
  };
  const connections: Connections = { perCall: true, get: (name) => known[name] ?? null };
  const packs = [standard, packOf(service, more.connector ?? connectorOf(delivery))];
  const { runtime } = more;
  const engine = createEngine({ packs, ports: { clock, connections, ...(runtime === undefined ? {} : { runtime }) } });
  const deck = engine.load({
    flowdeck: 1,
    flows: flows.map(({ id, connection, options, cards = [HEARS] }) => ({
      id,
      type: 'event',
      event: {
        ...{ connector: 'svc', name: 'posted' },
        ...(connection === undefined ? {} : { connection }),
        ...(options === undefined ? {} : { options }),
      },
      inputs: [ANY('text')],
      cards,
    })),
  });
  const host = new Host({ engine, deck, clock, connections, publicUrl: PUBLIC, ...more.host });
  const handle = createHandler(host, more.handler);
  return {
    host,
    clock,
    service,
    handle,
    /** Sends what stands in `body` to a URL of the host. */
    send(url: string, body: string | Uint8Array, headers: Record<string, string> = {}, method = 'POST') {
      const { pathname, search } = new URL(url);
      const inner = new URL(pathname.replace('/base/', '/') + search, 'http://127.0.0.1:3000');
      return handle(new Request(inner, { method, headers, ...(method === 'GET' ? {} : { body: Buffer.from(body) }) }));
    },
    /** The same, signed. */
    deliver(
      id: string,
      text: string,
      changes: { readonly at?: number; readonly secret?: string; readonly url?: string } = {},
    ) {
      const { at = clock.now(), secret = service.latest.secret, url = service.latest.url } = changes;
      return this.send(url, JSON.stringify({ text }), signed(JSON.stringify({ text }), { id, at, secret }));
    },
  };
}

/** The headers of a signed delivery. */
export function signed(
  body: string,
  { id, at, secret }: { readonly id: string; readonly at: number; readonly secret: string },
) {
  const time = String(Math.floor(at / 1000));
  const mac = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  return { 'x-id': id, 'x-time': time, 'x-signature': `v1=${mac}` };
}
