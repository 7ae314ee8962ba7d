export { manifestsOf, type Opened, openConnection } from './connection.js';
export { actionCards, type ConnectorDeck, isConnectorDeck, readConnector } from './connector.js';
