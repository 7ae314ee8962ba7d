/** Manifests of the connectors that an engine knows. */
import type { Engine } from '@flowdeck/engine';
import { type ConnectorDocument, isDeck } from '@flowdeck/engine/kit';

/** The manifest of a connector that a pack of the engine brings. Null: none does. */
export function manifestIn(engine: Engine, key: string): ConnectorDocument | null {
  if (!engine.connectors.some((connector) => connector.key === key)) return null;
  const { document } = engine.connector(key);
  return isDeck(document) ? (document.connector ?? null) : null;
}
