/** Watches one card at a time while it runs: what its function gives, whom it asks, and what it does past its host. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { type CardType, definePack, type HttpPort, type Outputs, type Pack } from '@flowdeck/engine';
import type { Adapter } from '@flowdeck/testing';
import { flowdeckAdapter } from '../engine/index.js';
import { WAYS, type Way } from './ways.js';

/** What was seen of a card during one probe. */
export interface Conduct {
  /** Names of the outputs that its function gave, those that nobody declared included. */
  readonly given: ReadonlySet<string>;
  /** Hosts that it asked through `ctx.http`. */
  readonly hosts: ReadonlySet<string>;
  /** Where it went past `ctx.http`: `fetch https://...`, `a socket to ...`, `a process: ...`. */
  readonly past: readonly string[];
  /** All that was written to the console. */
  readonly printed: string;
  /** Errors that nobody caught: in the process of a host, each would be its end. */
  readonly uncaught: readonly string[];
}

/** Packs whose cards are under watch, one at a time. They are declared once: to check a declaration takes longer than most probes. */
export class WatchedPacks {
  /** Runs flows with the watched cards. What they ask goes to the port of the probe that is under way. */
  readonly adapter: Adapter;
  #watched: string | null = null;
  #given = new Set<string>();
  #http: HttpPort | null = null;

  /** @throws FlowdeckError what `createEngine` throws. */
  constructor(packs: readonly Pack[]) {
    this.adapter = flowdeckAdapter({
      packs: packs.map((pack) =>
        pack.cards === undefined ? pack : definePack({ ...pack, cards: pack.cards.map((card) => this.#noting(card)) }),
      ),
      http: { request: (request) => (this.#http ?? NOBODY).request(request) },
    });
  }

  /** Runs a probe of a card, and tells what was seen meanwhile. */
  async watch<T>(
    cardId: string,
    http: HttpPort,
    probe: (adapter: Adapter) => Promise<T>,
  ): Promise<{ readonly came: T; readonly conduct: Conduct }> {
    const given = new Set<string>();
    const hosts = new Set<string>();
    this.#watched = cardId;
    this.#given = given;
    this.#http = {
      request: (request) => {
        // What is no URL asks nobody: the port of a host refuses it.
        if (URL.canParse(request.url)) hosts.add(new URL(request.url).host);
        return http.request(request);
      },
    };
    const watch = watchPlatform();
    try {
      const came = await probe(this.adapter);
      await afterwards();
      const { past, printed, uncaught } = watch;
      return { came, conduct: { given, hosts, past, printed: printed.join(''), uncaught } };
    } finally {
      watch.end();
      this.#watched = null;
      this.#http = null;
    }
  }

  #noting(card: CardType): CardType {
    const run = card.run as (...args: readonly unknown[]) => unknown; // the registry's view has forgotten its types
    const note = <R>(result: R, given: Set<string>): R => {
      if (isOutputs(result)) for (const name of Object.keys(result)) given.add(name);
      return result;
    };
    const noting = (...args: readonly unknown[]) => {
      const result = run(...args);
      if (this.#watched !== card.id) return result;
      // A result that comes late belongs to the probe that asked.
      const given = this.#given;
      return result instanceof Promise ? result.then((came) => note(came, given)) : note(result, given);
    };
    return { ...card, run: noting as CardType['run'] }; // gives what the card gives
  }
}

/** Between two probes nobody is asked. */
const NOBODY: HttpPort = {
  request: async () => {
    throw new Error('The probe is over.');
  },
};

/** A plain record: neither a way out of the flow nor something of the engine's. */
function isOutputs(result: unknown): result is Outputs {
  return typeof result === 'object' && result !== null && Object.getPrototypeOf(result) === Object.prototype;
}

/** Time for what a card left behind: a promise that nobody waits for, the shortest of timers. */
async function afterwards(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setImmediate(resolve));
}

/** The ways to the network that need no host, the console, and what ends a process. */
function watchPlatform() {
  const past: string[] = [];
  const printed: string[] = [];
  const uncaught: string[] = [];
  const note = (error: unknown) => void uncaught.push(error instanceof Error ? error.message : String(error));
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  const { writeSync } = fs;
  const restored = [
    ...WAYS.map((way) => replace(way.owner, way.name, refusing(way, past))),
    ...[process.stdout, process.stderr].map((stream) =>
      replace(stream, 'write', (text: unknown) => {
        printed.push(typeof text === 'string' ? text : Buffer.from(text as Uint8Array).toString()); // what streams take
        return true;
      }),
    ),
  ];
  // Past the streams, to where they lead.
  const write = (descriptor: number, ...args: readonly unknown[]): number => {
    if (descriptor !== 1 && descriptor !== 2) return Reflect.apply(writeSync, fs, [descriptor, ...args]);
    const text = typeof args[0] === 'string' ? args[0] : Buffer.from(args[0] as Uint8Array).toString(); // what it takes
    printed.push(text);
    return Buffer.byteLength(text);
  };
  restored.push(replace(fs, 'writeSync', write));
  syncBuiltinESMExports();
  const end = () => {
    for (const restore of restored) restore();
    syncBuiltinESMExports();
    process.off('uncaughtException', note);
    process.off('unhandledRejection', note);
  };
  return { past, printed, uncaught, end };
}

/** Stands in for a way past the host: notes that it was tried, and fails as the way would. */
function refusing({ fails, told }: Way, past: string[]) {
  return function refused(this: unknown, ...args: readonly unknown[]): unknown {
    const way = told(args);
    past.push(way);
    const error = new Error(`A card may not use ${way}: it goes through ctx.http.`);
    if (fails === 'rejecting') return Promise.reject(error);
    if (fails === 'destroyed' && this instanceof Socket) return this.destroy(error);
    throw error;
  };
}

/** Puts a function in the place of another, and gives what puts the other back. */
function replace(owner: object, name: string, stand: (...args: never[]) => unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value: stand, configurable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(owner, name);
    else Object.defineProperty(owner, name, own);
  };
}

/** Eleven years, a month and some: no part of a date stays what it is, the day of the week included. */
const LATER_MS = 4057 * 86_400_000 + 5 * 3_600_000 + 7 * 60_000 + 13_123;

/** Does some work with the date of the platform set to another time. */
export async function atAnotherTime<T>(work: () => Promise<T>): Promise<T> {
  const real = Date;
  const now = () => real.now() + LATER_MS;
  const later = new Proxy(real, {
    construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
    apply: () => new real(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  globalThis.Date = later;
  try {
    return await work();
  } finally {
    globalThis.Date = real;
  }
}
