/** Operations of Event Streams. */

import { type Operation, operationsOf } from '../operation.js';
import * as streams from './streams.js';

export const EVENT_OPERATIONS: readonly Operation[] = operationsOf('events', {
  'GET /v1/Sinks': streams.listSinks,
  'POST /v1/Sinks': streams.createSink,
  'GET /v1/Sinks/{Sid}': streams.fetchSink,
  'DELETE /v1/Sinks/{Sid}': streams.deleteSink,
  'GET /v1/Subscriptions': streams.listSubscriptions,
  'POST /v1/Subscriptions': streams.createSubscription,
  'GET /v1/Subscriptions/{Sid}': streams.fetchSubscription,
  'DELETE /v1/Subscriptions/{Sid}': streams.deleteSubscription,
  'GET /v1/Subscriptions/{SubscriptionSid}/SubscribedEvents': streams.listSubscribedEvents,
  'POST /v1/Subscriptions/{SubscriptionSid}/SubscribedEvents': streams.createSubscribedEvent,
});
