/** What is sealed opens with its key only, and a sealed journal shows nothing of its runs. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import { newHostKey } from '@flowdeck/connect';
import { createEngine, type RunSeal } from '@flowdeck/engine';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fileJournal } from '../journal/open.js';
import { runSeal } from './seal.js';

const KEY = Buffer.alloc(32, 7).toString('base64');

test('what is sealed opens again, and the same text gives the same', () => {
  const seal = runSeal(KEY);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const sealed = seal.close(text);
      assert.is(seal.open(sealed), text);
      assert.is(runSeal(KEY).close(text), sealed);
      assert.ok(text.length < 4 || !sealed.includes(Buffer.from(text).toString('base64').replaceAll('=', '')));
    }),
  );
});

test('another key, and anything that was changed, opens nothing', () => {
  const sealed = runSeal(KEY).close('a secret');
  assert.is(runSeal(newHostKey()).open(sealed), null);
  const bytes = Buffer.from(sealed, 'base64');
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.is(runSeal(KEY).open(changed.toString('base64')), null, `byte ${at}`);
  }
  for (const none of ['', 'AAAA', 'no base64!']) assert.is(runSeal(KEY).open(none), null);
});

test('a key of another form is refused', () => {
  for (const key of ['', 'short', `${KEY}x`, Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])
    assert.throws(
      () => runSeal(key),
      (error: { code: string }) => error.code === 'runtime-key',
      key,
    );
});

const DECK = {
  flowdeck: 1,
  id: 'a',
  type: 'manual',
  inputs: [{ key: 'word', type: 'text' }],
  outputs: [{ key: 'both', type: 'text' }],
  cards: [
    { id: 'ask', card: 'control.pause', in: {}, outputs: [{ key: 'answer', type: 'text' }] },
    { card: 'flow.return', in: { both: { expr: 'inputs.word & ask.answer' } } },
  ],
};

async function ranOn(dir: string, seal: RunSeal | undefined): Promise<unknown> {
  const journal = await fileJournal({ dir, ...(seal === undefined ? {} : { seal }) });
  const engine = createEngine({ packs: [standard], ports: { runtime: journal } });
  const handle = engine.start(engine.load(DECK), { runId: 'one', inputs: { word: 'aardvark' } });
  await journal.begun('one');
  await handle.signal('resume', { answer: 'zebra' });
  const { outputs } = await handle.result;
  await journal.shutdown();
  return outputs;
}

const writtenIn = (dir: string) =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('');

async function inFolder(act: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'flowdeck-seal-'));
  try {
    await act(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test('a sealed journal shows neither inputs nor signals nor outputs, and its key reads them', () =>
  inFolder(async (dir) => {
    assert.equal(await ranOn(dir, runSeal(KEY)), { both: 'aardvarkzebra' });
    assert.not.match(writtenIn(dir), /aardvark|zebra|"one"/);
    const again = await fileJournal({ dir, seal: runSeal(KEY) });
    assert.equal((await again.result('one'))?.outputs, { both: 'aardvarkzebra' });
    await again.shutdown();
    for (const seal of [undefined, runSeal(newHostKey())]) {
      const refused = await fileJournal({ dir, ...(seal === undefined ? {} : { seal }) }).then(
        () => null,
        (error: { code: string }) => error.code,
      );
      assert.is(refused, 'runtime-key');
    }
    const kept = await fileJournal({ dir, seal: runSeal(KEY) });
    assert.is((await kept.result('one'))?.status, 'success', 'a wrong key harms nothing');
    await kept.shutdown();
  }));

test('without a key all of it is there to be read, and a key that comes later seals it, as the next key does', () =>
  inFolder(async (dir) => {
    await ranOn(dir, undefined);
    assert.match(writtenIn(dir), /aardvark[\s\S]*zebra/);
    const next = newHostKey();
    for (const seal of [runSeal(KEY), runSeal(next, [KEY]), runSeal(next)]) {
      const journal = await fileJournal({ dir, seal });
      assert.not.match(writtenIn(dir), /aardvark|zebra|"one"/);
      assert.is((await journal.result('one'))?.status, 'success');
      await journal.shutdown();
    }
    const former = await fileJournal({ dir, seal: runSeal(KEY) }).catch((error: { code: string }) => error);
    assert.is((former as { code: string }).code, 'runtime-key'); // it was rejected
  }));

test.run();
