/** Flowdeck as an engine under test, in a page as well: nothing here is of a platform. */
import {
  type Clock,
  createEngine,
  DEFAULT_LIMITS,
  type Deck,
  type Engine,
  type ErrorReport,
  FlowdeckError,
  type HttpPort,
  type Pack,
  type RunOptions,
  type RunResult,
  type Runtime,
  systemClock,
  type Value,
} from '@flowdeck/engine';
import { namespacesOf, toData } from '@flowdeck/engine/kit';
import {
  type Adapter,
  type CaseConnection,
  type InstantClock,
  instantClock,
  type Observed,
  type Program,
  type RunRequest,
  seededSource,
} from '@flowdeck/testing';

/** Opens the way into the web for one run, with the settings of its case. */
export type OpenHttp = (settings: NonNullable<RunRequest['http']>) => HttpPort & { close?(): Promise<void> };

/**
 * Flowdeck with these packs, on any platform: what is the platform's, the way into the web, is handed in. Every run gets
 * an engine of its own.
 *
 * @param http Answers from memory, in place of what would be opened.
 */
export function adapterOf(packs: readonly Pack[], open: OpenHttp, http?: HttpPort): Adapter {
  const known = createEngine({ packs });
  return {
    name: 'flowdeck',
    namespaces: [...packs.flatMap(namespacesOf), ...known.connectors.map((connector) => connector.key)],
    check: (document) => known.check(document).diagnostics.map((diagnostic) => ({ ...diagnostic })),
    run: (program, request) =>
      withEngine(packs, request, http ?? open, {}, (engine, clock) => {
        const { onEvent } = request;
        if (onEvent !== null) engine.on('*', (event) => onEvent({ ...event }));
        return observe(engine, program, request, clock);
      }),
  };
}

/** What an engine needs beside the ports that a case decides about: a runtime of its own, made for its clock. */
export interface MorePorts {
  readonly runtime?: (clock: Clock) => Runtime;
}

/** Does some work with an engine that has the ports which a case asks for, and closes them. */
export async function withEngine<T>(
  packs: readonly Pack[],
  request: RunRequest,
  given: HttpPort | OpenHttp,
  { runtime }: MorePorts,
  work: (engine: Engine, clock: InstantClock | null) => Promise<T>,
): Promise<T> {
  const clock = request.clock === null ? null : instantClock(request.clock.start, guardsOf(packs, request.limits));
  const own = request.http === null || typeof given !== 'function' ? null : given(request.http);
  const http = request.http === null ? undefined : typeof given === 'function' ? (own ?? undefined) : given;
  try {
    const engine = createEngine({
      packs,
      ports: {
        // JSON is made of values; its type does not say so.
        connections: request.connections as Readonly<Record<string, ConnectionOfValues>>,
        // The same for every run, so that two runs of a case can be compared.
        random: seededSource('conformance'),
        ...(clock === null ? {} : { clock }),
        ...(runtime === undefined ? {} : { runtime: runtime(clock ?? systemClock()) }),
        // A stand-in for the network answers from memory, or lets time run out.
        ...(http === undefined ? {} : { http: clock === null || own === null ? http : holding(http, clock) }),
      },
    });
    return await work(engine, clock);
  } finally {
    await own?.close?.();
  }
}

/** The lengths of the timers by which the engine limits work: those of the run and of cards. */
function guardsOf(packs: readonly Pack[], limits: RunRequest['limits']): (ms: number) => boolean {
  const { wallTimeMs, cardTimeMs } = { ...DEFAULT_LIMITS, ...limits };
  const ofCards = packs.flatMap((pack) => pack.cards ?? []).map((card) => card.timeoutMs);
  const all = new Set<number | undefined>([wallTimeMs, cardTimeMs, ...ofCards]);
  return (ms) => all.has(ms);
}

/** What stands in a case is JSON, and JSON is made of values. */
type ConnectionOfValues = CaseConnection & { readonly auth: Readonly<Record<string, Value>> } & {
  readonly parameters?: Readonly<Record<string, Value>>;
};

/** One run, and what came of it. */
export async function observe(
  engine: Engine,
  program: Program,
  request: RunRequest,
  clock: InstantClock | null,
  resumed: Pick<RunOptions, 'startedAt'> = {},
): Promise<Observed> {
  try {
    const deck: Deck = 'connector' in program ? engine.connector(program.connector) : engine.load(program.document);
    const handle = engine.start(deck, { ...runOptions(request), ...resumed });
    const delivered = request.signals.map(({ name, value }) => handle.signal(name, value as Value)); // JSON is a Value
    const [result] = await Promise.all([handle.result, ...delivered]);
    return observed(result, clock?.waits ?? []);
  } catch (error) {
    // What is not of Flowdeck's making breaks the promise that bad input gives a documented error.
    if (!(error instanceof FlowdeckError)) throw error;
    return { ...nothing, status: 'refused', error: error.toJSON(), waits: clock?.waits ?? [] };
  }
}

function runOptions(request: RunRequest): RunOptions {
  return {
    runId: request.runId,
    inputs: request.inputs,
    options: request.options,
    limits: request.limits,
    signal: request.signal,
    ...(request.flow === undefined ? {} : { flow: request.flow }),
    ...(request.connection === undefined ? {} : { connection: request.connection }),
  };
}

const nothing = {
  outputs: null,
  value: null,
  answer: null,
  children: [],
  ignored: [],
  tables: [],
  steps: 0,
  durationMs: 0,
} as const satisfies Partial<Observed>;

function observed(result: RunResult, waits: readonly number[]): Observed {
  const { status, outputs, value, error, answer, children, ignored, tables, steps, durationMs } = result;
  return {
    status,
    outputs,
    value,
    error: error === null ? null : withoutCause(error),
    answer: toData(answer),
    children: children.map((child) => ({ ...child })),
    ignored: ignored.map((item) => ({ ...item })),
    tables: tables.map((table) => ({ ...table })),
    steps,
    durationMs,
    waits,
  };
}

/** Causes are for debuggers: they hold live errors. */
function withoutCause({ cause: _, ...report }: ErrorReport): Readonly<Record<string, unknown>> {
  return report;
}

/** While an answer is on its way, time that jumps stands still. */
function holding(port: HttpPort, clock: InstantClock): HttpPort {
  return {
    async request(request) {
      const release = clock.hold();
      try {
        return await port.request(request);
      } finally {
        release();
      }
    },
  };
}
