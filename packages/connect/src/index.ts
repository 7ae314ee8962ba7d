/** The public names of the connect package. */
export type { ConnectCode } from './codes.js';
export {
  connectionOf,
  type LiveConnections,
  type LiveConnectionsOptions,
  liveConnections,
} from './connections/live.js';
export { memoryConnections } from './connections/memory.js';
export type { Renewal, RenewalWorld } from './connections/renewal.js';
export { Turns } from './connections/turns.js';
export {
  type ConnectionState,
  type ConnectionStore,
  isConnectionName,
  type StoredConnection,
} from './connections/types.js';
export {
  anewPoll,
  beginPoll,
  endPoll,
  newPoll,
  type PollEnd,
  type PollPolicy,
  type PollStart,
  type PollState,
} from './events/poll.js';
export {
  answersChallenges,
  newRegistration,
  registrationDueAt,
  stepRegistration,
  takesDeliveries,
} from './events/registration.js';
export type {
  Registration,
  RegistrationAct,
  RegistrationEvent,
  RegistrationPhase,
  RegistrationPolicy,
  RegistrationStep,
} from './events/registration-types.js';
export { type FieldAnswer, type FieldQuestion, lookUpField } from './lookups/look-up.js';
export type { FieldChoice } from './lookups/read-answer.js';
export {
  type AssembledConnector,
  assembleConnector,
  type ConnectorFile,
  type ConnectorFiles,
} from './manifest/assemble.js';
export { MANIFEST, pointerInManifest, readManifest } from './manifest/manifest.js';
export { manifestIn } from './manifest/registered.js';
export { connectorTemplate, type DirectoryFiles } from './manifest/template.js';
export type { ConnectorDeck } from './manifest/types.js';
export type { GrantedToken, TokenAnswer } from './oauth/answer.js';
export { beginLogin, type PendingLogin } from './oauth/authorize.js';
export { EndpointError, type OAuthValues } from './oauth/endpoint.js';
export { type RevokeAnswer, revokeToken } from './oauth/revoke.js';
export { type AgreedCode, askAsClient, askToRefresh, askWithCode, type TokenRequest } from './oauth/token.js';
export { checkConnector } from './rules/check.js';
export type { SealedText } from './seal/cipher.js';
export { newHostKey } from './seal/host-key.js';
export { Keyring, type KeyringData, type KeyringFault, type SealedRecord } from './seal/keyring.js';
