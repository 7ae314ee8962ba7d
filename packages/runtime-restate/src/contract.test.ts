/** Restate keeps the contract of runtimes. Skips, and says so, where there is no server. */
import { runtimeContract } from '@flowdeck/testing/runtime-contract';
import { test } from 'uvu';
import { restateSubject } from '../test/contract-subject.js';

const subject = restateSubject();
if (subject === null) {
  console.warn('SKIPPED: no Restate server. npm install --no-save @restatedev/restate-server@1.7.12');
} else {
  for (const { title, run } of runtimeContract(subject)) test(title, run);
}

test.run();
