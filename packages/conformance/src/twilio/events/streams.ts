/** Event Streams: sinks and subscriptions, made, listed, deleted. */

import { fixedListing } from '../shelf.js';
import { Refusal } from '../wire/errors.js';
import { required } from '../wire/parameters.js';
import { isWebUrl } from '../wire/urls.js';
import { type Call, metaListReply, named, type Reply } from '../world.js';
import { SINK_TYPES, type Sink, sinkResource } from './sink.js';
import { type SubscribedEvent, type Subscription, subscribedResource, subscriptionResource } from './subscription.js';

/** `GET /v1/Sinks`, filtered by `InUse` and `Status`. */
export function listSinks(call: Call): Reply {
  const { account, origin, query } = call;
  const status = query.get('Status') || null;
  const inUse = query.get('InUse') || null;
  const used = new Set([...account.subscriptions].map((subscription) => subscription.sinkSid));
  return metaListReply(call, 'sinks', {
    shelf: account.sinks,
    wanted: (sink) =>
      (status === null || sink.status === status) && (inUse === null || used.has(sink.sid) === (inUse === 'true')),
    show: (sink) => sinkResource(origin, sink),
  });
}

/** `POST /v1/Sinks`: `SinkConfiguration` is JSON as text; that of a webhook names its destination. */
export function createSink(call: Call): Reply {
  const { account, form, origin, world } = call;
  const description = required(form, 'Description');
  const type = SINK_TYPES.find((each) => each === form.get('SinkType'));
  if (!type) throw new Refusal(20001, { what: `SinkType must be ${SINK_TYPES.join(' or ')}` });
  const configuration = jsonObject(required(form, 'SinkConfiguration'), 'SinkConfiguration');
  const { destination, method = 'POST' } = configuration;
  if (type === 'webhook' && (typeof destination !== 'string' || !isWebUrl(destination) || method !== 'POST')) {
    throw new Refusal(20001, { what: 'SinkConfiguration of a webhook has a URL as destination, and the method POST' });
  }
  const now = world.clock();
  const sid = world.sids.next('DG');
  const sink: Sink = { sid, description, type, configuration, status: 'initialized', createdAt: now, updatedAt: now };
  account.sinks.add(sink);
  return { status: 201, fields: sinkResource(origin, sink) };
}

/** `GET /v1/Sinks/{DG…}` */
export function fetchSink(call: Call): Reply {
  return { status: 200, fields: sinkResource(call.origin, named(call, call.account.sinks)) };
}

/** `DELETE /v1/Sinks/{DG…}`: not while a subscription uses it. */
export function deleteSink(call: Call): Reply {
  const { account } = call;
  const { sid } = named(call, account.sinks);
  for (const subscription of account.subscriptions) {
    if (subscription.sinkSid === sid) throw new Refusal(20009, { state: 'a subscription uses the sink' });
  }
  account.sinks.delete(sid);
  return { status: 204 };
}

/** `GET /v1/Subscriptions`, filtered by `SinkSid`. */
export function listSubscriptions(call: Call): Reply {
  const { account, origin, principal, query } = call;
  const sink = query.get('SinkSid') || null;
  return metaListReply(call, 'subscriptions', {
    shelf: account.subscriptions,
    wanted: (subscription) => sink === null || subscription.sinkSid === sink,
    show: (subscription) => subscriptionResource(principal.accountSid, origin, subscription),
  });
}

/** `POST /v1/Subscriptions`: each `Types` is `{"type":…,"schema_version":…}` as JSON text. */
export function createSubscription(call: Call): Reply {
  const { account, form, origin, principal, world } = call;
  const description = required(form, 'Description');
  const sinkSid = required(form, 'SinkSid');
  if (!account.sinks.get(sinkSid)) throw new Refusal(20001, { what: `SinkSid ${sinkSid} is not known` });
  required(form, 'Types');
  const events = form.getAll('Types').map((text) => {
    const { type, schema_version: version } = jsonObject(text, 'Types');
    return eventOf(type, version);
  });
  const now = world.clock();
  const subscription: Subscription = {
    sid: world.sids.next('DF'),
    description,
    sinkSid,
    events: new Map(events.map((event) => [event.sid, event])),
    createdAt: now,
    updatedAt: now,
  };
  account.subscriptions.add(subscription);
  return { status: 201, fields: subscriptionResource(principal.accountSid, origin, subscription) };
}

/** `GET /v1/Subscriptions/{DF…}` */
export function fetchSubscription(call: Call): Reply {
  const subscription = named(call, call.account.subscriptions);
  return { status: 200, fields: subscriptionResource(call.principal.accountSid, call.origin, subscription) };
}

/** `DELETE /v1/Subscriptions/{DF…}` */
export function deleteSubscription(call: Call): Reply {
  call.account.subscriptions.delete(named(call, call.account.subscriptions).sid);
  return { status: 204 };
}

/** `GET /v1/Subscriptions/{DF…}/SubscribedEvents` */
export function listSubscribedEvents(call: Call): Reply {
  const { origin, principal } = call;
  const subscription = named(call, call.account.subscriptions, 'SubscriptionSid');
  return metaListReply(call, 'types', {
    shelf: fixedListing([...subscription.events.values()]),
    show: (event) => subscribedResource(principal.accountSid, origin, subscription, event),
  });
}

/** `POST /v1/Subscriptions/{DF…}/SubscribedEvents`: one kind more. */
export function createSubscribedEvent(call: Call): Reply {
  const { form, origin, principal } = call;
  const subscription = named(call, call.account.subscriptions, 'SubscriptionSid');
  const version = form.get('SchemaVersion');
  const event = eventOf(required(form, 'Type'), version === null ? undefined : Number(version));
  if (subscription.events.has(event.sid)) throw new Refusal(20001, { what: `Type ${event.sid} is subscribed already` });
  subscription.events.set(event.sid, event);
  subscription.updatedAt = call.world.clock();
  return { status: 201, fields: subscribedResource(principal.accountSid, origin, subscription, event) };
}

function eventOf(type: unknown, version: unknown = 1): SubscribedEvent {
  if (typeof type !== 'string' || !/^com\.twilio(\.[a-z0-9-]+)+$/.test(type)) {
    throw new Refusal(20001, { what: 'Types: an event type starts with com.twilio.' });
  }
  const number = typeof version === 'string' && /^\d+$/.test(version) ? Number(version) : version;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 1) {
    throw new Refusal(20001, { what: 'schema_version must be a whole number from 1' });
  }
  return { sid: type, version: number };
}

function jsonObject(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below, with JSON that is no object.
  }
  throw new Refusal(20001, { what: `${name} must be a JSON object as text` });
}
