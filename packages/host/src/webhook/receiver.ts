/** Takes deliveries: proven, told apart and kept before they are answered. */
import { createHash } from 'node:crypto';
import { answersChallenges, takesDeliveries } from '@flowdeck/connect';
import { FlowdeckError, type JsonData } from '@flowdeck/engine';
import type { EventDelivery } from '@flowdeck/engine/kit';
import type { NewEvent } from '../events/types.js';
import { readBytes } from '../serve/body.js';
import { challengeAnswer, declaredAnswer, empty, later, unproven } from './answers.js';
import { Delivery } from './delivery.js';
import { type FlowAnswers, waitsForFlow } from './flow-answers.js';
import { itemsOf } from './items.js';
import { holds, type PartSource, textOf, valueAt } from './parts.js';
import { type ProofVerdict, type ProofWorld, prove, proveNow } from './proofs.js';
import type { Subscription } from './subscriptions.js';
import type { UrlOwner, Webhooks } from './webhooks.js';

/** What a receiver needs of its host. */
export interface ReceiverHost {
  readonly webhooks: Webhooks;
  readonly answers: FlowAnswers;
  isOn(flow: string): boolean;
  accept(events: readonly NewEvent[]): Promise<readonly { readonly kind: 'accepted' | 'repeated' | 'conflict' }[]>;
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
  if (owner.kind === 'former') return empty(410);
  const [first] = owner.kind === 'flow' ? [owner.subscription] : owner.subscriptions;
  if (first === undefined) return empty(410);
  const declared = first.delivery;
  const { methods = ['POST'], challenges = [] } = declared;
  if (!methods.includes(request.method) && !(request.method === 'GET' && challenges.length > 0)) return empty(405);
  const body = await readBytes(request, host.maxBodyBytes);
  if (body === null) return empty(413);
  const publicUrl = new URL(`${url.pathname.slice(1)}${url.search}`, host.publicUrl());
  const delivery = new Delivery({ method: request.method, url: publicUrl, headers: request.headers, body });
  const all = await heardBy(owner, delivery, host);
  const asked = await challenged(all, token, declared, host);
  if (asked !== null) return asked;
  if (!methods.includes(request.method)) return empty(405);
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
  const connection = needsConnection(subscription.delivery) ? await webhooks.connectionOf(subscription) : {};
  // What a flow gives as its registration is data that was kept as JSON.
  const data = registration.data as JsonData;
  const sources = { generated: secret, registration: data, connection };
  const secrets = webhooks.secrets.of(subscription.flow.id, subscription.delivery.secret, sources, world().now);
  return { delivery, registration: data, connection, secrets };
}

/** Looking a connection up may take a file: it is done where something is read from it. */
function needsConnection(declared: EventDelivery): boolean {
  return (
    declared.secret?.from === 'connection' ||
    declared.route !== undefined ||
    JSON.stringify(declared).includes('"connection"')
  );
}

/** The answer to a challenge; null: it is none. */
async function challenged(
  all: readonly Heard[],
  token: string,
  { challenges = [], verify }: EventDelivery,
  host: ReceiverHost,
): Promise<Response | null> {
  for (const { when, verified, answer } of challenges) {
    const heard = all.find(({ source }) => holds(when, source));
    if (heard === undefined) continue;
    const { flow, delivery } = heard.subscription;
    const { registration } = host.webhooks.registered(flow.id);
    if (delivery.scope !== 'app' && !answersChallenges(registration, token)) return empty(410);
    if (verified === true) {
      const verdict = await firstProven(all, verify, host);
      if (verdict.kind !== 'proven') return unproven(verdict);
    }
    return challengeAnswer(answer, heard.source);
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
): Promise<Response> {
  if (heard === undefined) return empty(410);
  const { registration } = host.webhooks.registered(heard.subscription.flow.id);
  if (!takesDeliveries(registration, token)) return registration.phase === 'registering' ? later() : empty(410);
  const verdict = await prove(declared.verify, heard.source, host.world());
  if (verdict.kind !== 'proven') return unproven(verdict);
  if (!hasProvenItem(declared, heard.source, host)) return unproven({ kind: 'refused', reason: 'No item is proven.' });
  return kept([heard], declared, host);
}

async function takenByApp(all: readonly Heard[], declared: EventDelivery, host: ReceiverHost): Promise<Response> {
  const { route } = declared;
  const listening = all.filter(({ subscription }) => host.isOn(subscription.flow.id));
  // Proven by the secret of the app, which stands in each of its connections.
  const verdict = await firstProven(listening.length === 0 ? all : listening, declared.verify, host);
  if (verdict.kind !== 'proven') return unproven(verdict);
  const meant = listening.filter(({ source }) => {
    const given = route === undefined ? null : textOf(route.of, source);
    const own = route === undefined ? undefined : valueAt(source.connection, route.connection);
    return given !== null && own !== undefined && given === String(own);
  });
  return meant.length === 0 ? declaredAnswer(declared) : kept(meant, declared, host);
}

/** Items prove themselves where the delivery does not: one that does is enough for it to be kept. */
function hasProvenItem({ items }: EventDelivery, source: PartSource, host: ReceiverHost): boolean {
  const proofs = items?.verify;
  if (items === undefined || proofs === undefined) return true;
  return (itemsOf(items, source.delivery) ?? []).some((item) =>
    proofs.some((proof) => proveNow(proof, { ...source, item }, host.world()).kind === 'proven'),
  );
}

async function kept(all: readonly Heard[], declared: EventDelivery, host: ReceiverHost): Promise<Response> {
  const heard = all.filter(({ source }) => !(declared.ignore ?? []).some((each) => holds(each, source)));
  if (heard.length === 0) return declaredAnswer(declared);
  const events = heard.map((each) => eventOf(each, declared));
  const [first] = events;
  const answer = waitsForFlow(declared) && first !== undefined ? host.answers.expect(first, declared) : null;
  try {
    const acceptances = await host.accept(events);
    if (acceptances.some(({ kind }) => kind === 'conflict')) return empty(409);
    const isNew = acceptances.some(({ kind }) => kind === 'accepted');
    return (isNew ? await answer?.given() : answer?.before()) ?? declaredAnswer(declared);
  } catch (error) {
    if (error instanceof FlowdeckError) return later();
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
