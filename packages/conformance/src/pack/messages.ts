/** What the process of a pack and the one that started it say to each other. */
import type { Case, CaseResult, Suite } from '@flowdeck/testing';

/** The descriptor of the line in the process of a pack, behind the streams of any process and the channel of Node. */
export const LINE_FD = 4;

/** What is asked of the process of a pack. */
export type Order = LoadOrder | TestOrder | CaseOrder;

export interface LoadOrder {
  readonly kind: 'load';
  /** Modules, as the command line names them: a path or a URL, or the name of a package; also directories of connectors. */
  readonly packs: readonly string[];
  readonly needs: readonly string[];
  /** Namespaces that cases need besides: their packs are loaded where they are installed. */
  readonly wanted: readonly string[];
  /** A file or folder, or null. */
  readonly cases: string | null;
  /** Cards that cases elsewhere run. */
  readonly shown: readonly string[];
  /** Where names of modules are looked for. */
  readonly folder: string;
}

/** Runs one of the tests that loading gave the names of. */
export interface TestOrder {
  readonly kind: 'run';
  readonly test: number;
  /** Cards and files of cases that have failed already: what looks at all of them leaves these out. */
  readonly failed: readonly string[];
}

/** Runs a case, which need not be one of the pack's. */
export interface CaseOrder {
  readonly kind: 'case';
  /** Without its cases. */
  readonly suite: Suite;
  readonly entry: Case;
}

/** What it answers. `ran` without a fault: the test passed. */
export type PackAnswer = Loaded | Ran | { readonly kind: 'refused'; readonly fault: PackFault };

export interface Ran {
  readonly kind: 'ran';
  readonly fault: PackFault | null;
  readonly result: CaseResult | null;
  /** Something goes on that would disturb what is tried next: a process of its own for that. */
  readonly isSpoilt: boolean;
}

export interface Loaded {
  readonly kind: 'loaded';
  readonly tests: readonly string[];
  /** Those of them that need a process in which nothing has run. */
  readonly anew: readonly string[];
  readonly namespaces: readonly string[];
}

/** An error, as it crosses from one process to the other. */
export interface PackFault {
  /** Null: it is none of Flowdeck's. */
  readonly code: string | null;
  readonly message: string;
  readonly hint: string | null;
}
