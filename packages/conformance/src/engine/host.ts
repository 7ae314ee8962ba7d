/** A host of Flowdeck as cases drive it: everything that it keeps is on disk, and every request goes over a socket. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Pack } from '@flowdeck/engine';
import type { HostCommand, HostData, HostRequest, ServedHost } from '@flowdeck/testing';
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
  readonly #request: HostRequest;
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
    this.#dir = join(root, '0');
  }

  async begin(start: number | null, port = 0): Promise<void> {
    const clock = start === null ? null : new ManualClock({ start });
    this.#life = await beginLife({
      packs: this.#packs,
      open: this.#open,
      request: this.#request,
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
    const { method, path, body } = requestOf(command);
    const answer = await this.#admin(method, path, body);
    // What was refused is an error of the step; what a run came to has one of its own.
    return Number(answer['status']) >= 400 ? { ...answer, error: { ...answer } } : answer;
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

  async again(how: 'stop' | 'crash', at: number | null): Promise<void> {
    const life = this.#now;
    const { port } = new URL(life.url);
    const moment = at ?? life.clock?.now() ?? null;
    if (how === 'stop') await life.stop();
    else await this.#crash(life);
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

function requestOf(command: HostCommand): { readonly method: string; readonly path: string; readonly body?: unknown } {
  const post = (...path: readonly string[]) => ({ method: 'POST', path: path.map(encodeURIComponent).join('/') });
  switch (command.do) {
    case 'on':
    case 'off':
      return post('flows', command.flow, command.do);
    case 'start': {
      const { path, method } = post('flows', command.flow, 'run');
      return { method, path: `${path}?wait=true`, body: { inputs: command.inputs } };
    }
    case 'test':
    case 'revoke':
      return post('connections', command.connection, command.do);
    case 'replay':
    case 'drop':
      return post('events', String(command.event), command.do);
  }
}
