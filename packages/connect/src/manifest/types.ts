/** A connector as one document. */
import type { DeckDocument } from '@flowdeck/engine';
import type { ConnectorDocument } from '@flowdeck/engine/kit';

/** A deck that is a connector. */
export type ConnectorDeck = DeckDocument & { readonly connector: ConnectorDocument };
