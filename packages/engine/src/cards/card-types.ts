/** What TypeScript makes of a declaration: the arguments and results of the function, the examples, and what it refuses. */
import type { Connection } from '../ports/index.js';
import type { Field, FieldType, FileRef, FlowRef, TypeRef, Value, ValueObject } from '../values/index.js';
import type { CardContext, CardResult, Outputs } from './context.js';
import type { CardField, ConnectionUse, ExtraInputs } from './fields.js';

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

/** What one value of a field is: one of its choices, unless others may come. */
type ItemOf<F extends CardField> = F extends { readonly openChoices: true }
  ? TypeOf<F['type']>
  : F extends { readonly choices: readonly (infer Choice)[] }
    ? Extract<Choice, TypeOf<F['type']>>
    : TypeOf<F['type']>;

/** The TypeScript type of a field's value. A required single field is never null; a list never is. */
export type ValueOf<F extends CardField> = F extends { readonly list: true }
  ? readonly (ItemOf<F> | null)[]
  : F extends { readonly required: true }
    ? ItemOf<F>
    : ItemOf<F> | null;
type Args<I extends readonly CardField[]> = { -readonly [K in keyof I]: ValueOf<I[K]> };
type NameOf<F extends CardField> = F extends { readonly group: infer G extends string } ? `${G}/${F['key']}` : F['key'];
/** The values of all inputs by name. Those of a card whose fields are only known as a list are by any name. */
type NamedArgs<I extends readonly CardField[]> = { readonly [F in I[number] as NameOf<F>]: ValueOf<F> };
type InputArgs<I extends readonly CardField[], N> = N extends true ? [inputs: NamedArgs<I>] : Args<I>;
type OutputsOf<O extends readonly CardField[]> = { readonly [F in O[number] as NameOf<F>]: ValueOf<F> | null };
type ExtraArgs<X> = X extends { forward: string }
  ? []
  : X extends ExtraInputs
    ? [extra: { readonly [key: string]: Value }]
    : [];
/** A card that has to be given a connection has one. */
type ContextOf<C> = C extends { readonly optional: true }
  ? CardContext
  : C extends ConnectionUse
    ? CardContext & { readonly connection: Connection }
    : CardContext;
type ContextArgs<K, C> = K extends 'pure' ? [] : [ctx: ContextOf<C>];
type OutputArgs<S> = S extends true ? [outputs: readonly Field[]] : [];

type ResultOf<O extends readonly CardField[], M, D> = M extends true
  ? Outputs
  : D extends object
    ? Outputs
    : OutputsOf<O>;

/** The function of a card: see `CardDefinition`. */
export type CardFunction<K, I extends readonly CardField[], O extends readonly CardField[], X, M, D, S, N, C> = (
  ...args: [...InputArgs<I, N>, ...ExtraArgs<X>, ...ContextArgs<K, C>, ...OutputArgs<S>]
) => CardResult<ResultOf<O, M, D>>;

/** What is known of the declared inputs before a flow runs: undefined for one that is not. */
type LiteralArgs<I extends readonly CardField[]> = { -readonly [K in keyof I]: ValueOf<I[K]> | undefined };

/** Makes the function for one card of a flow: see `CardDefinition`. */
export type CardPreparation<K, I extends readonly CardField[], O extends readonly CardField[], X, M, D, S, C> = (
  ...literals: LiteralArgs<I>
) => CardFunction<K, I, O, X, M, D, S, undefined, C> | null;

/** A type with no other members than a shape has: each further one would have to be of a type that has no values. */
type Only<T, Shape> = T & { readonly [K in Exclude<keyof T, keyof Shape>]: never };

/** Fields without unknown members, those of their properties too. */
export type OnlyFields<L> = { readonly [N in keyof L]: OnlyField<L[N]> };
type OnlyField<F> = Only<F, CardField> &
  (F extends { readonly properties: infer P extends readonly Field[] }
    ? { readonly properties: OnlyFields<P> }
    : unknown);

/** The type of extra inputs or outputs without unknown members. */
export type OnlyExtras<X> = Only<X, ExtraInputs>;
export type OnlyConnection<C> = Only<C, ConnectionUse>;
export type OnlyType<D> = Only<D, TypeRef>;

/** What can be given to a field: values of its type, and those that convert to it. */
type Given<T extends FieldType> = {
  text: Value;
  number: number | string | boolean | Date;
  boolean: boolean | string | number;
  date: Date | string | number;
  object: ValueObject | string;
  file: Value;
  flow: Value;
  any: Value;
}[T];
type GivenTo<F extends CardField> = F extends { readonly list: true }
  ? readonly (Given<F['type']> | null)[] | Given<F['type']> | null
  : F extends { readonly openChoices: true }
    ? Given<F['type']> | null
    : F extends { readonly choices: readonly (infer Choice)[] }
      ? Choice | null
      : Given<F['type']> | null;
type GivenFields<L extends readonly CardField[]> = { readonly [F in L[number] as NameOf<F>]?: GivenTo<F> };
/** Names of extra inputs begin with their group; without one they are any. */
type GivenInputs<I extends readonly CardField[], X> = X extends { readonly group: infer G extends string }
  ? GivenFields<I> & { readonly [Name in `${G}/${string}`]: Value }
  : X extends ExtraInputs
    ? ValueObject
    : GivenFields<I>;

/** An example of a card that declares these fields and errors. */
export type ExampleOf<I extends readonly CardField[], O extends readonly CardField[], X, E, IsOpen> =
  | {
      readonly title?: string;
      readonly in: GivenInputs<I, X>;
      readonly out?: IsOpen extends true ? ValueObject : GivenFields<O>;
      readonly error?: never;
    }
  | {
      readonly title?: string;
      /** Of the declared names; a value that does not fit may be what the example shows. */
      readonly in: { readonly [Name in keyof GivenInputs<I, X>]?: Value };
      readonly out?: never;
      readonly error: keyof E & string;
    };

/** True when an author names outputs, too. */
export type OpenOutputs<M, D, B> = M extends true ? true : D extends object ? true : B extends true ? true : false;
