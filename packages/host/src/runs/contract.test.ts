/** Memory and the file journal keep the contract of runtimes. */
import { runtimeContract } from '@flowdeck/testing/runtime-contract';
import { test } from 'uvu';
import { journalSubject, memorySubject } from '../../test/contract-subjects.js';

for (const subject of [memorySubject(), journalSubject()]) {
  for (const { title, run } of runtimeContract(subject)) test(title, run);
}

test.run();
