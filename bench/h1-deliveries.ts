/** H1: signed deliveries over HTTP, verified and durable before they are answered, next to a bare server that does as much. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standard } from '@flowdeck/cards';
import { createEngine, defineCard, definePack } from '@flowdeck/engine';
import { createHandler, eventLog, Host, listen } from '@flowdeck/host';
import { bench } from './harness.js';
import { type Row, spreadOf } from './rows.js';

const SECRET = 'a secret of both';
const ROUNDS = 3;
const A_ROUND = 1_000;
const CONNECTIONS = 8;
const MILLI = 1e6;

/** What a round of the sender was like. */
interface Sent {
  readonly nsEach: number;
  /** Of the answers. */
  readonly medianNs: number;
}

const mac = (body: string | Uint8Array) => createHmac('sha256', SECRET).update(body).digest('hex');

/** Sends as fast as answers come, on a core of its own: requests are made before, and answers are counted, not read. */
async function send(port: number, path: string, round: string): Promise<Sent> {
  const requests = Array.from({ length: A_ROUND }, (_, index) => {
    const body = JSON.stringify({ text: `message ${round}-${index}`, more: 'x'.repeat(300) });
    return Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n` +
        `x-id: ${round}-${index}\r\nx-signature: ${mac(body)}\r\n\r\n${body}`,
    );
  });
  const waits: number[] = [];
  const begun = process.hrtime.bigint();
  const sendAll = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let at = 0n;
      const next = () => {
        const request = requests.pop();
        if (request === undefined) return void socket.end(resolve);
        at = process.hrtime.bigint();
        socket.write(request);
      };
      socket.once('connect', next).once('error', reject);
      socket.on('data', (data) => {
        if (!data.toString('latin1').startsWith('HTTP/1.1 200')) return reject(new Error(data.toString('latin1')));
        waits.push(Number(process.hrtime.bigint() - at));
        next();
      });
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, sendAll));
  return { nsEach: Number(process.hrtime.bigint() - begun) / A_ROUND, medianNs: spreadOf(waits).median };
}

/** The same from a process of its own. */
async function sendFromOutside(port: number, path: string, round: string): Promise<Sent> {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(import.meta.url), String(port), path, round], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const part of child.stdout ?? []) text += part;
  return JSON.parse(text) as Sent; // what `send` gives
}

/** Checks the signature and the id, and writes all that waits in one go, flushed to the disk. */
function bareServer(file: FileHandle) {
  const known = new Set<string>();
  let waiting: { readonly line: string; readonly done: () => void }[] = [];
  let isWriting = false;
  const flush = async () => {
    isWriting = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await file.appendFile(group.map(({ line }) => line).join(''));
      await file.datasync();
      for (const { done } of group) done();
    }
    isWriting = false;
  };
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const [given, own] = [String(request.headers['x-signature']), mac(body)].map((text) =>
        createHash('sha256').update(text).digest(),
      );
      const id = String(request.headers['x-id']);
      if (given === undefined || own === undefined || !timingSafeEqual(given, own))
        return response.writeHead(401).end();
      if (known.has(id)) return response.end();
      known.add(id);
      const line = `${JSON.stringify({ id, headers: request.headers, text: body.toString() })}\n`;
      waiting.push({ line, done: () => response.end() });
      if (!isWriting) void flush();
    });
  });
}

/** A host with one flow that hears; `begun` is called when its card is. */
async function hostIn(dir: string, begun: () => void) {
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
  const engine = createEngine({ packs: [standard, pack], ports: { connections } });
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
  const host = new Host({ engine, deck, connections, events, maxRuns: 10_000 });
  await host.start();
  await host.turn('hears', true);
  while (host.flow('hears')?.webhook?.phase !== 'on') await new Promise((resolve) => setImmediate(resolve));
  const path = new URL(host.flow('hears')?.webhook?.url ?? '').pathname;
  return { host, events, path };
}

/** Nanoseconds from an event that is kept to the first card of its flow, of a host that has nothing else to do. */
async function toFirstCard(dir: string): Promise<number> {
  let ran: () => void = () => {};
  const { host, events, path } = await hostIn(dir, () => ran());
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

async function* deliveries(workload: string): AsyncIterable<Row> {
  const dir = await mkdtemp(join(tmpdir(), 'flowdeck-bench-'));
  const file = await open(join(dir, 'bare'), 'a');
  const bare = bareServer(file);
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of that kind.
  const { port: barePort } = bare.address() as { port: number };
  const { host, path } = await hostIn(join(dir, 'host'), () => {});
  const server = await listen(createHandler(host));
  const port = Number(new URL(server.url).port);
  try {
    const [baseline, engine]: [Sent[], Sent[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      baseline.push(await sendFromOutside(barePort, '/hook', String(round)));
      engine.push(await sendFromOutside(port, path, String(round)));
    }
    const each = (all: readonly Sent[]) => all.map(({ nsEach }) => nsEach);
    const ratios = each(engine).map((ns, round) => ns / (each(baseline)[round] ?? Number.NaN));
    const sides = { baseline: spreadOf(each(baseline)), engine: spreadOf(each(engine)) };
    const best = sides.engine.low / sides.baseline.low;
    const what = `delivery, proven and durable, ${CONNECTIONS} senders, next to a bare server`;
    yield { kind: 'race', workload, what, unit: 'delivery', ...sides, ratio: spreadOf(ratios), best, target: null };
    // 3,000 a second.
    yield {
      kind: 'figure',
      workload,
      what: 'a delivery, fastest round',
      unit: 'ns',
      value: sides.engine.low,
      target: 1e9 / 3_000,
    };
    const answered = Math.min(...engine.map(({ medianNs }) => medianNs));
    yield {
      kind: 'figure',
      workload,
      what: 'until its answer, median',
      unit: 'ns',
      value: answered,
      target: 5 * MILLI,
    };
  } finally {
    await server.close();
    await host.stop();
    bare.close();
    bare.closeAllConnections();
    await file.close();
  }
  const first = await toFirstCard(join(dir, 'first'));
  yield {
    kind: 'figure',
    workload,
    what: 'from kept to the first card, median',
    unit: 'ns',
    value: first,
    target: MILLI,
  };
  await rm(dir, { recursive: true });
}

const [port, path, round] = process.argv.slice(2);
if (port !== undefined && path !== undefined && round !== undefined) {
  process.stdout.write(JSON.stringify(await send(Number(port), path, round)));
} else {
  await bench('H1', deliveries);
}
