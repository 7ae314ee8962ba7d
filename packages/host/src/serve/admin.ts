/** What the owner of a host may ask over HTTP, with the admin token: flows, runs, and what is done with them. */
import { FlowdeckError, type HttpPort } from '@flowdeck/engine';
import { decodeValue, isPlainObject } from '@flowdeck/engine/kit';
import type { ServedConnector } from '../connectors/snapshots.js';
import type { ParkedEvent } from '../events/types.js';
import { json } from './api/answer.js';
import { fieldOptions, revokeConnection, testConnection } from './connection-admin.js';
import type { Host } from './host.js';
import type { HostedFlow } from './host-types.js';
import type { StartedRun } from './runs.js';

/** Asks to be answered at `path`, which begins after `/admin`. */
export interface AdminRequest {
  readonly method: string;
  readonly path: readonly string[];
  readonly url: URL;
  /** Undefined for a body that is no JSON. */
  readonly body: unknown;
  /** The way to authorization servers. Null: there is none. */
  readonly http: HttpPort | null;
  /** Versions that come from a store. */
  readonly connectors: readonly ServedConnector[];
}

type Route = (host: Host, id: string, request: AdminRequest) => Response | Promise<Response>;

/** By method and path; `*` is the id. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET flows': (host) => json(200, { flows: host.flows().map(told) }, null),
  'GET flows/*': (host, id) => withFlow(host.flow(id)),
  'POST flows/*/on': async (host, id) => json(200, told(await host.turn(id, true)), null),
  'POST flows/*/off': async (host, id) => json(200, told(await host.turn(id, false)), null),
  'POST flows/*/run': runFlow,
  'POST flows/*/delegate': delegateFlow,
  'POST emit/*': emitEvent,
  'GET connectors': (_host, _id, { connectors }) => json(200, { connectors }, null),
  'POST connections/*/options': askField,
  'POST connections/*/test': (host, name) => testConnection(host, name),
  'POST connections/*/revoke': (host, name, { http }) => revokeConnection(host, name, http),
  'GET events': (host) => json(200, { parked: host.parked.list().map(parkedTold) }, null),
  'POST events/*/replay': async (host, id) => doneOr404(await host.parked.replay(Number(id)), id),
  'POST events/*/drop': async (host, id) => doneOr404(await host.parked.drop(Number(id)), id),
  'GET runs': (host, _id, { url }) => json(200, { runs: host.runs(url.searchParams.get('flow') ?? undefined) }, null),
  'GET runs/*': (host, id) => {
    const run = host.findRun(id);
    return run === undefined ? nothingThere(`There is no run ${JSON.stringify(id)}.`) : json(200, run, null);
  },
  'GET runs/*/history': runHistory,
  'POST runs/*/cancel': (host, id) => (host.cancel(id) ? json(202, { runId: id }, id) : noLongerRunning(id)),
  'POST runs/*/signal': async (host, id, { body }) => {
    const { name = 'resume', value = {} } = objectOf(body);
    const isHeard = typeof name === 'string' && (await host.signal(id, name, value as never)); // JSON is a value
    return isHeard ? json(202, { runId: id }, id) : noLongerRunning(id);
  },
};

/** The route and the id of a path; null when there is none. */
export async function administer(host: Host, request: AdminRequest): Promise<Response> {
  const [kind = '', id = '', ...rest] = request.path;
  const pattern = [kind, ...(request.path.length > 1 ? ['*'] : []), ...rest].join('/');
  const route = Object.hasOwn(ROUTES, `${request.method} ${pattern}`)
    ? ROUTES[`${request.method} ${pattern}`]
    : undefined;
  if (route === undefined) return nothingThere('There is nothing at this address.');
  try {
    return await route(host, id, request);
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    const { code, message, hint } = error;
    return json(STATUS[code] ?? 400, { code, message, ...(hint === undefined ? {} : { hint }) }, null);
  }
}

const STATUS: Readonly<Record<string, number>> = {
  'flow-unknown': 404,
  'flow-by-hand': 409,
  'flow-delegated': 409,
  'flow-off': 409,
  'event-unknown': 404,
  'lookup-unknown': 404,
  'lookup-none': 404,
  'lookup-depends': 409,
  'lookup-answer': 502,
  'connection-needs-login': 409,
  'host-busy': 503,
  'host-stopping': 503,
  'journal-closed': 503,
  'events-full': 503,
  'events-disk': 503,
  'events-closed': 503,
};

function askField(host: Host, name: string, { body }: AdminRequest): Response | Promise<Response> {
  const { action, field, chosen = {}, search = '' } = objectOf(body);
  if (typeof action === 'string' && typeof field === 'string' && typeof search === 'string')
    return fieldOptions(host, name, { action, field, chosen: objectOf(chosen), search });
  return json(400, { message: 'Say which field: {"action": "...", "field": "...", "chosen": {...}}.' }, null);
}

function runFlow(host: Host, id: string, { body, url }: AdminRequest): Promise<Response> {
  const { inputs = {}, options = {} } = objectOf(body);
  return startedTold(host, host.run(id, 'hand', { inputs: objectOf(inputs), options: objectOf(options) }), url);
}

async function startedTold(host: Host, run: StartedRun, url: URL): Promise<Response> {
  if (url.searchParams.get('wait') !== 'true') {
    // What the engine refuses at once is told at once; a failure of the run is in its record.
    await Promise.race([run.ended, Promise.all([run.kept, host.clock.yield()])]);
    return json(202, { runId: run.runId }, run.runId);
  }
  const { status, outputs, error } = await run.ended;
  return json(200, { runId: run.runId, status, outputs, error }, run.runId);
}

function runHistory(host: Host, id: string): Response {
  const kept = host.history(id);
  if (kept !== undefined) return json(200, { ...kept }, null);
  if (host.findRun(id) === undefined) return nothingThere(`There is no run ${JSON.stringify(id)}.`);
  return json(404, { code: 'run-unrecorded', message: `The history of run ${JSON.stringify(id)} is not kept.` }, null);
}

/** The owner answers for who it is. */
async function delegateFlow(host: Host, id: string, { body, url }: AdminRequest): Promise<Response> {
  const { caller, inputs = {} } = objectOf(body);
  const { id: callerId, alternateId, displayName, type } = objectOf(caller);
  if (typeof callerId !== 'string' || callerId === '') {
    return json(400, { message: 'Say who it is: {"caller": {"id": "..."}, "inputs": {...}}.' }, null);
  }
  const names = { alternateId, displayName, type };
  const texts = Object.entries(names).filter(([, value]) => typeof value === 'string');
  return startedTold(host, host.delegate(id, { id: callerId, ...Object.fromEntries(texts) }, objectOf(inputs)), url);
}

async function emitEvent(host: Host, name: string, { body }: AdminRequest): Promise<Response> {
  const { inputs = {}, id, key } = objectOf(body);
  const options = Object.entries({ id, key }).filter(([, value]) => typeof value === 'string');
  const given = decodeValue(inputs);
  const events = await host.emit(name, isPlainObject(given) ? given : {}, Object.fromEntries(options));
  const isConflict = events.some(({ kind }) => kind === 'conflict');
  return json(isConflict ? 409 : 202, { events }, null);
}

function told({ info: { id, name, type }, on, access, token, next, webhook, poll }: HostedFlow): unknown {
  return {
    id,
    name,
    type,
    on,
    ...(access === null ? {} : { access: access.by, token }),
    next: isoOf(next),
    ...(webhook === null ? {} : { webhook }),
    ...(poll === null
      ? {}
      : { poll: { phase: poll.phase, last: isoOf(poll.polledAt), next: isoOf(poll.dueAt), reason: poll.reason } }),
  };
}

function isoOf(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}

function parkedTold({ number, flow, id, runId, at, parkedAt, reason, data }: ParkedEvent): unknown {
  const [accepted, parked] = [at, parkedAt].map((moment) => new Date(moment).toISOString());
  return { number, flow, id, runId, accepted, parked, reason, data };
}

function doneOr404(isDone: boolean, id: string): Response {
  return isDone
    ? json(202, { number: Number(id) }, null)
    : nothingThere(`There is no parked event ${JSON.stringify(id)}.`);
}

function withFlow(flow: HostedFlow | undefined): Response {
  return flow === undefined ? nothingThere('There is no such flow.') : json(200, told(flow), null);
}

function noLongerRunning(id: string): Response {
  return json(409, { code: 'run-ended', message: `No run ${JSON.stringify(id)} is under way.` }, null);
}

function nothingThere(message: string): Response {
  return json(404, { message }, null);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
