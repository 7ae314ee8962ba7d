/** H1: signed deliveries over HTTP, verified and durable before they are answered, next to a bare server that does as much. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toFirstCard } from './h1-host.js';
import { A_ROUND, SENDERS, type Sent, send } from './h1-sender.js';
import { Server, type ServerKind, serveUntilEnd } from './h1-server.js';
import { bench } from './harness.js';
import { canConfine, confined } from './one-core.js';
import { type Row, spreadOf } from './rows.js';

const PROGRAM = fileURLToPath(import.meta.url);
/** The first of each server is for its compiler. */
const WARM_UPS = 2;
const ROUNDS = 7;
const MILLI = 1e6;

/** A round, and what it has cost the server. */
interface Round extends Sent {
  /** Of a processor, by delivery. */
  readonly spentNs: number;
}

/** Senders and servers have a core each, where the machine has them. */
async function sendFromOutside({ port, path }: Server['address'], round: number): Promise<Sent> {
  const [command, ...args] = confined(1, [process.execPath, PROGRAM, 'send', String(port), path, String(round)]);
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const part of child.stdout ?? []) text += part;
  return JSON.parse(text) as Sent; // what `send` gives
}

async function roundOf(server: Server, round: number): Promise<Round> {
  const before = await server.spent();
  const sent = await sendFromOutside(server.address, round);
  return { ...sent, spentNs: ((await server.spent()) - before) / A_ROUND };
}

const KINDS: readonly ServerKind[] = ['bare', 'host', 'lasting'];

/** All serve all the time; rounds go from one to the next, so that a slow spell of the machine touches all. */
async function rounds(dir: string): Promise<Readonly<Record<ServerKind, readonly Round[]>>> {
  const all: Record<ServerKind, Round[]> = { bare: [], host: [], lasting: [] };
  const servers: [ServerKind, Server][] = [];
  for (const kind of KINDS) servers.push([kind, await Server.start(PROGRAM, kind, join(dir, kind))]);
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    for (const [kind, server] of servers) {
      const given = await roundOf(server, round);
      if (round >= 0) all[kind].push(given);
    }
  }
  await Promise.all(servers.map(([, server]) => server.stop()));
  return all;
}

async function* deliveries(workload: string): AsyncIterable<Row> {
  const dir = await mkdtemp(join(tmpdir(), 'flowdeck-bench-'));
  const { bare, host, lasting } = await rounds(dir);
  const where = canConfine ? 'each on a core of its own' : 'on cores that they share';
  yield { kind: 'note', workload, text: `${SENDERS} senders in one process and the server in another, ${where}.` };
  yield raceOf(workload, 'delivery, proven and durable, next to a bare server', bare, host, ({ nsEach }) => nsEach);
  yield raceOf(workload, 'time of a processor for it', bare, host, ({ spentNs }) => spentNs);
  yield raceOf(workload, 'the same where runs outlive the host', bare, lasting, ({ nsEach }) => nsEach);
  yield raceOf(workload, 'time of a processor for it', bare, lasting, ({ spentNs }) => spentNs);
  const figure = (what: string, value: number, target: number): Row => ({
    ...{ kind: 'figure', workload, what, unit: 'ns', value, target },
  });
  // 3,000 a second.
  yield figure('a delivery, fastest round', Math.min(...host.map(({ nsEach }) => nsEach)), 1e9 / 3_000);
  yield figure('until its answer, median', Math.min(...host.map(({ medianNs }) => medianNs)), 5 * MILLI);
  yield figure('from kept to the first card, median', await toFirstCard(join(dir, 'first')), MILLI);
  await rm(dir, { recursive: true });
}

function raceOf(
  workload: string,
  what: string,
  bare: readonly Round[],
  host: readonly Round[],
  of: (round: Round) => number,
): Row {
  const [own, others] = [host.map(of), bare.map(of)];
  const ratio = spreadOf(own.map((ns, round) => ns / (others[round] ?? Number.NaN)));
  const sides = { baseline: spreadOf(others), engine: spreadOf(own) };
  const best = sides.engine.low / sides.baseline.low;
  return { kind: 'race', workload, what, unit: 'delivery', ...sides, ratio, best, target: null };
}

const [mode, first = '', path = '', round = ''] = process.argv.slice(2);
if (mode === 'send') process.stdout.write(JSON.stringify(await send(Number(first), path, round)));
else if (mode === 'serve')
  await serveUntilEnd(first as ServerKind, path); // what `Server.start` gives
else await bench('H1', deliveries);
