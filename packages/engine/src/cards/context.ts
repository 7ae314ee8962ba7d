/** What a card that is not pure is given, and the ways in which a card may end. */
import type { FlowDocument, FlowFile } from '../document/index.js';
import type { Clock, Connection, FileStore, HttpPort, Logger, Random, TableStore } from '../ports/index.js';
import type { DataObject, FlowRef, Value, ValueObject } from '../values/index.js';
import type { Gradual } from './gradual.js';

/** Outputs by field name, as a card's function gives them. */
export type Outputs = { readonly [name: string]: Value };

/**
 * A card's way of leaving its block: what `ctx.return`, `ctx.stop` and `ctx.runBlock` give and a card hands back. A
 * card takes it from its context and does not make one.
 */
export class Leave {
  /** `return`: with a result, by `ctx.return`. `stop`: early and well, by `ctx.stop`. */
  readonly kind: 'return' | 'stop';
  /** The result, by field name. */
  readonly outputs: Outputs;
  /** See `CardContext.return`. */
  readonly answer: Answer | undefined;

  constructor(kind: 'return' | 'stop', outputs: Outputs, answer?: Answer) {
    this.kind = kind;
    this.outputs = outputs;
    this.answer = answer;
  }
}

/** How a called flow or a block ended. */
export interface FlowResult {
  /** `return`: at a Return. `end`: after its last card. `stop`: by Continue If. */
  readonly kind: 'return' | 'end' | 'stop';
  /** By field name; grouped fields as `group/key`. */
  readonly outputs: Outputs;
  /** The result as one object, grouped fields under their group. */
  readonly nested: ValueObject;
  /** The result as one value: the field itself when there is exactly one, else the object (control flow, section 1.8 rule 5). */
  readonly value: Value;
}

/** What a card says about one call, beside what the document forwards. */
export interface CallOptions {
  /** The current item, read by `{"item": ...}` bindings. */
  readonly item?: Value;
  /** Position, for `context/index`. */
  readonly index?: number;
  /** Values that win over what the card forwards, by field name. */
  readonly inputs?: Outputs;
}

/** How `CardContext.callEach` goes through its items. */
export interface CallEachOptions {
  /** Flows in progress at a time, 1 to the `concurrency` limit. Default 1. */
  readonly concurrency?: number;
  /** `stop` (default): no further items after the first error, which is thrown. `ignore`: every item is run. */
  readonly onError?: 'stop' | 'ignore';
  /**
   * `values` (default): the value of every item's result, in input order. `none`: nothing is kept. A function: what it
   * makes of every result, which is then dropped (Filter Custom keeps a verdict, not the result). It is pure.
   */
  readonly collect?: 'values' | 'none' | ((result: FlowResult) => Value);
}

/** What whoever started a run over HTTP gets to see. A type and not an interface, so that it is a value too. */
export type Answer = {
  readonly statusCode: number;
  /** Added to those that the host sends by itself. */
  readonly headers: ValueObject;
  /** Text is sent as it is, null as an empty body, everything else as JSON. */
  readonly body: Value;
};

/** What a card that is not pure may use. */
export interface CardContext {
  /** The run, whole. */
  readonly runId: string;
  /** What the host said about the run: `RunOptions.metadata`, frozen. Empty without any. */
  readonly metadata: DataObject;
  /** This activation of the flow: the path of calls that led to it, such as `run/each.3/send`. */
  readonly executionId: string;
  /** Id of the card in its flow. */
  readonly cardId: string;
  /** Id of the flow that the card stands in. */
  readonly flowId: string;
  /** Stable, value-free id of this step: send it as `Idempotency-Key`. */
  readonly key: string;
  /** Aborts when the run is cancelled or the card's time is up. */
  readonly signal: AbortSignal;
  /** The engine's clock: a card takes the time from here and not from `Date.now()`, so that tests decide it. */
  readonly clock: Clock;
  /** The engine's randomness, in place of `Math.random()`: a seeded engine gives the same numbers again. */
  readonly random: Random;
  /** Rows of tables, those that the flow file declares included. */
  readonly tables: TableStore;
  /** Contents of files. A `FileRef` among the inputs is read here by its id. */
  readonly files: FileStore;
  /** Lines that become events of type `log`, redacted, and go to the host's logger. */
  readonly logger: Logger;
  /** Throws `RunError` `http-missing` when the host gave no HTTP port. */
  readonly http: HttpPort;
  /**
   * The connection that the card declares to take: the one that the document names at the card, else the one that its flow
   * runs with, if it is of the connector that the card declares. Null where it declares none, or an optional one is not
   * given; a required one that is not there throws `ConnectionError` `connection-missing`.
   */
  readonly connection: Connection | null;

  /**
   * Leaves the enclosing flow or scoped block with a result. Hand back what it gives.
   *
   * `answer`: what the starter of the run is answered when this ends the flow that was started (Return Raw). Without
   * one, and wherever else it is used, the outputs are the result.
   */
  return(outputs: Outputs, answer?: Answer): Leave;
  /** Leaves it with success, early (Continue If). Hand back what it gives. */
  stop(outputs?: Outputs): Leave;

  /** Names of the blocks, in document order. */
  readonly blockNames: readonly string[];
  /** Values of a block's own inputs, in the order of their declaration. Read now, not before. */
  blockInputs(name: string): readonly Value[] | Promise<readonly Value[]>;
  /**
   * Runs a block. Hand its result back to give the block's outputs, and to let a Return inside an inline block end the
   * flow. What a scoped block gives, and any pass with an `index`, can be read; what an inline block gives is for the engine. Errors inside the block are thrown; `errorObject` makes of them what a `catch` block sees.
   */
  runBlock(
    name: string,
    provide?: { error?: Value; item?: Value; index?: number },
  ): BlockOutcome | Promise<BlockOutcome>;
  /** The error as a `catch` block sees it: `{message, code, statusCode, method, flo, execution, body?, headers?, ...extra}`. */
  errorObject(error: unknown): ValueObject;

  /** Calls a flow with what the card forwards to it. */
  call(flow: FlowRef, options?: CallOptions): FlowResult | Promise<FlowResult>;
  /** Calls a flow once per item. */
  callEach(
    flow: FlowRef,
    items: readonly Value[],
    options?: CallEachOptions,
  ): readonly Value[] | Promise<readonly Value[]>;
  /** The document of a flow, by itself: what Export Flow writes. */
  flowDocument(flow: FlowRef): FlowDocument;
  /** The document that the card's own flow stands in, with all its flows and tables: what Export Folder writes. */
  deckDocument(): FlowFile;
  /**
   * Starts a flow beside the run and does not wait for it. Returns the id of its execution; a promise where a runtime has
   * to know of the flow before the card goes on.
   */
  spawn(flow: FlowRef, options?: CallOptions): string | Promise<string>;
  /** Suspends the run. */
  sleep(ms: number): Promise<undefined>;
  /** Waits for a signal from outside, such as a resume call. */
  waitFor(signal: string, timeoutMs?: number): Promise<Value>;
  /** Answers whoever started the run, once; the run goes on. False when an answer was already given. */
  respond(answer: Answer): boolean;
}

/** Outputs of the block, or the Leave that the card has to hand back. */
export type BlockOutcome = Outputs | Leave;

/** What a card's function may give back. Undefined: no outputs. Work in pieces is for pure cards. */
export type CardResult<O> = O | Leave | undefined | Promise<O | Leave | undefined> | Gradual<O>;
