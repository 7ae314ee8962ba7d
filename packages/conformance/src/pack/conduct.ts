/** Watches one card while it runs: what its function gives, whom it asks, and what it does past its host. */
import { Socket } from 'node:net';
import type { CardType, HttpPort, Outputs, Pack } from '@flowdeck/engine';

/** What was seen of a card during one probe. */
export interface Conduct {
  /** Names of the outputs that its function gave, those that nobody declared included. */
  readonly given: ReadonlySet<string>;
  /** Hosts that it asked through `ctx.http`. */
  readonly hosts: ReadonlySet<string>;
  /** Where it went past `ctx.http`: `fetch https://...`, `a socket to ...`. */
  readonly past: readonly string[];
  /** All that was written to the console. */
  readonly printed: string;
}

/** One card in its packs, with its function under watch. */
export class WatchedCard {
  readonly card: CardType;
  readonly #packs: readonly Pack[];
  #watched: readonly Pack[] | null = null;
  #given = new Set<string>();

  constructor(card: CardType, packs: readonly Pack[]) {
    this.card = card;
    this.#packs = packs;
  }

  /** The packs, in which the card notes what it gives. Made when somebody runs it. */
  get packs(): readonly Pack[] {
    this.#watched ??= this.#packs.map((pack) => {
      const cards = pack.cards ?? [];
      if (!cards.some(({ id }) => id === this.card.id)) return pack;
      return { ...pack, cards: cards.map((card) => (card.id === this.card.id ? this.#noting(card) : card)) };
    });
    return this.#watched;
  }

  /** Runs a probe of the card, and tells what was seen meanwhile. */
  async watch<T>(
    http: HttpPort,
    probe: (http: HttpPort) => Promise<T>,
  ): Promise<{ readonly came: T; conduct: Conduct }> {
    const given = new Set<string>();
    const hosts = new Set<string>();
    this.#given = given;
    const noting: HttpPort = {
      request: (request) => {
        // What is no URL asks nobody: the port of a host refuses it.
        if (URL.canParse(request.url)) hosts.add(new URL(request.url).host);
        return http.request(request);
      },
    };
    const watch = watchPlatform();
    try {
      const came = await probe(noting);
      return { came, conduct: { given, hosts, past: watch.past, printed: watch.printed.join('') } };
    } finally {
      watch.end();
    }
  }

  #noting(card: CardType): CardType {
    const run = card.run as (...args: readonly unknown[]) => unknown; // the registry's view has forgotten its types
    const note = <R>(result: R): R => {
      if (isOutputs(result)) for (const name of Object.keys(result)) this.#given.add(name);
      return result;
    };
    const noting = (...args: readonly unknown[]) => {
      const result = run(...args);
      return result instanceof Promise ? result.then(note) : note(result);
    };
    return { ...card, run: noting as CardType['run'] }; // gives what the card gives
  }
}

/** A plain record: neither a way out of the flow nor something of the engine's. */
function isOutputs(result: unknown): result is Outputs {
  return typeof result === 'object' && result !== null && Object.getPrototypeOf(result) === Object.prototype;
}

/** The ways to the network that need no host, and the console. */
function watchPlatform() {
  const past: string[] = [];
  const printed: string[] = [];
  const refuse = (way: string): Error => {
    past.push(way);
    return new Error(`A card may not use ${way}: it goes through ctx.http.`);
  };
  const restored = [
    replace(globalThis, 'fetch', async (input: unknown) => {
      throw refuse(`fetch ${input instanceof Request ? input.url : String(input)}`);
    }),
    replace(Socket.prototype, 'connect', function connect(this: Socket, ...args: readonly unknown[]) {
      return this.destroy(refuse(`a socket to ${socketAddress(args)}`));
    }),
    ...[process.stdout, process.stderr].map((stream) =>
      replace(stream, 'write', (text: unknown) => {
        printed.push(typeof text === 'string' ? text : Buffer.from(text as Uint8Array).toString()); // what streams take
        return true;
      }),
    ),
  ];
  return { past, printed, end: () => restored.forEach((restore) => void restore()) };
}

function socketAddress(args: readonly unknown[]): string {
  // Node hands on its options in a list of their own.
  const [first] = args.flat();
  if (typeof first !== 'object' || first === null) return args.join(' ');
  const { host, port, path } = first as Readonly<Record<string, unknown>>; // options of a connection
  return path === undefined || path === null ? `${String(host ?? 'this machine')}:${String(port)}` : String(path);
}

/** Puts a function in the place of another, and gives what puts the other back. */
function replace<O extends object>(owner: O, name: keyof O & string, stand: (...args: never[]) => unknown): () => void {
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
