/** Packs a run for its page. */
import type { DataObject, ExecutionEntry, JsonData } from '@flowdeck/engine';
import { flowsOf, setOwn } from '@flowdeck/engine/kit';
import { type GraphCard, type GraphFlow, graphOf } from '../model.js';
import type { Kept } from './fold.js';
import {
  type ExecutionColumns,
  type PackedCard,
  type PackedExchange,
  type PackedFlow,
  type PackedLog,
  type PackedRetry,
  type PackedRun,
  STATES,
  type StepColumns,
} from './packed.js';
import { NamePool, ValuePool } from './pool.js';
import type { ReportedExchange, ReportedRun } from './types.js';

/** The two parts of a packed run: what the page reads first, and the chunks of its values as JSON. */
export interface Packed {
  readonly run: PackedRun;
  readonly chunks: readonly string[];
}

/** Columns that are being filled. */
type Filling<T> = { readonly [K in keyof T]: number[] };

/** `look` sees every value and message that is packed. */
export function pack(run: ReportedRun, { executions, folded }: Kept, look: (value: JsonData) => void): Packed {
  const graphs = flowsOf(run.document).map((flow) => graphOf(flow, run.card));
  const packing = new Packing(executions, graphs, look);
  for (const execution of executions) packing.add(execution);
  const exchanges = (run.exchanges ?? []).map((exchange) => packing.exchange(exchange));
  const flows = flowsOf(run.document).map((flow, index) => {
    const graph = packing.graphs[index];
    return packedFlow(flow.name ?? flow.id, flow, graph);
  });
  const tables = run.result?.tables ?? [];
  for (const { message } of [...packing.retries, ...packing.logs]) look(message);
  for (const { url, error } of exchanges) look([url, error]);
  return {
    run: {
      startedAt: packing.origin,
      names: packing.names.names,
      executions: packing.executions,
      steps: packing.steps,
      retries: packing.retries,
      logs: packing.logs,
      exchanges,
      tables,
      flows,
      chunks: packing.values.sizes,
      folded,
    },
    chunks: packing.values.texts,
  };
}

class Packing {
  readonly names = new NamePool();
  readonly values: ValuePool;
  readonly graphs: readonly GraphFlow[];
  readonly origin: number;
  readonly retries: PackedRetry[] = [];
  readonly logs: PackedLog[] = [];
  readonly executions: Filling<ExecutionColumns> = {
    id: [],
    flow: [],
    caller: [],
    item: [],
    state: [],
    start: [],
    length: [],
    inputs: [],
    outputs: [],
    error: [],
  };
  readonly steps: Filling<StepColumns> = {
    execution: [],
    card: [],
    type: [],
    title: [],
    depth: [],
    seq: [],
    state: [],
    start: [],
    length: [],
    attempts: [],
    inputs: [],
    outputs: [],
    error: [],
  };
  /** Steps by the executions that they called. */
  readonly #callers = new Map<string, { readonly step: number; readonly item: number }>();
  readonly #flows: ReadonlyMap<string, number>;
  /** Steps by flow and card, in their order, for exchanges that name no execution. */
  readonly #byCard = new Map<string, number[]>();

  constructor(executions: readonly ExecutionEntry[], graphs: readonly GraphFlow[], look: (value: JsonData) => void) {
    this.values = new ValuePool(look);
    this.graphs = graphs;
    this.#flows = new Map(graphs.map(({ id }, index) => [id, index]));
    this.origin = executions[0]?.startedAt ?? 0;
  }

  add(execution: ExecutionEntry): void {
    const number = this.executions.id.length;
    const called = this.#callers.get(execution.id);
    const { executions } = this;
    executions.id.push(this.names.add(execution.id));
    executions.flow.push(this.#flows.get(execution.flow) ?? -2 - this.names.add(execution.flowName));
    executions.caller.push(called?.step ?? -1);
    executions.item.push(called?.item ?? -1);
    executions.state.push(STATES.indexOf(execution.status));
    executions.start.push(this.#since(execution.startedAt));
    executions.length.push(micros(execution.durationMs));
    executions.inputs.push(this.values.add(execution.inputs));
    executions.outputs.push(this.values.add(execution.outputs));
    executions.error.push(this.values.addError(execution.error));
    const bySeq = this.#addSteps(execution, number);
    for (const { seq, calleeExecutionId, index } of execution.calls.flat()) {
      const step = bySeq.get(seq);
      if (step !== undefined) this.#callers.set(calleeExecutionId, { step, item: index ?? -1 });
    }
    for (const { level, message, card } of execution.logs.flat())
      this.logs.push({ execution: number, card, level, message });
  }

  #addSteps(execution: ExecutionEntry, number: number): ReadonlyMap<number, number> {
    const bySeq = new Map<number, number>();
    const { steps } = this;
    for (const card of execution.cards.flat()) {
      const step = steps.seq.length;
      bySeq.set(card.seq, step);
      steps.execution.push(number);
      steps.card.push(this.names.add(card.card));
      steps.type.push(this.names.add(card.cardType));
      steps.title.push(this.names.add(card.title));
      steps.depth.push(Math.ceil(card.path.length / 2));
      steps.seq.push(card.seq);
      steps.state.push(STATES.indexOf(card.status));
      steps.start.push(this.#since(card.startedAt));
      steps.length.push(micros(card.durationMs));
      steps.attempts.push(card.attempts);
      steps.inputs.push(this.values.add(card.inputs));
      steps.outputs.push(this.values.add(card.outputs));
      steps.error.push(this.values.addError(card.error));
      for (const { attempt, delayMs, error } of card.retries)
        this.retries.push({ step, attempt, delayMs, message: error.message });
      for (const key of [whole(execution.id, card.card), whole(null, card.card, execution.flow)]) {
        const known = this.#byCard.get(key);
        if (known === undefined) this.#byCard.set(key, [step]);
        else known.push(step);
      }
    }
    return bySeq;
  }

  /** Of a card that ran several times, the exchange belongs to the last run that had begun; to the next in order where no time is known. */
  exchange(exchange: ReportedExchange): PackedExchange {
    const { executionId, flow, card, attempt, startedAt, method, url, status, error, durationMs } = exchange;
    const steps = this.#byCard.get(whole(executionId, card, flow)) ?? [];
    const begun = startedAt === null ? -1 : this.#since(startedAt);
    const found =
      startedAt !== null
        ? steps.findLast((each) => (this.steps.start[each] ?? 0) <= begun)
        : steps.length > 1
          ? steps.shift()
          : steps[0];
    const { requestHeaders, requestBody, responseHeaders, responseBody } = exchange;
    const detail = this.values.add({ requestHeaders, requestBody, responseHeaders, responseBody });
    return { step: found ?? -1, attempt, method, url, status, error, durationMs, detail };
  }

  #since(at: number): number {
    return Math.round((at - this.origin) * 1000);
  }
}

function micros(ms: number | null): number {
  return ms === null ? -1 : Math.round(ms * 1000);
}

function whole(executionId: string | null, card: string, flow = ''): string {
  return JSON.stringify(executionId === null ? [flow, card] : [executionId, '', card]);
}

function packedFlow(
  name: string,
  { id, type, cards }: ReturnType<typeof flowsOf>[number],
  graph: GraphFlow | undefined,
): PackedFlow {
  const found: Record<string, PackedCard> = {};
  const take = (nodes: typeof cards, drawn: readonly GraphCard[]): void => {
    for (const [index, node] of nodes.entries()) {
      const card = drawn[index];
      if (card === undefined) continue;
      // Bindings are JSON of the document.
      const bindings = (node.in ?? {}) as DataObject;
      setOwn(found, card.step, { key: card.key, pointer: card.pointer, bindings });
      for (const [at, block] of Object.values(node.blocks ?? {}).entries()) {
        take(block.cards, card.blocks[at]?.cards ?? []);
      }
    }
  };
  take(cards, graph?.cards ?? []);
  return { id, name, type, cards: found };
}
