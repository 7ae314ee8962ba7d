/** Tells those who watch a host what happens in it. */
import type { Clock } from '@flowdeck/engine';
import type { HostNotice, HostPhase, NoticeLevel, NoticeOf } from './types.js';

/** The last part of the address of an event, which nobody should guess: a service may repeat it in what it says. */
const OWN_TOKEN = /(\/hook\/)[\w%-]+/g;
/** Whoever asks chooses how long a name is. */
const MOST_TEXT = 1_000;

export class Watch {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #listeners: readonly ((notice: HostNotice) => void)[];

  constructor(clock: Pick<Clock, 'now'>, listeners: readonly ((notice: HostNotice) => void)[]) {
    this.#clock = clock;
    this.#listeners = listeners;
  }

  /** Its life: `flows` are those that it serves. */
  host(phase: HostPhase, flows: ReadonlyMap<string, unknown>): void {
    this.tell('info', { what: 'host', phase, flows: flows.size });
  }

  /** What a listener throws is its own affair. */
  tell(level: NoticeLevel, notice: NoticeOf): void {
    if (this.#listeners.length === 0) return;
    const told: HostNotice = { at: this.#clock.now(), level, ...tidy(notice) };
    for (const listener of this.#listeners) {
      try {
        listener(told);
      } catch {
        // The host goes on.
      }
    }
  }
}

function tidy<T extends NoticeOf>(notice: T): T {
  const entries = Object.entries(notice).map(([name, value]) => [
    name,
    typeof value === 'string' ? short(value) : value,
  ]);
  return Object.fromEntries(entries) as T; // the same members
}

function short(text: string): string {
  const open = text.replace(OWN_TOKEN, '$1…');
  return open.length > MOST_TEXT ? `${open.slice(0, MOST_TEXT)}…` : open;
}
