/** States of flows at rest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newHostKey } from '@flowdeck/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rejection, segmentsIn, withDirectory } from '../../test/support.js';
import { runSeal } from '../runs/seal.js';
import { flowStore } from './flow-store.js';

const STATE = { on: true, token: 'whispered', since: 7 };
const written = (dir: string) =>
  segmentsIn(dir)
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('');

test('tokens stand there sealed with a key, those of an earlier host too, and another key opens nothing', () =>
  withDirectory(async (dir) => {
    const plain = await flowStore({ dir });
    await plain.set('hush', STATE);
    await plain.close();
    assert.match(written(dir), /hush[\s\S]*whispered/);
    const [first, second] = [newHostKey(), newHostKey()];
    for (const seal of [runSeal(first), runSeal(second, [first]), runSeal(second)]) {
      const store = await flowStore({ dir, seal });
      assert.not.match(written(dir), /hush|whispered/);
      assert.equal(store.get('hush'), STATE);
      await store.close();
    }
    const before = written(dir);
    for (const other of [{}, { seal: runSeal(first) }])
      assert.is((await rejection(flowStore({ dir, ...other }))).code, 'runtime-key');
    assert.is(written(dir), before, 'a wrong key harms nothing');
  }));

test.run();
