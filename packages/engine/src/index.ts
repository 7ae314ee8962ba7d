/**
 * The front door: what hosts embed and what packs are written with. Every name is deliberate.
 * Runtime authors and tools find the rest in `@flowdeck/engine/kit`.
 */

export type { CardAddress } from './cards/addresses.js';
export { chooser } from './cards/chooser.js';
export {
  type Answer,
  type BlockOutcome,
  type CallEachOptions,
  type CallOptions,
  type CardContext,
  type CardResult,
  type FlowResult,
  Leave,
  type Outputs,
} from './cards/context.js';
export { type CardDefinition, type CardType, defineCard } from './cards/define.js';
export type { BlockDeclaration, CardExample, CardField, CardKind, ConnectionUse, ExtraInputs } from './cards/fields.js';
export { Gradual } from './cards/gradual.js';
export type { CardInterceptor, HttpInterceptor, Interceptors } from './cards/interceptors.js';
export { definePack } from './cards/pack.js';
export type { Pack } from './cards/pack-type.js';
export type { DeliveryProofFunction, DeliveryToProve } from './cards/proof.js';
export type { RegisteredCard, RegisteredConnector } from './cards/registry.js';
export type { CardComparison, CardTraits } from './cards/traits.js';
export type { Deck, FlowInfo } from './deck.js';
export type { Diagnostic, Place, Severity } from './diagnostic.js';
export { printDocument } from './document/print.js';
export type { ApiAccess, EventTrigger, OAuthAccess, Schedule } from './document/trigger-types.js';
export type { DeckDocument, FlowDocument, FlowFile, FlowType } from './document/types.js';
export { type CheckResult, createEngine, type Engine } from './engine.js';
export {
  CancelledError,
  ConnectionError,
  ConversionError,
  DeclarationError,
  DocumentError,
  type ErrorDetails,
  FlowdeckError,
  HttpError,
  LimitError,
  PlanError,
  RunError,
  TimeoutError,
} from './errors.js';
export type {
  AttemptEvent,
  CallEvent,
  CardEnded,
  CardEvent,
  CardStarted,
  CardStatus,
  ErrorData,
  EventMap,
  ExecutionEnded,
  ExecutionEvent,
  ExecutionKind,
  ExecutionStarted,
  FlowEvent,
  LogEvent,
  ProgressEvent,
  RunStatus,
  ServiceError,
} from './observe/events.js';
export { createHistory, type HistoryOptions, type HistoryRecorder } from './observe/history.js';
export type {
  CallEntry,
  CardEntry,
  ExecutionEntry,
  FailureEntry,
  History,
  HistoryLimits,
  LogEntry,
  RetryEntry,
} from './observe/history-state.js';
export type {
  CalledRun,
  CallOutcome,
  CallRequest,
  CardOrigin,
  Cell,
  Clock,
  ColumnType,
  Connection,
  ConnectionExchange,
  Connections,
  FileInfo,
  FileStore,
  HttpPort,
  HttpRequest,
  HttpResponse,
  Ids,
  Logger,
  LogLevel,
  Ports,
  Random,
  RowCondition,
  RowOperator,
  RowQuery,
  RowValues,
  RunAnnex,
  RunEnd,
  RunLife,
  RunOrigin,
  RunRecord,
  RunRuntime,
  RunSeal,
  RunStart,
  RunSummary,
  Runtime,
  RuntimeCall,
  RuntimeClient,
  SealedValue,
  SpawnedCall,
  SuspendedRun,
  TableColumn,
  TableDefinition,
  TableRow,
  TableSchema,
  TableStore,
} from './ports/index.js';
export {
  type FileLimits,
  memoryFiles,
  memoryTables,
  systemClock,
  systemIds,
  systemRandom,
  type TableLimits,
} from './ports/memory/index.js';
export type { ErrorReport } from './run/error-report.js';
export type { IgnoredReport } from './run/ignored.js';
export { DEFAULT_LIMITS, type Limits } from './run/limits.js';
export type { ChildReport, RunFailure, RunResult, RunSuccess } from './run/result.js';
export type { RowChange, TableReport } from './run/table-changes.js';
export type { WayPoint } from './run/way.js';
export type { EngineOptions, LoadOptions } from './start/engine-options.js';
export type { DeckSource, ExecuteOptions } from './start/execute.js';
export type { RunHandle } from './start/handle.js';
export { runEndOf } from './start/run-end.js';
export type { RunOptions } from './start/run-options.js';
export {
  type DataObject,
  type Field,
  type FieldType,
  FileRef,
  FlowRef,
  type JsonData,
  type TypeRef,
  type Value,
  type ValueObject,
} from './values/types.js';
