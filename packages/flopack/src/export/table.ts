/** Writes a table: its columns, over what the original notes of them. */
import type { Field } from '@flowdeck/engine';
import type { TableDocument } from '@flowdeck/engine/kit';
import { isObject, itemsOf, type JsonObject, member, objectAt } from '../json.js';

const FOREIGN_COLUMN_TYPES: Partial<Record<Field['type'], string>> = { date: 'dte', boolean: 'bln', number: 'dec' };

export function writeTable(table: TableDocument, id: string, group: string, known: unknown): JsonObject {
  const data = objectAt(known, 'data');
  const before = itemsOf(member(data, 'structure'));
  const structure = table.columns.map((column) => {
    const old = before.find((candidate) => member(candidate, 'name') === column.key);
    return {
      ...(isObject(old) ? old : { default: null }),
      name: column.key,
      type: FOREIGN_COLUMN_TYPES[column.type] ?? 'str',
    };
  });
  return {
    ...(isObject(known) ? known : {}),
    id,
    name: table.name ?? table.id,
    description: table.description ?? '',
    data: { class: 'simple', group_id: group, ...data, structure },
  };
}
