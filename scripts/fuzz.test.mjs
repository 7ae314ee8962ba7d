/** A small part of `npm run fuzz`, the same in every run: it can be run, and it says when the promise is broken. */
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fuzzExports } from './fuzz/exports.mjs';
import { fuzzFlows, holdFlow } from './fuzz/flows.mjs';

test('broken exports and broken flow files are reported or run', async () => {
  assert.is(await fuzzExports(100, 'few'), 0);
  assert.is(await fuzzFlows(100, 'few'), 0);
});

test('an error that is no report breaks the promise', async () => {
  const engine = createEngine({ packs: [standard] });
  const document = { flowdeck: 1, flows: [{ id: 'main', type: 'manual', cards: [] }] };
  assert.is(await holdFlow(engine, document, true), 'ran');
  assert.is(await holdFlow(engine, { ...document, flows: 1 }, true), 'refused');
  const load = () => {
    throw new TypeError('bare');
  };
  try {
    await holdFlow({ ...engine, load }, document, false);
    assert.unreachable();
  } catch (error) {
    assert.is(error.message, 'bare');
  }
});

test.run();
