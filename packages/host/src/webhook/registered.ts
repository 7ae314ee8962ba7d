/** What a host keeps of the registration of a flow: its life, its secret, and the URLs that it had before. */
import { newRegistration, type Registration, type RegistrationAct } from '@flowdeck/connect';
import type { DataObject, JsonData } from '@flowdeck/engine';
import { isObject } from './delivery.js';
import { keptRegisteredFor, type RegisteredFor, type Registrant, registeredForOf } from './registrants.js';
import { newToken } from './tokens.js';

export interface Registered {
  readonly registration: Registration;
  /** Made by us for this registration; null: there is none. */
  readonly secret: string | null;
  /** Null: there is none, or an earlier version of the host made it. */
  readonly registeredFor: RegisteredFor | null;
  /** Tokens of former URLs, the latest first: they are gone, and say so. */
  readonly retired: readonly string[];
}

/** Further back, nobody is told that a URL was one. */
const RETIRED_URLS = 50;

const PREFIX = 'webhook ';

/** Of a flow, or of a registration that was set aside. */
export function registeredKey(id: string): string {
  return `${PREFIX}${id}`;
}

/** The same backwards. */
export function registeredIds(keys: readonly string[]): readonly string[] {
  return keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
}

/** No flow has such an id: a registration that its flow does not wait for any more, while its service has still to hear of the end. */
export function asideId(flow: string, { token }: Registration): string {
  return `${flow} ${token ?? ''}`;
}

export function isAside(id: string): boolean {
  return id.includes(' ');
}

export function appKey(connector: string, event: string): string {
  return `app ${connector} ${event}`;
}

/** What was kept; a new one where there is nothing. */
export function registeredOf(kept: JsonData | undefined, now: number): Registered {
  if (!isObject(kept) || !isObject(kept['registration'])) return unregistered(now);
  // We have written it: the log's checksum vouches for it.
  return { ...(kept as unknown as Registered), registeredFor: keptRegisteredFor(kept['registeredFor']) };
}

function unregistered(now: number): Registered {
  return { registration: newRegistration(now), secret: null, registeredFor: null, retired: [] };
}

/** Without its registration, whose URL is a former one from now on. */
export function withoutRegistration(registered: Registered, now: number): Registered {
  return { ...unregistered(now), retired: changed(registered, newRegistration(now)).retired };
}

/** With another registration. The URL that it no longer has is a former one. */
function changed(before: Registered, registration: Registration): Registered {
  const { token } = before.registration;
  if (token === null || token === registration.token) return { ...before, registration };
  return { ...before, registration, retired: [token, ...before.retired].slice(0, RETIRED_URLS) };
}

/** What is kept of a step before anything is done. */
export function stepped(
  before: Registered,
  registration: Registration,
  act: RegistrationAct,
  registrant: Registrant,
): Registered {
  const after = changed(before, registration);
  if (registration.phase === 'off') return { ...after, secret: null, registeredFor: null };
  const isAnew = act === 'register' && registration.token !== before.registration.token;
  return {
    ...after,
    secret: isAnew && registrant.event.delivery?.secret?.from === 'generated' ? newToken() : after.secret,
    registeredFor: isAnew || act === 'renew' ? registeredForOf(registrant) : after.registeredFor,
  };
}

export function toKept(registered: Registered): DataObject {
  // Its values are values of flows, which were checked to be JSON.
  return registered as unknown as DataObject;
}
