/** A scripted HTTP service on loopback, for Node: the public names. */

export { plainParameters, plainRequest, scriptedService } from './case-service.js';
export type { ExpectedRequest, ScriptedExchange, ScriptedResponse } from './exchange.js';
export type { ReceivedRequest } from './match.js';
export type { ScriptedRequest, ScriptOrder } from './script.js';
export {
  type ScriptedService,
  type ScriptedServiceOptions,
  startScriptedService,
  UNEXPECTED_STATUS,
} from './scripted.js';
export { type Listening, listen, plainHeaders, readBody, splitTarget, wait } from './server.js';
