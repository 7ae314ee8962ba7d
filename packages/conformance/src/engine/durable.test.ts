/** The cases of the suite hold on a runtime that keeps JSON, and in a second life that is answered from it. */
import { httpPort } from '@flowdeck/cards/http';
import { type CardType, defineCard, definePack } from '@flowdeck/engine';
import type { Case } from '@flowdeck/testing';
import { runCase } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { services } from '../services.js';
import { loadSuites } from '../suites.js';
import { durableAdapterOf } from './durable.js';
import { withStandard } from './flowdeck.js';

const adapter = durableAdapterOf(withStandard([]), httpPort);

for (const suite of loadSuites('builtin').filter(({ packs = [] }) => packs.length === 0)) {
  test(`${suite.suite} holds on JSON, and again`, async () => {
    for (const entry of suite.cases) {
      const { failures } = await runCase(suite, entry, adapter, { services });
      assert.equal(failures, [], entry.id);
    }
  });
}

test.run();
