/** What a call tells beside its result: items that it went on without, and rows of tables that it changed. */
import type { JsonData } from '../values/index.js';
import { isPlainObject } from '../values/index.js';
import type { IgnoredReport } from './ignored.js';
import type { Run } from './run.js';
import type { TableReport } from './table-changes.js';
import type { RunTree } from './tree.js';
import type { WayPoint } from './way.js';

/** As it crosses: plain data, secrets redacted. */
interface CallTold {
  readonly ignored: readonly IgnoredReport[];
  readonly moreIgnored: number;
  readonly tables: readonly TableReport[];
}

/** Null: nothing, as most calls. */
export function toldOfCall({ tree, redactor }: Run): JsonData {
  const ignored = (tree.ignored ?? []).map((item) => ({ ...item, error: redactor.redact(item.error) }));
  const tables = (tree.tables?.reports ?? []).map((table) => ({ ...table, changes: redactor.redact(table.changes) }));
  if (ignored.length + tables.length === 0) return null;
  const told: CallTold = { ignored, moreIgnored: tree.moreIgnored, tables };
  // Reports are plain data.
  return told as unknown as JsonData;
}

/** Takes it into the run that called. `wayHere` is the way to a point of the call, seen from there. */
export function adoptTold(
  tree: RunTree,
  told: JsonData,
  wayHere: (path: readonly WayPoint[]) => readonly WayPoint[],
): void {
  if (!isPlainObject(told)) return;
  const { ignored, moreIgnored, tables } = told as unknown as CallTold; // `toldOfCall` wrote it
  for (const item of ignored)
    tree.ignore(() => ({ ...item, error: { ...item.error, path: wayHere(item.error.path) } }));
  tree.moreIgnored += moreIgnored;
  tree.adoptTables(tables);
}
