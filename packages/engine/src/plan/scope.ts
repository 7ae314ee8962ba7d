/** Lexical scope: which names a binding may read, and where their values lie. */
import type { CardNode } from '../document/types.js';
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

/** What a block knows that has none of a kind. */
const NOTHING_PROVIDED: ReadonlyMap<string, Source> = new Map();

/** State of one flow under compilation: slots, and who reads them. */
export class FlowScope {
  readonly parameters = new Map<'inputs' | 'options', Map<string, Source>>([
    ['inputs', new Map()],
    ['options', new Map()],
  ]);
  #sources: { readonly inputs: readonly Source[]; readonly options: readonly Source[] } | null = null;
  readonly #cards: readonly CardNode[];
  #whereabouts: ReadonlyMap<string, readonly string[]> | null = null;
  /** Cards of an unknown type: what reads their outputs is not at fault. */
  readonly unknown = new Set<string>();
  /** What a connector declares of its connections. Null: the flow is of no connector, and its connection of any. */
  readonly connectionNames: ReadonlySet<string> | null;
  /** The first slot is the sink. */
  #slots = SINK + 1;
  /** By slot: the block that lets go of it, and the position there of the last step that reads it. */
  readonly #owners: BlockScope[] = [];
  readonly #lastReaders: number[] = [];

  constructor(cards: readonly CardNode[], connectionNames: ReadonlySet<string> | null) {
    this.#cards = cards;
    this.connectionNames = connectionNames;
  }

  /** The blocks around the card of an id, from the outside in: why it is out of reach. Looked for when a reference leads nowhere. */
  pathOf(id: string): readonly string[] | undefined {
    this.#whereabouts ??= whereaboutsOf(this.#cards);
    return this.#whereabouts.get(id);
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

  /** From here on a slot is let go of in a block, after its last reader. Position -1: no step has read it yet. */
  own(slot: number, owner: BlockScope, position: number): void {
    this.#owners[slot] = owner;
    this.#lastReaders[slot] = position;
    owner.slots.push(slot);
  }

  /** Notes that the current step reads a slot: in the block that lets go of it, that keeps it alive until here. */
  read(slot: number): void {
    const owner = this.#owners[slot];
    if (owner !== undefined) this.#lastReaders[slot] = owner.position;
  }

  lastReader(slot: number): number {
    return this.#lastReaders[slot] ?? -1;
  }
}

/** The path of every card that has an id. */
function whereaboutsOf(cards: readonly CardNode[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (inside: readonly CardNode[], path: readonly string[]): void => {
    for (const { id, blocks } of inside) {
      if (id !== undefined) found.set(id, path);
      for (const [name, block] of Object.entries(blocks ?? {})) visit(block.cards, [...path, id ?? '', name]);
    }
  };
  visit(cards, []);
  return found;
}

/** One block under compilation. */
export class BlockScope {
  readonly flow: FlowScope;
  readonly parent: BlockScope | null;
  /** Id of the card that owns this block, and the block's name; empty for the body of a flow. */
  readonly step: readonly string[];
  /** Outputs of the cards before this place. */
  readonly cards = new Map<string, readonly Source[]>();
  /** Roots that only this block has. */
  provided: ReadonlyMap<string, Source> = NOTHING_PROVIDED;
  /** Slots that this block lets go of. */
  readonly slots: number[] = [];
  /** Position of the step that is being compiled. */
  position = 0;

  constructor(flow: FlowScope, parent: BlockScope | null, step: readonly string[] = []) {
    this.flow = flow;
    this.parent = parent;
    this.step = step;
  }

  /** Outputs of a card in sight. */
  card(id: string): readonly Source[] | undefined {
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
    for (const { slot } of outputs) this.flow.own(slot, this, this.position);
    this.cards.set(id, outputs);
  }
}
