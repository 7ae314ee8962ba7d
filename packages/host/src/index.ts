/** The Node side of Flowdeck. */
export { type FileAnnexOptions, fileAnnex } from './annex/file-annex.js';
export {
  type AskedConnection,
  askConnection,
  type ConnectionInQuestion,
  type RevokedGrant,
  type RevokeOutcome,
  revokeGrant,
} from './connections/ask.js';
export { type DiskConnections, type DiskConnectionsOptions, openConnections } from './connections/open.js';
export type { AdviceOnError, ConnectionAnswer, ConnectionReason, ConnectionVerdict } from './connections/verdict.js';
export {
  type ConnectorPointer,
  type ConnectorPointers,
  type ConnectorSnapshot,
  type ConnectorSnapshots,
  connectorSnapshots,
  type ServedConnector,
  type SnapshotInfo,
} from './connectors/snapshots.js';
export { type EventLogOptions, eventLog } from './events/open.js';
export type { EventPace, Pace } from './events/pace.js';
export type {
  Acceptance,
  Beside,
  EventBounds,
  EventLog,
  EventsWarning,
  KeptEvent,
  NewEvent,
  ParkedEvent,
} from './events/types.js';
export { diskFiles } from './files/open.js';
export type { DiskFiles, DiskFilesOptions } from './files/types.js';
export { fileJournal } from './journal/open.js';
export type { FileJournal, FileJournalOptions, JournalWarning, RunOutcome } from './journal/types.js';
export type {
  DeliveryNotice,
  HostNotice,
  HostPhase,
  NoticeLevel,
  NoticeOf,
  RunNotice,
} from './notices/types.js';
export type { PollInfo } from './polling/info.js';
export { createRunsHandler, type RunsHandlerOptions } from './runs/handler.js';
export { type LocalRunsOptions, localRuns } from './runs/local-runs.js';
export { type RemoteRunsOptions, remoteRuns } from './runs/remote-runs.js';
export { runSeal } from './runs/seal.js';
export type { DeckStore } from './serve/decks.js';
export { deckStore } from './serve/decks.js';
export type { Caller } from './serve/delegated.js';
export type { EmitOptions, EmittedEvent, EventInputs } from './serve/emitted.js';
export type { FlowState, FlowStore, FlowStoreOptions } from './serve/flow-store.js';
export { flowStore } from './serve/flow-store.js';
export type { HandlerOptions } from './serve/handler.js';
export { createHandler } from './serve/handler.js';
export type { RunHistory } from './serve/histories.js';
export { Host } from './serve/host.js';
export type { HostedFlow, HostOptions, ParkedEvents } from './serve/host-types.js';
export type { Lasting } from './serve/lasting-runs.js';
export type { HttpServer, ListenOptions } from './serve/node-server.js';
export { listen } from './serve/node-server.js';
export type { RunRecord, StartedRun } from './serve/runs.js';
export type { HostVersion } from './serve/served.js';
export type { Trigger } from './serve/trigger.js';
export { isTriggered } from './serve/triggered.js';
export { diskTables } from './tables/open.js';
export type { DiskTables, DiskTablesOptions, TablesWarning } from './tables/types.js';
export type {
  GaugeCallback,
  MetricOptions,
  OpenTelemetryApi,
  TelemetryAttributes,
  TelemetryGauge,
  TelemetryMeter,
  TelemetrySpan,
  TelemetryTracer,
} from './telemetry/api.js';
export type { WebhookInfo } from './webhook/webhooks.js';
