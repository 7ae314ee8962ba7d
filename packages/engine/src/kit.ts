/**
 * The second door: what Flowdeck's own packages, runtimes and tools are made of. It changes with the engine and promises
 * less than the front door; hosts and packs need none of it.
 */
export { type AddressParts, addressKey, addressParts } from './cards/addresses.js';
export { TRAIT_NAMES } from './cards/check/traits.js';
export { namespacesOf, sealPack } from './cards/pack.js';
export { type CardSignature, cardSignature } from './cards/signature.js';
export { type CodeClass, type CodeEntry, codeTable } from './code-table.js';
export type { EngineCode } from './codes.js';
export { autoId } from './document/auto-id.js';
export type {
  ActionRequest,
  AuthMethod,
  ConfigValue,
  ConnectorDocument,
  ConnectorEvent,
  ConnectorLookup,
  ConnectorPoll,
  ErrorPlace,
  ErrorPlaces,
  OAuthGrant,
} from './document/connector-types.js';
export { authMethodOf, authMethodsOf, connectionNames, requiredCredentials } from './document/credentials.js';
export type {
  ChallengeAnswer,
  DeliveryCondition,
  DeliveryHash,
  DeliveryPart,
  DeliveryProof,
  DeliveryTime,
  EventDelivery,
} from './document/delivery-types.js';
export { closest, didYouMean } from './document/did-you-mean.js';
export { flowsOf, isDeck } from './document/flows.js';
export { JsonText, type JsonTextOptions } from './document/json-text.js';
export { type ParseOptions, parseDocument } from './document/parse.js';
export { type DocumentOrigin, ParsedDocument } from './document/parsed.js';
export { positionsOf } from './document/position.js';
export { revisionOf } from './document/revision.js';
export { isSameName } from './document/same-name.js';
export type { ApiAccess, EventTrigger, OAuthAccess, Schedule } from './document/trigger-types.js';
export {
  type Binding,
  type Bindings,
  type Block,
  type CardNode,
  type DeckFlow,
  type ErrorPolicy,
  FLOW_TYPES,
  type Retry,
  ROOTS,
  type Root,
  type TableDocument,
} from './document/types.js';
export { checkExpression, compileExpression } from './expression/compile.js';
export { MAX_SOURCE } from './expression/lexer.js';
export {
  type CompiledExpression,
  DEFAULT_EXPRESSION_LIMITS,
  type ExpressionContext,
  type ExpressionLimits,
  type ExpressionOptions,
} from './expression/types.js';
export { toData, toErrorData } from './observe/data.js';
export { createObserver, type EventSink, type Observer } from './observe/emitter.js';
export { basicForms, type Form, formsOf } from './observe/encodings.js';
export { foldEvent } from './observe/fold.js';
export { type HistoryFollower, type HistoryPatch, patchHistory } from './observe/history.js';
export { emptyHistory, executionOf, executionsOf } from './observe/history-state.js';
export { createRedactor, type Redactor } from './observe/redact.js';
export { redactFields } from './observe/redact-fields.js';
export { REDACTED } from './observe/vault.js';
export { leastVersion } from './plan/version.js';
export {
  type Changed,
  DEFAULT_FILE_LIMITS,
  DEFAULT_TABLE_LIMITS,
  fixedConnections,
  SYSTEM_COLUMNS,
  silentLogger,
  TableBook,
  type TableChange,
} from './ports/memory/index.js';
export {
  INTERPRETER,
  interpreterDiffers,
  runOver,
  runtimeAway,
  runtimeDiffers,
  runtimeRefused,
  runUnknown,
} from './ports/runtime-errors.js';
export { sweepAnnex } from './run/annex-sweep.js';
export { realTime } from './run/breath.js';
export { decodeError, encodeError } from './run/error-wire.js';
export {
  closeSealed,
  closeStart,
  keyDiffers,
  openSealed,
  openStart,
  type SealedStart,
  sealedAnnex,
} from './run/sealing.js';
export { seededRandom } from './run/seeded.js';
export { readStart, signalToSend, startToSend } from './start/read-start.js';
export { type Comparison, comparator, compare } from './values/compare.js';
export { type Converter, converter, wireConverter } from './values/convert.js';
export { parseDate, parseWrittenDate, type WrittenDate } from './values/date.js';
export { isTimeZone, offsetOf } from './values/date-zone.js';
export { MAX_DEPTH } from './values/depth.js';
export { losesDigits } from './values/digits.js';
export { EMPTY_LIST, EMPTY_OBJECT, emptyValue, isEmpty } from './values/empty.js';
export { deepEqual } from './values/equal.js';
export { deepFreeze } from './values/freeze.js';
export { MAX_JSON_LENGTH, parseJsonText, toJsonText } from './values/json.js';
export type { Position } from './values/lines.js';
export { CONVERSION_NAMES, type ConversionName, namedConversion } from './values/named.js';
export { isPlainObject, isUnsafeKey, ObjectBuilder, safeObject, setOwn, typeOf } from './values/object.js';
export { OPERATORS, type Operator, type OperatorInfo, type OperatorUse } from './values/operators.js';
export { getPath, MAX_PATH_INDEX, parsePath, pathReader, removePath, setPath } from './values/path.js';
export { formatPointer, parsePointer, pointerReader, pointerTo, readPointer } from './values/pointer.js';
export { retryAfterMs } from './values/retry-after.js';
export { truthy } from './values/truthy.js';
export { FIELD_TYPES, fieldName } from './values/types.js';
export { type DecodeOptions, decodeValue, encodeValue } from './values/wire.js';
