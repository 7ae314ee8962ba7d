/** What is promised of --journal: a run that was not finished is resumed as it was begun, others are begun anew. */
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { fileJournal } from '@flowdeck/host';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck, GREET } from '../../test/support.js';

const STARTED = Date.parse('2024-02-29T12:00:00Z');
const ARGV = ['run', 'greet.flow.json', '--journal', 'runs'];

/** A directory in which a run was begun and not finished. */
async function abandoned(revision: string | null): Promise<Directory> {
  const directory = new Directory({ 'greet.flow.json': GREET });
  const deck = createEngine({ packs: [standard] }).load(GREET);
  const journal = await fileJournal({ dir: join(directory.path, 'runs') });
  const record = {
    runId: 'run-abandoned',
    flow: 'greet',
    revision: revision ?? deck.revision,
    inputs: { name: 'Grace' },
    options: {},
    startedAt: STARTED,
  };
  await journal.open(record, { signal: new AbortController().signal });
  await journal.shutdown();
  return directory;
}

test('an unfinished run is resumed with its id and its inputs, and then is finished', async () => {
  const directory = await abandoned(null);
  const resumed = await flowdeck([...ARGV, '--json', '--input', 'name=Ada'], { cwd: directory.path });
  const next = await flowdeck([...ARGV, '--json', '--input', 'name=Ada'], { cwd: directory.path });
  directory.remove();
  assert.is(resumed.code, 0, resumed.stderr);
  assert.match(resumed.stderr, /^journal: resuming run run-abandoned of 2024-02-29T12:00:00\.000Z\n/);
  assert.match(resumed.stderr, /journal: the recorded inputs are used/);
  const first = JSON.parse(resumed.stdout);
  assert.equal([first.runId, first.outputs], ['run-abandoned', { greeting: 'Hello Grace!' }]);
  assert.match(next.stderr, /^journal: started run /);
  const second = JSON.parse(next.stdout);
  assert.equal([second.runId === 'run-abandoned', second.outputs], [false, { greeting: 'Hello Ada!' }]);
});

test('an unfinished run of another revision is left alone', async () => {
  const directory = await abandoned('another');
  const ran = await flowdeck([...ARGV, '--input', 'name=Ada'], { cwd: directory.path });
  const journal = await fileJournal({ dir: join(directory.path, 'runs') });
  const left = await journal.unfinished();
  await journal.shutdown();
  directory.remove();
  assert.is(ran.code, 0, ran.stderr);
  assert.match(
    ran.stderr,
    /journal: 1 unfinished run of another revision of "greet"; left alone\njournal: started run /,
  );
  assert.equal(
    left.map((record) => record.runId),
    ['run-abandoned'],
  );
});

test('a journal that another process owns, and a path that is no directory', async () => {
  const directory = new Directory({ 'greet.flow.json': GREET, file: '' });
  const journal = await fileJournal({ dir: join(directory.path, 'runs') });
  const locked = await flowdeck([...ARGV, '--input', 'name=Ada'], { cwd: directory.path });
  await journal.shutdown();
  const wrong = await flowdeck(['run', 'greet.flow.json', '--journal', 'file', '--input', 'name=Ada'], {
    cwd: directory.path,
  });
  directory.remove();
  assert.is(locked.code, 2, locked.stderr);
  assert.ok(locked.stderr.includes('[journal-locked]'), locked.stderr);
  assert.is(wrong.code, 2, wrong.stderr);
  assert.ok(wrong.stderr.includes('[journal-open]'), wrong.stderr);
});

test.run();
