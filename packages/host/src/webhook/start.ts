/** The run of a delivery: the connector's flow reads it, and the user's flow is run with what that gives. */
import type { Answer, DataObject, Value } from '@flowdeck/engine';
import type { EventEnd, EventRuns, EventStart } from '../events/event-runs.js';
import { inputsKnownTo } from '../events/flow-inputs.js';
import type { KeptEvent, NewEvent } from '../events/types.js';
import { inputsOf } from '../serve/api/inputs.js';
import { Delivery, isObject } from './delivery.js';
import { type FlowAnswers, waitsForFlow } from './flow-answers.js';
import { itemsOf } from './items.js';
import { KeptHeaders } from './kept-headers.js';
import { type PartSource, textOf } from './parts.js';
import { type ProofWorld, proveNow } from './proofs.js';
import type { Subscription } from './subscriptions.js';

/** How the run of a flow ended, in this host or in one before. */
export interface EndedRun extends EventEnd {
  /** As in the result of the run. */
  readonly status: string;
  readonly outputs: Readonly<Record<string, Value>> | null;
}

/** What beginning needs of the host. */
export interface DeliveryStarter {
  readonly answers: FlowAnswers;
  readonly events: EventRuns;
  sourceOf(subscription: Subscription, delivery: Delivery): Promise<PartSource>;
  world(): ProofWorld;
  /** Runs the connector's flow that reads deliveries. */
  read(
    subscription: Subscription,
    inputs: Readonly<Record<string, unknown>>,
    runId: string,
    onAnswer: (answer: Answer) => void,
  ): Promise<EndedRun>;
  /** Begins the run of the user's flow. */
  begin(
    subscription: Subscription,
    inputs: Readonly<Record<string, unknown>>,
    event: KeptEvent,
    onAnswer?: (answer: Answer) => void,
  ): Promise<EndedRun>;
  /** A flow has answered a service that does not wait any more. */
  late(event: KeptEvent): void;
}

export async function startDelivery(
  event: KeptEvent,
  subscription: Subscription,
  starter: DeliveryStarter,
): Promise<EventStart> {
  const delivery = Delivery.of(event.data['delivery']);
  if (delivery === null) return refusedStart('What was kept is no delivery.');
  const { items } = subscription.delivery;
  if (items !== undefined && !Object.hasOwn(event.data, 'item')) return split(event, subscription, delivery, starter);
  return begun(event, subscription, delivery, starter);
}

/** Each item is an event of its own, so that a bad one stops no other. They are kept in the write that ends the delivery. */
async function split(
  event: KeptEvent,
  subscription: Subscription,
  delivery: Delivery,
  starter: DeliveryStarter,
): Promise<EventStart> {
  const { items = {} } = subscription.delivery;
  const list = itemsOf(items, delivery);
  if (list === null) return refusedStart(`The body has no list at "${items.path ?? ''}".`);
  const source = await starter.sourceOf(subscription, delivery);
  const { text: _, base64: __, ...head } = delivery.kept();
  const events = list.flatMap((item, index): NewEvent[] => {
    const ofItem = { ...source, item };
    const isProven =
      items.verify === undefined ||
      items.verify.some((proof) => proveNow(proof, ofItem, starter.world()).kind === 'proven');
    if (!isProven) return [];
    return [itemEvent(event, subscription, ofItem, index, head)];
  });
  await starter.events.accept(events, { endOf: event.number });
  return { kind: 'nothing' };
}

function itemEvent(
  { flow, id }: KeptEvent,
  { delivery: { id: parts = [], key } }: Subscription,
  source: PartSource,
  index: number,
  head: DataObject,
): NewEvent {
  const own = parts.filter(({ from }) => from === 'item').map((part) => textOf(part, source));
  return {
    flow,
    // Without an id of its own an item is told from others by its delivery.
    id: own.find((text) => text !== null) ?? `${id} item ${index}`,
    key: key === undefined ? null : textOf(key, source),
    data: { delivery: head, item: source.item ?? null },
    content: null,
  };
}

async function begun(
  event: KeptEvent,
  subscription: Subscription,
  delivery: Delivery,
  starter: DeliveryStarter,
): Promise<EventStart> {
  const done = () => void starter.answers.tell(event, null);
  const tell = (answer: Answer) => {
    if (!starter.answers.tell(event, answer) && waitsForFlow(subscription.delivery)) starter.late(event);
  };
  let isOver = true;
  try {
    const inputs = inputsOf(readerOf(subscription), requestOf(delivery, event.data));
    const read = await starter.read(subscription, inputs, `${event.runId}-read`, tell);
    if (read.error !== null) return refusedStart(read.error.message);
    // It looked at the delivery, and found nothing in it for anybody.
    if (read.status === 'stopped') return { kind: 'nothing' };
    const given = inputsKnownTo(subscription.flow, read.outputs ?? {});
    if (subscription.delivery.answer?.by !== 'event-flow') {
      return { kind: 'run', begin: () => starter.begin(subscription, given, event) };
    }
    isOver = false;
    return { kind: 'run', begin: () => starter.begin(subscription, given, event, tell).finally(done) };
  } finally {
    if (isOver) done();
  }
}

function readerOf({ deck, event }: Subscription) {
  const flow = deck.flows.find(({ id }) => id === event.flow);
  if (flow === undefined) throw new Error(`The connector has no flow "${event.flow}".`);
  return flow;
}

/** The item is the body of a request of its own. */
function requestOf(delivery: Delivery, data: DataObject) {
  if (!Object.hasOwn(data, 'item')) return delivery;
  const { item = null } = data;
  const headers = new KeptHeaders(delivery.headers).with('content-type', 'application/json');
  const { method, url } = delivery;
  return { method, url, headers, body: Buffer.from(JSON.stringify(isObject(item) ? item : { item })) };
}

function refusedStart(reason: string): EventStart {
  return { kind: 'refused', reason };
}
