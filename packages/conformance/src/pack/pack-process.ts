/** A process for a pack under test, so that one that hangs or ends it takes one test along and not the rest. */
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { FlowdeckError } from '@flowdeck/engine';
import type { CaseResult } from '@flowdeck/testing';
import type { ConformanceCode } from '../codes.js';
import { PackLine } from './listen.js';
import {
  type CaseOrder,
  LINE_FD,
  type Loaded,
  type LoadOrder,
  type Order,
  type PackAnswer,
  type PackFault,
  type TestOrder,
} from './messages.js';

/** Milliseconds for one check or case of a pack. */
export const TEST_TIMEOUT_MS = 20_000;
/** Milliseconds for loading it. */
export const PACK_TIMEOUT_MS = 60_000;

/** Calls `giveUp` after so many milliseconds, unless what it returns is called before. */
export type Patience = (ms: number, giveUp: () => void) => () => void;

/** As long as it says. */
const realPatience: Patience = (ms, giveUp) => {
  const timer = setTimeout(giveUp, ms);
  return () => clearTimeout(timer);
};

export class PackProcess {
  readonly #load: LoadOrder;
  readonly #loadTimeoutMs: number;
  readonly #patience: Patience;
  #child: ChildProcess | null = null;
  #line: PackLine | null = null;
  #isLost = false;

  constructor(load: LoadOrder, loadTimeoutMs: number, patience: Patience = realPatience) {
    this.#load = load;
    this.#loadTimeoutMs = loadTimeoutMs;
    this.#patience = patience;
  }

  /**
   * Starts the process and loads the pack in it.
   *
   * @throws FlowdeckError what loading throws; `pack-check` when it ends the process or does not come to an end.
   */
  async begin(): Promise<Loaded> {
    // The channel of Node only tells that one of the two is gone: in the process, a pack can speak on it.
    this.#child = fork(program(), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc', 'pipe'] });
    const stream = this.#child.stdio[LINE_FD];
    if (!(stream instanceof Socket)) throw new Error('There is no line to the process.'); // a pipe is a socket
    this.#line = new PackLine(stream);
    const answer = await this.#ask(this.#load, 'the pack is loaded', this.#loadTimeoutMs);
    if (answer.kind === 'loaded') return answer;
    this.end();
    throw errorOf(answer.fault);
  }

  /**
   * Runs a test, or a case, in a new process when the last one was lost.
   *
   * @returns the result of a case; null for a test that passed.
   * @throws FlowdeckError what the test throws; `pack-check` when it ends the process or does not come to an end.
   */
  async run(order: TestOrder | CaseOrder, timeoutMs: number): Promise<CaseResult | null> {
    this.#isLost = false;
    if (this.#child === null) await this.begin();
    const answer = await this.#ask(order, 'it is tested', timeoutMs);
    // What the next one is tried in must not suffer from what this one left behind.
    if (answer.kind === 'ran' && answer.isSpoilt) this.#lose();
    if (answer.kind === 'ran' && answer.fault === null) return answer.result;
    throw errorOf(answer.kind === 'loaded' ? null : answer.fault);
  }

  /** Whether the last test ended the process, or it had to be ended. */
  get isLost(): boolean {
    return this.#isLost;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
    this.#line = null;
  }

  #lose(): void {
    this.#isLost = true;
    this.end();
  }

  #ask(order: Order, when: string, timeoutMs: number): Promise<PackAnswer> {
    const [child, line] = [this.#child, this.#line];
    if (child === null || line === null) throw new Error('The process has ended.'); // begin() has started one
    return new Promise((resolve, reject) => {
      const settle = (work: () => void) => {
        stop();
        child.removeAllListeners();
        // Nothing is asked of it now, so it does not keep its parent running.
        child.unref();
        child.channel?.unref();
        line.unref();
        work();
      };
      const fail = (message: string, hint: string) =>
        settle(() => {
          this.#lose();
          reject(new FlowdeckError<ConformanceCode>('pack-check', message, { hint }));
        });
      const stop = this.#patience(timeoutMs, () =>
        fail(`While ${when}, nothing comes to an end within ${timeoutMs} ms.`, ENDLESS),
      );
      child.once('error', (error) => fail(`The process for the pack cannot be started: ${error.message}`, ''));
      child.once('exit', (code, signal) => fail(`While ${when}, the process ends (${signal ?? code}).`, NEVER_EXIT));
      child.ref();
      child.channel?.ref();
      line.ref();
      line.ask(order, (answer) => {
        if (answer === null) fail(`While ${when}, something else answers in the place of the check.`, NEVER_ANSWER);
        else settle(() => resolve(answer));
      });
    });
  }
}

const ENDLESS = 'Look for a loop without end, or a promise that never settles.';
const NEVER_ANSWER = 'A card writes to no descriptor that it has not opened.';
const NEVER_EXIT = 'A card never ends the process of its host: it raises a RunError.';

function errorOf(fault: PackFault | null): Error {
  if (fault === null || fault.code === null) return new Error(fault?.message);
  // Most are of the suite; those of the engine and of packs come from over there, too.
  const code = fault.code as ConformanceCode;
  return new FlowdeckError<ConformanceCode>(code, fault.message, fault.hint === null ? {} : { hint: fault.hint });
}

/** By name, since the bundle and the sources lie at different depths. The process always runs what was built. */
function program(): string {
  return join(
    dirname(createRequire(import.meta.url).resolve('@flowdeck/conformance/package.json')),
    'dist/pack-child.js',
  );
}
