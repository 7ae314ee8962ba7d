/** What of connectors needs a file system: the entry `@flowdeck/connect/node`. */
export type { DeliveryProofFunction, DeliveryToProve } from '@flowdeck/engine';
export { type ConnectorDirectory, isConnectorDirectory, isConnectorFile, readConnectorDirectory } from './directory.js';
export { type LoopbackCallback, type LoopbackOptions, loopbackCallback } from './loopback.js';
export { connectorPack } from './pack.js';
