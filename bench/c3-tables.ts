/** Tables: searching and inserting rows, in memory and on disk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryTables, systemClock, type TableStore } from '@flowdeck/engine';
import { diskTables } from '@flowdeck/host';
import { bench, time } from './harness.js';

const ROWS = 100_000;
const BATCH = 1000;
const SEARCH_TARGET_NS = 50e6;
/** 5,000 rows a second. */
const INSERT_TARGET_NS = 200_000;

const definition = {
  id: 'people',
  name: 'People',
  columns: [
    { key: 'name', type: 'text' },
    { key: 'team', type: 'text' },
    { key: 'age', type: 'number' },
  ],
} as const;

async function fill(store: TableStore): Promise<number> {
  await store.define(definition);
  const start = process.hrtime.bigint();
  for (let at = 0; at < ROWS; at += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, i) => ({
      name: `n${at + i}`,
      team: `t${(at + i) % 100}`,
      age: i % 90,
    }));
    await store.insert('people', rows);
  }
  return Number(process.hrtime.bigint() - start) / ROWS;
}

await bench('C3', async function* (workload) {
  const dir = mkdtempSync(join(tmpdir(), 'flowdeck-bench-'));
  const disk = await diskTables({ dir });
  try {
    for (const [where, store] of [
      ['in memory', memoryTables(systemClock())],
      ['on disk', disk],
    ] as const) {
      const insert = await fill(store);
      yield {
        kind: 'figure',
        workload,
        what: `insert a row, ${where}, durable by ${BATCH}`,
        unit: 'ns',
        value: insert,
        target: INSERT_TARGET_NS,
      };
      const search = () =>
        store.search('people', { where: [[{ column: 'name', operator: '=', value: 'n77777' }]], limit: 10 });
      const first = await time(search, 1);
      yield {
        kind: 'figure',
        workload,
        what: `first search of ${ROWS} rows, ${where}`,
        unit: 'ns',
        value: first,
        target: SEARCH_TARGET_NS,
      };
      yield {
        kind: 'figure',
        workload,
        what: `  searches after it`,
        unit: 'ns',
        value: await time(search, 50),
        target: null,
      };
    }
  } finally {
    await disk.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
