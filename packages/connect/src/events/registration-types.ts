/** What a registration at a service is, and what happens in its life. */
import type { Value } from '@flowdeck/engine';

/**
 * `off`: nothing is known at the service. `asking`: whether one is there already. `registering`: the URL is made and kept,
 * and answers challenges but takes no deliveries. `on`: deliveries are taken. `renewing`: on, and its end is being put off.
 * `deregistering`: off here, and to be ended there until the service says so. `failed`: the service refused.
 */
export type RegistrationPhase = 'off' | 'asking' | 'registering' | 'on' | 'renewing' | 'deregistering' | 'failed';

/** A registration at rest. Its URL is good for this registration alone: a new one gets another. */
export interface Registration {
  /** Where in its life it is. */
  readonly phase: RegistrationPhase;
  /** Unguessable part of the URL; null: there is none. */
  readonly token: string | null;
  /** What the register flow gave, for renewing and ending it. */
  readonly data: Value;
  /** Milliseconds since 1970 at which the service forgets it; null: never, or unknown. */
  readonly expiresAt: number | null;
  /** When to do the next thing; null: nothing is due. */
  readonly dueAt: number | null;
  /** Failed attempts of what is under way. */
  readonly attempts: number;
  /** Since when it is as it is. */
  readonly since: number;
  /** Why the last attempt failed, for people. */
  readonly reason: string | null;
  /** True: somebody has turned it off while something else was under way. */
  readonly unwanted: boolean;
}

/** What has happened. */
export type RegistrationEvent =
  /** It is wanted. `token` is the new URL's, should one be needed. */
  | { readonly kind: 'turn-on'; readonly token: string }
  | { readonly kind: 'turn-off' }
  /** The exists flow answered. */
  | { readonly kind: 'found'; readonly exists: boolean; readonly token: string }
  /** The register or renew flow answered. */
  | { readonly kind: 'registered'; readonly data: Value; readonly expiresAt: number | null }
  | { readonly kind: 'deregistered' }
  /** A flow failed. `isFinal`: the service refused, and will the next time. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isFinal: boolean }
  /** It may be gone: nothing has come for long, or nobody was there to look after it. */
  | { readonly kind: 'doubted' }
  /** Time has passed. */
  | { readonly kind: 'due'; readonly token: string };

/** A flow to run now. `null`: nothing. */
export type RegistrationAct = 'exists' | 'register' | 'renew' | 'deregister' | null;

/** What a step of the life comes to. */
export interface RegistrationStep {
  /** To be kept before anything is done. */
  readonly state: Registration;
  /** To be done when it is kept. */
  readonly act: RegistrationAct;
}

/** What the connector can do, and how often it is looked after. */
export interface RegistrationPolicy {
  /** It has a flow that asks whether a registration is there. */
  readonly exists: boolean;
  /** It has a flow that puts its end off. */
  readonly renew: boolean;
  /** It has a flow that ends it. */
  readonly deregister: boolean;
  /** How long before its end a registration is renewed, as a part of its life. Default 0.5. */
  readonly renewBefore?: number;
  /** How often it is asked whether it is still there, in milliseconds. Default a day. */
  readonly checkEveryMs?: number;
  /** The first pause after a failure, in milliseconds, doubled each time up to an hour. Default 5,000. */
  readonly retryMs?: number;
}
