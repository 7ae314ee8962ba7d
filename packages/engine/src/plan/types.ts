/** What a plan is made of: flows, blocks and steps, resolved and ordered. Immutable, shared by all runs. */
import type { CardType } from '../cards/index.js';
import type { Diagnostic } from '../diagnostic.js';
import type { DeckFlow, ErrorPolicy, FlowFile, FlowType } from '../document/types.js';
import { type Field, FlowRef, type TypeRef, type Value, type ValueObject } from '../values/index.js';
import type { Operand, SingleCode, StepCode, StepFunction } from './code.js';
import type { ItemReader, Readable } from './reader.js';
import type { Spot } from './spot.js';

/** A value that a card takes, and where it comes from: the run reads it by `take`. Where `mayWait` is set, `read` may give a promise. */
export interface Input extends Operand {
  readonly name: string;
  readonly field: Field;
  readonly mayWait: boolean;
  /** The value in the document, when it is a constant. */
  readonly constant: Value | undefined;
}

export interface Output {
  readonly name: string;
  readonly field: Field;
  readonly slot: number;
  /** Null when the card's own declaration is the type asked for. */
  readonly convert: ((value: unknown) => Value) | null;
  /** Nobody has looked whether the value is of the field's type: whatever asks for one converts it. */
  readonly unsure: boolean;
  /** The value may be of another type than the field's: whatever asks for anything but an object converts it. */
  readonly asItComes: boolean;
}

/** An extra input that a card forwards to the flow that it calls. */
export interface Forward {
  readonly name: string;
  readonly read: (frame: Readable, item: Value) => Value | Promise<Value>;
  readonly mayWait: boolean;
  readonly perItem: boolean;
}

/** A forwarded value, aimed at its slot in a callee that is known at compile time. */
export interface Argument {
  readonly slot: number;
  readonly read: ItemReader;
}

/** A value that an inline block gives its card, and the slot of the card that it goes to. */
export interface BlockOutput {
  readonly input: Input;
  readonly slot: number;
}

export interface BlockPlan {
  readonly name: string;
  readonly scope: 'inline' | 'scoped';
  readonly steps: readonly Step[];
  readonly inputs: readonly Input[];
  /** Slots of what the owning card provides. */
  readonly error: number;
  readonly item: number;
  readonly index: number;
  /** Outputs of an inline block, and the slots of its card that they go to. */
  readonly out: readonly BlockOutput[];
  /** Any of them may be a promise. */
  readonly outWaits: boolean;
  /** The outputs that are the result when no Return is reached: those of the last step. */
  readonly result: readonly Output[];
  /** What an empty scoped block gives: an empty value for each output of its card. Null: it has steps. */
  readonly idle: ValueObject | null;
}

/** Turns a complete step into what the loop runs. */
export type CompileStepFunction = (step: Step) => StepCode;

export interface Step {
  /** Id in the document, or `_n` for a card without one. Unique in the flow. */
  readonly id: string;
  readonly card: CardType;
  /** The card's function, made for the literals of this step where the card can do that. */
  readonly run: CardType['run'];
  readonly title: string;
  readonly spot: Spot;
  /** Container cards and their blocks, from the outside in: `["attempt", "try"]`. */
  readonly path: readonly string[];
  readonly inputs: readonly Input[];
  readonly extra: readonly Input[];
  readonly outputs: readonly Output[];
  readonly blocks: ReadonlyMap<string, BlockPlan>;
  readonly connection: string | null;
  readonly policy: CompiledPolicy | null;
  readonly timeoutMs: number | null;
  /** What the document says of repeating it after a crash. Null: nothing. */
  readonly atMostOnce: boolean | null;
  /** Name of the input that holds the flow to call, and what is forwarded to it. */
  readonly forward: {
    readonly input: string;
    readonly target: FlowPlan | null;
    readonly args: readonly Argument[] | null;
    readonly all: readonly Forward[];
  } | null;
  /** Slots that nobody reads after this step. */
  release: readonly number[];
  /** Any input may give a promise. */
  readonly mayWait: boolean;
  /** Some input or output of it is declared a secret. */
  readonly secretive: boolean;
  /** A pure function and no more: the run neither prepares nor follows it. */
  plain: boolean;
  /** No value that the card works with can be large, so it never takes long. */
  small: boolean;
  /** Cards to count when this one is due: itself, and those in a row before it that do not count. */
  count: number;
  /** It counts before it runs. Plain cards leave that to a later one, or to the end of the block. */
  counts: boolean;
  /** Set when the block is complete, and `release` and all of the above with it. */
  exec: StepFunction;
  single: SingleCode | null;
}

export interface CompiledPolicy {
  readonly retry: {
    readonly times: number;
    readonly delay: readonly [number, number];
    readonly backoff: number;
    readonly maxDelay: number;
    readonly when: NonNullable<ErrorPolicy['retry']>['when'];
  } | null;
  readonly then: 'raise' | 'return' | 'flow';
  readonly values: readonly Input[];
  readonly flow: FlowPlan | null;
}

/** An option or input of a flow, and the slot that holds it. */
export interface Parameter {
  readonly name: string;
  readonly field: Field;
  readonly slot: number;
  /** Held when the caller gives nothing. */
  readonly initial: Value;
  readonly convert: (value: unknown) => Value;
  /** For a value per item: what does not convert goes on as it is. */
  readonly convertItem: (value: unknown) => Value;
  readonly loose: boolean;
  readonly option: boolean;
}

/** An output that a flow declares, and what makes a returned value one of its type. */
export interface ReturnedOutput {
  readonly name: string;
  readonly field: Field;
  readonly convert: (value: unknown) => Value;
}

/** The end of a flow whose last card returns one field. */
export interface BareEnding {
  readonly input: Input;
  /** Null: the field is not declared, and goes as it is. */
  readonly convert: ((value: unknown) => Value) | null;
}

export interface FlowPlan {
  readonly id: string;
  readonly name: string;
  readonly type: FlowType;
  readonly document: DeckFlow;
  readonly deck: DeckPlan;
  readonly parameters: readonly Parameter[];
  readonly parameter: ReadonlyMap<string, Parameter>;
  /** Declared outputs: types of what a Return gives. */
  readonly outputs: ReadonlyMap<string, ReturnedOutput>;
  /** The same, for those who go through all of them: a Map takes longer. */
  readonly returned: readonly ReturnedOutput[];
  /** Names of grouped outputs, which nest in a result. Null when there are none. */
  readonly grouped: ReadonlyMap<string, { readonly group: string; readonly key: string }> | null;
  /** Slots of a fresh frame: the sink, the defaults of the parameters, then nulls. */
  readonly initial: readonly Value[];
  readonly body: BlockPlan;
  /** It and the flows that it calls do nothing to the world: the same inputs give the same result, and nothing is remembered. */
  readonly pure: boolean;
  /** Its cards are functions, and such as only end it: nothing keeps an activation of it that has ended without a wait. */
  readonly fleeting: boolean;
  /** Where a fleeting flow ends with one field, its value. Null: it may end in another way. */
  readonly ending: BareEnding | null;
  /** Names of connections that this flow and the flows it calls may need, and the connectors that they have to be of. */
  readonly connections: ReadonlyMap<string, ReadonlySet<string>>;
  readonly ref: FlowRef;
}

/** An expression that only JSONata itself can read, which is loaded for that: its grammar, then the names in it. */
export interface UncheckedExpression {
  readonly spot: Spot;
  check(): Promise<readonly Diagnostic[]>;
}

export interface DeckPlan {
  readonly document: FlowFile;
  /** Key of the connector that the deck is, or null. */
  readonly connector: string | null;
  /** Hash of what the document does. Worked out when somebody asks. */
  readonly revision: string;
  readonly flows: ReadonlyMap<string, FlowPlan>;
  /** Some field in it is declared a secret: what becomes of its value has to be followed, even if nobody watches. */
  readonly secretive: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly unchecked: readonly UncheckedExpression[];
}

/** The value of a `{"flow": "id"}` binding. */
export class PlannedFlow extends FlowRef {
  /** Out of reach for whoever gets the reference in a result: plans are shared by all runs. */
  readonly #plan: FlowPlan;

  constructor(plan: FlowPlan) {
    super();
    this.#plan = plan;
  }

  get id(): string {
    return this.#plan.id;
  }

  get name(): string {
    return this.#plan.name;
  }

  /** The plan behind a reference; null for one that no plan of this engine made. */
  static planOf(reference: unknown): FlowPlan | null {
    return reference instanceof PlannedFlow ? reference.#plan : null;
  }
}

/** A slot that nobody reads: where a step without anything to release writes its null. */
export const SINK = 0;

export const ANY: TypeRef = { type: 'any' };
