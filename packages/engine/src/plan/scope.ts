/** Lexical scope: which names a binding may read, and where their values lie. */
import type { Field } from '../values/index.js';
import { type Output, SINK } from './types.js';

/** A value that a name stands for. */
export interface Source {
  readonly slot: number;
  readonly field: Field;
  readonly name: string;
  /** The value may be of another type than the field's. What is called an object goes on as it is, if it is a list too. */
  readonly asItComes?: boolean;
  /** Nobody has looked whether the value is of the field's type: whatever asks for one converts it. */
  readonly unsure?: boolean;
  /** The value may be of any type: whatever asks for one converts it. */
  readonly loose?: boolean;
}

/** A card, as later cards see it. */
export interface VisibleCard {
  readonly id: string;
  readonly outputs: readonly Source[];
}

/** Where a card id stands in the flow, to explain why it is out of reach. */
export interface Whereabouts {
  readonly path: readonly string[];
  readonly position: number;
}

/** State of one flow under compilation: slots, and who reads them. */
export class FlowScope {
  readonly parameters = new Map<'inputs' | 'options', Map<string, Source>>([
    ['inputs', new Map()],
    ['options', new Map()],
  ]);
  #sources: { readonly inputs: readonly Source[]; readonly options: readonly Source[] } | null = null;
  readonly whereabouts = new Map<string, Whereabouts>();
  /** Cards of an unknown type: what reads their outputs is not at fault. */
  readonly unknown = new Set<string>();
  /** What a connector declares of its connections. Null: the flow is of no connector, and its connection of any. */
  readonly connectionNames: ReadonlySet<string> | null;
  /** The first slot is the sink. */
  #slots = SINK + 1;

  constructor(connectionNames: ReadonlySet<string> | null) {
    this.connectionNames = connectionNames;
  }

  /** The inputs or the options, in order. All of them are declared before the first card is compiled. */
  sources(root: 'inputs' | 'options'): readonly Source[] {
    this.#sources ??= { inputs: this.#declared('inputs'), options: this.#declared('options') };
    return this.#sources[root];
  }

  #declared(root: 'inputs' | 'options'): readonly Source[] {
    return [...(this.parameters.get(root)?.values() ?? [])];
  }

  slot(): number {
    return this.#slots++;
  }

  get slots(): number {
    return this.#slots;
  }
}

/** One block under compilation. */
export class BlockScope {
  readonly flow: FlowScope;
  readonly parent: BlockScope | null;
  /** Id of the card that owns this block, and the block's name; empty for the body of a flow. */
  readonly step: readonly string[];
  readonly cards = new Map<string, VisibleCard>();
  readonly provided = new Map<string, Source>();
  /** Slots defined here, and the position of the last step that reads each. */
  readonly lastReader = new Map<number, number>();
  /** Position of the step that is being compiled. */
  position = 0;

  constructor(flow: FlowScope, parent: BlockScope | null, step: readonly string[] = []) {
    this.flow = flow;
    this.parent = parent;
    this.step = step;
  }

  card(id: string): VisibleCard | undefined {
    return this.cards.get(id) ?? this.parent?.card(id);
  }

  root(name: string): Source | undefined {
    return this.provided.get(name) ?? this.parent?.root(name);
  }

  /** Ids of all cards in sight. */
  *visible(): Iterable<string> {
    yield* this.cards.keys();
    if (this.parent) yield* this.parent.visible();
  }

  /** What a reference may begin with. Lazily: a block may see thousands of cards. */
  *roots(): Iterable<string> {
    yield* ['inputs', 'options', 'context'];
    yield* this.visible();
  }

  define(id: string, outputs: readonly Output[]): void {
    for (const output of outputs) this.lastReader.set(output.slot, this.position);
    this.cards.set(id, { id, outputs });
  }

  /** Notes that the current step reads a slot: in the block that defines it, that keeps it alive until here. */
  read(slot: number): void {
    for (let scope: BlockScope | null = this; scope; scope = scope.parent) {
      if (scope.lastReader.has(slot)) {
        scope.lastReader.set(slot, scope.position);
        return;
      }
    }
  }
}
