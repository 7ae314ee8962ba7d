/** Prepares a deck for runs that touch nothing. */
import type { CardType, DeckDocument, FileStore, RowValues } from '@flowdeck/engine';
import type { Mock, Simulation } from '@flowdeck/testing';
import { engineOf, openPacks, type PackRequest } from '../engine/engine.js';
import type { Io } from '../system/io.js';
import { outputsRead } from './outputs-read.js';

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
  const { missingCards, simulate } = await import('@flowdeck/testing');
  const packs = await openPacks({ packs: names, namespaces }, io);
  const { cards: known, connectors } = engineOf(packs, {});
  const own = new Set(packs.flatMap((pack) => (pack.cards ?? []).map((card) => card.id)));
  const simulated = missingCards(deck, own);
  const types = new Map(known.map(({ card }) => [card.id, card]));
  const simulation = simulate(withSignatures(deck, simulated, types), {
    packs: packs.map(({ connectors: _, ...pack }) => pack),
    versions: new Map(connectors.map(({ key, version }) => [key, version])),
    ...options,
  });
  return { simulation, simulated };
}

/** Notes in `meta.cards` what simulated cards take and give, where an import did not. */
function withSignatures(
  deck: DeckDocument,
  ids: readonly string[],
  types: ReadonlyMap<string, CardType>,
): DeckDocument {
  const noted = deck.meta?.['cards'];
  const known: Readonly<Record<string, unknown>> = typeof noted === 'object' && noted !== null ? { ...noted } : {};
  const without = ids.filter((id) => !Object.hasOwn(known, id));
  if (without.length === 0) return deck;
  const read = outputsRead(deck, new Set(without));
  const added = without.map((id) => {
    const type = types.get(id);
    const fields = [...(read.get(id) ?? [])].map((key) => ({ key, type: 'any' }));
    return [
      id,
      type ? { title: type.title, inputs: type.inputs, outputs: type.outputs } : { inputs: [], outputs: fields },
    ];
  });
  return { ...deck, meta: { ...deck.meta, cards: { ...known, ...Object.fromEntries(added) } } };
}
