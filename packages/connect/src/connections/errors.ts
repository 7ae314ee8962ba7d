/** What a flow meets when its connection cannot be used now. */
import { ConnectionError } from '@flowdeck/engine';
import type { ConnectCode } from '../codes.js';

/** Only its owner can help. */
export function needsLogin(name: string, reason: string | null): ConnectionError {
  const why = reason === null ? '' : ` ${reason}`;
  return new ConnectionError<ConnectCode>('connection-needs-login', `Connection "${name}" needs a login.${why}`, {
    hint: `flowdeck connection login ${name}`,
  });
}

/** The client or the grant is set up wrongly: asking again is of no use until somebody changes it. */
export function misconfigured(name: string, reason: string): ConnectionError {
  return new ConnectionError<ConnectCode>('connection-oauth', `Connection "${name}" gets no token. ${reason}`, {
    hint: 'Check its client_id and client_secret, its parameters, and what the connector says of OAuth.',
  });
}

/** Nobody can tell: the server is away, or says nothing that means anything. */
export function unsettled(name: string, reason: string): ConnectionError {
  return new ConnectionError<ConnectCode>('connection-unsettled', `Connection "${name}" gets no token now. ${reason}`, {
    hint: 'The old one is kept, and it is tried again later.',
  });
}

/** Whether an error says that nobody can tell. */
export function isUnsettled(error: unknown): boolean {
  return error instanceof ConnectionError && error.code === 'connection-unsettled';
}
