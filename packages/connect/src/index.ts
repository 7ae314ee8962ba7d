/** The public names of the connect package. */
export {
  type AssembledConnector,
  assembleConnector,
  type ConnectorFile,
  type ConnectorFiles,
} from './manifest/assemble.js';
export { MANIFEST, pointerInManifest, readManifest } from './manifest/manifest.js';
export type { ConnectorDeck } from './manifest/types.js';
export { checkConnector } from './rules/check.js';
