/** How a card type is declared: fields as data, and one function. */
import type { FlowDocument, FlowFile } from '../document/index.js';
import type { Clock, Connection, FileStore, HttpPort, Logger, Random, TableStore } from '../ports/index.js';
import type { Field, FieldType, FileRef, FlowRef, TypeRef, Value, ValueObject } from '../values/index.js';
import type { CardTraits } from './traits.js';

/** Outputs by field name, as a card's function gives them. */
export type Outputs = { readonly [name: string]: Value };

/**
 * A card's way of leaving its block: what `ctx.return`, `ctx.stop` and `ctx.runBlock` give and a card hands back. A
 * card takes it from its context and does not make one.
 */
export class Leave {
  readonly kind: 'return' | 'stop';
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

export interface CallOptions {
  /** The current item, read by `{"item": ...}` bindings. */
  readonly item?: Value;
  /** Position, for `context/index`. */
  readonly index?: number;
  /** Values that win over what the card forwards, by field name. */
  readonly inputs?: Outputs;
}

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

/** How the blocks of a card behave. */
export interface BlockDeclaration {
  /**
   * `inline`: a Return inside it ends the flow, and `out` gives its outputs (If/Else).
   * `scoped`: a Return inside it ends the block and gives its outputs (If/ElseIf, If Error).
   */
  readonly scope: 'inline' | 'scoped';
  readonly required?: boolean;
  /** True: it is run each time that the card is, before its other blocks (the `try` of If Error). */
  readonly always?: boolean;
  /** Roots that `runBlock` provides to the block. */
  readonly provides?: readonly ('error' | 'item' | 'index')[];
  /** The block's own inputs, which the card reads with `ctx.blockInputs`. */
  readonly inputs?: readonly Field[];
  readonly description?: string;
}

/** What a card that is not pure may use. */
export interface CardContext {
  /** The run, whole. */
  readonly runId: string;
  /** This activation of the flow: the path of calls that led to it, such as `run/each.3/send`. */
  readonly executionId: string;
  /** Id of the card in its flow. */
  readonly cardId: string;
  /** Title of the flow that the card stands in. */
  readonly flowId: string;
  /** Stable, value-free id of this step: send it as `Idempotency-Key`. */
  readonly key: string;
  /** Aborts when the run is cancelled or the card's time is up. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: Random;
  readonly tables: TableStore;
  readonly files: FileStore;
  readonly logger: Logger;
  /** Throws `RunError` `http-missing` when the host gave no HTTP port. */
  readonly http: HttpPort;
  /** The connection named by the card, else the one that the flow runs with, else null. */
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
  /** Starts a flow as a run of its own and does not wait for it. Returns the id of its execution. */
  spawn(flow: FlowRef, options?: CallOptions): string;
  /** Suspends the run. */
  sleep(ms: number): Promise<undefined>;
  /** Waits for a signal from outside, such as a resume call. */
  waitFor(signal: string, timeoutMs?: number): Promise<Value>;
  /** Answers whoever started the run, once; the run goes on. False when an answer was already given. */
  respond(answer: Answer): boolean;
}

/** Outputs of the block, or the Leave that the card has to hand back. */
export type BlockOutcome = Outputs | Leave;

/** What a card's function may give back. Undefined: no outputs. */
export type CardResult<O> = O | Leave | undefined | Promise<O | Leave | undefined>;

/**
 * - `pure`: the same inputs give the same outputs; recomputed on replay; gets no context.
 * - `effect`: reaches the world through its context's ports; performed once per run and remembered by a durable runtime.
 * - `control`: runs blocks and flows, leaves, waits; reaches the world only through them.
 */
export type CardKind = 'pure' | 'effect' | 'control';

export interface CardExample {
  readonly title?: string;
  readonly in: ValueObject;
  readonly out?: ValueObject;
  /** The documented error code that the inputs provoke. */
  readonly error?: string;
}

/** Author-named inputs beyond the declared ones. */
export interface ExtraInputs extends TypeRef {
  /** They are named `group/key` in the document; the record that the function gets is keyed by `key`. */
  readonly group?: string;
  /** Forwarded to the flow in the input of this name instead of being given to the function. */
  readonly forward?: string;
  /** With `forward`: `{"item": ...}` bindings are allowed. */
  readonly perItem?: boolean;
  readonly description?: string;
}

type TypeOf<T extends FieldType> = {
  text: string;
  number: number;
  boolean: boolean;
  date: Date;
  object: ValueObject;
  file: FileRef;
  flow: FlowRef;
  any: Value;
}[T];
/** The TypeScript type of a field's value. A required single field is never null; a list never is. */
export type ValueOf<F extends Field> = F extends { readonly list: true }
  ? readonly (TypeOf<F['type']> | null)[]
  : F extends { readonly required: true }
    ? TypeOf<F['type']>
    : TypeOf<F['type']> | null;
type Args<I extends readonly Field[]> = { -readonly [K in keyof I]: ValueOf<I[K]> };
type NameOf<F extends Field> = F extends { readonly group: infer G extends string } ? `${G}/${F['key']}` : F['key'];
/** The values of all inputs by name. Those of a card whose fields are only known as a list are by any name. */
type NamedArgs<I extends readonly Field[]> = { readonly [F in I[number] as NameOf<F>]: ValueOf<F> };
type InputArgs<I extends readonly Field[], N> = N extends true ? [inputs: NamedArgs<I>] : Args<I>;
type OutputsOf<O extends readonly Field[]> = { readonly [F in O[number] as NameOf<F>]: ValueOf<F> | null };
type ExtraArgs<X> = X extends { forward: string }
  ? []
  : X extends ExtraInputs
    ? [extra: { readonly [key: string]: Value }]
    : [];
type ContextArgs<K> = K extends 'pure' ? [] : [ctx: CardContext];
type OutputArgs<S> = S extends true ? [outputs: readonly Field[]] : [];
type ResultOf<O extends readonly Field[], M, D> = M extends true ? Outputs : D extends object ? Outputs : OutputsOf<O>;

/**
 * A card type.
 *
 * `run` receives the values of the declared inputs in their order, or as one record with `named`, then the record of extra inputs if the card takes
 * any, then the context unless the card is pure, then the fields of its outputs if it asks for them. Values are already
 * of the declared types. The record of extra inputs is made for this one call, so that it may be given back as it is.
 */
export interface CardDefinition<
  K extends CardKind = CardKind,
  I extends readonly Field[] = readonly Field[],
  O extends readonly Field[] = readonly Field[],
  X extends ExtraInputs | undefined = ExtraInputs | undefined,
  M extends boolean | undefined = boolean | undefined,
  D extends TypeRef | undefined = TypeRef | undefined,
  S extends boolean | undefined = boolean | undefined,
  N extends boolean | undefined = boolean | undefined,
> {
  /** `namespace.name`, stable for ever. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly kind: K;
  readonly inputs: I;
  readonly outputs: O;
  /**
   * True: the function gets the declared inputs as one record by name (`group/key` for a grouped one) instead of one
   * argument each. For cards with many inputs; a record is made for every run of the card, so not for those that have to
   * be fast.
   */
  readonly named?: N;
  readonly extraInputs?: X;
  /** Author-named outputs; `type` is their default type. A function that has to know which asks with `seesOutputs`. */
  readonly extraOutputs?: D;
  /**
   * True: the function gets the fields of its outputs, last of all: those declared here and those named by the author,
   * with the types that the author gave them. For cards whose result depends on them (Get Multiple, Map).
   */
  readonly seesOutputs?: S;
  /** Outputs repeat the inputs, declared and extra, under the same names and types. */
  readonly mirror?: M;
  /** By name; `*` declares author-named blocks. */
  readonly blocks?: { readonly [name: string]: BlockDeclaration };
  /** True: the author declares the outputs and every scoped block's Return gives them. */
  readonly outputsFromBlocks?: boolean;
  /** What the checks of a plan and the rules of lint are to know of it. */
  readonly traits?: CardTraits;
  /** Milliseconds for one attempt of an effect. */
  readonly timeoutMs?: number;
  /** Codes of the errors that it may raise, each with a sentence. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly examples?: readonly CardExample[];
  /** Set: the card is kept for the flows that have it. A sentence that says what to use instead. */
  readonly deprecated?: string;
  readonly run: CardFunction<K, I, O, X, M, D, S, N>;
}

type CardFunction<K, I extends readonly Field[], O extends readonly Field[], X, M, D, S, N> = (
  ...args: [...InputArgs<I, N>, ...ExtraArgs<X>, ...ContextArgs<K>, ...OutputArgs<S>]
) => CardResult<ResultOf<O, M, D>>;

/** A card type whose field types are no longer known to TypeScript: what a registry holds. */
export interface CardType extends Omit<CardDefinition, 'run'> {
  readonly run: (...args: never[]) => CardResult<Outputs>;
}

/**
 * Declares a card type. The declaration is data; the types of `run` follow from it.
 *
 * @example
 * const shout = defineCard({
 *   id: 'acme.shout', title: 'Shout', description: 'Text in capitals.', kind: 'pure',
 *   inputs: [{ key: 'text', type: 'text', required: true }],
 *   outputs: [{ key: 'output', type: 'text' }],
 *   run: (text) => ({ output: text.toUpperCase() }),
 * });
 */
export function defineCard<
  const K extends CardKind,
  const I extends readonly Field[],
  const O extends readonly Field[],
  const X extends ExtraInputs | undefined = undefined,
  const M extends boolean | undefined = undefined,
  const D extends TypeRef | undefined = undefined,
  const S extends boolean | undefined = undefined,
  const N extends boolean | undefined = undefined,
>(definition: CardDefinition<K, I, O, X, M, D, S, N>): CardType {
  // What `run` takes and gives is settled here; the engine calls it with just that.
  return definition as unknown as CardType;
}
