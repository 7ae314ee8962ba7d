/** Tests of a pack, for any test runner. */
import { createEngine, FlowdeckError, type Pack } from '@flowdeck/engine';
import type { Suite } from '@flowdeck/testing';
import { runCase } from '@flowdeck/testing';
import type { FoundSuites } from '@flowdeck/testing/files';
import { describeFailure } from '../cli/report.js';
import type { ConformanceCode } from '../codes.js';
import { withStandard } from '../engine/flowdeck.js';
import { flowdeckAdapter } from '../engine/index.js';
import { services } from '../services.js';
import { findSuites, type SuiteSource } from '../suites.js';
import type { Check, Subject } from './check.js';
import { WatchedPacks } from './conduct.js';
import { exampleChecks } from './examples.js';
import { explainedChecks } from './explained.js';
import { patienceChecks } from './patience.js';
import type { Platform } from './platform/platform.js';
import { robustChecks } from './robust.js';
import { shownCards } from './shown.js';

/** What `conformance` tests, and with which test runner. */
export interface ConformanceOptions {
  /** The packs under test. The standard cards are there besides, and are tested only when they are among them. */
  readonly packs: readonly Pack[];
  /** Where the cases of the packs lie, or the suites themselves. Default: none. */
  readonly cases?: SuiteSource | readonly Suite[];
  /** Packs that the packs under test need; they are not tested. */
  readonly needs?: readonly Pack[];
  /** Registers a test: `test` of uvu, node:test, vitest and their likes. */
  readonly test: (name: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers a test for every promise of every card of the packs, and one for every case. Nothing reaches beyond this
 * machine, and nothing waits.
 *
 * For each card: it and its fields are explained; it has an example or a case; the examples of a pure card are true, also
 * later, elsewhere and whatever was asked in between; inputs are never changed; null at any input is no crash; outputs are
 * declared and have their types; only `ctx.http` leads to the web, and only to hosts that an input or the pack names; no
 * file, process or worker is used, no global changed, nothing left behind; secret inputs stay out of events and off the
 * console; an effect gives up its request when its time is up or the run is cancelled.
 *
 * The pack runs in this process, and one that hangs hangs it: `testPack` gives it one of its own.
 *
 * @throws FlowdeckError `case-file`, `case-none` when there are no cases, and what `createEngine` throws.
 * @example
 * import { conformance } from '@flowdeck/conformance';
 * import { test } from 'uvu';
 * conformance({ packs: [acme], cases: new URL('./cases/', import.meta.url), test });
 * test.run();
 */
export function conformance(options: ConformanceOptions): void {
  registerChecks(options, new Set(), null);
}

/**
 * @param shown Cards that something beside the cases runs: tests of a connector, cases of others.
 * @param platform The one that is watched in this process all along. Null: each probe watches it for itself.
 */
export function registerChecks(
  { packs: tested, cases, needs = [], test }: ConformanceOptions,
  shown: ReadonlySet<string>,
  platform: Platform | null,
): readonly Subject[] {
  const packs = withStandard([...needs, ...tested]);
  const { suites, faults } = suitesOf(cases);
  for (const fault of faults) {
    test(`${fault.at.file ?? 'a file of cases'} can be read`, async () => {
      throw fault;
    });
  }
  const subjects = subjectsOf(tested, packs, new Set([...shown, ...shownCards(suites)]), platform);
  for (const { name, run } of subjects.flatMap(checksOf)) test(name, async () => run());
  const adapter = flowdeckAdapter({ packs });
  for (const suite of suites) {
    for (const entry of suite.cases) {
      test(`${suite.suite}/${entry.id}: ${entry.proves}`, async () => {
        const result = await runCase(suite, entry, adapter, { services });
        if (result.status === 'failed')
          throw new FlowdeckError<ConformanceCode>('case-failed', `\n${describeFailure(result)}`);
      });
    }
  }
  return subjects;
}

/** A file with a fault keeps nobody from running the rest. */
function suitesOf(cases: ConformanceOptions['cases']): FoundSuites {
  if (cases === undefined) return { suites: [], faults: [] };
  return typeof cases === 'object' && !(cases instanceof URL) ? { suites: cases, faults: [] } : findSuites(cases);
}

/** All checks of a card, named after it. */
function checksOf(subject: Subject): readonly Check[] {
  return [explainedChecks, exampleChecks, robustChecks, patienceChecks].flatMap((checks) =>
    checks(subject).map(({ name, run }) => ({ name: `${subject.card.id} ${name}`, run })),
  );
}

/** All cards of the packs. */
function subjectsOf(
  tested: readonly Pack[],
  packs: readonly Pack[],
  shown: ReadonlySet<string>,
  platform: Platform | null,
): readonly Subject[] {
  const engine = createEngine({ packs });
  const own = new Set(tested.map((pack) => pack.name));
  const ownConnectors = new Set(
    createEngine({ packs: withStandard(tested) }).connectors.map((connector) => connector.key),
  );
  const watched = new WatchedPacks(packs, platform);
  return engine.cards
    .filter((entry) => (entry.action === undefined ? own.has(entry.pack) : ownConnectors.has(entry.action.connector)))
    .map(({ card, pack, action }): Subject => {
      const hosts = packs.find(({ name }) => name === pack)?.hosts ?? [];
      return { card, watched, hosts, shown, isAction: action !== undefined };
    });
}
