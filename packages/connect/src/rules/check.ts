/** Holds a connector against the rules of connectors. */
import type { Diagnostic } from '@flowdeck/engine';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';
import { catchUps } from './catch-ups.js';
import { deliveries } from './deliveries.js';
import { flowNames } from './flow-names.js';
import { keys } from './keys.js';
import { lookups } from './lookups.js';
import { oauthMethods } from './oauth.js';
import type { ConnectorRule } from './rule.js';
import { systemFlows } from './system-flows.js';

const RULES: readonly ConnectorRule[] = [flowNames, systemFlows, keys, oauthMethods, deliveries, catchUps, lookups];

/**
 * What a connector does against the rules of connectors, all of it. A deck that loads may still have such faults: they
 * are of those who publish a connector, not of the engine.
 *
 * @example
 * const faults = checkConnector(deck); // [{ code: 'connector-flow-name', pointer: '/flows/2/name', ... }]
 */
export function checkConnector(deck: ConnectorDeck): readonly Diagnostic<ConnectCode>[] {
  return RULES.flatMap((rule) => [...rule(deck)]);
}
