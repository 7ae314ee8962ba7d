/** Space is given back, and nothing that is needed goes with it. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRuntime, Value } from '@flowdeck/engine';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { never, recordOf, rejection, segmentsIn, unreached, withDirectory } from '../../test/support.js';
import { type Disk, nodeDisk } from '../log/disk.js';
import { fileJournal, openJournal } from './open.js';
import type { FileJournal } from './types.js';

const SUCCESS = { status: 'success', outputs: null, error: null };

async function shortRun(journal: FileJournal, id: string): Promise<void> {
  const run = await journal.open(recordOf(id), never());
  await run.step(`${id}/a`, async () => 'x'.repeat(200));
  await journal.close(id, SUCCESS);
}

test('a long-lived process does not fill the disk, also when one run waits through it all', async () => {
  await withDirectory(async (dir) => {
    const journal = await fileJournal({ dir, maxSegmentBytes: 4000 });
    const sleeper = await journal.open(recordOf('sleeper'), never());
    await sleeper.step('sleeper/a', async () => 'kept');
    let most = 0;
    for (let number = 0; number < 200; number += 1) {
      // Runs overlap, so that every segment ends within one.
      const [even, odd] = [`even${number}`, `odd${number}`];
      await Promise.all([shortRun(journal, even), shortRun(journal, odd)]);
      const bytes = segmentsIn(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
      most = Math.max(most, bytes);
    }
    assert.ok(most < 20_000, `${most} bytes of about 180000 written`);
    await journal.shutdown();

    const again = await fileJournal({ dir, maxSegmentBytes: 4000 });
    assert.equal(await again.unfinished(), [{ ...recordOf('sleeper'), interpreter: '1' }]);
    const resumed = await again.open(recordOf('sleeper'), never());
    assert.is(resumed.step('sleeper/a', unreached), 'kept');
    await again.shutdown();
  });
});

test('segments whose runs have all ended are removed at the start', async () => {
  await withDirectory(async (dir) => {
    const noRemoval: Disk = { ...nodeDisk, remove: () => Promise.reject(new Error('EACCES: permission denied')) };
    const warnings: string[] = [];
    const options = { dir, maxSegmentBytes: 500, onWarning: ({ code }: { code: string }) => warnings.push(code) };
    const first = await openJournal(options, noRemoval);
    for (let number = 0; number < 10; number += 1) await shortRun(first, `r${number}`);
    await first.shutdown();
    assert.ok(segmentsIn(dir).length >= 5);
    assert.ok(warnings.includes('journal-cleaning'));
    const second = await fileJournal({ dir });
    assert.is(segmentsIn(dir).length, 1);
    assert.equal(await second.unfinished(), []);
    await second.shutdown();
  });
});

/** What the journal should know. */
interface Model {
  readonly steps: Map<string, Map<string, Value>>;
  readonly signals: Map<string, number[]>;
  readonly ended: Set<string>;
}

type Action =
  | { readonly kind: 'step'; readonly run: number; readonly size: number }
  | { readonly kind: 'signal'; readonly run: number }
  | { readonly kind: 'end'; readonly run: number }
  | { readonly kind: 'restart' };

const runNumber = fc.nat(7);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('step' as const), run: runNumber, size: fc.nat(300) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('signal' as const), run: runNumber }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), run: runNumber }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

test('whatever is done in whatever order, unfinished runs keep everything and ended runs stay ended', async () => {
  const property = fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 80 }), async (actions) => {
    await withDirectory(async (dir) => {
      const options = { dir, maxSegmentBytes: 400 };
      const model: Model = { steps: new Map(), signals: new Map(), ended: new Set() };
      let journal = await fileJournal(options);
      const open = new Map<string, RunRuntime>();
      const opened = async (id: string): Promise<RunRuntime> => {
        const run = open.get(id) ?? ((await journal.open(recordOf(id), never())) as RunRuntime);
        open.set(id, run);
        if (!model.steps.has(id)) model.steps.set(id, new Map());
        return run;
      };
      let serial = 0;
      for (const action of [...actions, { kind: 'restart' } as const]) {
        serial += 1;
        if (action.kind === 'restart') {
          await journal.shutdown();
          open.clear();
          journal = await fileJournal(options);
          await check(journal, model);
          await journal.shutdown();
          journal = await fileJournal(options);
          continue;
        }
        const id = `run${action.run}`;
        if (model.ended.has(id)) continue;
        const run = await opened(id);
        if (action.kind === 'step') {
          const value = `${serial}${'x'.repeat(action.size)}`;
          await run.step(`${id}/${serial}`, async () => value);
          model.steps.get(id)?.set(`${id}/${serial}`, value);
        } else if (action.kind === 'signal') {
          await journal.signal(id, 'go', serial);
          model.signals.set(id, [...(model.signals.get(id) ?? []), serial]);
        } else {
          await journal.close(id, SUCCESS);
          open.delete(id);
          model.ended.add(id);
        }
      }
      await journal.shutdown();
      assert.equal(
        readdirSync(dir).filter((name) => !name.endsWith('.log')),
        [],
      );
    });
  });
  await fc.assert(property, { numRuns: 40 });
});

async function check(journal: FileJournal, model: Model): Promise<void> {
  const expected = [...model.steps.keys()].filter((id) => !model.ended.has(id)).sort();
  const left = (await journal.unfinished()).map((record) => record.runId).sort();
  assert.equal(left, expected);
  for (const id of expected) {
    const run = await journal.open(recordOf(id), never());
    for (const [step, value] of model.steps.get(id) ?? []) {
      assert.is(run.step(step, unreached), value);
    }
    for (const n of model.signals.get(id) ?? []) {
      assert.is(await run.signal(`${id}/got${n}`, 'go'), n);
    }
    model.signals.delete(id);
  }
  for (const id of model.ended) {
    if ((await journal.result(id)) === null) continue;
    assert.is((await rejection(journal.open(recordOf(id), never()))).code, 'journal-run-ended');
  }
}

test.run();
