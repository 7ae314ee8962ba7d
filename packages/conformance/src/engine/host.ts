/** A host of Flowdeck as cases drive it: everything that it keeps is on disk, and every request goes over a socket. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type ConnectionStore, memoryConnections, type StoredConnection } from '@flowdeck/connect';
import type { Pack, Value } from '@flowdeck/engine';
import type { CaseConnection, HostChange, HostCommand, HostData, HostRequest, ServedHost } from '@flowdeck/testing';
import { ManualClock } from '@flowdeck/testing';
import type { OpenHttp } from './adapter.js';
import { ADMIN_TOKEN, beginLife, type HostLife } from './host-life.js';

/** Begins a host for a case. */
export async function serveFlowdeck(packs: readonly Pack[], open: OpenHttp, request: HostRequest): Promise<ServedHost> {
  const root = mkdtempSync(join(tmpdir(), 'flowdeck-case-'));
  const served = new Served(packs, open, request, root);
  try {
    await served.begin(request.clock?.start ?? null);
    return served;
  } catch (error) {
    await served.close();
    throw error;
  }
}

class Served implements ServedHost {
  readonly #packs: readonly Pack[];
  readonly #open: OpenHttp;
  #request: HostRequest;
  /** Where its owner keeps connections: no host of them all is alone with it. */
  readonly #connections: ConnectionStore;
  readonly #root: string;
  /** Of all lives, as they ended. */
  readonly #ended: HostData[] = [];
  readonly #former: HostLife[] = [];
  #count = 0;
  #dir: string;
  #life: HostLife | null = null;
  #isStopped = false;
  #parked: readonly HostData[] = [];

  constructor(packs: readonly Pack[], open: OpenHttp, request: HostRequest, root: string) {
    this.#packs = packs;
    this.#open = open;
    this.#request = request;
    this.#root = root;
    this.#connections = memoryConnections(
      Object.entries(request.connections).map(([name, connection]) => storedConnection(name, connection)),
    );
    this.#dir = join(root, '0');
  }

  async begin(start: number | null, port = 0): Promise<void> {
    const clock = start === null ? null : new ManualClock({ start });
    this.#life = await beginLife({
      packs: this.#packs,
      open: this.#open,
      request: this.#request,
      connections: this.#connections,
      dir: this.#dir,
      clock,
      port,
      onEnded: (run) => this.#ended.push(run),
    });
  }

  async facts(): Promise<Readonly<Record<string, string>>> {
    const { url } = this.#now;
    const { flows } = await this.#admin('GET', 'flows');
    const facts: Record<string, string> = { 'host.url': url, 'host.token': ADMIN_TOKEN };
    for (const each of Array.isArray(flows) ? flows : []) Object.assign(facts, factsOf(each, url));
    return facts;
  }

  async flow(id: string): Promise<HostData | null> {
    const found = await this.#admin('GET', `flows/${encodeURIComponent(id)}`);
    return found['status'] === 200 ? found : null;
  }

  async ask(command: HostCommand): Promise<HostData> {
    if (command.do === 'connect') return this.#connect(command.connection, command.auth);
    const { method, path, body } = requestOf(command);
    const answer = await this.#admin(method, path, body);
    // What was refused is an error of the step; what a run came to has one of its own.
    return Number(answer['status']) >= 400 ? { ...answer, error: { ...answer } } : answer;
  }

  async #connect(name: string, auth: Readonly<Record<string, unknown>>): Promise<HostData> {
    const stored = await this.#connections.read(name);
    if (stored === null) return { error: { message: `There is no connection ${JSON.stringify(name)}.` } };
    // JSON of a case is made of values.
    await this.#connections.write({ ...stored, auth: auth as Readonly<Record<string, Value>>, ...WORKING });
    return {};
  }

  async ended(): Promise<readonly HostData[]> {
    const life = this.#now;
    return this.#ended.filter(({ runId }) => life.hasNoted(runId));
  }

  async parked(): Promise<readonly HostData[]> {
    if (this.#isStopped) return this.#parked;
    const { parked } = await this.#admin('GET', 'events');
    return Array.isArray(parked) ? parked : [];
  }

  async passTo(moment: number): Promise<void> {
    const { clock, rest } = this.#now;
    if (clock === null) throw new Error('Time passes by itself: the case has no clock.');
    // Files and sockets take their time, in which the clock of a case stands still.
    await rest();
    await clock.advance(moment - clock.now());
    await rest();
  }

  async again(how: 'stop' | 'crash', at: number | null, { document, connectors }: HostChange): Promise<void> {
    const life = this.#now;
    const { port } = new URL(life.url);
    const moment = at ?? life.clock?.now() ?? null;
    if (how === 'stop') await life.stop();
    else await this.#crash(life);
    const request = this.#request;
    this.#request = {
      ...request,
      document: document ?? request.document,
      connectors: connectors ?? request.connectors,
    };
    await this.begin(moment, Number(port));
  }

  /** What would survive a power cut is copied; what the former host does from now on reaches nobody. */
  async #crash(life: HostLife): Promise<void> {
    this.#count += 1;
    const next = join(this.#root, String(this.#count));
    life.cutOff();
    // Of a host that is gone, nobody holds the locks.
    cpSync(this.#dir, next, { recursive: true, filter: (path) => !basename(path).startsWith('lock') });
    await life.unplug();
    this.#former.push(life);
    this.#dir = next;
  }

  async stop(): Promise<void> {
    const life = this.#now;
    await life.stop();
    this.#isStopped = true;
    this.#parked = life.parked();
  }

  async close(): Promise<void> {
    await Promise.allSettled(
      [...this.#former, ...(this.#life === null ? [] : [this.#life])].map((life) => life.discard()),
    );
    rmSync(this.#root, { recursive: true, force: true });
  }

  get #now(): HostLife {
    if (this.#life === null) throw new Error('The host has not begun.');
    return this.#life;
  }

  async #admin(method: string, path: string, body?: unknown): Promise<HostData> {
    const response = await fetch(new URL(`admin/${path}`, this.#now.url), {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told: unknown = await response.json();
    return { status: response.status, ...(typeof told === 'object' ? told : {}) };
  }
}

/** Addresses and tokens of a flow, as the owner is told of them. */
function factsOf(flow: unknown, url: string): Record<string, string> {
  const { id, type, token, webhook } = flow as {
    id: string;
    type: string;
    token?: string | null;
    webhook?: { url: string | null };
  }; // as `/admin/flows` tells
  const address = type === 'api' ? new URL(`run/${encodeURIComponent(id)}`, url).href : webhook?.url;
  return {
    ...(typeof address === 'string' ? { [`${id}.url`]: address } : {}),
    ...(typeof token === 'string' ? { [`${id}.token`]: token } : {}),
  };
}

function requestOf(command: Exclude<HostCommand, { readonly do: 'connect' }>): {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
} {
  const post = (...path: readonly string[]) => ({ method: 'POST', path: path.map(encodeURIComponent).join('/') });
  switch (command.do) {
    case 'on':
    case 'off':
      return post('flows', command.flow, command.do);
    case 'start':
      return { ...awaited(post('flows', command.flow, 'run')), body: { inputs: command.inputs } };
    case 'delegate': {
      const { flow, caller, inputs } = command;
      return { ...awaited(post('flows', flow, 'delegate')), body: { caller, inputs } };
    }
    case 'emit': {
      const { event, ...body } = command;
      return { ...post('emit', event), body };
    }
    case 'test':
    case 'revoke':
      return post('connections', command.connection, command.do);
    case 'replay':
    case 'drop':
      return post('events', String(command.event), command.do);
  }
}

function awaited<T extends { readonly path: string }>(request: T): T {
  return { ...request, path: `${request.path}?wait=true` };
}

const WORKING = { state: 'ready', reason: null, expiresAt: null, renewingSince: null } as const;

/** A connection of a case as a host keeps it: it works, as far as anybody knows. */
function storedConnection(name: string, { connector, auth = {}, parameters }: CaseConnection): StoredConnection {
  // JSON is made of values.
  const values = (given: object) => given as Readonly<Record<string, Value>>;
  return {
    name,
    connector,
    auth: values(auth),
    ...(parameters === undefined ? {} : { parameters: values(parameters) }),
    ...WORKING,
    createdAt: 0,
    changedAt: 0,
  };
}
