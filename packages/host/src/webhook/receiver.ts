/** Takes deliveries: proven, told apart and kept before they are answered. */
import { createHash } from 'node:crypto';
import { answersChallenges, takesDeliveries } from '@flowdeck/connect';
import { FlowdeckError, type JsonData } from '@flowdeck/engine';
import type { EventDelivery } from '@flowdeck/engine/kit';
import type { Acceptance, NewEvent } from '../events/types.js';
import type { DeliveryNotice } from '../notices/types.js';
import { readBytes } from '../serve/body.js';
import { challengeAnswer, declaredAnswer, later } from './answers.js';
import { Delivery } from './delivery.js';
import { type FlowAnswers, waitsForFlow } from './flow-answers.js';
import { itemsOf } from './items.js';
import { KeptHeaders } from './kept-headers.js';
import { holds, type PartSource, textOf, valueAt } from './parts.js';
import { type ProofVerdict, type ProofWorld, prove, proveNow } from './proofs.js';
import { ignored, notProven, type Received, receivedOf, turnedAway, undeclared } from './received.js';
import type { Subscription } from './subscriptions.js';
import type { UrlOwner, Webhooks } from './webhooks.js';

/** What a receiver needs of its host. */
export interface ReceiverHost {
  readonly webhooks: Webhooks;
  readonly answers: FlowAnswers;
  isOn(flow: string): boolean;
  accept(events: readonly NewEvent[]): Promise<readonly Acceptance[]>;
  /** It was answered. */
  told(notice: DeliveryNotice): void;
  publicUrl(): string;
  readonly maxBodyBytes: number;
  world(): ProofWorld;
}

/** A delivery, as one of the flows sees it that may hear it. */
interface Heard {
  readonly subscription: Subscription;
  readonly source: PartSource;
}

/** Answers a request to the URL with this token; null: there is none. */
export async function receive(request: Request, url: URL, token: string, host: ReceiverHost): Promise<Response | null> {
  const owner = host.webhooks.ownerOf(token);
  if (owner === undefined) return null;
  const begun = performance.now();
  const { outcome, answer, reason = null, events } = await received(request, url, token, owner, host);
  const flow = owner.kind === 'flow' ? owner.subscription.flow.id : null;
  const { status } = answer;
  const durationMs = performance.now() - begun;
  for (const each of events ?? [{ outcome, flow, delivery: null, run: null }]) {
    host.told({ what: 'delivery', status, reason, durationMs, ...each });
  }
  return answer;
}

async function received(
  request: Request,
  url: URL,
  token: string,
  owner: UrlOwner,
  host: ReceiverHost,
): Promise<Received> {
  if (owner.kind === 'former') return turnedAway(410, 'Its registration has ended.');
  const [first] = owner.kind === 'flow' ? [owner.subscription] : owner.subscriptions;
  if (first === undefined) return turnedAway(410, 'No flow hears it.');
  const declared = first.delivery;
  const { methods = ['POST'], challenges = [] } = declared;
  const isDeclared = methods.includes(request.method);
  if (!isDeclared && !(request.method === 'GET' && challenges.length > 0)) return undeclared(methods);
  const body = await readBytes(request, host.maxBodyBytes);
  if (body === null) return turnedAway(413, 'Its body is too long.');
  const publicUrl = new URL(`${url.pathname.slice(1)}${url.search}`, host.publicUrl());
  const delivery = new Delivery({ method: request.method, url: publicUrl, headers: KeptHeaders.of(request), body });
  const all = await heardBy(owner, delivery, host);
  const asked = await challenged(all, token, declared, host);
  if (asked !== null) return asked;
  if (!isDeclared) return undeclared(methods);
  return owner.kind === 'flow' ? taken(all, token, declared, host) : takenByApp(all, declared, host);
}

async function heardBy(
  owner: Exclude<UrlOwner, { kind: 'former' }>,
  delivery: Delivery,
  host: ReceiverHost,
): Promise<readonly Heard[]> {
  const subscriptions = owner.kind === 'flow' ? [owner.subscription] : owner.subscriptions;
  return Promise.all(
    subscriptions.map(async (subscription) => ({ subscription, source: await sourceOf(subscription, delivery, host) })),
  );
}

/** What is known of whoever should have sent it. */
export async function sourceOf(
  subscription: Subscription,
  delivery: Delivery,
  { webhooks, world }: Pick<ReceiverHost, 'webhooks' | 'world'>,
): Promise<PartSource> {
  const { registration, secret } = webhooks.registered(subscription.flow.id);
  const connection = subscription.readsConnection ? await webhooks.connectionOf(subscription) : {};
  // What a flow gives as its registration is data that was kept as JSON.
  const data = registration.data as JsonData;
  const sources = { generated: secret, registration: data, connection };
  const secrets = webhooks.secrets.of(subscription.flow.id, subscription.delivery.secret, sources, world().now);
  return { delivery, registration: data, connection, secrets };
}

/** The answer to a challenge; null: it is none. */
async function challenged(
  all: readonly Heard[],
  token: string,
  { challenges = [], verify }: EventDelivery,
  host: ReceiverHost,
): Promise<Received | null> {
  for (const { when, verified, answer } of challenges) {
    const heard = all.find(({ source }) => holds(when, source));
    if (heard === undefined) continue;
    const { flow, delivery } = heard.subscription;
    const { registration } = host.webhooks.registered(flow.id);
    if (delivery.scope !== 'app' && !answersChallenges(registration, token))
      return turnedAway(410, 'It is no longer registered.');
    if (verified === true) {
      const verdict = await firstProven(all, verify, host);
      if (verdict.kind !== 'proven') return notProven(verdict);
    }
    return { outcome: 'challenge', answer: challengeAnswer(answer, heard.source) };
  }
  return null;
}

async function firstProven(
  all: readonly Heard[],
  verify: EventDelivery['verify'],
  host: ReceiverHost,
): Promise<ProofVerdict> {
  let verdict: ProofVerdict = { kind: 'refused', reason: 'The delivery is not proven.' };
  for (const { source } of all) {
    verdict = await prove(verify, source, host.world());
    if (verdict.kind === 'proven') break;
  }
  return verdict;
}

async function taken(
  [heard]: readonly Heard[],
  token: string,
  declared: EventDelivery,
  host: ReceiverHost,
): Promise<Received> {
  if (heard === undefined) return turnedAway(410, 'No flow hears it.');
  const { registration } = host.webhooks.registered(heard.subscription.flow.id);
  if (!takesDeliveries(registration, token)) {
    const reason = `It is ${registration.phase}.`;
    return registration.phase === 'registering'
      ? { outcome: 'later', answer: later(), reason }
      : turnedAway(410, reason);
  }
  const verdict = await prove(declared.verify, heard.source, host.world());
  if (verdict.kind !== 'proven') return notProven(verdict);
  if (!hasProvenItem(declared, heard.source, host)) return turnedAway(401, 'No item is proven.');
  return kept([heard], declared, host);
}

async function takenByApp(all: readonly Heard[], declared: EventDelivery, host: ReceiverHost): Promise<Received> {
  const { route } = declared;
  const listening = all.filter(({ subscription }) => host.isOn(subscription.flow.id));
  // Proven by the secret of the app, which stands in each of its connections.
  const verdict = await firstProven(listening.length === 0 ? all : listening, declared.verify, host);
  if (verdict.kind !== 'proven') return notProven(verdict);
  const meant = listening.filter(({ source }) => {
    const given = route === undefined ? null : textOf(route.of, source);
    const own = route === undefined ? undefined : valueAt(source.connection, route.connection);
    return given !== null && own !== undefined && given === String(own);
  });
  return meant.length === 0 ? ignored(declared) : kept(meant, declared, host);
}

/** Items prove themselves where the delivery does not: one that does is enough for it to be kept. */
function hasProvenItem({ items }: EventDelivery, source: PartSource, host: ReceiverHost): boolean {
  const proofs = items?.verify;
  if (items === undefined || proofs === undefined) return true;
  return (itemsOf(items, source.delivery) ?? []).some((item) =>
    proofs.some((proof) => proveNow(proof, { ...source, item }, host.world()).kind === 'proven'),
  );
}

async function kept(all: readonly Heard[], declared: EventDelivery, host: ReceiverHost): Promise<Received> {
  const heard = all.filter(({ source }) => !(declared.ignore ?? []).some((each) => holds(each, source)));
  if (heard.length === 0) return ignored(declared);
  const events = heard.map((each) => eventOf(each, declared));
  const [first] = events;
  const answer = waitsForFlow(declared) && first !== undefined ? host.answers.expect(first, declared) : null;
  try {
    const acceptances = await host.accept(events);
    const told = receivedOf(acceptances, events);
    if (told.outcome === 'conflict') return { ...turnedAway(409, 'Its id is that of another.'), ...told };
    const given = told.outcome === 'accepted' ? await answer?.given() : answer?.before();
    return { ...told, answer: given ?? declaredAnswer(declared) };
  } catch (error) {
    if (error instanceof FlowdeckError) return { outcome: 'later', answer: later(), reason: error.message };
    throw error;
  } finally {
    answer?.forget();
  }
}

function eventOf({ subscription, source }: Heard, declared: EventDelivery): NewEvent {
  const { delivery } = source;
  const hasItems = declared.items !== undefined;
  const hash = createHash('sha256').update(delivery.body).digest('base64url');
  // What items are told apart by is not what deliveries are.
  const given = (declared.id ?? []).filter(({ from }) => !(hasItems && from === 'item'));
  const named = given.map((part) => textOf(part, source)).find((text) => text !== null) ?? null;
  const id = named === null ? `bytes ${hash}` : declared.idIsShared === true ? `${named} ${hash}` : named;
  return {
    flow: subscription.flow.id,
    id: hasItems ? `delivery ${id}` : id,
    key: hasItems || declared.key === undefined ? null : textOf(declared.key, source),
    data: { delivery: delivery.kept() },
    content: hash,
  };
}
