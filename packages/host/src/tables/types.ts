/** What the table store on disk offers and asks for. */
import type { Clock, TableLimits, TableStore } from '@flowdeck/engine';

/** How `diskTables` keeps rows. */
export interface DiskTablesOptions {
  /** Made when it is not there. One process owns it at a time. */
  readonly dir: string;
  /** How much tables may hold. */
  readonly limits?: Partial<TableLimits>;
  /** Bytes after which a new file is begun. Default 16 MiB. */
  readonly maxSegmentBytes?: number;
  /** Gives rows their times. Default: the system's. */
  readonly clock?: Clock;
  /** Hears of what was mended or could not be done, without any harm to rows. Default: nobody. */
  readonly onWarning?: (warning: TablesWarning) => void;
}

/** Something that the tables coped with and their owner should know. */
export interface TablesWarning {
  /** `tables-torn`: an interrupted write was cut off. `tables-cleaning`: space could not be given back yet. */
  readonly code: 'tables-torn' | 'tables-cleaning';
  /** What happened, in a sentence. */
  readonly message: string;
}

/** Tables that survive the process. */
export interface DiskTables extends TableStore {
  /** Lets what is under way finish, and leaves the directory to others. */
  close(): Promise<void>;
}
