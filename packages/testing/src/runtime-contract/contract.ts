/** What every runtime is held to. */
import { badInputChecks } from './checks/bad-input.js';
import { crashChecks } from './checks/crashes.js';
import { deployChecks } from './checks/deploys.js';
import { runChecks } from './checks/runs.js';
import { signalChecks } from './checks/signals.js';
import { effectServer, onStage } from './stage.js';
import type { RuntimeSubject } from './subject.js';

/** A check of the contract, for a test framework. */
export interface ContractTest {
  /** With the name of the runtime. */
  readonly title: string;
  /** Rejects with an `AssertionError` when the runtime does not keep the contract. */
  run(): Promise<void>;
}

/**
 * The contract of runtimes as tests: each opens the runtime anew.
 *
 * @example
 * for (const { title, run } of runtimeContract(subject)) test(title, run);
 */
export function runtimeContract(subject: RuntimeSubject): readonly ContractTest[] {
  const server = effectServer();
  return [...runChecks, ...signalChecks, ...deployChecks, ...badInputChecks, ...crashChecks]
    .filter(({ kills }) => subject.outlivesProcess || !kills)
    .map(({ title, act }) => ({
      title: `${subject.name}: ${title}`,
      run: () => onStage(subject, (stage) => inTime(title, act(stage)), server),
    }));
}

/** Milliseconds after which a check has failed: a runtime that loses a run is seen by nothing else. */
const CHECK_MS = 300_000;

function inTime(title: string, acting: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing came of it in ${CHECK_MS} ms: ${title}`)), CHECK_MS);
  });
  return Promise.race([acting, over]).finally(() => clearTimeout(timer));
}
