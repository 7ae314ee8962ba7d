/** Event Streams, which events go there: the record of a subscription, and the resources that callers see. */

import { iso8601 } from '../wire/dates.js';

/** One kind of event that a subscription wants; `sid` is its name, by which lists are paged. */
export interface SubscribedEvent {
  readonly sid: string;
  readonly version: number;
}

/** A subscription. */
export interface Subscription {
  /** `DF…` */
  readonly sid: string;
  readonly description: string;
  readonly sinkSid: string;
  /** By name. */
  readonly events: Map<string, SubscribedEvent>;
  readonly createdAt: number;
  updatedAt: number;
}

export function subscriptionResource(
  accountSid: string,
  origin: string,
  subscription: Subscription,
): Record<string, unknown> {
  const url = `${origin}/v1/Subscriptions/${subscription.sid}`;
  return {
    account_sid: accountSid,
    sid: subscription.sid,
    date_created: iso8601(subscription.createdAt),
    date_updated: iso8601(subscription.updatedAt),
    description: subscription.description,
    sink_sid: subscription.sinkSid,
    url,
    links: { subscribed_events: `${url}/SubscribedEvents` },
  };
}

export function subscribedResource(
  accountSid: string,
  origin: string,
  subscription: Subscription,
  event: SubscribedEvent,
): Record<string, unknown> {
  return {
    account_sid: accountSid,
    type: event.sid,
    schema_version: event.version,
    subscription_sid: subscription.sid,
    url: `${origin}/v1/Subscriptions/${subscription.sid}/SubscribedEvents/${event.sid}`,
  };
}
