/** Writes a table: its columns, over what the original notes of them. */
import type { Field } from '@flowdeck/engine';
import type { TableDocument } from '@flowdeck/engine/kit';
import { isObject, type JsonObject, member } from '../json.js';

const COLUMN_TYPES: Partial<Record<Field['type'], string>> = { date: 'dte', boolean: 'bln', number: 'dec' };

export function writeTable(table: TableDocument, id: string, group: string, known: unknown): JsonObject {
  const columns = member(member(known, 'data'), 'structure');
  const before = Array.isArray(columns) ? (columns as readonly unknown[]) : [];
  const structure = table.columns.map((column) => {
    const old = before.find((candidate) => member(candidate, 'name') === column.key);
    return {
      ...(isObject(old) ? old : { default: null }),
      name: column.key,
      type: COLUMN_TYPES[column.type] ?? 'str',
    };
  });
  const data = { class: 'simple', group_id: group, ...(member(known, 'data') as JsonObject | undefined), structure };
  return {
    ...(isObject(known) ? known : {}),
    id,
    name: table.name ?? table.id,
    description: table.description ?? '',
    data,
  };
}
