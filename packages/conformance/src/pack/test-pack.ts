/** Tests of a pack in a process of its own, for any test runner. */
import { fileURLToPath } from 'node:url';
import { PACK_TIMEOUT_MS, PackProcess, type Patience, TEST_TIMEOUT_MS } from './pack-process.js';
import { packTests } from './pack-tests.js';

/** What `testPack` tests, with which test runner, and for how long at most. */
export interface TestPackOptions {
  /**
   * The module of the pack: a URL, a path that begins with `./`, or the name of a package. Its default export is the pack. Or
   * the directory of a connector: its rules, flows and tests are held to as well.
   */
  readonly pack: string | URL;
  /** Where the cases of the pack lie: a folder or a file. Default: none. */
  readonly cases?: string | URL;
  /** Modules of packs that the pack needs; they are not tested. */
  readonly needs?: readonly (string | URL)[];
  /** Registers a test: `test` of uvu, node:test, vitest and their likes. */
  readonly test: (name: string, run: () => Promise<void>) => unknown;
  /** Milliseconds for one test; one that takes longer fails, and its process is ended. Default 20,000. */
  readonly timeoutMs?: number;
  /** Milliseconds for loading the pack. Default 60,000. */
  readonly loadTimeoutMs?: number;
}

/**
 * Registers the tests that `conformance` registers, and runs the pack in a process of its own: one that ends its process,
 * that loops for ever or never settles fails the test in which it does, and the rest goes on.
 *
 * @returns when all tests are registered.
 * @throws FlowdeckError `pack-missing` when there is no such pack, `pack-check` when loading it ends the process or does not
 * come to an end, and what `conformance` throws.
 * @example
 * import { testPack } from '@flowdeck/conformance';
 * import { test } from 'uvu';
 * await testPack({ pack: new URL('./index.js', import.meta.url), cases: new URL('./cases/', import.meta.url), test });
 * test.run();
 */
export function testPack(options: TestPackOptions): Promise<void> {
  return registerTests(options);
}

/** @param patience Tells when time is up. Default: real time. */
export async function registerTests(options: TestPackOptions, patience?: Patience): Promise<void> {
  const { test, timeoutMs = TEST_TIMEOUT_MS, loadTimeoutMs = PACK_TIMEOUT_MS, cases, needs = [] } = options;
  const pack = new PackProcess(
    {
      kind: 'load',
      packs: [String(options.pack)],
      needs: needs.map(String),
      wanted: [],
      shown: [],
      cases: cases === undefined ? null : cases instanceof URL ? fileURLToPath(cases) : cases,
      folder: process.cwd(),
    },
    loadTimeoutMs,
    patience,
  );
  const loaded = await pack.begin();
  for (const { subject, promise, run } of packTests(pack, loaded, timeoutMs)) test(`${subject} ${promise}`, run);
}
