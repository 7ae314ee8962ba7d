/** Changes of tables that were made elsewhere, and how many of them are told. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type RowChange, TableTally } from './table-changes.js';

const changes = (count: number, first = 0): RowChange[] =>
  Array.from({ length: count }, (_, index) => ({ change: 'removed', row: `row-${first + index}`, values: null }));
const report = (count: number, first = 0) => ({
  ...{ table: 'people', inserted: 0, updated: 0, removed: count },
  changes: changes(count, first),
});

test('what was done elsewhere is counted in full, and the first hundred changes are told', () => {
  const tally = new TableTally();
  tally.adopt([report(3)]);
  assert.equal(tally.reports, [report(3)]);
  tally.adopt([report(99, 3)]);
  const [people] = tally.reports;
  assert.is(people?.removed, 102);
  assert.equal(people?.changes, changes(100));
  tally.adopt([report(1, 102)]);
  assert.equal(
    tally.reports.map(({ removed, changes: told }) => [removed, told.length]),
    [[103, 100]],
  );
});

test.run();
