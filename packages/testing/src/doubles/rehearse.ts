/** Sets the stage for simulated runs. */
import {
  type Deck,
  type DeckDocument,
  type Diagnostic,
  DocumentError,
  FlowdeckError,
  type FlowFile,
} from '@flowdeck/engine';
import { fieldName, isDeck, parseDocument } from '@flowdeck/engine/kit';
import { instantClock } from '../clock/instant-clock.js';
import { START } from '../clock/start.js';
import { steppingClock } from '../clock/stepping-clock.js';
import type { TestingCode } from '../codes.js';
import { nameMocks } from '../mocks/names.js';
import type { Leftover } from '../mocks/script.js';
import { SecretBook } from '../record/secret-book.js';
import type { ShapeFault } from '../shape/fault.js';
import { allRows } from './all-rows.js';
import { Border } from './border.js';
import { refined } from './demand.js';
import { Demands } from './demands.js';
import { type PlainRecord, recorded } from './effects.js';
import { LiveCalls } from './live.js';
import { withMockedFlows } from './mocked-flows.js';
import { ROW_ID } from './named-rows.js';
import { ownCards } from './own-cards.js';
import type { Stage } from './perform.js';
import { madeInputs } from './plausible-inputs.js';
import type { SimulatedResult, SimulatedRun, SimulateOptions } from './simulation.js';
import { missingCards } from './stand-ins.js';
import { engineFor, openTables, type World } from './world.js';

/** A stage that is set. */
interface Rehearsal {
  /** Names in the mocks that the deck does not have: pointers into a file of the mocks. */
  readonly faults: readonly ShapeFault[];
  /** What is run, with stand-ins for what the packs do not bring. Each run loads it anew, so whoever runs once can do without. */
  load(): Deck;
  run(run?: SimulatedRun): Promise<SimulatedResult>;
}

/** @throws DocumentError; FlowdeckError `option-invalid` without packs. */
export function rehearse(document: FlowFile, options: SimulateOptions): Rehearsal {
  checkPacks(options);
  const { seed = '', mocks: written = [], now = new Date(START), unforeseen = 'make-up' } = options;
  const parsed = parseDocument(document);
  if (parsed.document === null) throw new DocumentError(parsed.diagnostics);
  const whole: DeckDocument = isDeck(document) ? document : { flowdeck: 1, flows: [document] };
  const types = new Map(options.packs.flatMap((pack) => (pack.cards ?? []).map((card) => [card.id, card] as const)));
  const { mocks: named, faults } = nameMocks(written, whole, missingCards(whole, new Set(types.keys())));
  const { document: deckDocument, mocks } = withMockedFlows(whole, named);
  const secrets = options.recorded === true ? secretsIn(options) : null;
  const demands = new Demands(whole, types);
  const refine: Stage['refine'] = (flow, root, field) => refined(field, demands.of(flow, root, fieldName(field)));
  const world: World = {
    document: deckDocument,
    packs: options.live === undefined ? ownCards(options.packs) : options.packs,
    versions: options.versions ?? new Map(),
    limits: options.limits ?? {},
    seed,
    now: now.getTime(),
    files: options.files ?? null,
    rows: options.rows ?? {},
    connections: options.connections ?? null,
    refine,
    live: options.live ?? null,
    isWide: options.values === 'wide',
  };
  // What is loaded keeps the form of what was given, unless a mock stands for one of its flows.
  const loaded = deckDocument === whole ? parsed : deckDocument;
  return {
    faults,
    load: () => engineFor(world, new Border([], 'make-up'), new Set(), instantClock(world.now)).load(loaded),
    async run(run = {}) {
      const border = new Border(mocks, unforeseen, secrets);
      const made = new Set<string>();
      const madeRows: Record<string, PlainRecord[]> = {};
      const { tables, asked } = await openTables(world, made, (table, id, cells) => {
        const known = madeRows[table] ?? [];
        madeRows[table] = known;
        known.push({ [ROW_ID]: id, ...recorded(cells) });
      });
      const clock = world.live === null ? instantClock(world.now) : steppingClock(world.now);
      const engine = engineFor(world, border, made, clock, asked);
      const deck = engine.load(loaded);
      const { id } = deck.find(run.flow);
      const flow = deckDocument.flows.find((candidate) => candidate.id === id);
      if (run.onEvent) engine.on('*', run.onEvent);
      if (world.live !== null) engine.on('*', new LiveCalls(engine, deckDocument, border).hear);
      const generated =
        flow && unforeseen === 'make-up'
          ? madeInputs(flow, {
              seed,
              now: world.now,
              isWide: world.isWide,
              onText: (text) => made.add(text),
              refine: (root, field) => refine(flow.id, root, field),
            })
          : { inputs: {}, options: {} };
      const { executionTime, signals = [] } = run;
      const handle = engine.start(deck, {
        flow: id,
        ...(run.runId === undefined ? {} : { runId: run.runId }),
        ...(run.connection === undefined ? {} : { connection: run.connection }),
        inputs: { ...generated.inputs, ...run.inputs },
        options: { ...generated.options, ...run.options },
        ...(executionTime === undefined ? {} : { startedAt: executionTime.getTime() }),
        ...(run.signal === undefined ? {} : { signal: run.signal }),
      });
      const delivered = signals.map(({ name, value }) => handle.signal(name, value));
      const [result] = await Promise.all([handle.result, ...delivered]);
      // A run that was meant to start earlier did not take longer for it.
      const early = executionTime === undefined ? 0 : world.now - executionTime.getTime();
      const durationMs = result.durationMs - early;
      return {
        ...result,
        durationMs,
        effects: border.effects,
        problems: border.problems,
        unused: border.leftovers().map(unusedMock),
        waits: clock.waits,
        rows: await allRows(tables, deckDocument),
        madeRows,
      };
    },
  };
}

function secretsIn({ connections = {}, mocks }: SimulateOptions): SecretBook {
  const book = new SecretBook();
  book.addConnections(connections);
  book.addPlaceholders(mocks);
  return book;
}

export function mockWarning(
  code: TestingCode,
  pointer: string,
  message: string,
  hint: string,
): Diagnostic<TestingCode> {
  return { severity: 'warning', code, message, pointer, hint };
}

function unusedMock({ index, used, foreseen }: Leftover): Diagnostic {
  const message =
    used === 0
      ? `Nothing asked for mock ${index + 1}.`
      : `Mock ${index + 1} was asked for ${used} of ${foreseen ?? 'more'} times.`;
  const hint = 'Take it out, correct what keeps it from fitting, or mark it "optional".';
  return mockWarning('mock-unused', `/mocks/${index}`, message, hint);
}

/** JavaScript has no types that would ask for them. */
function checkPacks(options: { readonly packs?: unknown } | undefined): void {
  if (Array.isArray(options?.packs)) return;
  throw new FlowdeckError('option-invalid', 'The option "packs" is missing, or no list.', {
    at: { field: 'packs' },
    hint: 'Give the packs whose cards are real: `{ packs: [standard] }`.',
  });
}
