/** The scripted HTTP service for conformance cases: the public names. */

export type { ExpectedRequest, ScriptedExchange, ScriptedResponse } from './exchange.js';
export type { ReceivedRequest } from './match.js';
export {
  type ScriptedRequest,
  type ScriptedService,
  type ScriptedServiceOptions,
  startScriptedService,
  UNEXPECTED_STATUS,
} from './scripted.js';
