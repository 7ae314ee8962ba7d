/** What a flow file consists of, as flat lists of sites: flows, blocks, cards and bindings, each with its place. */
import type { BlockDeclaration, CardType, FlowFile } from '@flowdeck/engine';
import {
  type Binding,
  type Block,
  type CardNode,
  type ConnectorDocument,
  type DeckFlow,
  pointerTo,
} from '@flowdeck/engine/kit';
import type { Reference } from './references.js';
import type { Disabled } from './switches.js';

/** Finds a card type by id, as an engine's registry does. */
export type FindCard = (id: string) => CardType | undefined;

/** A place that a diagnostic can name. */
export type Site = LintedFile | FlowSite | CardSite;

interface Place {
  readonly pointer: string;
  /** Place in the order of the document. */
  readonly order: number;
  /** Rules that are switched off here. */
  readonly off: Disabled;
}

export interface LintedFile extends Place {
  readonly kind: 'file';
  readonly document: FlowFile;
  /** Manifests of the connectors that are known. */
  readonly connectors: readonly ConnectorDocument[];
  readonly flows: readonly FlowSite[];
  readonly flowById: ReadonlyMap<string, FlowSite>;
}

export interface FlowSite extends Place {
  readonly kind: 'flow';
  readonly flow: DeckFlow;
  readonly file: LintedFile;
  readonly body: BlockSite;
  /** All cards, those of blocks included: a card stands before what is in its blocks. */
  readonly cards: readonly CardSite[];
  readonly cardById: ReadonlyMap<string, CardSite>;
}

/** The body of a flow, or a block of a card. */
export interface BlockSite {
  readonly name: string;
  readonly owner: CardSite | null;
  /** Null for the body. */
  readonly block: Block | null;
  /** Null when the owner's type is not known, or has no such block. The body is a scoped block. */
  readonly declaration: BlockDeclaration | null;
  readonly cards: readonly CardSite[];
}

export interface CardSite extends Place {
  readonly kind: 'card';
  readonly node: CardNode;
  /** Undefined when nobody brings the card. */
  readonly type: CardType | undefined;
  readonly flow: FlowSite;
  /** The block that it stands in. */
  readonly parent: BlockSite;
  readonly position: number;
  readonly blocks: readonly BlockSite[];
  readonly bindings: readonly BindingSite[];
  /** The bindings of its inputs, by name. */
  readonly inputs: ReadonlyMap<string, BindingSite>;
}

/** A binding of a card, of one of its blocks, or of its error policy. */
export interface BindingSite {
  readonly part: 'in' | 'block-in' | 'out' | 'error-values';
  readonly name: string;
  readonly binding: Binding;
  readonly pointer: string;
  readonly card: CardSite;
  readonly references: readonly Reference[];
}

/** The place inside a binding that names what is read: where the plan's own diagnostics point, too. */
export function sourcePointer({ binding, pointer }: BindingSite): string {
  if (typeof binding !== 'object' || binding === null) return pointer;
  const [kind] = Object.keys(binding);
  return kind === undefined ? pointer : pointerTo(pointer, kind);
}

/** Whether errors of the card end in the card around it: that swallows them, or hands them to another of its blocks (If Error). */
export function isCaught({ parent }: CardSite): boolean {
  const { owner } = parent;
  if (owner?.type?.traits?.swallowsErrors === true) return true;
  return !givesError(parent) && owner?.blocks.some(givesError) === true;
}

function givesError({ declaration }: BlockSite): boolean {
  return declaration?.provides?.includes('error') === true;
}
