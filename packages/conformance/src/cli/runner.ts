/** Where the command runs cases: in its own process, or in one for the packs that it was given, which nobody knows yet. */
import { FlowdeckError } from '@flowdeck/engine';
import { type Case, type CaseResult, runCase, type Suite } from '@flowdeck/testing';
import { flowdeckAdapter } from '../engine/index.js';
import type { LoadOrder } from '../pack/messages.js';
import { PACK_TIMEOUT_MS, PackProcess, TEST_TIMEOUT_MS } from '../pack/pack-process.js';
import { packTests } from '../pack/pack-tests.js';
import { services } from '../services.js';
import { loadNeeded } from './packs.js';

export interface Runner {
  /** Namespaces of cards and connectors that cases may need. */
  readonly namespaces: readonly string[];
  /** Checks of the named packs. */
  readonly checks: readonly NamedCheck[];
  /** Never rejects: what ends the process fails the case. */
  runCase(suite: Suite, entry: Case): Promise<CaseResult>;
  end(): void;
}

export interface NamedCheck {
  /** The card, or the file of cases. */
  readonly subject: string;
  readonly promise: string;
  run(): Promise<CaseResult>;
}

/** Runs cases here, with the packs that are installed. */
export async function runnerHere(wanted: readonly string[], folder: string): Promise<Runner> {
  const known = flowdeckAdapter().namespaces;
  const packs = await loadNeeded(
    wanted.filter((namespace) => !known.includes(namespace)),
    folder,
  );
  const adapter = flowdeckAdapter({ packs });
  return {
    namespaces: adapter.namespaces,
    checks: [],
    runCase: (suite, entry) => runCase(suite, entry, adapter, { services }),
    end: () => {},
  };
}

/**
 * Runs cases, and the checks of the packs, in a process of their own.
 *
 * @throws FlowdeckError `pack-missing` when there is no such pack, `pack-check` when it ends the process that loads it.
 */
export async function runnerFor(named: Pick<LoadOrder, 'packs' | 'wanted' | 'shown' | 'folder'>): Promise<Runner> {
  const order = { kind: 'load', needs: [], cases: null, ...named } as const;
  const process = new PackProcess(order, PACK_TIMEOUT_MS);
  const loaded = await process.begin();
  return {
    namespaces: loaded.namespaces,
    checks: packTests(process, loaded, TEST_TIMEOUT_MS).map((each) => {
      const { subject, promise } = each;
      const run = async (): Promise<CaseResult> => {
        const base = { suite: subject, id: promise, proves: null, source: null, failures: [], durationMs: 0 };
        if (each.isLost) return { ...base, status: 'skipped', reason: 'It did not come through another check.' };
        const fault = await faultOf(each.run);
        return fault === null
          ? { ...base, status: 'passed' }
          : { ...base, status: 'failed', failures: [{ where: 'pack', message: fault }] };
      };
      return { subject, promise, run };
    }),
    runCase: async (suite, entry) => {
      const { id, proves = null, source = null } = entry;
      let result: CaseResult | null = null;
      const fault = await faultOf(async () => {
        result = await process.run({ kind: 'case', suite: { ...suite, cases: [] }, entry }, TEST_TIMEOUT_MS);
      });
      const failures = [{ where: 'process', message: fault ?? '' }];
      return result ?? { suite: suite.suite, id, proves, source, status: 'failed', failures, durationMs: 0 };
    },
    end: () => process.end(),
  };
}

async function faultOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof FlowdeckError)) return error instanceof Error ? error.message : String(error);
    return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  }
}
