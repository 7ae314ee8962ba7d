/** Tables whose rows may have ids of one's own: those that a test gives, and those that were made up. */
import type { RowQuery, RowValues, TableRow, TableStore } from '@flowdeck/engine';
import { SYSTEM_COLUMNS } from '@flowdeck/engine/kit';

/** Ids by which rows are asked for, in place of those of the store. */
class RowNames {
  readonly #real = new Map<string, string>();
  readonly #shown = new Map<string, string>();

  name(table: string, shown: string, real: string): void {
    this.#real.set(key(table, shown), real);
    this.#shown.set(key(table, real), shown);
  }

  has(table: string, shown: string): boolean {
    return this.#real.has(key(table, shown));
  }

  real(table: string, shown: string): string {
    return this.#real.get(key(table, shown)) ?? shown;
  }

  shown(table: string, real: string): string {
    return this.#shown.get(key(table, real)) ?? real;
  }
}

function key(table: string, id: string): string {
  return JSON.stringify([table, id]);
}

/** The column that holds the id of a row, unless the table declares one of that name. */
export const [ROW_ID = 'Row ID'] = SYSTEM_COLUMNS;

export interface NamedRows {
  readonly tables: TableStore;
  /** Adds rows; one with a `Row ID` is asked for by it. */
  fill(table: string, rows: readonly RowValues[]): Promise<void>;
}

/**
 * @param adopt The cells of a row for an id that no row has, when it is asked for one by one: then there is such a row.
 * Null: there is none.
 */
export function namedRows(
  store: TableStore,
  adopt: (table: string, id: string) => RowValues | null | Promise<RowValues | null>,
): NamedRows {
  const names = new RowNames();
  const realOf = async (table: string, id: string): Promise<string> => {
    if (names.has(table, id) || (await store.get(table, id)) !== null) return names.real(table, id);
    const cells = await adopt(table, id);
    if (cells !== null) {
      const [real = id] = await store.insert(table, [cells]);
      names.name(table, id, real);
    }
    return names.real(table, id);
  };
  const shown = (table: string) => (row: TableRow) => ({ ...row, id: names.shown(table, row.id) });
  const queryOf = (table: string, query: RowQuery): RowQuery => {
    if (query.where === undefined) return query;
    return {
      ...query,
      where: query.where.map((group) =>
        group.map((condition) =>
          condition.column === ROW_ID && typeof condition.value === 'string'
            ? { ...condition, value: names.real(table, condition.value) }
            : condition,
        ),
      ),
    };
  };
  const tables: TableStore = {
    schema: (table) => store.schema(table),
    define: (definition) => store.define(definition),
    insert: (table, rows) => store.insert(table, rows),
    clear: (table) => store.clear(table),
    async get(table, id) {
      const row = await store.get(table, await realOf(table, id));
      return row === null ? null : shown(table)(row);
    },
    update: async (table, id, values) => store.update(table, await realOf(table, id), values),
    remove: async (table, id) => store.remove(table, await realOf(table, id)),
    search: async (table, query) => (await store.search(table, queryOf(table, query))).map(shown(table)),
    async *scan(table, query) {
      for await (const part of store.scan(table, queryOf(table, query))) yield part.map(shown(table));
    },
  };
  return {
    tables,
    async fill(table, rows) {
      const isOwn = (await store.schema(table))?.columns.some((column) => column.key === ROW_ID) === true;
      for (const row of rows) {
        const { [ROW_ID]: id, ...others } = row;
        const [real = ''] = await store.insert(table, [isOwn ? row : others]);
        if (isOwn) continue;
        if (typeof id === 'string' && id !== '') names.name(table, id, real);
      }
    },
  };
}
