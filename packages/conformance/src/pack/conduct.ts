/** Watches one card at a time while it runs: what its function gives, whom it asks, and what it does past its host. */
import { type CardType, definePack, type HttpPort, type Outputs, type Pack } from '@flowdeck/engine';
import type { Adapter } from '@flowdeck/testing';
import { flowdeckAdapter } from '../engine/index.js';
import { ownInputs } from './inputs.js';
import type { Circumstance } from './platform/elsewhere.js';
import { Platform, type Seen } from './platform/platform.js';
import { oddIn } from './values.js';

/** What was seen of a card during one probe. */
export interface Conduct extends Seen {
  /** Names of the outputs that its function gave, those that nobody declared included. */
  readonly given: ReadonlySet<string>;
  /** Names of outputs whose values no flow can hold, each with what it is, such as `a Map`. */
  readonly odd: ReadonlyMap<string, string>;
  /** Names of inputs that it changed. */
  readonly altered: ReadonlySet<string>;
  /** Hosts that it asked through `ctx.http`. */
  readonly hosts: ReadonlySet<string>;
}

/** Packs whose cards are under watch, one at a time. They are declared once: to check a declaration takes longer than most probes. */
export class WatchedPacks {
  /** Runs flows with the watched cards. What they ask goes to the port of the probe that is under way. */
  readonly adapter: Adapter;
  readonly #platform: Platform | null;
  #watched: string | null = null;
  #given = new Map<string, string | null>();
  #altered = new Set<string>();
  #http: HttpPort | null = null;
  #elsewhere: ReadonlySet<Circumstance> = new Set();

  /**
   * @param platform Null: the one of this process, watched while a card runs and as it was in between.
   * @throws FlowdeckError what `createEngine` throws.
   */
  constructor(packs: readonly Pack[], platform: Platform | null) {
    this.#platform = platform;
    this.adapter = flowdeckAdapter({
      packs: packs.map((pack) =>
        pack.cards === undefined ? pack : definePack({ ...pack, cards: pack.cards.map((card) => this.#noting(card)) }),
      ),
      http: { request: (request) => (this.#http ?? NOBODY).request(request) },
    });
  }

  /** Has the probes within some work take place elsewhere: at another time, in another zone. */
  async elsewhere<T>(what: readonly Circumstance[], work: () => Promise<T>): Promise<T> {
    this.#elsewhere = new Set(what);
    try {
      return await work();
    } finally {
      this.#elsewhere = new Set();
    }
  }

  /** Runs a probe of a card, and tells what was seen meanwhile. */
  async watch<T>(
    card: CardType,
    http: HttpPort,
    probe: (adapter: Adapter) => Promise<T>,
  ): Promise<{ readonly came: T | Error; readonly conduct: Conduct }> {
    const given = new Map<string, string | null>();
    const altered = new Set<string>();
    const hosts = new Set<string>();
    this.#watched = card.id;
    this.#altered = altered;
    this.#given = given;
    this.#http = {
      request: (request) => {
        // What is no URL asks nobody: the port of a host refuses it.
        if (URL.canParse(request.url)) hosts.add(new URL(request.url).host);
        return http.request(request);
      },
    };
    const platform = this.#platform ?? new Platform();
    try {
      const { came, seen } = await platform.elsewhere(this.#elsewhere, () =>
        platform.watch(card.kind, () => probe(this.adapter)),
      );
      const odd = new Map([...given].flatMap(([name, what]) => (what === null ? [] : [[name, what]])));
      return { came, conduct: { ...seen, given: new Set(given.keys()), altered, odd, hosts } };
    } finally {
      if (platform !== this.#platform) platform.end();
      this.#watched = null;
      this.#http = null;
    }
  }

  #noting(card: CardType): CardType {
    const run = card.run as CardCall; // the registry's view has forgotten its types
    const prepare = card.prepare as ((...literals: readonly unknown[]) => CardType['run'] | null) | undefined; // likewise
    const noted = { ...card, run: this.#notingCalls(card, run) };
    if (prepare === undefined) return noted as CardType; // gives what the card gives
    const preparing = (...literals: readonly unknown[]) => {
      const made = prepare(...literals);
      return made === null ? null : this.#notingCalls(card, made as CardCall); // likewise
    };
    return { ...noted, prepare: preparing } as CardType; // likewise
  }

  #notingCalls(card: CardType, run: CardCall): CardCall {
    return (...args) => {
      if (this.#watched !== card.id) return run(...args);
      // A result that comes late belongs to the probe that asked.
      const [given, altered] = [this.#given, this.#altered];
      const inputs = ownInputs(card, args);
      const note = <R>(result: R): R => {
        for (const name of inputs.changed()) altered.add(name);
        if (isOutputs(result)) for (const [name, value] of Object.entries(result)) given.set(name, oddIn(value));
        return result;
      };
      const result = run(...inputs.args);
      return result instanceof Promise ? result.then(note) : note(result);
    };
  }
}

/** The function of a card. */
type CardCall = (...args: readonly unknown[]) => unknown;

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
