/** The platform under watch: what a card does to it, and past its host, is seen. Without a watch it is as it always was. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import type { CardKind } from '@flowdeck/engine';
import { isLoading } from './callers.js';
import { type Circumstance, inAnotherZone, installElsewhere } from './elsewhere.js';
import { watchEnvironment } from './environment.js';
import { watchConsole } from './printing.js';
import { Realm } from './realm.js';
import { leftBehind, runningNow } from './remains.js';
import { LEAVE, standBefore } from './stand-in.js';
import { WAYS, type Way } from './ways.js';

/** What was seen of a card on the platform. */
export interface Seen {
  /** Where it went past its host, or, being pure, to what may be another tomorrow. */
  readonly past: readonly Pick<Step, 'told' | 'remedy'>[];
  /** All that was written to the console. */
  readonly printed: string;
  /** Errors that nobody caught: in the process of a host, each would be its end. */
  readonly uncaught: readonly string[];
  /** Globals and prototypes that are no longer what they were, such as `Array.prototype.map`. */
  readonly changed: readonly string[];
  /** What goes on after the card has ended, such as `a timer`. */
  readonly left: readonly string[];
}

/** One step past the host. */
interface Step {
  readonly told: string;
  readonly remedy: string;
}

/** What is under watch now. */
interface Watch {
  readonly kind: CardKind;
  readonly past: Step[];
}

/**
 * Where the work under watch leads to: what was under way before, such as that of a loader of modules, is not its doing. One for
 * all: Node asks each of them at every promise, for as long as the process runs.
 */
const doing = new AsyncLocalStorage<Watch>();

export class Platform {
  /** What all code shares. What a card changes of it is put back. */
  readonly realm: Realm;
  readonly #restore: (() => void)[];
  #watch: Watch | null = null;
  #elsewhere: ReadonlySet<Circumstance> = new Set();
  #isSpoilt = false;

  /** Puts stand-ins before the ways past a host, and before what depends on time and place. */
  constructor() {
    this.#restore = [
      ...WAYS.map((way) => standBefore(way, this.#barring(way))),
      ...installElsewhere((what) => this.#elsewhere.has(what)),
      watchEnvironment((use) => {
        if (this.#isBarred(use.barred)) this.#watch?.past.push(use);
      }),
    ];
    syncBuiltinESMExports();
    this.realm = new Realm();
  }

  /** Something that a card left behind goes on: whatever is tried in this process from now on may suffer from it. */
  get isSpoilt(): boolean {
    return this.#isSpoilt;
  }

  /** The platform without stand-ins again. */
  end(): void {
    for (const restore of this.#restore.toReversed()) restore();
    syncBuiltinESMExports();
  }

  /** Does some work elsewhere: at another time, in another zone. */
  async elsewhere<T>(what: ReadonlySet<Circumstance>, work: () => Promise<T>): Promise<T> {
    this.#elsewhere = what;
    try {
      return await (what.has('zone') ? inAnotherZone(work) : work());
    } finally {
      this.#elsewhere = new Set();
    }
  }

  /** Runs a card of this kind, and tells what was seen meanwhile. What the work throws is an error of the card. */
  async watch<T>(kind: CardKind, work: () => Promise<T>): Promise<{ readonly came: T | Error; readonly seen: Seen }> {
    const watch: Watch = { kind, past: [] };
    const uncaught: string[] = [];
    const note = (error: unknown) => void uncaught.push(error instanceof Error ? error.message : String(error));
    process.on('uncaughtException', note);
    process.on('unhandledRejection', note);
    const console = watchConsole();
    const running = runningNow();
    this.#watch = watch;
    let came: T | Error;
    try {
      came = await doing.run(watch, work);
      await afterwards();
    } catch (error) {
      came = error instanceof Error ? error : new Error(String(error));
    }
    // First of all, since what follows uses it.
    const during = this.realm.undo();
    const left = await leftBehind(running);
    const changed = [...during, ...this.realm.undo()];
    this.#watch = null;
    console.end();
    process.off('uncaughtException', note);
    process.off('unhandledRejection', note);
    this.#isSpoilt ||= left.length > 0;
    return { came, seen: { past: watch.past, printed: console.printed, uncaught, changed, left } };
  }

  #barring(way: Way) {
    const { barred, fails, told, remedy } = way;
    const called = (self: unknown, args: readonly unknown[]): unknown => {
      if (!this.#isBarred(barred)) return LEAVE;
      const name = told(args);
      this.#watch?.past.push({ told: name, remedy });
      const error = new Error(`A card may not use ${name}. ${remedy}`);
      if (fails === 'rejecting') return Promise.reject(error);
      if (fails === 'destroyed' && self instanceof Socket) return self.destroy(error);
      throw error;
    };
    return { called, made: (args: readonly unknown[]) => called(null, args) };
  }

  #isBarred(barred: Way['barred']): boolean {
    if (this.#watch === null || doing.getStore() !== this.#watch) return false;
    if (barred === 'pure' && this.#watch.kind !== 'pure') return false;
    // To look for who asks may itself take functions of the platform: what makes stacks readable reads files.
    const watch = this.#watch;
    this.#watch = null;
    try {
      return !isLoading();
    } finally {
      this.#watch = watch;
    }
  }
}

/** Time for what a card left behind: a promise that nobody waits for, the shortest of timers. */
async function afterwards(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setImmediate(resolve));
}
