/**
 * DBOS on PostgreSQL keeps the contract of runtimes. It takes minutes, so it runs where `FLOWDECK_POSTGRES` names the folder
 * of PostgreSQL's programs, and says so elsewhere.
 */
import { runtimeContract } from '@flowdeck/testing/runtime-contract';
import { test } from 'uvu';
import { dbosSubject } from '../test/contract-subject.js';

const subject = process.env['FLOWDECK_POSTGRES'] === undefined ? null : dbosSubject();
if (subject === null) {
  console.warn('SKIPPED: no PostgreSQL. apt-get install postgresql; FLOWDECK_POSTGRES=/usr/lib/postgresql/15/bin');
} else {
  for (const { title, run } of runtimeContract(subject)) test(title, run);
}

test.run();
