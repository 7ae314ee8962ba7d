/** Errors that did not end a run: what a block, a card that calls per item, or a flow that nobody waits for kept to itself. */

type PlainEvent = Readonly<Record<string, unknown>>;

/** An error that something kept to itself. */
export interface CaughtError {
  /** Of `docs/errors.md`, or of the service. */
  readonly code: string;
  /** What happened. */
  readonly message: string;
  /** Of HTTP; null without one. */
  readonly statusCode: number | null;
  /** Where it arose: flow and card. */
  readonly at: { readonly flow: string; readonly card: string };
  /** What kept it to itself: the card that ended well all the same, or the flow that nobody waits for. */
  readonly by: { readonly flow: string; readonly card: string | null };
}

/** An activation of a card, or of a flow. */
interface Activation {
  readonly parent: Activation | null;
  readonly flow: string;
  readonly card: string | null;
  /** True of a flow that was started and not waited for. */
  readonly isBeside: boolean;
  failed: boolean;
  /** The error with which it failed. Null: it did not fail, or another one inside of it failed first. */
  error: PlainEvent | null;
}

/** In the order in which they arose. */
export function caughtErrors(events: readonly PlainEvent[]): readonly CaughtError[] {
  const tree = new ActivationTree();
  for (const event of events) tree.hear(event);
  return tree.origins.flatMap((origin) => {
    const keeper = keeperOf(origin);
    if (keeper === null || origin.error === null || origin.card === null) return [];
    const { code, message, statusCode } = origin.error;
    return [
      {
        code: String(code),
        message: String(message),
        statusCode: typeof statusCode === 'number' ? statusCode : null,
        at: { flow: origin.flow, card: origin.card },
        by: { flow: keeper.flow, card: keeper.card },
      },
    ];
  });
}

/** The first around it that did not fail; null: all did, up to the run. A flow that nobody waits for keeps its error. */
function keeperOf(origin: Activation): Activation | null {
  let outermost = origin;
  for (let around = origin.parent; around !== null; around = around.parent) {
    if (!around.failed) return around;
    outermost = around;
  }
  return outermost.isBeside ? outermost : null;
}

class ActivationTree {
  /** Those that failed by themselves, in order. */
  readonly origins: Activation[] = [];
  readonly #executions = new Map<string, Activation>();
  readonly #cards = new Map<string, Activation>();
  readonly #callers = new Map<string, Activation>();
  readonly #withFailure = new Set<Activation>();

  hear(event: PlainEvent): void {
    const { type, phase } = event;
    if (type === 'call' && phase === 'started') this.#call(event);
    if (type === 'execution') this.#execution(event);
    if (type === 'card') this.#card(event);
  }

  #call({ callerExecutionId, seq, calleeExecutionId }: PlainEvent): void {
    const caller = this.#cards.get(keyIn(callerExecutionId, seq));
    if (caller !== undefined) this.#callers.set(String(calleeExecutionId), caller);
  }

  #execution(event: PlainEvent): void {
    const id = String(event['executionId']);
    const flow = String(event['flow']);
    if (event['phase'] === 'started') {
      const isBeside = event['kind'] === 'async';
      const parent = this.#callers.get(id) ?? null;
      this.#executions.set(id, { ...activation(isBeside ? null : parent, flow, null), isBeside });
      return;
    }
    const execution = this.#executions.get(id);
    if (execution !== undefined) this.#end(execution, event);
  }

  #card(event: PlainEvent): void {
    const { executionId, seq, card, path } = event;
    const at = keyIn(executionId, seq);
    if (event['phase'] === 'started') {
      const execution = this.#executions.get(String(executionId));
      if (execution === undefined) return;
      const around = this.#around(String(executionId), path) ?? execution;
      const started = activation(around, execution.flow, String(card));
      this.#cards.set(at, started);
      this.#cards.set(keyIn(executionId, JSON.stringify([path, card])), started);
      return;
    }
    const ended = this.#cards.get(at);
    if (ended !== undefined) this.#end(ended, event);
  }

  /** The card in whose block a card stands. */
  #around(executionId: string, path: unknown): Activation | undefined {
    if (!Array.isArray(path) || path.length < 2) return undefined;
    return this.#cards.get(keyIn(executionId, JSON.stringify([path.slice(0, -2), path.at(-2)])));
  }

  #end(one: Activation, { status, error }: PlainEvent): void {
    one.failed = status === 'error' || status === 'cancelled';
    if (!one.failed) return;
    if (one.parent !== null) this.#withFailure.add(one.parent);
    if (this.#withFailure.has(one) || one.card === null) return;
    one.error = isEvent(error) ? error : null;
    this.origins.push(one);
  }
}

function activation(parent: Activation | null, flow: string, card: string | null): Activation {
  return { parent, flow, card, isBeside: false, failed: false, error: null };
}

function isEvent(value: unknown): value is PlainEvent {
  return typeof value === 'object' && value !== null;
}

function keyIn(executionId: unknown, part: unknown): string {
  return `${String(executionId)} ${String(part)}`;
}
