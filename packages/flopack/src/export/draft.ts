/** What is known while a document is being exported. */
import type { CardType, DeckDocument, Field } from '@flowdeck/engine';
import type { CardNode, CardSignature } from '@flowdeck/engine/kit';
import type { Diagnostics } from '../diagnostics.js';
import type { Counterparts } from '../import/counterparts.js';
import type { CardLink } from '../import/draft.js';
import type { Spot } from '../json.js';
import type { RawPin } from '../read/index.js';
import type { Ids } from './ids.js';
import type { OrderItem } from './order.js';
import type { WriteScope } from './scope.js';

export interface ExportDraft {
  readonly document: DeckDocument;
  readonly found: Diagnostics;
  readonly catalog: ReadonlyMap<string, CardType>;
  /** Flow id in the document to the foreign id. */
  readonly flowIds: ReadonlyMap<string, string>;
  readonly tableIds: ReadonlyMap<string, string>;
  /** Foreign id of a connection, made when it is first used. */
  connectionId(name: string, connector: string): string;
  readonly counterparts: Counterparts;
  /** Fields that the import noted for a card without a counterpart. */
  signature(cardId: string): CardSignature | null;
  /** Address of a card of a connector. */
  address(cardId: string): string;
}

/** One flow under export. */
export interface FlowExport {
  readonly draft: ExportDraft;
  readonly ids: Ids;
  /** What the flow declares to give. */
  readonly outputs: readonly Field[];
  /** Originals of the flow's cards, by id. */
  readonly links: ReadonlyMap<string, CardLink>;
  /** What every wire of the original stands for in the document, as it was imported. */
  readonly routes: ReadonlyMap<RawPin, string>;
  /** Place of the flow in the document. */
  readonly spot: Spot;
}

/** A list of cards under export: of a graph, or of a lane. */
export interface Lane {
  readonly scope: WriteScope;
  readonly items: OrderItem[];
  readonly flow: FlowExport;
}

export type WriteCards = (lane: Lane, cards: readonly CardNode[], spot: Spot) => void;
