/** A host that hears deliveries. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import { createEngine, defineCard, definePack, type EngineOptions } from '@flowdeck/engine';
import { createHandler, deckStore, eventLog, fileJournal, Host, type HostOptions } from '@flowdeck/host';
import { mac, SECRET } from './h1-sender.js';
import { spreadOf } from './rows.js';

/** What a host keeps besides events. */
export type Keeps = 'events' | 'runs';

/** A host with one flow that hears; `begun` is called when its card is. */
export async function hostIn(dir: string, keeps: Keeps, begun: () => void) {
  const raw = { from: 'raw' };
  const delivery = {
    secret: { from: 'connection', path: '/signing' },
    verify: [{ scheme: 'hmac', given: { from: 'header', name: 'x-signature' }, signed: [raw] }],
    id: [{ from: 'header', name: 'x-id' }],
  };
  const text = { key: 'text', type: 'text' };
  const connector = {
    flowdeck: 1,
    connector: {
      ...{ key: 'svc', name: 'Service', version: '1.0.0', flows: {} },
      auth: { type: 'custom', fields: [{ key: 'signing', type: 'text' }] },
      events: [{ key: 'posted', flow: 'read', delivery }],
    },
    flows: [
      {
        ...{ id: 'read', type: 'webhook', inputs: [text], outputs: [text] },
        cards: [{ card: 'flow.return', in: { text: { from: '/inputs/text' } } }],
      },
    ],
  };
  const hear = defineCard({
    ...{ id: 'svc.hear', title: 'Hear', description: 'Takes the time.', kind: 'effect', inputs: [], outputs: [] },
    run: async () => begun(),
  });
  const pack = definePack({ name: 'svc', namespace: 'svc', version: '1.0.0', cards: [hear], connectors: [connector] });
  const connections = { get: () => ({ connector: 'svc', auth: { signing: SECRET } }) };
  const { ports, ...options } = await REST[keeps](dir);
  const engine = createEngine({ packs: [standard, pack], ports: { connections, ...ports } });
  const deck = engine.load({
    flowdeck: 1,
    flows: [
      {
        id: 'hears',
        type: 'event',
        event: { connector: 'svc', name: 'posted' },
        inputs: [text],
        cards: [{ card: 'svc.hear' }],
      },
    ],
  });
  const events = await eventLog({ dir: join(dir, 'events') });
  const host = new Host({ engine, deck, connections, events, maxRuns: 10_000, ...options });
  await host.start();
  await host.turn('hears', true);
  while (host.flow('hears')?.webhook?.phase !== 'on') await new Promise((resolve) => setImmediate(resolve));
  const path = new URL(host.flow('hears')?.webhook?.url ?? '').pathname;
  return { host, events, path };
}

type Rest = Partial<HostOptions> & { readonly ports: NonNullable<EngineOptions['ports']> };

const REST: Readonly<Record<Keeps, (dir: string) => Promise<Rest>>> = {
  events: async () => ({ ports: {} }),
  /** As `flowdeck serve --store` has it: runs that outlive the host, what the last ones did, and a log for people. */
  async runs(dir) {
    const journal = await fileJournal({ dir: join(dir, 'runs') });
    const log = createWriteStream('/dev/null');
    return {
      ports: { runtime: journal },
      lasting: { journal, decks: deckStore(join(dir, 'decks')) },
      keptHistories: 100,
      onNotice: (notice) => void log.write(`${JSON.stringify(notice)}\n`),
    };
  },
};

/** Nanoseconds from an event that is kept to the first card of its flow, of a host that has nothing else to do. */
export async function toFirstCard(dir: string): Promise<number> {
  let ran: () => void = () => {};
  const { host, events, path } = await hostIn(dir, 'events', () => ran());
  const accept = events.accept.bind(events);
  let kept = 0n;
  events.accept = async (...given) => {
    const taken = await accept(...given);
    kept = process.hrtime.bigint();
    return taken;
  };
  const handle = createHandler(host);
  const waits: number[] = [];
  for (let index = 0; index < 300; index++) {
    const body = JSON.stringify({ text: `message ${index}` });
    const headers = { 'content-type': 'application/json', 'x-id': String(index), 'x-signature': mac(body) };
    const begun = new Promise<void>((resolve) => {
      ran = () => {
        waits.push(Number(process.hrtime.bigint() - kept));
        resolve();
      };
    });
    await handle(new Request(`http://bench${path}`, { method: 'POST', headers, body }));
    await begun;
  }
  await host.stop();
  return spreadOf(waits.slice(100)).median;
}
