/** The rows of tables as JSON, for those who look at what a run left behind. */
import type { DeckDocument, TableStore } from '@flowdeck/engine';
import { SYSTEM_COLUMNS } from '@flowdeck/engine/kit';
import { type PlainRecord, recorded } from './effects.js';

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
        const values = [row, isoMoment(created), isoMoment(updated)];
        const system = Object.fromEntries(SYSTEM_COLUMNS.map((column, index) => [column, values[index]]));
        rows.push({ ...system, ...recorded(cells) });
      }
    }
    all[id] = rows;
  }
  return all;
}

function isoMoment(at: number): string {
  return new Date(at).toISOString();
}
