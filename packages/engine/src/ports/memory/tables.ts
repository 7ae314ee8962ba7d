/** Tables kept in memory for as long as the engine lives. */
import type { Clock } from '../clock.js';
import type { TableStore } from '../tables.js';
import { TableBook } from './tables-book.js';
import type { TableLimits } from './tables-limits.js';

/**
 * A table store that forgets all with the engine.
 *
 * @throws FlowdeckError `table-limit` for a limit that cannot be.
 */
export function memoryTables(clock: Clock, limits?: Partial<TableLimits>): TableStore {
  const book = new TableBook(limits);
  return {
    schema: async (table) => book.schema(table),
    define: async (definition) => book.define(definition).result,
    insert: async (table, rows) => book.insert(table, rows, clock.now()).result,
    get: async (table, id) => book.get(table, id),
    update: async (table, id, values) => book.update(table, id, values, clock.now()).result,
    remove: async (table, id) => book.remove(table, id).result,
    clear: async (table) => book.clear(table).result,
    search: async (table, query) => book.search(table, query),
    async *scan(table, query) {
      yield* book.scan(table, query);
    },
  };
}
