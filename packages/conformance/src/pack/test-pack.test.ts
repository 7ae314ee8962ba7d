/** A pack in a process of its own: what ends or hangs it fails one test, and the rest runs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlowdeckError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type TestPackOptions, testPack } from './test-pack.js';

const here = (path: string) => new URL(`../../test/${path}`, import.meta.url);

// The three lines of a pack author, for real.
await testPack({ pack: here('acme.ts'), cases: here('acme-cases/'), test });

/** The names of the tests of a pack, and what each that fails says. */
async function outcomes(options: Omit<TestPackOptions, 'test'>): Promise<Map<string, string | null>> {
  const tests: [name: string, run: () => Promise<void>][] = [];
  await testPack({ ...options, test: (name, run) => tests.push([name, run]) });
  const came = new Map<string, string | null>();
  for (const [name, run] of tests) {
    came.set(
      name,
      await run().then(
        () => null,
        (error: Error) => error.message,
      ),
    );
  }
  return came;
}

/** Long enough for a sound card on a busy machine. */
const PATIENT_MS = 4000;

test('a card that ends its process, loops or never settles fails, and the others are tested', async () => {
  const came = await outcomes({ pack: here('red/endings.ts'), timeoutMs: PATIENT_MS });
  const example = (card: string) => came.get(`endings.${card} keeps its example 1`) ?? '';
  assert.match(example('exits'), 'the process ends (0)');
  assert.match(example('loops'), 'nothing comes to an end within');
  assert.match(example('waits'), 'nothing comes to an end within');
  for (const card of ['exits', 'loops', 'waits']) {
    assert.match(came.get(`endings.${card} bears null as "text"`) ?? '', `Not tried: endings.${card}`);
  }
  const sound = [...came].filter(([name]) => name.startsWith('endings.sound'));
  assert.is(sound.length, 5);
  assert.equal(
    sound.filter(([, fault]) => fault !== null),
    [],
  );
});

async function refusal(options: Omit<TestPackOptions, 'test'>): Promise<FlowdeckError> {
  try {
    await outcomes(options);
  } catch (error) {
    assert.instance(error, FlowdeckError);
    return error as FlowdeckError; // just asserted
  }
  throw new Error('Nothing was refused.');
}

test('a pack that cannot be loaded is refused, whatever keeps it', async () => {
  const exits = await refusal({ pack: here('red/exits-at-load.ts') });
  assert.equal([exits.code, /the process ends/.test(exits.message)], ['pack-check', true]);
  const loops = await refusal({ pack: here('red/loops-at-load.ts'), loadTimeoutMs: 3000 });
  assert.equal([loops.code, /nothing comes to an end/.test(loops.message)], ['pack-check', true]);
  assert.is((await refusal({ pack: './nowhere.js' })).code, 'pack-missing');
  assert.is((await refusal({ pack: here('wrong.json') })).code, 'pack-missing');
  assert.is((await refusal({ pack: here('acme.ts'), cases: here('nowhere/') })).code, 'case-file');
});

test('a file of cases with a fault fails by itself, and the rest runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-faulty-'));
  const entry = { id: 'a', proves: 'It does.', source: 'here', card: 'control.comment', expect: { outputs: {} } };
  try {
    writeFileSync(join(folder, 'broken.json'), '{');
    writeFileSync(join(folder, 'odd.json'), JSON.stringify({ suite: 'odd', cases: [{ ...entry, expct: {} }] }));
    writeFileSync(join(folder, 'sound.json'), JSON.stringify({ suite: 'sound', cases: [entry] }));
    const came = await outcomes({ pack: here('acme.ts'), cases: folder });
    assert.match(came.get(`${join(folder, 'broken.json')} can be read`) ?? '', 'Cannot read cases');
    assert.match(came.get('odd.json can be read') ?? '', 'no member "expct"');
    assert.is(came.get('sound/a: It does.'), null);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.run();
