/** Prepares a deck for runs that touch nothing. */
import type { DeckDocument, FileStore, RowValues } from '@flowdeck/engine';
import type { Mock, Simulation } from '@flowdeck/testing';
import { engineOf, openPacks, type PackRequest } from '../engine/engine.js';
import type { Io } from '../system/io.js';

export interface SimulationRequest extends PackRequest {
  readonly mocks?: readonly Mock[];
  readonly seed?: string;
  /** When time begins. */
  readonly now?: Date;
  /** Rows by table id. */
  readonly rows?: Readonly<Record<string, readonly RowValues[]>>;
  readonly files?: FileStore;
}

export interface PreparedSimulation {
  readonly simulation: Simulation;
  /** Ids of the cards that are simulated. */
  readonly simulated: readonly string[];
}

/**
 * Cards of connectors are simulated even where their pack is there: a simulation has no accounts. The pack then says
 * what they take and give; without one the document does, or what its flows read of them.
 *
 * @throws UsageError for packs; DocumentError when the document is faulty or cannot be compiled.
 */
export async function prepareSimulation(
  deck: DeckDocument,
  request: SimulationRequest,
  io: Io,
): Promise<PreparedSimulation> {
  const { packs: names, namespaces, ...options } = request;
  const { missingCards, simulate, withSignatures } = await import('@flowdeck/testing');
  const packs = await openPacks({ packs: names, namespaces }, io);
  const { cards: known, connectors } = engineOf(packs, {});
  const own = new Set(packs.flatMap((pack) => (pack.cards ?? []).map((card) => card.id)));
  const simulated = missingCards(deck, own);
  const types = new Map(known.map(({ card }) => [card.id, card]));
  const simulation = simulate(withSignatures(deck, simulated, types), {
    packs,
    versions: new Map(connectors.map(({ key, version }) => [key, version])),
    ...options,
  });
  return { simulation, simulated };
}
