// Processes that try mutants, side by side: one that hangs or dies takes its mutant with it, and is replaced.
import { fork } from 'node:child_process';
import { join } from 'node:path';

/** Milliseconds without a sign of life after which a process is taken to be in a loop without end, beyond its longest check. */
const SILENCE_MS = 8000;
/** Without a mutant nothing loops; a check may be slow. */
const DRY_SILENCE_MS = 300_000;
/** Megabytes of a process, so that a mutant that never stops collecting ends it. */
const MEMORY_MB = 1500;

/** One process. `ask` gives its answer, or how it ended: `{ kind: 'lost', status }`. */
export class Worker {
  #child = null;
  #program;
  #env;
  #silenceMs = DRY_SILENCE_MS;

  /**
   * @param longestMs What the longest check takes without a mutant, when mutants are tried.
   * @param mutant One that is on from the very beginning, for what happens when sources are loaded.
   */
  constructor(program, longestMs, mutant) {
    this.#program = program;
    if (longestMs !== undefined) this.#silenceMs = SILENCE_MS + longestMs * 5;
    this.#env = mutant === undefined ? process.env : { ...process.env, __STRYKER_ACTIVE_MUTANT__: mutant };
  }

  /** @param hear Gets signs of life. */
  async ask(order, hear = () => {}) {
    if (this.#child === null) {
      const begun = await this.#begin();
      if (begun.kind !== 'ready') return begun;
    }
    this.#child.send(order);
    return this.#answer(['dry', 'done'], hear);
  }

  /** Ends the process, and whatever a mutant left running in it. The next question begins another. */
  end() {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  #begin() {
    this.#child = fork(join(import.meta.dirname, 'worker.mjs'), [this.#program], {
      env: this.#env,
      execArgv: [`--max-old-space-size=${MEMORY_MB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return this.#answer(['ready', 'broken'], () => {});
  }

  #answer(kinds, hear) {
    const child = this.#child;
    return new Promise((resolve) => {
      let timer;
      const settle = (answer) => {
        clearTimeout(timer);
        child.off('message', take);
        child.off('exit', lost);
        if (answer.kind === 'lost' || answer.kind === 'broken') this.end();
        resolve(answer);
      };
      const lost = () => settle({ kind: 'lost', status: 'killed', by: 'the process ended' });
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(
          () => settle({ kind: 'lost', status: 'timeout', by: 'a loop without end' }),
          this.#silenceMs,
        );
      };
      const take = (message) => {
        wait();
        if (kinds.includes(message.kind)) settle(message);
        else hear(message);
      };
      child.on('message', take);
      child.on('exit', lost);
      wait();
    });
  }
}
