/** What a host keeps of the registration of a flow: its life, its secret, and the URLs that it had before. */
import { newRegistration, type Registration } from '@flowdeck/connect';
import type { DataObject, JsonData } from '@flowdeck/engine';
import { isObject } from './delivery.js';

export interface Registered {
  readonly registration: Registration;
  /** Made by us for this registration; null: there is none. */
  readonly secret: string | null;
  /** Tokens of former URLs, the latest first: they are gone, and say so. */
  readonly retired: readonly string[];
}

/** Further back, nobody is told that a URL was one. */
const RETIRED_URLS = 50;

export function registeredKey(flow: string): string {
  return `webhook ${flow}`;
}

export function appKey(connector: string, event: string): string {
  return `app ${connector} ${event}`;
}

/** What was kept; a new one where there is nothing. */
export function registeredOf(kept: JsonData | undefined, now: number): Registered {
  if (!isObject(kept) || !isObject(kept['registration'])) {
    return { registration: newRegistration(now), secret: null, retired: [] };
  }
  // We have written it: the log's checksum vouches for it.
  return kept as unknown as Registered;
}

/** With another registration. The URL that it no longer has is a former one. */
export function changed(before: Registered, registration: Registration): Registered {
  const { token } = before.registration;
  if (token === null || token === registration.token) return { ...before, registration };
  return { ...before, registration, retired: [token, ...before.retired].slice(0, RETIRED_URLS) };
}

export function toKept(registered: Registered): DataObject {
  // Its values are values of flows, which were checked to be JSON.
  return registered as unknown as DataObject;
}
