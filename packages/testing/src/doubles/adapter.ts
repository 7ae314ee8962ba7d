/** Flowdeck among doubles as what runs cases: mocks at the border, fresh tables, files and time for each run. */
import {
  type Connection,
  createEngine,
  type DeckDocument,
  DocumentError,
  type FileStore,
  FlowdeckError,
  memoryFiles,
  type Pack,
  type Value,
} from '@flowdeck/engine';
import { isPlainObject, namespacesOf, toData } from '@flowdeck/engine/kit';
import type { CaseFile } from '../cases/types.js';
import { instantClock } from '../clock/instant-clock.js';
import { START } from '../clock/start.js';
import { bytesOf } from '../http/bytes.js';
import type { Adapter, Observed, ObservedBorder, Program, ReportedDiagnostic, RunRequest } from '../run/adapter.js';
import type { Unforeseen } from './border.js';
import type { LiveService } from './live.js';
import { nameCase } from './named-case.js';
import { ownCards } from './own-cards.js';
import { rehearse } from './rehearse.js';
import { simulatedDeck } from './signatures.js';
import type { SimulatedResult } from './simulation.js';
import { standIns } from './stand-ins.js';

/** What stands behind the cards of a case. */
export interface DoublesOptions {
  /** Packs with real cards, such as `standard`. What they do not bring is answered by mocks. */
  readonly packs: readonly Pack[];
  /** Versions of connectors that mocks stand for although they are at hand, by key. */
  readonly versions?: ReadonlyMap<string, string>;
  /** What becomes of calls that no mock answers. Default `refuse`. */
  readonly unforeseen?: Unforeseen;
  /** What really answers, to record it. Default: nothing outside is reached. */
  readonly live?: LiveService;
}

/** What is known of a document, worked out once for all its cases. */
interface Known {
  readonly deck: DeckDocument | null;
  readonly diagnostics: readonly ReportedDiagnostic[];
  readonly simulated: readonly string[];
}

/**
 * An adapter that lets nothing out: connector cards, HTTP and the flows that a mock names are answered by the mocks of the
 * case, and a call without one fails it.
 *
 * @example
 * const result = await runCase(suite, suite.cases[0], doubles({ packs: [standard] }));
 */
export function doubles(options: DoublesOptions): Adapter {
  const { packs } = options;
  const ids = new Set(packs.flatMap((pack) => (pack.cards ?? []).map(({ id }) => id)));
  const byDocument = new WeakMap<object, Known>();
  const known = (document: unknown): Known => {
    if (typeof document !== 'object' || document === null) return readDocument(document, packs, ids);
    const found = byDocument.get(document) ?? readDocument(document, packs, ids);
    byDocument.set(document, found);
    return found;
  };
  return {
    name: 'doubles',
    namespaces: packs.flatMap(namespacesOf),
    check: (document) => known(document).diagnostics,
    named(program, entry) {
      const { deck, simulated } = known(documentOf(program));
      return deck === null ? { entry, faults: [] } : nameCase(entry, deck, simulated);
    },
    async run(program, request) {
      const { deck } = known(documentOf(program));
      try {
        return await runAmongDoubles(deck, request, options);
      } catch (error) {
        if (!(error instanceof FlowdeckError)) throw error;
        return { ...NOTHING, status: 'refused', error: error.toJSON() };
      }
    },
  };
}

function documentOf(program: Program): unknown {
  return 'document' in program ? program.document : null;
}

function readDocument(document: unknown, packs: readonly Pack[], ids: ReadonlySet<string>): Known {
  const first = createEngine({ packs }).check(document);
  const whole = first.document;
  if (whole === null) return { deck: null, diagnostics: first.diagnostics.map((each) => ({ ...each })), simulated: [] };
  const { deck, simulated } = simulatedDeck(whole, packs);
  const doubled = [...ownCards(packs), ...standIns(deck, ids)];
  // Where nothing stands in for anything, and no place in a text was lost, the same check would say the same again.
  const isReal =
    typeof document === 'object' && doubled.length === packs.length && doubled.every((pack) => packs.includes(pack));
  const { diagnostics } = isReal ? first : createEngine({ packs: doubled }).check(whole);
  return { deck, diagnostics: diagnostics.map((each) => ({ ...each })), simulated };
}

const NOTHING = {
  outputs: null,
  value: null,
  answer: null,
  children: [],
  ignored: [],
  tables: [],
  steps: 0,
  durationMs: 0,
  waits: [],
  border: { effects: [], problems: [], unused: [], tables: {}, madeRows: {} },
} as const satisfies Partial<Observed>;

async function runAmongDoubles(
  deck: DeckDocument | null,
  request: RunRequest,
  { packs, versions, unforeseen = 'refuse', live }: DoublesOptions,
): Promise<Observed> {
  if (deck === null) throw new DocumentError([]);
  const { border, limits, clock, onEvent } = request;
  const start = clock?.start ?? START;
  const files = memoryFiles(instantClock(start));
  const refs = await keepFiles(border.files, files);
  const { run } = rehearse(deck, {
    packs,
    ...(live === undefined ? {} : { live }),
    ...(versions === undefined ? {} : { versions }),
    mocks: border.mocks,
    recorded: border.recorded,
    unforeseen,
    seed: border.seed,
    now: new Date(start),
    files,
    // Rows of a case are JSON, and JSON is made of values; so are connections.
    rows: border.tables as Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>,
    connections: connectionsOf(request),
    limits,
  });
  const result = await run({
    runId: request.runId,
    ...(request.flow === undefined ? {} : { flow: request.flow }),
    inputs: withRefs(request.inputs, refs),
    options: withRefs(request.options, refs),
    ...(request.connection === undefined ? {} : { connection: request.connection }),
    signals: request.signals.map(({ name, value }) => ({ name, value: value as Value })), // JSON is a value
    signal: request.signal,
    ...(onEvent === null ? {} : { onEvent: (event) => onEvent({ ...event }) }),
  });
  return observed(result);
}

function connectionsOf({ connections }: RunRequest): Readonly<Record<string, Connection>> {
  return Object.fromEntries(
    Object.entries(connections).map(([name, { connector, auth = {}, parameters }]) => [
      name,
      // JSON is made of values; its type does not say so.
      { connector, auth, ...(parameters === undefined ? {} : { parameters }) } as unknown as Connection,
    ]),
  );
}

type FileRefs = ReadonlyMap<string, Value>;

async function keepFiles(given: Readonly<Record<string, CaseFile>>, store: FileStore): Promise<FileRefs> {
  const refs = new Map<string, Value>();
  for (const [name, { text = '', base64 }] of Object.entries(given)) {
    const content = base64 === undefined ? new TextEncoder().encode(text) : bytesOf(base64);
    refs.set(name, await store.put({ name }, content));
  }
  return refs;
}

/** `{"file": NAME}` is the file of that name. */
function withRefs(values: Readonly<Record<string, unknown>>, refs: FileRefs): Record<string, unknown> {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isPlainObject(value)) return value;
    const name = value['file'];
    if (Object.keys(value).length === 1 && typeof name === 'string' && refs.has(name)) return refs.get(name);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, walk(value)]));
}

function observed(result: SimulatedResult): Observed {
  const { status, outputs, value, error, answer, children, steps, durationMs, waits } = result;
  const { cause: _, ...told } = error ?? { cause: null };
  return {
    status,
    outputs,
    value,
    error: error === null ? null : told,
    answer: toData(answer),
    children: children.map((child) => ({ ...child })),
    ignored: result.ignored.map((each) => ({ ...each })),
    tables: result.tables.map((each) => ({ ...each })),
    steps,
    durationMs,
    waits,
    border: {
      effects: result.effects,
      problems: result.problems,
      unused: result.unused.map(({ pointer, message, hint = '' }) => ({ pointer, message, hint })),
      // As JSON.
      tables: result.rows as ObservedBorder['tables'],
      // As JSON, too.
      madeRows: result.madeRows as ObservedBorder['madeRows'],
    },
  };
}
