/** Event Streams at work: tells the webhooks that subscribed to an event. */

import type { Account } from '../accounts.js';
import { type Delivery, deliver } from '../wire/webhooks.js';
import type { World } from '../world.js';

/**
 * Sends an event to every webhook sink that subscribed to its type: a list of one CloudEvent as JSON, signed by the
 * hash of its body. Waits for the answers. Other kinds of sinks are kept, and fed nothing.
 */
export async function publish(
  world: World,
  account: Account,
  type: string,
  data: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (const subscription of account.subscriptions.oldestFirst()) {
    const event = subscription.events.get(type);
    const sink = account.sinks.get(subscription.sinkSid);
    const destination = sink?.configuration['destination'];
    if (!event || sink?.type !== 'webhook' || typeof destination !== 'string') continue;
    const content = JSON.stringify([cloudEvent(world, account, type, event.version, data)]);
    const target = { url: destination, method: 'POST' as const, content };
    const delivery = await deliver({
      ...target,
      authToken: account.setup.authToken,
      token: world.sids.next('RQ'),
      signal,
    });
    world.delivered(delivery);
    deliveries.push(delivery);
    sink.status = delivery.status !== null && delivery.status < 300 ? 'active' : 'failed';
  }
  return deliveries;
}

function cloudEvent(
  world: World,
  account: Account,
  type: string,
  version: number,
  data: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    specversion: '1.0',
    type,
    source: `/2010-04-01/Accounts/${account.setup.sid}/Messages/${data['messageSid']}`,
    id: world.sids.next('RQ'),
    dataschema: `https://events-schemas.twilio.com/${type.replace('com.twilio.messaging.', 'Messaging.')}/${version}`,
    datacontenttype: 'application/json',
    time: new Date(world.clock()).toISOString(),
    data,
  };
}
