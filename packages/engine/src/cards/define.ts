/** How a card type is declared: fields as data, and one function. */
import type { TypeRef } from '../values/index.js';
import type { CardAddress } from './addresses.js';
import type {
  CardFunction,
  CardPreparation,
  ExampleOf,
  OnlyConnection,
  OnlyExtras,
  OnlyFields,
  OnlyType,
  OpenOutputs,
} from './card-types.js';
import type { CardResult, Outputs } from './context.js';
import type { BlockDeclaration, CardExample, CardField, CardKind, ConnectionUse, ExtraInputs } from './fields.js';
import type { CardTraits } from './traits.js';

/**
 * A card type.
 *
 * `run` receives the values of the declared inputs in their order, or as one record with `named`, then the record of extra inputs if the card takes
 * any, then the context unless the card is pure, then the fields of its outputs if it asks for them. Values are already
 * of the declared types. The record of extra inputs is made for this one call, so that it may be given back as it is.
 */
export interface CardDefinition<
  K extends CardKind = CardKind,
  I extends readonly CardField[] = readonly CardField[],
  O extends readonly CardField[] = readonly CardField[],
  X extends ExtraInputs | undefined = ExtraInputs | undefined,
  M extends boolean | undefined = boolean | undefined,
  D extends TypeRef | undefined = TypeRef | undefined,
  S extends boolean | undefined = boolean | undefined,
  N extends boolean | undefined = boolean | undefined,
  C extends ConnectionUse | undefined = ConnectionUse | undefined,
> {
  /** `namespace.name`, stable for ever. */
  readonly id: `${string}.${string}`;
  /** A short name for people, such as `Send Message`. A document may name one card otherwise. */
  readonly title: string;
  /** What the card does, in a sentence or two. The pages of cards and an editor show it. */
  readonly description: string;
  /** What the engine may assume of the function: see `CardKind`. */
  readonly kind: K;
  /** Declared inputs, in the order in which the function gets them. */
  readonly inputs: I;
  /** Declared outputs. The function gives them by name; what it leaves out is null. */
  readonly outputs: O;
  /**
   * True: the function gets the declared inputs as one record by name (`group/key` for a grouped one) instead of one
   * argument each. For cards with many inputs; a record is made for every run of the card, so not for those that have to
   * be fast.
   */
  readonly named?: N;
  /** Inputs that the author of a flow names, beyond those declared here. */
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
  /**
   * The connection that it takes. A document names one at the card; a card inside the connector's own flows takes the one
   * that they run with. Without this member `ctx.connection` is null. Not for pure cards.
   */
  readonly connection?: C;
  /** What the checks of a plan and the rules of lint are to know of it. */
  readonly traits?: CardTraits;
  /** The cards of the foreign format that it stands for. No two cards of an engine have one address. */
  readonly addresses?: readonly CardAddress[];
  /** Milliseconds for one attempt of an effect. */
  readonly timeoutMs?: number;
  /** Codes of the errors that it may raise, each with a sentence. */
  readonly errors?: Readonly<Record<string, string>>;
  /** Shown in the documentation, and run by the checks of a pack (`testPack`). */
  readonly examples?: readonly CardExample[];
  /** Set: the card is kept for the flows that have it. A sentence that says what to use instead. */
  readonly deprecated?: string;
  /** The function. It may give a promise; what it throws can be caught by the flow. */
  readonly run: CardFunction<K, I, O, X, M, D, S, N, C>;
  /**
   * Makes a faster function for one card of a flow, when its flow is compiled: it is given the literal values of the
   * declared inputs in their order, undefined for one that is known only in a run, and may read a template, a path or an
   * operator once instead of in every run. The function takes what `run` takes, and gives what `run` would give. Null or an
   * error: `run` serves. Not for cards with `named`.
   *
   * @example
   * prepare: (_text, pattern) => {
   *   if (pattern === undefined) return null;
   *   const matcher = compilePattern(pattern);
   *   return (text) => ({ matches: matcher(text) });
   * },
   */
  readonly prepare?: CardPreparation<K, I, O, X, M, D, S, C>;
}

/** A card type whose field types are no longer known to TypeScript: what a registry holds. */
export interface CardType extends Omit<CardDefinition, 'id' | 'run' | 'prepare'> {
  /** `namespace.name`. */
  readonly id: string;
  /** The function that was declared, its arguments no longer typed: only the engine calls it, by the fields. */
  readonly run: (...args: never[]) => CardResult<Outputs>;
  /** The function that makes it for one card of a flow, its arguments no longer typed. */
  readonly prepare?: (...literals: never[]) => CardType['run'] | null;
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
  const I extends readonly CardField[],
  const O extends readonly CardField[],
  const X extends ExtraInputs | undefined = undefined,
  const M extends boolean | undefined = undefined,
  const D extends TypeRef | undefined = undefined,
  const S extends boolean | undefined = undefined,
  const N extends boolean | undefined = undefined,
  const C extends ConnectionUse | undefined = undefined,
  const B extends boolean | undefined = undefined,
  const E extends Readonly<Record<string, string>> = Readonly<Record<never, string>>,
>(
  definition: CardDefinition<K, I, O, X, M, D, S, N, C> & {
    readonly inputs: OnlyFields<I>;
    readonly outputs: OnlyFields<O>;
    readonly extraInputs?: NoInfer<OnlyExtras<X>>;
    readonly extraOutputs?: NoInfer<OnlyType<D>>;
    readonly connection?: NoInfer<OnlyConnection<C>>;
    readonly outputsFromBlocks?: B;
    readonly errors?: E;
    readonly examples?: readonly NoInfer<ExampleOf<I, O, X, E, OpenOutputs<M, D, B>>>[];
  },
): CardType {
  // The types of the function's arguments are forgotten: whoever calls it goes by the fields.
  return definition as unknown as CardType;
}
