/** What a host says about one run. */
import type { Answer } from '../cards/index.js';
import type { FlowEvent } from '../observe/index.js';
import type { RunRuntime } from '../ports/index.js';
import type { Limits } from '../run/limits.js';
import type { DataObject } from '../values/index.js';

/** What a host says about one run. Every member may be left out. */
export interface RunOptions {
  /** Id or name of the flow. Default: the only flow of the deck, or the only one that is not a helper. */
  readonly flow?: string;
  /** By field name. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Values of the flow's options, by name. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Name of the connection that the flow itself runs with: for the flows of a connector. */
  readonly connection?: string;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  /** In place of the engine's, one by one. */
  readonly limits?: Partial<Limits>;
  /**
   * Hears the events of this run, from its first card on, those of flows that it calls included. Called before the
   * listeners of the engine; what it throws or rejects with is logged once and touches nothing.
   *
   * @example
   * await engine.run(deck, { onEvent: (event) => response.write(`data: ${JSON.stringify(event)}\n\n`) });
   */
  readonly onEvent?: (event: FlowEvent) => unknown;
  /**
   * What the host wants to know the run by, such as `{ tenant: 'acme', requestId }`: JSON data, copied and frozen. It
   * stands in every event of the run, cards have it as `ctx.metadata`, ports in their `origin`, a runtime's record keeps
   * it. It is shown as it is: no place for secrets. Flows do not see it.
   *
   * @throws FlowdeckError `invalid-metadata` when it holds what JSON has no form for.
   */
  readonly metadata?: DataObject;
  /**
   * Hears what a card answers to whoever started the run, when it does: Close and Pause while the flow goes on, Return
   * Raw when it ends its flow. At most once; the same stands in the result as `answer`. A run that is resumed may answer
   * again. What it throws is logged, and the run goes on.
   *
   * @example
   * const handle = engine.start(deck, { onAnswer: ({ statusCode, body }) => response.status(statusCode).send(body) });
   */
  readonly onAnswer?: (answer: Answer) => unknown;
  /** Default: a new one from the engine's ids. */
  readonly runId?: string;
  /** To resume a run: when it was first started, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAt?: number;
  /**
   * Where this run lives, in place of the engine's runtime: for engines of durable execution that call Flowdeck. Its
   * `signal` verb takes the signals; those of the handle reach nobody. Null: in memory, whatever the engine's runtime is,
   * for what the host would begin anew after a crash.
   */
  readonly runtime?: RunRuntime | null;
  /**
   * Gives this life of the run up when it aborts: nothing goes on, nothing is told of an end, and `result` rejects with
   * the signal's reason. For a runtime whose verbs do not settle once it has lost interest.
   */
  readonly abandon?: AbortSignal;
}
