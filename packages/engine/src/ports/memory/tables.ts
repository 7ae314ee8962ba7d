/** Tables kept in memory for as long as the engine lives. */
import { RunError } from '../../errors.js';
import type { Value } from '../../values/index.js';
import type { Clock } from '../clock.js';
import type { TableRow, TableSchema, TableStore } from '../tables.js';

interface Table {
  readonly schema: TableSchema;
  readonly rows: Map<string, TableRow>;
  made: number;
}

export function memoryTables(clock: Clock): TableStore {
  const tables = new Map<string, Table>();
  const find = (id: string): Table => {
    const table = tables.get(id);
    if (table) return table;
    throw new RunError('table-missing', `There is no table "${id}".`, {
      hint: 'Define the table in the deck, or give its id.',
    });
  };
  return {
    async schema(id) {
      return tables.get(id)?.schema ?? null;
    },
    async define(schema) {
      const known = tables.get(schema.id);
      tables.set(schema.id, { schema, rows: known?.rows ?? new Map(), made: known?.made ?? 0 });
    },
    async insert(id, rows) {
      const table = find(id);
      return rows.map((cells) => {
        const row = `${id}-${++table.made}`;
        const now = clock.now();
        table.rows.set(row, { id: row, created: now, updated: now, cells: { ...cells } });
        return row;
      });
    },
    async get(id, row) {
      return find(id).rows.get(row) ?? null;
    },
    async update(id, row, cells) {
      const { rows } = find(id);
      const known = rows.get(row);
      if (!known) return false;
      const merged: Record<string, Value> = { ...known.cells, ...cells };
      rows.set(row, { ...known, updated: clock.now(), cells: merged });
      return true;
    },
    async remove(id, row) {
      return find(id).rows.delete(row);
    },
    async clear(id) {
      const { rows } = find(id);
      const count = rows.size;
      rows.clear();
      return count;
    },
    async *rows(id) {
      yield* find(id).rows.values();
    },
  };
}
