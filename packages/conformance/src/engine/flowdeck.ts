/** Flowdeck as an engine under test. */
import { standard } from '@flowdeck/cards';
import { httpPort } from '@flowdeck/cards/http';
import {
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
} from '@flowdeck/testing';

export interface FlowdeckOptions {
  /** Beside the standard cards, which are always there. */
  readonly packs?: readonly Pack[];
  /** Stands in for the network. Default: the HTTP port of `@flowdeck/cards/http`, with the settings of the case. */
  readonly http?: HttpPort;
}

/**
 * Makes the adapter for Flowdeck with the given packs. Every run gets an engine of its own.
 *
 * @throws FlowdeckError what `createEngine` throws: packs that collide, a faulty connector.
 * @example
 * for await (const result of runCases(suite, flowdeckAdapter({ packs: [acme] }))) console.log(result.id, result.status);
 */
export function flowdeckAdapter(options: FlowdeckOptions = {}): Adapter {
  const packs = withStandard(options.packs ?? []);
  const known = createEngine({ packs });
  return {
    name: 'flowdeck',
    namespaces: [...packs.flatMap(namespacesOf), ...known.connectors.map((connector) => connector.key)],
    check: (document) => known.check(document).diagnostics.map((diagnostic) => ({ ...diagnostic })),
    run: (program, request) => runOnce(packs, program, request, options.http),
  };
}

/** A test of the standard cards themselves brings them along. */
export function withStandard(packs: readonly Pack[]): readonly Pack[] {
  return packs.some((pack) => pack.name === standard.name) ? packs : [standard, ...packs];
}

async function runOnce(
  packs: readonly Pack[],
  program: Program,
  request: RunRequest,
  given: HttpPort | undefined,
): Promise<Observed> {
  const clock = request.clock === null ? null : instantClock(request.clock.start, guardsOf(packs, request.limits));
  const own = request.http === null || given !== undefined ? null : httpPort(request.http);
  const http = request.http === null ? undefined : (given ?? own ?? undefined);
  try {
    const engine = createEngine({
      packs,
      ports: {
        connections: request.connections as Readonly<Record<string, ConnectionOfValues>>,
        ...(clock === null ? {} : { clock }),
        // A stand-in for the network answers from memory, or lets time run out.
        ...(http === undefined ? {} : { http: clock === null || own === null ? http : holding(http, clock) }),
      },
    });
    engine.on('*', (event) => request.onEvent({ ...event }));
    return await observe(engine, program, request, clock);
  } finally {
    await own?.close();
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

async function observe(
  engine: Engine,
  program: Program,
  request: RunRequest,
  clock: InstantClock | null,
): Promise<Observed> {
  try {
    const deck: Deck = 'connector' in program ? engine.connector(program.connector) : engine.load(program.document);
    const handle = engine.start(deck, runOptions(request));
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
  steps: 0,
  durationMs: 0,
} as const satisfies Partial<Observed>;

function observed(result: RunResult, waits: readonly number[]): Observed {
  const { status, outputs, value, error, answer, children, steps, durationMs } = result;
  return {
    status,
    outputs,
    value,
    error: error === null ? null : withoutCause(error),
    answer: toData(answer),
    children: children.map((child) => ({ ...child })),
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
