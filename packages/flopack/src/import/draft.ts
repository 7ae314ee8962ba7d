/** What is known while a file is being imported. */

import type { CardType } from '@flowdeck/engine';
import type { Binding, CardNode, DeckFlow } from '@flowdeck/engine/kit';
import type { Diagnostics } from '../diagnostics.js';
import type { Fork, RawCard, RawField, RawFlow, RawGraph, RawPack, RawPin } from '../read/index.js';
import type { Counterparts } from './counterparts.js';
import type { CardMapping } from './mapping.js';
import type { Names } from './names.js';
import type { Signatures } from './signatures.js';

export interface DeckDraft {
  readonly pack: RawPack;
  readonly found: Diagnostics;
  /** Card types that the host has, by id. */
  readonly catalog: ReadonlyMap<string, CardType>;
  readonly signatures: Signatures;
  readonly counterparts: Counterparts;
  /** How a card corresponds to one of ours; null for a card without a counterpart among those that the host has. */
  mapping(card: RawCard): CardMapping | null;
  /** Card id of a card without a counterpart. */
  foreignId(card: RawCard): string;
  /** Foreign flow id to the flow's id in the document. */
  readonly flowIds: ReadonlyMap<string, string>;
  /** True: a card gets the flow that it writes by wire, so that text from outside may name one by its foreign id. */
  readonly namesFlows: boolean;
  /** Foreign table id to the table's id in the document. */
  readonly tableIds: ReadonlyMap<string, string>;
  /** Foreign connection id to the connection's name. */
  readonly connectionNames: ReadonlyMap<string, string>;
  /** Flows that are called and not in the file, by foreign id; the importer adds empty ones. */
  missingFlow(foreignId: string): string;
}

export interface FlowDraft {
  readonly deck: DeckDraft;
  readonly raw: RawFlow;
  readonly type: DeckFlow['type'];
  readonly names: Names;
  /** Card ids in the document. */
  readonly ids: Map<RawCard, string>;
  readonly wires: FlowWires;
  /** Where each card of the document came from, by its id: what an export writes back to. */
  readonly links: Map<string, CardLink>;
  /** Our name for a field of the start card, by the field's own name; for those that are renamed. */
  readonly startNames: ReadonlyMap<string, readonly string[]>;
}

/** What became of the wires of a flow. */
export interface FlowWires {
  /** The wires that each reference stands for. */
  readonly routes: Map<Binding, readonly RawPin[]>;
  /** Wires whose value is where it should be without a reference. */
  readonly implied: Set<RawPin>;
  /** Wires that a diagnostic names. */
  readonly told: Set<RawPin>;
}

/** A card of the document and its original. */
export interface CardLink {
  readonly card: RawCard;
  readonly node: CardNode;
  /** Original inputs by our names. */
  readonly inputs: ReadonlyMap<string, RawField>;
  /** Of an If/Else. */
  readonly fork?: Fork;
}

/** What a graph stands for in the document. */
export type Role = 'flow' | 'event' | 'branch' | 'try' | 'catch';

/** A graph under import, and the graphs around it. */
export interface GraphScope {
  readonly graph: RawGraph;
  readonly role: Role;
  readonly flow: FlowDraft;
  readonly outer: { readonly scope: GraphScope; readonly owner: RawCard } | null;
  /** The If/Else that a Join ends. */
  readonly forkOfJoin: ReadonlyMap<RawCard, Fork>;
}
