/** DBOS on PostgreSQL keeps the contract of runtimes. Skips, and says so, where there is no PostgreSQL. */
import { runtimeContract } from '@flowdeck/testing/runtime-contract';
import { test } from 'uvu';
import { dbosSubject } from '../test/contract-subject.js';

const subject = dbosSubject();
if (subject === null) {
  console.warn('SKIPPED: no PostgreSQL. apt-get install postgresql, or name the folder of initdb in FLOWDECK_POSTGRES');
} else {
  for (const { title, run } of runtimeContract(subject)) test(title, run);
}

test.run();
