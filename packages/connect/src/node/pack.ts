/** Makes a pack of a connector's directory, so that an npm package only has to point at it. */
import { DocumentError, definePack, type Pack } from '@flowdeck/engine';
import { readConnectorDirectory } from './directory.js';

/**
 * The pack of the connector in a directory, or in one bundled file. It is read now.
 *
 * @param name Name of the npm package. Default: the key of the connector.
 * @param proofs Proofs of deliveries that the manifest names by the scheme `code`.
 * @throws DocumentError with all that is wrong with the files, of document and rules.
 * @throws FlowdeckError `connector-directory`.
 * @example
 * export default connectorPack(new URL('.', import.meta.url)); // index.js beside connector.json
 */
export function connectorPack(location: string | URL, name?: string, proofs: Pack['proofs'] = {}): Pack {
  const { deck, diagnostics, path } = readConnectorDirectory(location);
  if (deck === null) throw new DocumentError(diagnostics, { subject: `The connector in ${JSON.stringify(path)}` });
  const { key, version } = deck.connector;
  return definePack({ name: name ?? key, namespace: key, version, connectors: [deck], proofs });
}
