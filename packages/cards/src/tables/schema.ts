/** The table that a card names. */
import { type CardContext, RunError, type TableSchema } from '@flowdeck/engine';

/** @throws RunError `table-missing` */
export async function schemaOf(table: string, ctx: CardContext): Promise<TableSchema> {
  const schema = await ctx.tables.schema(table);
  if (schema !== null) return schema;
  throw new RunError('table-missing', `There is no table "${table.slice(0, 100)}".`, {
    at: { field: 'table' },
    hint: 'Declare it in the "tables" of the deck.',
  });
}
