/** The effects of runs as a server has seen them: what was lost, what came twice, and whether it might. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What came of the effects of one run. */
export interface EffectCount {
  /** Different ones. */
  readonly seen: number;
  /** Of those that belong to the run, the ones that never came. */
  readonly lost: readonly string[];
  /** Came more than once; without those that may not. */
  readonly doubled: readonly string[];
  /** Came again although the run had gone on from them: their outcome was remembered, and they were not under way. */
  readonly outside: readonly string[];
  /** Came more than once although they may take place at most once. */
  readonly forbidden: readonly string[];
}

/** The server, in a process of its own. It is started when it is first asked for, and ends with this process. */
export class EffectServer {
  readonly #answerMs: number;
  #started: Promise<{ readonly child: ChildProcess; readonly port: unknown }> | null = null;
  #handed = 0;

  /** `answerMs`: milliseconds until an effect is answered. */
  constructor(answerMs: number) {
    this.#answerMs = answerMs;
  }

  /** A count of its own, that sees what comes to its address only. */
  async count(): Promise<Effects> {
    this.#started ??= this.#start();
    const { child, port } = await this.#started;
    return new Effects(child, port, ++this.#handed);
  }

  async #start() {
    // Beside this file as source, beside its bundle when built.
    const source = new URL('./effect-server.ts', import.meta.url);
    const program = fileURLToPath(existsSync(source) ? source : new URL('./effect-server.js', import.meta.url));
    const child = fork(program, [String(this.#answerMs)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const port = await new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('The server that counts effects did not start.')));
    });
    // It must not keep this process, which ends it by ending.
    child.unref();
    child.channel?.unref();
    child.setMaxListeners(0);
    return { child, port };
  }
}

export class Effects {
  /** Where effects are counted. */
  readonly url: string;
  readonly #child: ChildProcess;
  /** Keys in the order in which they came. */
  readonly #arrivals: string[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #hear: (message: unknown) => void;

  constructor(child: ChildProcess, port: unknown, count: number) {
    this.url = `http://127.0.0.1:${port}/${count}`;
    this.#child = child;
    this.#hear = (message) => {
      const [place = '', key = ''] = String(message).split('/').map(decodeURIComponent);
      if (place !== String(count)) return;
      this.#arrivals.push(key);
      for (const tell of [...this.#listeners]) tell();
    };
    child.on('message', this.#hear);
  }

  /** Keys of a run in the order in which they came, each as often as it did. */
  of(runId: string): readonly string[] {
    return this.#arrivals.filter((key) => runOf(key) === runId);
  }

  /** Resolves as soon as so many effects of the run have come. */
  reach(runId: string, count: number): Promise<void> {
    return this.#when(() => this.of(runId).length >= count);
  }

  /** Resolves as soon as that effect has come. */
  arrival(key: string): Promise<void> {
    return this.#when(() => this.#arrivals.includes(key));
  }

  /** Compares what came with the keys that a run has, written without its id. `once`: those that may come at most once. */
  count(runId: string, expected: readonly string[], once: readonly string[] = []): EffectCount {
    return countEffects(this.of(runId), {
      expected: expected.map((key) => `${runId}${key}`),
      once: once.map((key) => `${runId}${key}`),
    });
  }

  /** Hears no more. */
  close(): void {
    this.#child.off('message', this.#hear);
  }

  #when(isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
    });
  }
}

/** What came, compared with what had to come and with what may come at most once. */
export function countEffects(
  came: readonly string[],
  { expected, once }: { readonly expected: readonly string[]; readonly once: readonly string[] },
): EffectCount {
  const keys = new Set(came);
  const twice = [...keys].filter((key) => came.indexOf(key) !== came.lastIndexOf(key));
  return {
    seen: keys.size,
    lost: expected.filter((key) => !keys.has(key)),
    doubled: twice.filter((key) => !once.includes(key)),
    outside: repeatedLate(came),
    forbidden: twice.filter((key) => once.includes(key)),
  };
}

/** The run of a key such as `run/each.3/card#2`. */
function runOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** The activation that an effect belongs to. */
function executionOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}

/**
 * Effects that came again although a later one shows that the run had gone on from them. An activation performs its
 * effects one after the other, and one that called another goes on when that has ended; of a flow that nobody waits for
 * (a card named `aside`) its caller's effects show nothing. This needs no clock, so no load of the machine excuses it.
 */
export function repeatedLate(arrivals: readonly string[]): readonly string[] {
  const known = new Set<string>();
  const seen = new Set<string>();
  const outside: string[] = [];
  for (const key of arrivals) {
    if (known.has(key)) outside.push(key);
    if (seen.has(key)) continue;
    for (const before of seen) if (showsEndOf(key, before)) known.add(before);
    seen.add(key);
  }
  return outside;
}

/** Whether the first arrival of `key` means that the outcome of `before` was remembered. */
function showsEndOf(key: string, before: string): boolean {
  const line = executionOf(key);
  const earlier = executionOf(before);
  if (line === earlier) return true;
  return earlier.startsWith(`${line}/`) && !earlier.slice(line.length).startsWith('/aside');
}
