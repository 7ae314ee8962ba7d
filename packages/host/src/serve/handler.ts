/** A host as a function from requests to responses: web standards only, to be mounted in any server or framework. */
import { randomBytes } from 'node:crypto';
import type { HttpPort } from '@flowdeck/engine';
import type { ServedConnector } from '../connectors/snapshots.js';
import type { DeliveryNotice, NoticeLevel } from '../notices/types.js';
import type { ProofVerdict, ProofWorld } from '../webhook/proofs.js';
import { type ReceiverHost, receive } from '../webhook/receiver.js';
import { administer } from './admin.js';
import { admit, bearerOf } from './api/access.js';
import { AccessTokens, type TokenVerdict } from './api/access-token.js';
import { json, RUN_HEADER } from './api/answer.js';
import { callEndpoint } from './api/endpoint.js';
import { readBytes } from './body.js';
import type { Host } from './host.js';
import { isSame, runProof } from './proof.js';
import { status } from './status.js';

/** How a handler takes requests. */
export interface HandlerOptions {
  /** Opens `/admin`. Default: it is closed. */
  readonly adminToken?: string;
  /** Bytes of a request's body. Default 1,048,576. */
  readonly maxBodyBytes?: number;
  /** Signs addresses at which paused runs go on. Default: one of this process, so that they end with it. */
  readonly secret?: string;
  /** The way to authorization servers, a guarded port. Default: none, and API flows that take their tokens answer 503. */
  readonly http?: HttpPort;
  /** Versions of connectors that the host serves from a store, as they are now: told at `/admin/connectors` and `/status`; `/health` tells whether one is a test version. Default: none. */
  readonly connectors?: () => readonly ServedConnector[];
  /** Told of a fault that no caller is told of. */
  readonly onError?: (error: unknown) => void;
}

/**
 * `/run/FLOW` calls an API flow, `/resume/RUN?proof=...` lets a paused run go on, `/health` and `/ready` are for those who
 * watch, `/admin/...` and the page at `/status` for the owner.
 *
 * @example
 * const handle = createHandler(host, { adminToken });
 * app.all('/*', (context) => handle(context.req.raw)); // Hono
 */
export function createHandler(host: Host, options: HandlerOptions = {}): (request: Request) => Promise<Response> {
  const { maxBodyBytes = 1024 * 1024, secret = randomBytes(32).toString('hex'), adminToken = null } = options;
  const tokens = options.http === undefined ? null : new AccessTokens(options.http, host.clock);
  const world = proofWorld(host, tokens);
  host.listening.provenBy(world);
  const routes: Routes = {
    host,
    maxBodyBytes,
    secret,
    adminToken,
    http: options.http ?? null,
    tokens,
    connectors: options.connectors ?? (() => []),
    receiver: receiverOf(host, maxBodyBytes, world),
  };
  return async (request) => {
    try {
      return await route(request, routes);
    } catch (error) {
      options.onError?.(error);
      return json(500, { message: 'The request could not be taken.' }, null);
    }
  };
}

interface Routes {
  readonly host: Host;
  readonly maxBodyBytes: number;
  readonly secret: string;
  readonly adminToken: string | null;
  readonly http: HttpPort | null;
  readonly tokens: AccessTokens | null;
  readonly connectors: () => readonly ServedConnector[];
  readonly receiver: ReceiverHost;
}

async function route(request: Request, routes: Routes): Promise<Response> {
  const url = new URL(request.url);
  const path = pathOf(url);
  const [first, second] = path ?? [];
  const { host } = routes;
  if (path?.length === 1 && request.method === 'GET') {
    if (first === 'health') return json(200, { status: 'ok', ...testing(routes.connectors()) }, null);
    if (first === 'ready') return json(host.ready ? 200 : 503, { ready: host.ready }, null);
  }
  if (first === 'status' && path?.length === 1) return status(host, request, routes.adminToken, routes.connectors());
  if (first === 'run' && second !== undefined && path?.length === 2) {
    const answer = await callFlow(request, url, second, routes);
    const { status, headers } = answer;
    if (!headers.has(RUN_HEADER)) host.listening.watch.tell('warn', { what: 'call', flow: second, status });
    return answer;
  }
  if (first === 'hook' && second !== undefined && path?.length === 2) {
    const response = await delivered(request, url, second, routes);
    if (response !== null) return response;
  }
  if (first === 'resume' && second !== undefined && path?.length === 2) return resume(request, url, second, routes);
  if (first === 'admin' && path !== null) return admin(request, url, path.slice(1), routes);
  return json(404, { message: 'There is nothing at this address.' }, null);
}

/** Said only where it is so: nobody should take such a host for one that serves everybody. */
function testing(connectors: readonly ServedConnector[]): object {
  return connectors.some(({ pointer }) => pointer === 'test') ? { testConnectors: true } : {};
}

function receiverOf(host: Host, maxBodyBytes: number, world: () => ProofWorld): ReceiverHost {
  const { webhooks, answers, events, polls, watch } = host.listening;
  return {
    webhooks,
    answers,
    world,
    maxBodyBytes,
    isOn: (flow) => host.flow(flow)?.on === true,
    async accept(delivered) {
      const taken = await events.accept(delivered);
      for (const { flow } of delivered) polls.heard(flow);
      return taken;
    },
    publicUrl: () => host.publicUrl,
    told: (notice) => watch.tell(DELIVERY_LEVELS[notice.outcome], notice),
  };
}

const DELIVERY_LEVELS: Readonly<Record<DeliveryNotice['outcome'], NoticeLevel>> = {
  accepted: 'info',
  repeated: 'info',
  challenge: 'info',
  ignored: 'debug',
  conflict: 'warn',
  refused: 'warn',
  later: 'warn',
};

/** Tokens of deliveries are checked as those of callers are. */
function proofWorld(host: Host, tokens: AccessTokens | null): () => ProofWorld {
  const checkToken: ProofWorld['checkToken'] = async (token, { issuer = '', jwksUri = '' }, audience) => {
    if (tokens === null) return { kind: 'unknown', reason: 'There is no HTTP port.' };
    const verdict = await tokens.check(token, { by: 'oauth', issuer, jwksUri, audience: audience ?? '' });
    return VERDICTS[verdict.kind];
  };
  const { proof } = host.listening;
  return () => ({ now: host.clock.now(), proof, checkToken });
}

const VERDICTS: Readonly<Record<TokenVerdict['kind'], ProofVerdict>> = {
  accepted: { kind: 'proven' },
  refused: { kind: 'refused', reason: 'The token is not good.' },
  scope: { kind: 'refused', reason: 'The token is for something else.' },
  unknown: { kind: 'unknown', reason: 'The keys cannot be had.' },
};

/** The parts of the path; null where one cannot be decoded. */
function pathOf({ pathname }: URL): readonly string[] | null {
  try {
    return pathname.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** In a span of its own, where somebody asks for spans and the URL is one. */
function delivered(request: Request, url: URL, token: string, { host, receiver }: Routes): Promise<Response | null> {
  const { traces } = host.listening;
  if (traces === null || receiver.webhooks.ownerOf(token) === undefined) return receive(request, url, token, receiver);
  return traces.delivery((told) => {
    const both = (notice: DeliveryNotice) => {
      told(notice);
      receiver.told(notice);
    };
    return receive(request, url, token, { ...receiver, told: both });
  });
}

async function callFlow(request: Request, url: URL, id: string, routes: Routes): Promise<Response> {
  const { host, maxBodyBytes, secret, tokens } = routes;
  const { method, headers } = request;
  const admission = await admit(host.flow(id), { method, url, headers }, tokens);
  if (admission.kind === 'out') return admission.answer;
  const body = await readBytes(request, maxBodyBytes);
  if (body === null) return bodyTooLarge(maxBodyBytes);
  const { flow, metadata } = admission;
  const response = await callEndpoint(host, flow, { method, url, headers, body }, metadata);
  const runId = response.headers.get(RUN_HEADER);
  // Whoever is answered while the run goes on may let it go on from a pause.
  if (runId !== null && !response.headers.has('location') && host.findRun(runId)?.status === null) {
    // Mounted in a program or behind a proxy, the host has a path of its own.
    const { pathname } = new URL(`resume/${encodeURIComponent(runId)}`, host.publicUrl);
    response.headers.set('location', `${pathname}?proof=${runProof(secret, runId)}`);
  }
  return response;
}

async function resume(request: Request, url: URL, runId: string, routes: Routes): Promise<Response> {
  const { host, secret, maxBodyBytes } = routes;
  if (!isSame(url.searchParams.get('proof'), runProof(secret, runId))) {
    return json(401, { message: 'The address is not one that this host gave.' }, null);
  }
  if (request.method !== 'POST') return json(405, { message: 'A run is resumed by POST.' }, null);
  const bytes = await readBytes(request, maxBodyBytes);
  if (bytes === null) return bodyTooLarge(maxBodyBytes);
  const value = bytes.length === 0 ? {} : parse(bytes);
  if (typeof value !== 'object' || value === null) return json(400, { message: 'The body is no JSON object.' }, null);
  const isHeard = await host.signal(runId, 'resume', value as never); // JSON is a value
  return isHeard ? json(202, { runId }, runId) : json(410, { message: 'The run has ended.' }, null);
}

async function admin(request: Request, url: URL, path: readonly string[], routes: Routes): Promise<Response> {
  const { host, adminToken, maxBodyBytes, http, connectors } = routes;
  if (!isSame(bearerOf(request.headers), adminToken))
    return json(401, { message: 'The admin token is missing or wrong.' }, null);
  const bytes = await readBytes(request, maxBodyBytes);
  if (bytes === null) return bodyTooLarge(maxBodyBytes);
  const body = bytes.length === 0 ? {} : parse(bytes);
  if (body === undefined) return json(400, { message: 'The body is no JSON.' }, null);
  return administer(host, { method: request.method, path, url, body, http, connectors: connectors() });
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function bodyTooLarge(most: number): Response {
  const answer = json(413, { message: `The body has more than ${most} bytes.` }, null);
  answer.headers.set('connection', 'close');
  return answer;
}
