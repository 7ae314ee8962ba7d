/** What a rule of connectors is: it looks at a whole connector, and tells all that it finds. */
import type { Diagnostic } from '@flowdeck/engine';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';

export type ConnectorRule = (deck: ConnectorDeck) => Iterable<Diagnostic<ConnectCode>>;

export function fault(code: ConnectCode, pointer: string, message: string, hint: string): Diagnostic<ConnectCode> {
  return { severity: 'error', code, message, hint, pointer };
}
