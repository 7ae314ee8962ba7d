/** Table cards. */
import type { CardType } from '@flowdeck/engine';
import { clearTable } from './clear-table.js';
import { createRow } from './create-row.js';
import { deleteRow } from './delete-row.js';
import { exportToCsv } from './export-to-csv.js';
import { importFromCsv } from './import-from-csv.js';
import { readRow } from './read-row.js';
import { readTable } from './read-table.js';
import { searchRows } from './search-rows.js';
import { updateRow } from './update-row.js';

export const tables: readonly CardType[] = [
  createRow,
  updateRow,
  readRow,
  deleteRow,
  clearTable,
  readTable,
  searchRows,
  exportToCsv,
  importFromCsv,
];
