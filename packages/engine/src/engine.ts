/** The front door. */
import { type DeliveryProofFunction, type RegisteredCard, type RegisteredConnector, Registry } from './cards/index.js';
import { actionCards, connectorSubject, readConnector } from './connect/index.js';
import { Deck, isAnyDeck } from './deck.js';
import type { Diagnostic } from './diagnostic.js';
import { copyOf, type FlowFile, type ParsedDocument, parseDocument } from './document/index.js';
import { DocumentError, FlowdeckError, PlanError } from './errors.js';
import { createObserver, type EventMap, type FlowEvent } from './observe/index.js';
import { compileDeck, type DeckPlan } from './plan/index.js';
import type { CallOutcome, CallRequest } from './ports/index.js';
import { compileExec } from './run/exec.js';
import { changeLimits, DEFAULT_LIMITS } from './run/limits.js';
import type { RunResult } from './run/result.js';
import { Aborts } from './start/abort.js';
import { checkEngineOptions, checkLoadOptions, checkRunOptions, inWords } from './start/check-options.js';
import type { EngineOptions, LoadOptions } from './start/engine-options.js';
import { type ExecuteOptions, executeCall } from './start/execute.js';
import type { RunHandle } from './start/handle.js';
import type { House } from './start/life.js';
import { openWorld } from './start/open-world.js';
import type { RunOptions } from './start/run-options.js';
import { startRun } from './start/start.js';
import { DeckTables } from './tables.js';
import type { FlowRef, JsonData } from './values/index.js';

/** What `Engine.check` and `Engine.validate` find in a flow file. */
export interface CheckResult {
  /** What was read. Null when the text or value is no flow file. */
  readonly document: FlowFile | null;
  /** Everything found, with errors, warnings and notes in document order; empty for a clean file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What was checked, with what was made on the way. */
interface Checked extends CheckResult {
  readonly parsed: ParsedDocument;
  readonly plan: DeckPlan | null;
}

/** Loads flow files and runs them. Any number of engines live side by side in a process, and share nothing. */
export interface Engine {
  /**
   * Reads and compiles a flow file: JSON text, the object that it stands for, or what `parseDocument` of the kit gave.
   * Diagnostics of text have line and column.
   *
   * @throws DocumentError with all diagnostics, when the file is faulty.
   * @throws PlanError with all diagnostics, when it cannot be compiled against the packs.
   */
  load(source: unknown, options?: LoadOptions): Deck;
  /** What `load` would find, without throwing. */
  check(source: unknown, options?: LoadOptions): CheckResult;
  /**
   * `check`, and the grammar and the names of expressions beyond the plain part of JSONata, for which JSONata is loaded. A
   * name in one that means nothing is a warning: where it stands in a filter, it may belong to the items.
   */
  validate(source: unknown, options?: LoadOptions): Promise<CheckResult>;
  /**
   * Runs a flow of a deck to its end.
   *
   * @throws FlowdeckError `not-a-deck`, `option-unknown`, `option-invalid`, `unknown-flow`, `flow-ambiguous`, `unknown-input`, `missing-input`, `invalid-input`.
   * @throws ConnectionError when a connection is missing or unusable.
   */
  run(deck: Deck, options?: RunOptions): Promise<RunResult>;
  /** The same, with a handle to cancel it and to send it signals. */
  start(deck: Deck, options?: RunOptions): RunHandle;
  /**
   * Carries out a call that a runtime was given in another process or life: see `RunRuntime`. The flow's own errors are
   * outcomes.
   *
   * @throws FlowdeckError `revision-missing` when this worker does not have the revision: give the call back;
   * `invalid-request`, `unknown-flow`, `unknown-input` when the request was changed on its way.
   * @throws ConnectionError when a connection is missing or unusable here.
   * @throws What `runtime` rejects with, or the reason of `abandon`: this life of the call is over.
   */
  execute(request: JsonData | CallRequest, options: ExecuteOptions): Promise<CallOutcome>;
  /** Hears what all runs do. Returns a function that ends it. */
  on<T extends keyof EventMap>(type: T, handler: (event: EventMap[T]) => unknown): () => void;
  /** Hears every event, whatever its type. */
  on(type: '*', handler: (event: FlowEvent) => unknown): () => void;
  /** The deck of a registered connector: its system flows can be run like any other. */
  connector(key: string): Deck;
  /** The proof of deliveries that a pack brings under this name; undefined: none does. */
  proof(name: string): DeliveryProofFunction | undefined;
  /** The connectors of the packs. */
  readonly connectors: readonly RegisteredConnector[];
  /** All card types that documents may use, sorted by id, those of connectors included. */
  readonly cards: readonly RegisteredCard[];
}

/**
 * Makes an engine.
 *
 * @throws FlowdeckError `option-unknown`, `option-invalid`, `duplicate-card`, `duplicate-address`, `duplicate-connector`, `duplicate-proof`; DocumentError or PlanError for a faulty connector.
 * @example
 * const engine = createEngine({ packs: [standard], ports: { http: httpPort() } });
 * const result = await engine.run(engine.load(text), { inputs: { phone: '+15005550006' } });
 */
export function createEngine(options: EngineOptions = {}): Engine {
  checkEngineOptions(options);
  const registry = new Registry();
  const world = openWorld(options.ports ?? {}, options.interceptors);
  const observer = createObserver({ logger: world.logger });
  const limits = changeLimits(DEFAULT_LIMITS, options.limits);
  const connectorDecks = new Map<string, Deck>();
  const house: House = { world, registry, observer, tables: new DeckTables(world.tables), aborts: new Aborts() };

  const connectorDeck = (key: string): Deck => {
    const known = connectorDecks.get(key);
    if (known) return known;
    const connector = registry.connector(key);
    if (!connector) {
      throw new FlowdeckError('unknown-connector', `There is no connector "${key}".`, {
        hint: 'Load the pack that brings it.',
      });
    }
    const deck = compileConnector(connector, registry);
    connectorDecks.set(key, deck);
    return deck;
  };
  const flowOf = (key: string, flow: string): FlowRef => connectorDeck(key).find(flow).ref;

  const packs = (options.packs ?? []).map((pack) => registry.addPack(pack));
  for (const pack of packs) {
    for (const source of pack.connectors ?? []) register(readConnector(source), registry, flowOf);
  }
  // Not before all are known: a flow of a connector may use cards of any pack.
  for (const { key } of registry.connectors()) connectorDeck(key);

  const check = (source: unknown, load: LoadOptions = {}): Checked => {
    checkLoadOptions(load);
    const parsed = parseDocument(source, load);
    const { document: read, diagnostics } = parsed;
    if (read === null || hasErrors(diagnostics)) return { parsed, document: read, diagnostics, plan: null };
    const document = copyOf(source, read);
    const plan = compileDeck(document, registry, compileExec);
    return { parsed, document, diagnostics: [...diagnostics, ...parsed.place(plan.diagnostics)], plan };
  };

  const start = (deck: Deck, run: RunOptions = {}): RunHandle => {
    if (!(deck instanceof Deck)) throw notADeck(deck);
    checkRunOptions(run);
    return startRun({
      house,
      deck,
      plan: deck.find(run.flow),
      options: run,
      limits: changeLimits(limits, run.limits),
    });
  };

  return {
    load(source, load) {
      const { parsed, document, diagnostics, plan } = check(source, load);
      const details = parsed.file === undefined ? {} : { at: { file: parsed.file } };
      if (document === null || plan === null) throw new DocumentError(diagnostics, details);
      if (hasErrors(diagnostics)) throw new PlanError(diagnostics, details);
      return new Deck(document, plan, diagnostics);
    },
    check: (source, load) => {
      const { document, diagnostics } = check(source, load);
      return { document, diagnostics };
    },
    async validate(source, load) {
      const { parsed, document, diagnostics, plan } = check(source, load);
      return { document, diagnostics: [...diagnostics, ...parsed.place(await checkExpressions(plan))] };
    },
    run(deck, run) {
      try {
        return start(deck, run).result;
      } catch (error) {
        return Promise.reject(error);
      }
    },
    start,
    execute: (request, options) => executeCall({ house, connector: connectorDeck }, request, options),
    // The observer's own overloads say what a handler hears.
    on: observer.on as Engine['on'],
    connector: connectorDeck,
    proof: (name) => registry.proof(name),
    get connectors() {
      return registry.connectors();
    },
    get cards() {
      return registry.cards();
    },
  };
}

function register(
  connector: RegisteredConnector,
  registry: Registry,
  flowOf: (key: string, flow: string) => FlowRef,
): void {
  registry.addConnector(connector);
  for (const entry of actionCards(connector, (flow) => flowOf(connector.key, flow))) registry.addCard(entry);
}

function compileConnector({ key, deck }: RegisteredConnector, registry: Registry): Deck {
  const plan = compileDeck(deck, registry, compileExec);
  const { diagnostics } = plan;
  if (hasErrors(diagnostics)) throw new PlanError(diagnostics, { subject: connectorSubject(key) });
  return new Deck(deck, plan, diagnostics);
}

function notADeck(given: unknown): FlowdeckError {
  if (isAnyDeck(given)) {
    return new FlowdeckError('not-a-deck', 'The deck was loaded by another copy of @flowdeck/engine.', {
      hint: 'Load it with the engine that runs it, and install one copy: npm ls @flowdeck/engine shows where others are.',
    });
  }
  return new FlowdeckError('not-a-deck', `${inWords(given)} is not a deck.`, {
    hint: 'Give what engine.load(source) returned: engine.run(deck, { inputs }).',
  });
}

async function checkExpressions(plan: DeckPlan | null): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const { spot, check } of plan?.unchecked ?? []) {
    const { pointer, flow, card } = spot;
    for (const diagnostic of await check()) {
      found.push({
        ...diagnostic,
        pointer,
        ...(flow === undefined ? {} : { flow }),
        ...(card === undefined ? {} : { card }),
      });
    }
  }
  return found;
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
