/** Tables in which a search finds something: where no row fits, one is made that does. */
import type { RowQuery, RowValues, TableStore } from '@flowdeck/engine';
import { SYSTEM_COLUMNS } from '@flowdeck/engine/kit';

/** So many rows are made at most for each table: a flow that searches until nothing is left has to end. */
const MOST_MADE = 2;

/**
 * @param make A row with these cells, the rest made up, to be told of.
 * @param fill Puts rows into a table.
 */
export function findingRows(
  tables: TableStore,
  make: (table: string, cells: RowValues) => RowValues,
  fill: (table: string, rows: readonly RowValues[]) => Promise<void>,
): TableStore {
  const made = new Map<string, number>();
  const ensure = async (table: string, query: RowQuery): Promise<void> => {
    const count = made.get(table) ?? 0;
    const cells = cellsFor(query);
    if (count >= MOST_MADE || cells === null || (await tables.schema(table)) === null) return;
    if ((await tables.search(table, { ...query, limit: 1 })).length > 0) return;
    made.set(table, count + 1);
    await fill(table, [make(table, cells)]);
  };
  return {
    ...tables,
    search: async (table, query) => {
      await ensure(table, query);
      return tables.search(table, query);
    },
    async *scan(table, query) {
      await ensure(table, query);
      yield* tables.scan(table, query);
    },
  };
}

/** Cells that fulfil the first group of conditions, where all of them ask for equality. Null: no row can be told. */
function cellsFor({ where = [] }: RowQuery): RowValues | null {
  const [group = []] = where;
  if (group.some(({ column }) => SYSTEM_COLUMNS.includes(column))) return null;
  const equal = group.filter(({ operator }) => EQUAL.has(operator));
  return Object.fromEntries(equal.map(({ column, value }) => [column, value]));
}

const EQUAL: ReadonlySet<string> = new Set(['=', '<=', '>=']);
