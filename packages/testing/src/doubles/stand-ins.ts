/** Simulated cards: what stands in for the cards that no loaded pack brings. */
import type { CardContext, CardType, DeckDocument, Field, Pack, Value } from '@flowdeck/engine';
import { type CardSignature, cardSignature, type DeckFlow, fieldName, leastVersion } from '@flowdeck/engine/kit';
import { START } from '../clock/start.js';
import { Border } from './border.js';
import { perform, type Stage } from './perform.js';
import { CALLED } from './streaming.js';

export interface SimulationSetup {
  /** Versions of the packs that are stood in for, by namespace. Others get the least that the document asks for. */
  readonly versions: ReadonlyMap<string, string>;
  readonly stage: Stage;
}

/** Packs that bring every card of the document that none of the known ones is: one for each namespace. */
export function simulatedPacks(document: DeckDocument, known: ReadonlySet<string>, setup: SimulationSetup): Pack[] {
  const cards = new Map<string, CardType[]>();
  for (const id of missingCards(document, known)) {
    const namespace = id.slice(0, id.indexOf('.'));
    const card = simulatedCard(id, cardSignature(document, id) ?? NO_FIELDS, setup.stage);
    cards.set(namespace, [...(cards.get(namespace) ?? []), card]);
  }
  return [...cards].map(([namespace, of]) => packFor(namespace, of, document, setup.versions));
}

/** Packs without cards, for what a document requires and does not use. */
export function requiredPacks(document: DeckDocument, present: ReadonlySet<string>): Pack[] {
  const absent = Object.keys(document.requires ?? {}).filter((namespace) => !present.has(namespace));
  return absent.map((namespace) => packFor(namespace, [], document, new Map()));
}

/** A stand-in satisfies what it stands for: it has the version of the pack, or one that the document asks for. */
function packFor(
  namespace: string,
  cards: readonly CardType[],
  { requires }: DeckDocument,
  versions: ReadonlyMap<string, string>,
): Pack {
  const range = requires?.[namespace];
  const version = versions.get(namespace) ?? (range === undefined ? null : leastVersion(range)) ?? '0.0.0';
  return { name: `simulated-${namespace}`, namespace, version, cards };
}

/**
 * Packs to check a document with: a card for each that the document uses, that is not known, and of which an import
 * noted what it takes and gives. Other unknown cards stay unknown.
 *
 * @example
 * const engine = createEngine({ packs: [standard, ...standIns(document, new Set(standard.cards.map(({ id }) => id)))] });
 */
export function standIns(document: DeckDocument, known: ReadonlySet<string>): readonly Pack[] {
  const without = missingCards(document, known).filter((id) => cardSignature(document, id) === null);
  return simulatedPacks(document, new Set([...known, ...without]), {
    stage: {
      border: new Border([], 'make-up'),
      seed: '',
      made: { now: START },
      refine: (_flow, _root, field) => field,
    },
    versions: new Map(),
  });
}

/** Ids of the cards that the document uses and the host does not have. */
export function missingCards(document: DeckDocument, known: ReadonlySet<string>): string[] {
  const used = new Set<string>();
  const visit = (cards: DeckFlow['cards']) => {
    for (const { card, blocks } of cards) {
      if (!known.has(card)) used.add(card);
      for (const block of Object.values(blocks ?? {})) visit(block.cards);
    }
  };
  for (const flow of document.flows) visit(flow.cards);
  return [...used].sort();
}

const NO_FIELDS: CardSignature = { inputs: [], outputs: [] };

function simulatedCard(id: string, signature: CardSignature, stage: Stage): CardType {
  const names = signature.inputs.map(fieldName);
  const caller = signature.inputs.some((field) => field.type === 'flow' && fieldName(field) === CALLED);
  return {
    id,
    title: signature.title?.trim() || id,
    description: 'Stands in for a card of a connector: gives what a mock says, else plausible values.',
    kind: 'control',
    inputs: signature.inputs.map((field): Field => ({ ...field, required: false })),
    // A card that takes a flow as built-in ones do hands its further inputs on to it.
    extraInputs: caller ? { type: 'any', forward: CALLED, perItem: true } : { type: 'any' },
    outputs: signature.outputs,
    extraOutputs: { type: 'any' },
    seesOutputs: true,
    // Fixtures give what the service gave, and that is not always what the file declares.
    traits: { givesAsItComes: true },
    // The inputs are only known here, so their types are too; the last are the extras, the context, the outputs.
    run: (...args: unknown[]) => {
      // The engine calls with just these, in this order.
      const outputs = args.pop() as readonly Field[];
      // An effect and a control card have a context.
      const ctx = args.pop() as CardContext;
      // One that calls a flow forwards its extra inputs.
      const extra = caller ? {} : (args.pop() as Readonly<Record<string, Value>>);
      const inputs: Record<string, Value> = { ...extra };
      names.forEach((name, index) => {
        // The rest are values of the inputs.
        inputs[name] = (args[index] as Value | undefined) ?? null;
      });
      return perform({ id, inputs, ctx, fields: outputs }, stage);
    },
  };
}
