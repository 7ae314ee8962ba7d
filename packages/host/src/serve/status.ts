/** The page of a host, for its owner: readable without script, with nothing of anybody else's on it. */
import type { Engine } from '@flowdeck/engine';
import { flowsOf } from '@flowdeck/engine/kit';
import { graphOf, statusPage } from '@flowdeck/view';
import type { ServedConnector } from '../connectors/snapshots.js';
import { json } from './api/answer.js';
import type { Host } from './host.js';
import type { HostedFlow } from './host-types.js';
import { isSame } from './proof.js';
import { isTriggered } from './triggered.js';

/** Beside what the page says of itself: nobody may frame it, keep it, or take it for anything else. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; script-src 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Asks a browser for the token as a password (RFC 7617): it has no other way to send one with a page. */
export function status(
  host: Host,
  request: Request,
  adminToken: string | null,
  connectors: readonly ServedConnector[],
): Response {
  if (adminToken === null) return json(404, { message: 'There is nothing at this address.' }, null);
  if (!isSame(passwordOf(request.headers), adminToken)) {
    const answer = json(401, { message: 'The password is the admin token of the host.' }, null);
    answer.headers.set('www-authenticate', 'Basic realm="Flowdeck", charset="UTF-8"');
    return answer;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const answer = json(405, { message: 'The page is only read.' }, null);
    answer.headers.set('allow', 'GET, HEAD');
    return answer;
  }
  return new Response(request.method === 'HEAD' ? null : pageFor(host, connectors), { headers: HEADERS });
}

function pageFor(host: Host, connectors: readonly ServedConnector[]): string {
  const known = knownCards(host.engine);
  const drawn = new Map(flowsOf(host.deck.document).map((flow) => [flow.id, graphOf(flow, known)]));
  const flows = host.flows().flatMap((flow) => {
    const { info, on, next } = flow;
    const graph = drawn.get(info.id);
    return graph === undefined ? [] : [{ graph, on: isTriggered(info.type) ? on : null, next, note: noteOf(flow) }];
  });
  return statusPage({ at: host.clock.now(), flows, runs: host.runs(), connectors });
}

/** What is not as its owner would have it, and when a service was last asked. */
function noteOf({ on, webhook, poll }: HostedFlow): string | null {
  if (webhook !== null && (webhook.reason !== null || (on && webhook.phase !== 'on'))) {
    return `webhook: ${webhook.phase}${webhook.reason === null ? '' : `, ${webhook.reason}`}`;
  }
  if (poll === null || poll.polledAt === null) return null;
  const last = `asked at ${new Date(poll.polledAt).toISOString()}`;
  return poll.reason === null ? last : `${poll.phase}, ${last}: ${poll.reason}`;
}

function knownCards({ cards }: Engine) {
  const byId = new Map(cards.map(({ card }) => [card.id, card]));
  return (id: string) => byId.get(id);
}

/** The password of `Authorization: Basic`; the name does not matter. */
function passwordOf(headers: Headers): string | null {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (encoded === undefined) return null;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? null : pair.slice(colon + 1);
}
