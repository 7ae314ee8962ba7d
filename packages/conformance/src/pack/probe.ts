/** Runs a single card under watch: frozen inputs, no network, no waiting. */
import type { CardType, HttpPort, Value } from '@flowdeck/engine';
import { deepFreeze, fieldName, formatPointer } from '@flowdeck/engine/kit';
import type { Observed, RunRequest } from '@flowdeck/testing';
import type { Conduct, WatchedPacks } from './conduct.js';

export interface Probe {
  readonly card: CardType;
  /** The card in the pack under test, with the packs that it needs. */
  readonly watched: WatchedPacks;
  /** Values by input name. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Values that stand in the document itself, so that only the card's own declaration can keep them secret. */
  readonly literals?: Readonly<Record<string, Value>>;
  /** Author-named outputs, for a card that takes them. */
  readonly outputs?: readonly string[];
  /** Default: every request is answered 200 with `{}`. */
  readonly http?: HttpPort;
  /** Milliseconds of real time that the card gets. Default: its own, at a clock whose waits end at once. */
  readonly timeoutMs?: number;
  /** Cancels the run. With one, time is real. */
  readonly signal?: AbortSignal;
}

export interface Probed {
  /** Values by input name, those of the document included. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly conduct: Conduct;
  readonly observed: Observed;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** The flow that stands in for whatever flow a card wants to call: it takes anything and does nothing. */
const STAND_IN = 'stand-in';

/** Runs the card in a flow of its own. Flow inputs get a flow without cards, blocks are empty. */
export async function probe(setup: Probe): Promise<Probed> {
  const { card, watched, given, literals, http = agreeable, signal, timeoutMs } = setup;
  // A pure card does not wait, but it may load a module, which no clock measures.
  const isInstant = signal === undefined && timeoutMs === undefined && card.kind !== 'pure';
  const events: Readonly<Record<string, unknown>>[] = [];
  const request: RunRequest = {
    runId: 'run',
    flow: 'main',
    inputs: deepFreeze({ ...given }),
    options: {},
    connections: {},
    limits: { wallTimeMs: LONG_MS },
    clock: isInstant ? { start: 0 } : null,
    signals: [],
    border: { mocks: [], recorded: false, tables: {}, files: {}, seed: 'probe' },
    signal: signal ?? new AbortController().signal,
    http: {},
    onEvent: (event) => events.push(event),
  };
  const { came, conduct } = await watched.watch(card, http, (adapter) =>
    adapter.run({ document: documentOf(setup) }, request),
  );
  const inputs = { ...given, ...literals };
  return { observed: came instanceof Error ? brokenBy(came) : came, events, conduct, inputs };
}

/** A run that the engine could not bring to an end: the platform is no longer what it needs. */
function brokenBy(error: Error): Observed {
  return {
    ...{ status: 'error', outputs: null, value: null, answer: null, children: [], ignored: [], tables: [], steps: 0 },
    ...{ error: { code: 'card-failed', message: error.message }, durationMs: 0, waits: [] },
  };
}

/** Longer than any wait of a card, so that it is the card's own limits that end it. */
const LONG_MS = 400 * 86_400_000;

function documentOf({ card, given, literals = {}, outputs = [], timeoutMs }: Probe): unknown {
  const flows = new Set(card.inputs.filter((field) => field.type === 'flow').map(fieldName));
  const names = Object.keys(given);
  const bindings = names.map((name) => [
    name,
    flows.has(name) && given[name] !== null ? { flow: STAND_IN } : { from: formatPointer(['inputs', name]) },
  ]);
  const required = Object.entries(card.blocks ?? {}).filter(([, block]) => block.required);
  const node = {
    id: 'card',
    card: card.id,
    in: {
      ...Object.fromEntries(bindings),
      ...Object.fromEntries(Object.entries(literals).map(([name, value]) => [name, { value }])),
    },
    ...(required.length === 0 ? {} : { blocks: Object.fromEntries(required.map(([name]) => [name, { cards: [] }])) }),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    ...(outputs.length === 0 ? {} : { outputs: outputs.map((key) => ({ key, type: 'any' })) }),
  };
  return {
    flowdeck: 1,
    flows: [
      { id: 'main', type: 'manual', inputs: names.map((key) => ({ key, type: 'any' })), cards: [node] },
      { id: STAND_IN, type: 'helper', cards: [] },
    ],
  };
}

const agreeable: HttpPort = {
  request: async ({ url }) => ({
    status: 200,
    statusText: 'OK',
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode('{}'),
    url,
  }),
};

/** Inputs with which the card runs: those of its first example that does not fail. */
export function typicalInputs(card: CardType): Readonly<Record<string, Value>> | undefined {
  return card.examples?.find((example) => example.error === undefined)?.in;
}
