/** All parts and proofs of what an event says of its deliveries, and where they stand. */
import type { DeliveryCondition, DeliveryPart, DeliveryProof, EventDelivery } from '@flowdeck/engine/kit';

/** A part, its place, and whether there is an item where it is read. */
type PlacedPart = readonly [part: DeliveryPart, pointer: string, ofItem: boolean];
type PlacedProof = readonly [proof: DeliveryProof, pointer: string, ofItem: boolean];

export function* proofsOf({ verify = [], items }: EventDelivery, place: string): Iterable<PlacedProof> {
  for (const [index, proof] of verify.entries()) yield [proof, `${place}/verify/${index}`, false];
  for (const [index, proof] of (items?.verify ?? []).entries()) yield [proof, `${place}/items/verify/${index}`, true];
}

export function* partsOf(delivery: EventDelivery, place: string): Iterable<PlacedPart> {
  const hasItems = delivery.items !== undefined;
  if (delivery.route !== undefined) yield* within(delivery.route.of, `${place}/route/of`, false);
  for (const [index, { when, answer }] of (delivery.challenges ?? []).entries()) {
    const pointer = `${place}/challenges/${index}`;
    yield* conditionOf(when, `${pointer}/when`);
    yield* listed(answer.body, `${pointer}/answer/body`, false);
    for (const [key, part] of Object.entries(answer.json ?? {}))
      yield* within(part, `${pointer}/answer/json/${key}`, false);
  }
  for (const [proof, pointer, ofItem] of proofsOf(delivery, place)) {
    for (const name of ['given', 'key', 'audience'] as const) {
      const part = proof[name];
      if (part !== undefined) yield* within(part, `${pointer}/${name}`, ofItem);
    }
    yield* listed(proof.signed, `${pointer}/signed`, ofItem);
    if (proof.time !== undefined) yield* within(proof.time.of, `${pointer}/time/of`, ofItem);
  }
  for (const [index, condition] of (delivery.ignore ?? []).entries())
    yield* conditionOf(condition, `${place}/ignore/${index}`);
  yield* listed(delivery.id, `${place}/id`, hasItems);
  if (delivery.key !== undefined) yield* within(delivery.key, `${place}/key`, hasItems);
}

function conditionOf({ of }: DeliveryCondition, pointer: string): Iterable<PlacedPart> {
  return within(of, `${pointer}/of`, false);
}

function* listed(parts: readonly DeliveryPart[] | undefined, pointer: string, ofItem: boolean): Iterable<PlacedPart> {
  for (const [index, part] of (parts ?? []).entries()) yield* within(part, `${pointer}/${index}`, ofItem);
}

function* within(part: DeliveryPart, pointer: string, ofItem: boolean): Iterable<PlacedPart> {
  yield [part, pointer, ofItem];
  yield* listed(part.hmac?.of, `${pointer}/hmac/of`, ofItem);
}
