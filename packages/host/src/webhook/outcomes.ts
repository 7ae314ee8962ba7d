/** What came of a connector's own flow, as an event in the life of a registration. */
import type { Registration, RegistrationAct, RegistrationEvent } from '@flowdeck/connect';
import type { ErrorReport, Value } from '@flowdeck/engine';

const GONE: ReadonlySet<number> = new Set([404, 410]);
/** Refusals that may be over in a moment. */
const PASSING: ReadonlySet<number> = new Set([401, 408, 409, 425, 429]);

function isFinal(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500 && !PASSING.has(status);
}

/** It ended with an error. */
export function actFailed(act: NonNullable<RegistrationAct>, error: ErrorReport): RegistrationEvent {
  // What is not there any more need not be ended.
  if (act === 'deregister' && GONE.has(error.statusCode ?? 0)) return { kind: 'deregistered' };
  return { kind: 'failed', reason: error.message, isFinal: isFinal(error.statusCode) };
}

type Outputs = Readonly<Record<string, Value>>;

/** It came to its end. */
export function outcomeOf(
  act: NonNullable<RegistrationAct>,
  outputs: Outputs,
  { data }: Registration,
  newToken: () => string,
): RegistrationEvent {
  switch (act) {
    case 'exists':
      return { kind: 'found', exists: outputs['exists'] === true, token: newToken() };
    case 'deregister':
      return { kind: 'deregistered' };
    default: {
      const given = outputs['registration'] ?? null;
      // Without a name for it, it could be neither asked for nor ended.
      if (given === null && data === null) {
        return { kind: 'failed', reason: 'The register flow gave no "registration".', isFinal: false };
      }
      return { kind: 'registered', data: given, expiresAt: momentOf(outputs['expiresAt'] ?? null) };
    }
  }
}

/** A date, an ISO 8601 text, or milliseconds since 1970. */
function momentOf(value: Value): number | null {
  const moment =
    typeof value === 'number' ? value : Date.parse(value instanceof Date ? value.toISOString() : String(value));
  return Number.isFinite(moment) ? moment : null;
}
