/** A pack in a process of its own: what ends or hangs it fails one test, and the rest runs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlowdeckError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Patience } from './pack-process.js';
import { registerTests, type TestPackOptions, testPack } from './test-pack.js';

const here = (path: string) => new URL(`../../test/${path}`, import.meta.url);

// The three lines of a pack author, for real.
await testPack({ pack: here('acme.ts'), cases: here('acme-cases/'), test });

/** What is under way, and has no end: time is up for it at once. All else gets the time that it needs. */
class Endless {
  readonly #tests: RegExp;
  #name = 'loading';

  constructor(tests: RegExp) {
    this.#tests = tests;
  }

  begin(name: string): void {
    this.#name = name;
  }

  readonly patience: Patience = (_, giveUp) => {
    if (!this.#tests.test(this.#name)) return () => {};
    const turn = setImmediate(giveUp);
    return () => clearImmediate(turn);
  };
}

/** The names of the tests of a pack, and what each that fails says. */
async function outcomes(
  options: Omit<TestPackOptions, 'test'>,
  endless = new Endless(/^$/),
): Promise<Map<string, string | null>> {
  const tests: [name: string, run: () => Promise<void>][] = [];
  await registerTests({ ...options, test: (name, run) => tests.push([name, run]) }, endless.patience);
  const came = new Map<string, string | null>();
  for (const [name, run] of tests) {
    endless.begin(name);
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

test('a card that ends its process, loops or never settles fails, and the others are tested', async () => {
  const came = await outcomes({ pack: here('red/endings.ts') }, new Endless(/\.(?:loops|waits) keeps/));
  const example = (card: string) => came.get(`endings.${card} keeps its example 1`) ?? '';
  assert.match(example('exits'), 'the process ends (0)');
  assert.match(example('loops'), 'nothing comes to an end within 20000 ms');
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

test('each fault of a first pack is told with its card, and a sound card has none', async () => {
  const came = await outcomes({ pack: here('red/newcomer.ts') });
  const faults = new Map<string, string>();
  for (const [name, fault] of came) {
    const [card = ''] = name.split(' ');
    if (fault !== null && !faults.has(card)) faults.set(card, fault);
  }
  const expected: Readonly<Record<string, RegExp>> = {
    aborts: /the process ends/,
    altersQuietly: /changes its input "items"/,
    addsGlobal: /changes newcomer/,
    asksElsewhere: /asks count\.example\.net/,
    blankField: /"n" is not explained/,
    changesLists: /changes Array\.prototype\.map/,
    crashes: /crashes with null as "text"/,
    dotsForWords: /no description/,
    drawsRarely: /uses chance/,
    falseExample: /differ at \/n/,
    fetches: /uses fetch https:\/\/example\.com/,
    givesMap: /"n" holds a Map/,
    givesNaN: /"n" holds NaN/,
    keepsState: /asked again/,
    keptClock: /at another time/,
    leaves: /the process ends/,
    leavesTimer: /leaves a timer behind/,
    logsSecret: /prints the value of "key"/,
    looksForFile: /uses the file \/etc\/acme\.json/,
    moreOutputs: /gives "more"/,
    otherType: /"n" holds a String/,
    preparesElse: /Expected {"n":1} where its inputs are literals, got {"n":2}/,
    readsClock: /at another time/,
    readsEnvironment: /uses the environment variable HOME/,
    rejectsLater: /nobody catches .*Nobody waits for this/,
    showsPart: /shows in events or in the error in part/,
    startsWorker: /uses a worker/,
    takesLanguage: /another language/,
    takesZone: /another time zone/,
    throwsLater: /nobody catches .*Nobody catches this/,
    throwsText: /card-failed/,
    writesSecret: /prints the value of "key"/,
  };
  for (const [card, words] of Object.entries(expected)) assert.match(faults.get(`newcomer.${card}`) ?? 'none', words);
  assert.match(faults.get('examples') ?? '', /"n":2} of newcomer\.numbersTexts, asked from its last example/);
  assert.equal(
    [...faults.keys()].sort(),
    ['examples', ...Object.keys(expected).map((card) => `newcomer.${card}`)].sort(),
  );
});

test('a card cannot answer in the place of its check', async () => {
  const came = await outcomes({ pack: here('red/forging.ts') });
  const example = (card: string) => came.get(`forging.${card} keeps its example 1`) ?? 'passed';
  assert.match(example('sends'), 'n');
  assert.match(example('writes'), 'something else answers in the place of the check');
  assert.is.not(example('calls'), 'passed');
  for (const card of ['sends', 'writes', 'calls']) assert.is.not(example(card), 'passed');
});

async function refusal(options: Omit<TestPackOptions, 'test'>, endless?: Endless): Promise<FlowdeckError> {
  try {
    await outcomes(options, endless);
  } catch (error) {
    assert.instance(error, FlowdeckError);
    return error as FlowdeckError; // just asserted
  }
  throw new Error('Nothing was refused.');
}

test('time is real unless a test says otherwise: no process has loaded a pack in a millisecond', async () => {
  try {
    await testPack({ pack: here('acme.ts'), loadTimeoutMs: 1, test: () => {} });
  } catch (error) {
    assert.match((error as Error).message, 'nothing comes to an end within 1 ms'); // what testPack throws
    return;
  }
  assert.unreachable('It was loaded.');
});

test('a pack that cannot be loaded is refused, whatever keeps it', async () => {
  const exits = await refusal({ pack: here('red/exits-at-load.ts') });
  assert.equal([exits.code, /the process ends/.test(exits.message)], ['pack-check', true]);
  const loops = await refusal({ pack: here('red/loops-at-load.ts') }, new Endless(/^loading$/));
  assert.equal([loops.code, /nothing comes to an end/.test(loops.message)], ['pack-check', true]);
  assert.is((await refusal({ pack: './nowhere.js' })).code, 'pack-missing');
  assert.is((await refusal({ pack: here('wrong.json') })).code, 'connector-directory');
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
