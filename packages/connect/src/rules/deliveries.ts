/** Deliveries of events: what proves them, tells them apart and answers them goes together, and leads to something. */
import type { Diagnostic } from '@flowdeck/engine';
import {
  type ConnectorEvent,
  type DeliveryPart,
  type DeliveryProof,
  type EventDelivery,
  fieldName,
} from '@flowdeck/engine/kit';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';
import { partsOf, proofsOf } from './delivery-parts.js';
import { fault } from './rule.js';

type Faults = Iterable<Diagnostic<ConnectCode>>;

export function* deliveries(deck: ConnectorDeck): Faults {
  for (const [index, event] of (deck.connector.events ?? []).entries()) {
    if (event.delivery === undefined) continue;
    const place = `/connector/events/${index}/delivery`;
    yield* secretOf(deck, event, event.delivery, place);
    yield* scopeOf(event, event.delivery, place);
    for (const [proof, pointer, ofItem] of proofsOf(event.delivery, place))
      yield* proofOf(proof, event.delivery, pointer, ofItem);
    for (const [part, pointer, ofItem] of partsOf(event.delivery, place))
      yield* partOf(part, event.delivery, pointer, ofItem);
    yield* answerOf(event.delivery, place);
  }
}

function told(pointer: string, message: string, hint: string): Diagnostic<ConnectCode> {
  return fault('connector-delivery', pointer, message, hint);
}

function* secretOf({ flows }: ConnectorDeck, event: ConnectorEvent, { secret }: EventDelivery, place: string): Faults {
  if (secret === undefined) return;
  const pointer = `${place}/secret`;
  if (secret.from === 'generated') {
    if (secret.path !== undefined) yield told(`${pointer}/path`, 'A generated secret stands nowhere.', 'Remove it.');
    const register = flows.find(({ id }) => id === event.register);
    if ((register?.inputs ?? []).some((field) => fieldName(field) === 'secret')) return;
    const message = 'Nobody tells the service the secret that is generated.';
    yield told(pointer, message, 'Name a register flow with an input "secret".');
    return;
  }
  if (secret.path === undefined)
    yield told(pointer, `It is not said where in the ${secret.from} the secret stands.`, 'Add "path".');
  if (secret.from === 'registration' && event.register === undefined)
    yield told(pointer, 'There is no registration: the event has no register flow.', 'Name one, or another origin.');
}

function* scopeOf(event: ConnectorEvent, { scope, route, secret }: EventDelivery, place: string): Faults {
  if (scope !== 'app') {
    if (route !== undefined)
      yield told(`${place}/route`, 'A URL of one flow needs no route.', 'Remove it, or write "scope": "app".');
    return;
  }
  if (route === undefined)
    yield told(place, 'Nothing tells whose a delivery to the URL of the app is.', 'Add "route".');
  for (const role of ['register', 'exists', 'renew', 'deregister'] as const) {
    if (event[role] === undefined) continue;
    const message = `The URL of an app is set in the app, and not by a flow: "${role}" is never run.`;
    yield told(place, message, `Remove "${role}" from the event, or write "scope": "flow".`);
  }
  if (secret !== undefined && secret.from !== 'connection')
    yield told(`${place}/secret`, 'The secret of an app stands in its connections.', 'Write "from": "connection".');
}

/** What each scheme needs, and what of the rest it may have. */
const SCHEMES: Readonly<
  Record<DeliveryProof['scheme'], { readonly needs: readonly string[]; readonly may: readonly string[] }>
> = {
  equal: { needs: ['given'], may: [] },
  hmac: { needs: ['given', 'signed'], may: ['hash', 'encoding', 'time'] },
  signature: { needs: ['given', 'signed', 'algorithm'], may: ['hash', 'encoding', 'key', 'time'] },
  jwt: { needs: ['given'], may: ['issuer', 'audience', 'jwksUri'] },
  code: { needs: ['name'], may: [] },
};

function* proofOf(proof: DeliveryProof, delivery: EventDelivery, pointer: string, ofItem: boolean): Faults {
  const { needs, may } = SCHEMES[proof.scheme];
  const members = Object.keys(proof);
  for (const name of needs)
    if (!members.includes(name)) yield told(pointer, `The scheme "${proof.scheme}" needs "${name}".`, `Add "${name}".`);
  for (const name of members)
    if (name !== 'scheme' && !needs.includes(name) && !may.includes(name))
      yield told(`${pointer}/${name}`, `The scheme "${proof.scheme}" has no use for "${name}".`, 'Remove it.');
  if (needsSecret(proof) && delivery.secret === undefined)
    yield told(pointer, `The scheme "${proof.scheme}" needs a secret.`, 'Add "secret" to the delivery.');
  if (ofItem && (proof.scheme === 'code' || proof.scheme === 'jwt'))
    yield told(pointer, `The scheme "${proof.scheme}" proves a delivery, and not one of its items.`, 'Move it up.');
  const { time, signed = [] } = proof;
  if (time !== undefined && !signed.some((part) => JSON.stringify(part) === JSON.stringify(time.of)))
    yield told(
      `${pointer}/time`,
      'The time is not signed: whoever repeats a delivery can change it.',
      'Sign it, or leave it out.',
    );
}

function needsSecret({ scheme, key, jwksUri }: DeliveryProof): boolean {
  if (scheme === 'equal' || scheme === 'hmac') return true;
  return (scheme === 'signature' && key === undefined) || (scheme === 'jwt' && jwksUri === undefined);
}

/** What an origin is looked up by. */
const NAMED: ReadonlySet<string> = new Set(['header', 'query']);
const POINTED: ReadonlySet<string> = new Set(['body', 'item', 'registration', 'connection']);

function* partOf(part: DeliveryPart, delivery: EventDelivery, pointer: string, ofItem: boolean): Faults {
  const origins = (['text', 'from', 'hmac'] as const).filter((name) => part[name] !== undefined);
  if (origins.length !== 1) {
    yield told(
      pointer,
      'A part is a text, from somewhere, or a MAC, and one of them.',
      'Keep "text", "from" or "hmac".',
    );
    return;
  }
  const { from, name, path } = part;
  if (from !== undefined && NAMED.has(from) !== (name !== undefined))
    yield told(
      pointer,
      name === undefined ? `Which ${from} is not said.` : `"${from}" has no names.`,
      NAMED.has(from) ? 'Add "name".' : 'Remove "name".',
    );
  if (from !== undefined && POINTED.has(from) !== (path !== undefined))
    yield told(
      pointer,
      path === undefined ? `Where in the ${from} is not said.` : `"${from}" has no paths.`,
      POINTED.has(from) ? 'Add "path".' : 'Remove "path".',
    );
  if (from === 'item' && !ofItem)
    yield told(pointer, 'There is no item here.', 'Add "items" to the delivery, or read from the body.');
  if ((from === 'secret' || part.hmac !== undefined) && delivery.secret === undefined)
    yield told(pointer, 'There is no secret.', 'Add "secret" to the delivery.');
}

function* answerOf({ answer, items }: EventDelivery, place: string): Faults {
  const isByFlow = answer?.by === 'flow' || answer?.by === 'event-flow';
  if (isByFlow && items !== undefined)
    yield told(`${place}/answer/by`, 'Of many items no flow can be the one that answers.', 'Write "by": "host".');
  if (!isByFlow && answer?.deadlineMs !== undefined)
    yield told(
      `${place}/answer/deadlineMs`,
      'The host waits for no flow.',
      'Remove it, or write "by": "flow" or "event-flow".',
    );
}
