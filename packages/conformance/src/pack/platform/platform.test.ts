/** What is put down to a card, and what is not. */
import fs from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Platform } from './platform.js';

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

test('a file that is asked for by what was under way before is no doing of the card; one that its own work leads to is', async () => {
  const platform = new Platform();
  try {
    // As a loader of modules looks after its cache.
    setImmediate(() => fs.existsSync('/of-another'));
    const { seen } = await platform.watch('pure', async () => {
      await turn();
      await turn();
    });
    assert.equal(seen.past, []);
    const own = await platform.watch('pure', async () => {
      await turn();
      fs.existsSync('/of-the-card');
    });
    assert.equal(
      own.seen.past.map(({ told }) => told),
      ['the file /of-the-card'],
    );
  } finally {
    platform.end();
  }
});

test.run();
