/** Where runs live that outlive processes, as commands name it: `--runtime restate://localhost:8080`. */
import type { Deck, Engine, Ports, RuntimeClient } from '@flowdeck/engine';
import type { Arguments } from '../arguments.js';
import type { Io } from '../system/io.js';

/** A kind of runtime, by how its addresses begin. */
export interface RuntimeKind {
  /** Before the first colon. */
  readonly schemes: readonly string[];
  /** An address as somebody writes it. */
  readonly example: string;
  /** @throws UsageError `runtime-option` for an address that it cannot be at. */
  at(address: string, io: Io): RuntimePlace;
}

/** One runtime. */
export interface RuntimePlace {
  /** For messages: without a password. */
  readonly name: string;
  /** @throws FlowdeckError `runtime-away`, `runtime-package`, `runtime-key`. */
  client(args: Arguments): Promise<RuntimeClient>;
  /** Takes what a worker stands on. @throws FlowdeckError `runtime-away`, `runtime-package`, and what a store says. */
  ground(args: Arguments): Promise<WorkerGround>;
}

/** What a worker stands on, before it has an engine. */
export interface WorkerGround {
  /** The engine's own. */
  readonly ports: Pick<Ports, 'runtime' | 'tables'>;
  /** Where the decks of earlier workers are kept; null: the user says, or nowhere. */
  readonly decks: string | null;
  /** Takes runs, and gives what else is to be said of where. */
  work(crew: WorkerCrew): Promise<string | null>;
  /** Takes no more, and lets go of everything; what is under way goes on with other workers. */
  close(): Promise<void>;
}

/** Who works. */
export interface WorkerCrew {
  readonly engine: Engine;
  /** By revision. */
  readonly decks: ReadonlyMap<string, Deck>;
}
