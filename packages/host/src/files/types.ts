/** What the file store on disk offers and asks for. */
import type { Clock, FileStore } from '@flowdeck/engine';

/** How `diskFiles` keeps contents of files. */
export interface DiskFilesOptions {
  /** Made when it is not there. One process owns it at a time. */
  readonly dir: string;
  /** Bytes of one file. Default 2 GiB. */
  readonly maxFileBytes?: number;
  /** Gives files their times. Default: the system's. */
  readonly clock?: Clock;
}

/** Files that survive the process. */
export interface DiskFiles extends FileStore {
  /** Lets files that are being written be finished, and leaves the directory to others. */
  close(): Promise<void>;
}
