/** Test doubles, cases as data, the runner of cases: the public names. */

export type { CaseStatus, Expectation, ExpectedEffect } from './cases/expectation.js';
export type { JsonObject, JsonValue } from './cases/json.js';
export { type CaseProfile, readSuite } from './cases/read.js';
export type { Case, CaseConnection, CaseFile, HttpSettings, Recorded, ServiceSetup, Suite } from './cases/types.js';
export { type InstantClock, instantClock } from './clock/instant-clock.js';
export { idle, ManualClock, type ManualClockOptions } from './clock/manual-clock.js';
export { type DoublesOptions, doubles } from './doubles/adapter.js';
export type { BorderProblem, Unforeseen } from './doubles/border.js';
export type { Effect, EffectError, PlainRecord } from './doubles/effects.js';
export type { LiveService } from './doubles/live.js';
export { type GeneratedInputs, plausibleInputs } from './doubles/plausible-inputs.js';
export { type ScriptedHttp, type ScriptedHttpOptions, scriptedHttp } from './doubles/scripted-http.js';
export { seededSource } from './doubles/seeded-random.js';
export { withSignatures } from './doubles/signatures.js';
export { simulate } from './doubles/simulate.js';
export type { SimulatedResult, SimulatedRun, SimulateOptions, Simulation } from './doubles/simulation.js';
export { missingCards, standIns } from './doubles/stand-ins.js';
export type { ExpectedRequest, ScriptedExchange, ScriptedResponse } from './http/exchange.js';
export type { ScriptedRequest, ScriptOrder } from './http/script.js';
export { expectationOf } from './init/expectation-of.js';
export { type FirstTest, type FirstTests, type FirstTestsOptions, firstTests } from './init/first-tests.js';
export {
  type ContextParts,
  callingEach,
  type FakeBlock,
  FakeFlow,
  fakeContext,
  returned,
} from './kit/fake-context.js';
export { type RunCardOptions, runCard } from './kit/run-card.js';
export type { HostChange, HostCommand, HostData, HostRequest, ServedHost } from './life/served.js';
export type { HostState, HostStep, SentRequest } from './life/types.js';
export type { Difference, Strictness } from './match/difference.js';
export { differences, matches } from './match/match.js';
export { readMocks } from './mocks/read.js';
export { mocksOf } from './mocks/record.js';
export type { Mock, MockAnswer, MockError, MockedRequest, MockFile } from './mocks/types.js';
export { type LiveRecording, type RecordedCase, type RecordOptions, recordCase } from './record/record-case.js';
export { githubAnnotations } from './report/annotations.js';
export { type CoveredDeck, coverageOf } from './report/coverage.js';
export type {
  Coverage,
  CoverageShares,
  CoveredPart,
  FlowCoverage,
  MissedPart,
  Share,
} from './report/coverage-types.js';
export { failureLines, failureText, visible } from './report/failure-text.js';
export { junitXml } from './report/junit.js';
export { type LcovPlace, lcovText } from './report/lcov.js';
export { caseReport, type ReportParts, testReport } from './report/report.js';
export { tapText } from './report/tap.js';
export { type DeckTest, type TestDeckOptions, testDeck } from './report/test-deck.js';
export type { CaseReport, SuiteReport, TestReport, TestTotals } from './report/types.js';
export type {
  Adapter,
  BorderRequest,
  NamedCase,
  Observed,
  ObservedBorder,
  Program,
  ReportedDiagnostic,
  RunRequest,
} from './run/adapter.js';
export type { CaughtError } from './run/caught.js';
export type { Failure } from './run/failure.js';
export type { CaseRun } from './run/outcome.js';
export { cardFlow, type Subjects } from './run/program.js';
export { type CaseResult, type RunCaseOptions, runCase } from './run/run-case.js';
export { type RunCasesOptions, runCases } from './run/run-cases.js';
export type { CaseService, Services } from './run/service.js';
export { type Execute, JsonRuntime, type JsonRuntimeOptions } from './runtime/json-runtime.js';
export type { ShapeFault } from './shape/fault.js';
