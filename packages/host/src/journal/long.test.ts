/** What is too long for a line of the journal lies beside it: read by later lives, sealed, and gone with its run. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, defineCard, definePack, type RunOptions, type RunSeal } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fileAnnex } from '../annex/file-annex.js';
import { runSeal } from '../runs/seal.js';
import { fileJournal } from './open.js';

const LONG = 100_000;
let performed = 0;
const pack = definePack({
  name: 'long',
  namespace: 'long',
  version: '1.0.0',
  cards: [
    defineCard({
      id: 'long.say',
      title: 'Say',
      description: 'Gives a long text.',
      kind: 'effect',
      inputs: [],
      outputs: [{ key: 'output', type: 'text' }],
      async run() {
        performed++;
        return { output: 'aardvark'.repeat(LONG) };
      },
    }),
    defineCard({
      id: 'long.wait',
      title: 'Wait',
      description: 'Waits for a signal and gives how long a text is.',
      kind: 'control',
      inputs: [{ key: 'text', type: 'text' }],
      outputs: [{ key: 'length', type: 'number' }],
      async run(text, ctx) {
        await ctx.waitFor('go');
        return { length: text?.length ?? 0 };
      },
    }),
  ],
});
const DECK = {
  flowdeck: 1,
  id: 'main',
  type: 'manual',
  outputs: [{ key: 'length', type: 'number' }],
  cards: [
    { id: 'a', card: 'long.say' },
    { id: 'w', card: 'long.wait', in: { text: { from: '/a/output' } } },
  ],
};

async function inFolder(act: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'flowdeck-long-'));
  try {
    await act(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A life of the run, in a journal of its own: until it waits, or to its end. */
async function life(dir: string, seal: RunSeal | undefined, signalled: boolean) {
  const journal = await fileJournal({ dir, ...(seal === undefined ? {} : { seal }) });
  const engine = createEngine({ packs: [pack], ports: { runtime: journal } });
  const options: RunOptions = { runId: 'one', startedAt: 0, limits: { recordBytes: 10_000, wallTimeMs: 1e15 } };
  const handle = engine.start(engine.load(DECK), options);
  const ended = handle.result.catch((error: unknown) => error);
  await journal.nextRest('one');
  if (signalled) await handle.signal('go', null);
  const result = signalled ? await ended : null;
  await journal.shutdown();
  return result;
}

const filesIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
const textsIn = (dir: string) => readdirSync(join(dir, 'annex'));

for (const [name, seal] of [
  ['in the clear', undefined],
  ['sealed', runSeal(Buffer.alloc(32, 7).toString('base64'))],
] as const)
  test(`${name}, a long result is not in the journal, is read by the next life, and is gone when the run has ended`, () =>
    inFolder(async (dir) => {
      performed = 0;
      await life(dir, seal, false);
      assert.is(textsIn(dir).length, 1);
      const shown = filesIn(dir).filter((text) => text.includes('aardvark')).length;
      assert.is(shown, seal === undefined ? 1 : 0);
      assert.ok(
        filesIn(dir).some((text) => text.length < 3_000),
        'the journal is short',
      );
      const result = await life(dir, seal, true);
      assert.is((result as { value: unknown }).value, 8 * LONG); // of a run that ended well
      assert.is(performed, 1);
      assert.equal(textsIn(dir), []);
    }));

test('a run that began without a key goes on with one, and with the next: what it left beside the journal is found', () =>
  inFolder(async (dir) => {
    const [first, second] = [7, 8].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string]; // two
    performed = 0;
    for (const seal of [undefined, runSeal(first), runSeal(second, [first])]) await life(dir, seal, false);
    const result = await life(dir, runSeal(second, [first]), true);
    assert.equal([(result as { value: unknown }).value, performed], [8 * LONG, 1]); // of a run that ended well
    assert.equal(textsIn(dir), []);
  }));

test('what a process left of a run that had ended is given back by the next one', () =>
  inFolder(async (dir) => {
    const journal = await fileJournal({ dir });
    await journal.shutdown();

    await fileAnnex({ dir: join(dir, 'annex') }).put('nobody', 'text');
    assert.is(textsIn(dir).length, 1);
    await (await fileJournal({ dir })).shutdown();
    assert.equal(textsIn(dir), []);
  }));

test.run();
