/** How fast events are run: at once and in a minute, of one flow and with one connection. What is too fast waits where it is kept. */
import type { KeptEvent } from './types.js';

/** A bound on runs of events; without a member there is none. */
export interface Pace {
  /** Runs at a time. */
  readonly atOnce?: number;
  /** Runs that begin within any minute. */
  readonly perMinute?: number;
}

/** What a host is paced by. */
export interface EventPace {
  /** Of each flow. */
  readonly flow?: Pace;
  /** Of each connection, by which flows hear a connector: all of its flows together. */
  readonly connection?: Pace;
}

/** What pacing needs of the host. */
export interface PaceWorld {
  now(): number;
  /** Name of the connection by which a flow hears; null: it hears no connector. */
  connectionOf(flow: string): string | null;
}

const MINUTE_MS = 60_000;

/** Whose runs are counted together. */
interface Tally {
  readonly pace: Pace;
  underWay: number;
  /** When the last ones began, the oldest first: as many as may within a minute. */
  readonly begun: number[];
}

export class Paces {
  readonly #pace: EventPace;
  readonly #world: PaceWorld;
  readonly #counted = new Map<string, Tally>();
  /** Under what runs were begun: a flow may have another connection when they end. */
  readonly #running = new Map<number, readonly string[]>();

  constructor(pace: EventPace, world: PaceWorld) {
    this.#pace = pace;
    this.#world = world;
  }

  /** Whose pace keeps an event from being run now; null: nobody's. */
  heldBy({ flow }: KeptEvent): string | null {
    return this.#namesOf(flow).find((name) => !this.hasRoom(name)) ?? null;
  }

  hasRoom(name: string): boolean {
    const counted = this.#counted.get(name);
    return counted === undefined || (hasRoomAtOnce(counted) && this.#waitOf(counted) === 0);
  }

  begin({ number, flow }: KeptEvent): void {
    const names = this.#namesOf(flow);
    if (names.length === 0) return;
    this.#running.set(number, names);
    for (const name of names) {
      const counted = this.#count(name);
      counted.underWay += 1;
      const { perMinute } = counted.pace;
      if (perMinute === undefined) continue;
      counted.begun.push(this.#world.now());
      if (counted.begun.length > perMinute) counted.begun.shift();
    }
  }

  end({ number }: KeptEvent): void {
    for (const name of this.#running.get(number) ?? []) this.#count(name).underWay -= 1;
    this.#running.delete(number);
  }

  /** Milliseconds until there is room that only time makes; null: none of these waits for time. */
  wait(names: Iterable<string>): number | null {
    const waits = [...names].flatMap((name) => {
      const counted = this.#counted.get(name);
      return counted !== undefined && hasRoomAtOnce(counted) ? [this.#waitOf(counted)] : [];
    });
    return waits.length === 0 ? null : Math.min(...waits);
  }

  #waitOf({ pace: { perMinute }, begun: [first], begun }: Tally): number {
    if (perMinute === undefined || first === undefined || begun.length < perMinute) return 0;
    const left = first + MINUTE_MS - this.#world.now();
    if (left <= MINUTE_MS) return Math.max(0, left);
    // The clock was set back: nobody waits until it has come so far again.
    begun.length = 0;
    return 0;
  }

  #namesOf(flow: string): readonly string[] {
    const names = this.#pace.flow === undefined ? [] : [`flow ${flow}`];
    const connection = this.#pace.connection === undefined ? null : this.#world.connectionOf(flow);
    return connection === null ? names : [...names, `connection ${connection}`];
  }

  #count(name: string): Tally {
    const known = this.#counted.get(name);
    if (known !== undefined) return known;
    const pace = (name.startsWith('flow ') ? this.#pace.flow : this.#pace.connection) ?? {};
    const counted: Tally = { pace, underWay: 0, begun: [] };
    this.#counted.set(name, counted);
    return counted;
  }
}

function hasRoomAtOnce({ pace: { atOnce }, underWay }: Tally): boolean {
  return atOnce === undefined || underWay < atOnce;
}
