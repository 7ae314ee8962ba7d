/** The rows of tables as JSON, for those who look at what a run left behind. */
import type { DeckDocument, TableStore } from '@flowdeck/engine';
import { SYSTEM_COLUMNS } from '@flowdeck/engine/kit';
import { type PlainRecord, recorded } from './effects.js';

const [ROW_ID = 'Row ID', CREATED = 'Created', UPDATED = 'Updated'] = SYSTEM_COLUMNS;

/** By table id, in the order in which the rows came, with what every row has beside its cells. */
export async function allRows(
  store: TableStore,
  { tables = [] }: DeckDocument,
): Promise<Readonly<Record<string, readonly PlainRecord[]>>> {
  const all: Record<string, readonly PlainRecord[]> = {};
  for (const { id } of tables) {
    const rows: PlainRecord[] = [];
    for await (const part of store.scan(id, {})) {
      for (const { id: row, created, updated, cells } of part) {
        const system = { [ROW_ID]: row, [CREATED]: moment(created), [UPDATED]: moment(updated) };
        rows.push({ ...system, ...recorded(cells) });
      }
    }
    all[id] = rows;
  }
  return all;
}

function moment(at: number): string {
  return new Date(at).toISOString();
}
