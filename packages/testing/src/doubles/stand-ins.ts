/** Simulated cards: what stands in for the cards that no loaded pack brings. */
import {
  type CardContext,
  type CardType,
  type DeckDocument,
  type Field,
  FlowRef,
  HttpError,
  type Outputs,
  type Pack,
  type Value,
  type ValueObject,
} from '@flowdeck/engine';
import {
  type CardSignature,
  cardSignature,
  type DeckFlow,
  fieldName,
  isPlainObject,
  leastVersion,
  seededRandom,
} from '@flowdeck/engine/kit';
import type { TestingCode } from '../codes.js';
import { type Effect, Journal, recorded } from './effects.js';
import { type Fixture, fixtureFor } from './fixtures.js';
import { plausible } from './plausible.js';

export interface SimulationSetup {
  /** Versions of the packs that are stood in for, by namespace. Others get the least that the document asks for. */
  readonly versions: ReadonlyMap<string, string>;
  readonly fixtures: readonly Fixture[];
  readonly seed: string;
  readonly journal: Journal;
}

/** Packs that bring every card of the document that none of the known ones is: one for each namespace. */
export function simulatedPacks(document: DeckDocument, known: ReadonlySet<string>, setup: SimulationSetup): Pack[] {
  const cards = new Map<string, CardType[]>();
  for (const id of missingCards(document, known)) {
    const namespace = id.slice(0, id.indexOf('.'));
    const card = simulatedCard(id, cardSignature(document, id) ?? NO_FIELDS, setup);
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
    fixtures: [],
    seed: '',
    journal: new Journal(),
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

/** The input through which a built-in card takes the flow that it calls. */
const CALLED = 'flo';

function simulatedCard(id: string, signature: CardSignature, setup: SimulationSetup): CardType {
  const names = signature.inputs.map(fieldName);
  const caller = signature.inputs.some((field) => field.type === 'flow' && fieldName(field) === CALLED);
  return {
    id,
    title: signature.title?.trim() || id,
    description: 'Stands in for a card of a connector: gives what a fixture says, else plausible values.',
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
      return perform(id, inputs, ctx, outputs, setup);
    },
  };
}

function perform(
  id: string,
  inputs: Readonly<Record<string, Value>>,
  ctx: CardContext,
  fields: readonly Field[],
  setup: SimulationSetup,
): Outputs | Promise<Outputs> {
  const dot = id.indexOf('.');
  const [connector, card] = [id.slice(0, dot), id.slice(dot + 1)];
  const given = recorded(inputs);
  const turn = setup.journal.turn(ctx.flowId, ctx.cardId);
  const effect: Omit<Effect, 'outputs' | 'error'> = {
    kind: 'card',
    flow: ctx.flowId,
    card: ctx.cardId,
    connector,
    action: card,
    inputs: given,
  };
  const fixture = fixtureFor(setup.fixtures, connector, card, given);
  if (fixture?.error) {
    setup.journal.note({ ...effect, outputs: null, error: fixture.error.message });
    throw failure(fixture.error);
  }
  const random = seededRandom(`${setup.seed}/${ctx.flowId}/${ctx.cardId}/${turn}`);
  const outputs: Record<string, Value> = {};
  for (const field of fields) {
    const name = fieldName(field);
    const fixed = fixture?.outputs && Object.hasOwn(fixture.outputs, name) ? fixture.outputs[name] : undefined;
    outputs[name] = fixed === undefined ? plausible(field, random) : fixed;
  }
  setup.journal.note({ ...effect, outputs: recorded(outputs), error: null });
  const flow = Object.values(inputs).find((value) => value instanceof FlowRef);
  return flow ? stream(flow, inputs, outputs, fields, ctx, random) : withFiles(outputs, fields, ctx);
}

function failure(error: NonNullable<Fixture['error']>): HttpError {
  const body = error.body ?? null;
  return new HttpError<TestingCode>('http-status', error.message, {
    statusCode: error.statusCode ?? 500,
    extra: { body, ...(isPlainObject(body) ? body : {}) },
  });
}

/** Files come from the store of the host, so that later cards can read them. */
async function filled(outputs: Record<string, Value>, files: readonly Field[], ctx: CardContext): Promise<Outputs> {
  for (const field of files) {
    const name = fieldName(field);
    const content = new TextEncoder().encode(`simulated ${name}\n`);
    outputs[name] ??= await ctx.files.put({ name: `${field.key}.txt`, mediaType: 'text/plain' }, content);
  }
  return outputs;
}

function withFiles(
  outputs: Record<string, Value>,
  fields: readonly Field[],
  ctx: CardContext,
): Outputs | Promise<Outputs> {
  const files = fields.filter((field) => field.type === 'file' && !field.list);
  return files.length === 0 ? outputs : filled(outputs, files, ctx);
}

const RECORDS = 2;

/** A streaming card hands records to a helper: the record, and the card's own extra fields as its state. */
async function stream(
  flow: FlowRef,
  inputs: Readonly<Record<string, Value>>,
  outputs: Record<string, Value>,
  fields: readonly Field[],
  ctx: CardContext,
  random: () => number,
): Promise<Outputs> {
  if (inputs[CALLED] === flow) {
    const list = Object.values(inputs).find((value) => Array.isArray(value));
    if (Array.isArray(list)) await ctx.callEach(flow, list, { collect: 'none', onError: 'ignore' });
    else await ctx.call(flow);
    return withFiles(outputs, fields, ctx);
  }
  const isChosen = Object.entries(inputs).some(
    ([name, value]) => /result/i.test(name) && /stream/i.test(String(value)),
  );
  if (!isChosen) return withFiles(outputs, fields, ctx);
  const state: Record<string, Value> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (name.startsWith('Streaming/') && !(value instanceof FlowRef)) state[name.slice('Streaming/'.length)] = value;
  }
  for (let index = 0; index < RECORDS; index++) {
    const record: ValueObject = {
      ID: `id-${Math.floor(random() * 1e6)}`,
      Status: 'ACTIVE',
      Name: `record ${index + 1}`,
    };
    try {
      await ctx.call(flow, { index, inputs: { Record: record, State: state } });
    } catch {
      // A record that fails does not stop the stream; a run that is over stops by itself.
    }
  }
  return withFiles(outputs, fields, ctx);
}
