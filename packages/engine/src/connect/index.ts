export { manifestsOf, type Opened, openConnection, openedConnection } from './connection.js';
export { actionCards, type ConnectorDeck, connectorSubject, isConnectorDeck, readConnector } from './connector.js';
