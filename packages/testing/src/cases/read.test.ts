/** What is wrong with a file of cases is told with its place, and without the secrets in it. */
import { DocumentError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readSuite } from './read.js';

function faultsOf(more: object): readonly { readonly pointer: string; readonly message: string }[] {
  try {
    readSuite(
      { suite: 's', cases: [{ id: 'a', subject: 'a.flow.json', run: 'a', expect: { status: 'success' }, ...more }] },
      's.test.json',
    );
  } catch (error) {
    if (error instanceof DocumentError) return error.diagnostics.map(({ pointer, message }) => ({ pointer, message }));
    throw error;
  }
  return [];
}

test('what was written in place of a text is shown', () => {
  assert.equal(faultsOf({ run: { flow: 1 } }), [
    { pointer: '/cases/0/run', message: '{"flow":1} is not a text that is not empty.' },
  ]);
});

test('nothing of a connection is shown, wherever it was put and whatever it should be', () => {
  for (const more of [
    { connection: { password: 'hunter2' } },
    { connections: 'hunter2' },
    { connections: { svc: 'hunter2' } },
    { connections: { svc: { key: ['hunter2'], values: 'hunter2' } } },
  ]) {
    const faults = faultsOf(more);
    assert.ok(faults.length > 0, JSON.stringify(more));
    assert.not.match(JSON.stringify(faults), 'hunter2');
  }
});

test.run();
