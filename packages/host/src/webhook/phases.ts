/** What a host says of a registration, and to it, where no answer of a service is. */
import type { Registration, RegistrationEvent } from '@flowdeck/connect';

/** Nothing has come for long, or nobody was there. */
export const DOUBTED: RegistrationEvent = { kind: 'doubted' };
export const CUT_OFF: RegistrationEvent = {
  kind: 'failed',
  reason: 'The host was stopped before the answer.',
  isFinal: false,
};
export const UNDER_WAY: ReadonlySet<Registration['phase']> = new Set([
  'asking',
  'registering',
  'renewing',
  'deregistering',
]);
/** Whether somebody who is in the phase is on, or on the way there. */
export const IS_ON: Readonly<Record<Registration['phase'], boolean>> = {
  off: false,
  asking: true,
  registering: true,
  on: true,
  renewing: true,
  deregistering: false,
  // The service has refused: it is asked again when its owner turns it on again.
  failed: true,
};
