/** Test doubles, cases as data, the runner of cases: the public names. */
export { type CaseProfile, readSuite } from './cases/read.js';
export type {
  Case,
  CaseConnection,
  CaseStatus,
  Expectation,
  HttpSettings,
  JsonObject,
  JsonValue,
  ServiceSetup,
  Suite,
} from './cases/types.js';
export { type InstantClock, instantClock } from './clock/instant-clock.js';
export { idle, ManualClock, type ManualClockOptions } from './clock/manual-clock.js';
export type { BorderProblem, Unforeseen } from './doubles/border.js';
export type { Effect, EffectError, PlainRecord } from './doubles/effects.js';
export { type GeneratedInputs, plausibleInputs } from './doubles/plausible-inputs.js';
export { type ScriptedHttp, type ScriptedHttpOptions, scriptedHttp } from './doubles/scripted-http.js';
export { seededSource } from './doubles/seeded-random.js';
export {
  type SimulatedResult,
  type SimulatedRun,
  type SimulateOptions,
  type Simulation,
  simulate,
} from './doubles/simulate.js';
export { missingCards, standIns } from './doubles/stand-ins.js';
export type { ExpectedRequest, ScriptedExchange, ScriptedResponse } from './http/exchange.js';
export type { ScriptedRequest, ScriptOrder } from './http/script.js';
export {
  type ContextParts,
  callingEach,
  type FakeBlock,
  FakeFlow,
  fakeContext,
  returned,
} from './kit/fake-context.js';
export { type RunCardOptions, runCard } from './kit/run-card.js';
export type { Difference, Strictness } from './match/difference.js';
export { differences, matches } from './match/match.js';
export { readMocks } from './mocks/read.js';
export { mocksOf } from './mocks/record.js';
export type { Mock, MockAnswer, MockError, MockedRequest, MockFile } from './mocks/types.js';
export type { Adapter, Observed, Program, ReportedDiagnostic, RunRequest } from './run/adapter.js';
export { cardFlow } from './run/program.js';
export { type CaseResult, type RunCaseOptions, runCase } from './run/run-case.js';
export { type RunCasesOptions, runCases } from './run/run-cases.js';
export type { CaseService, Services } from './run/service.js';
export type { Failure } from './run/verdict.js';
