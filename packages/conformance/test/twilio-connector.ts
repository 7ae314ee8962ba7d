/** The Twilio connector, pointed at the simulated service, for its tests. */

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { standard } from '@flowdeck/cards';
import { twilio as connector } from '@flowdeck/connector-twilio';
import {
  createEngine,
  type FlowFile,
  type HttpPort,
  type HttpRequest,
  type HttpResponse,
  type Limits,
  type RunResult,
} from '@flowdeck/engine';
import { type InstantClock, instantClock } from '@flowdeck/testing';
import type { TwilioService } from '../src/twilio/options.js';

/** The moment at which the tests happen, for the service and for the engine. */
export const NOW = Date.parse('2030-01-15T12:00:00Z');

/** What may differ from one test to another. */
export interface ConnectorOptions {
  /** Parameters of the connection over those that fit the service. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly username?: string;
  readonly password?: string;
  readonly limits?: Partial<Limits>;
  /** Default: `clockOfTests()`. */
  readonly clock?: InstantClock;
  /** Hears of every answer. Default: it is kept in `bodies`. */
  readonly heard?: (body: unknown) => void;
}

/** A card of the connector: its name without the namespace, and what it gets. */
export type CardCall = readonly [action: string, inputs?: object];

/** Sends what a flow asks of `https://api.twilio.com` and its siblings to the service, which tells them apart by host. */
function localPort(url: string, clock: InstantClock, heard: (body: unknown) => void): HttpPort {
  const { port } = new URL(url);
  return {
    async request(request) {
      // Time stands still meanwhile: no limit on work ends what only waits for this machine.
      const go = clock.hold();
      try {
        const response = await exchange(port, request);
        heard(bodyOf(response));
        return response;
      } finally {
        go();
      }
    },
  };
}

function exchange(port: string, request: HttpRequest): Promise<HttpResponse> {
  const { host, pathname, search } = new URL(request.url);
  const options = { host: '127.0.0.1', port, path: pathname + search, method: request.method };
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ ...options, headers: headersOf(request, host) }, (incoming) => {
      read(incoming, request).then(resolve, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });
}

function headersOf(request: HttpRequest, host: string): Record<string, string | number> {
  const headers: Record<string, string | number> = { host };
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  if (request.body !== undefined) headers['content-length'] = Buffer.byteLength(request.body);
  return headers;
}

async function read(incoming: IncomingMessage, request: HttpRequest): Promise<HttpResponse> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  const { statusCode = 0, statusMessage = '', headers } = incoming;
  const single = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return {
    status: statusCode,
    statusText: statusMessage,
    headers: Object.fromEntries(single),
    body: Buffer.concat(parts),
    url: request.url,
  };
}

function bodyOf({ body }: HttpResponse): unknown {
  const text = new TextDecoder().decode(body);
  return text.startsWith('{') ? JSON.parse(text) : text === '' ? undefined : text;
}

/** Pauses between attempts end at once; the limits on work are left alone. */
export function clockOfTests() {
  return instantClock(NOW, (ms) => ms > 60_000 || ms === 30_000);
}

/** An engine whose connection `mine` leads to the service. `bodies` are the answers, in the order of the service's requests. */
export function connectorOn(service: TwilioService, options: ConnectorOptions = {}) {
  const bodies: unknown[] = [];
  const mine = {
    connector: 'twilio',
    auth: { username: options.username ?? service.keySid, password: options.password ?? service.keySecret },
    parameters: { account_sid: service.accountSid, ...options.parameters },
  };
  const clock = options.clock ?? clockOfTests();
  const engine = createEngine({
    packs: [standard, connector],
    ports: {
      http: localPort(service.url, clock, options.heard ?? ((body) => void bodies.push(body))),
      clock,
      connections: { mine, twilio: mine },
    },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const deck = (action: string, inputs: object, helpers: readonly object[]) => ({
    flowdeck: 1,
    flows: [
      {
        id: 'main',
        type: 'manual',
        cards: [{ id: 'card', card: `twilio.${action}`, connection: 'mine', in: bindings(inputs) }],
      },
      ...helpers,
    ],
  });
  /** Runs one card of the connector; `helpers` are flows that it may call. */
  async function run([action, inputs = {}]: CardCall, helpers: readonly object[] = []): Promise<RunResult> {
    // A document as a person writes it: loading checks it.
    return engine.run(engine.load(deck(action, inputs, helpers) as unknown as FlowFile), { flow: 'main' });
  }
  /** The same, for what has to succeed: its outputs. */
  async function outputs(call: CardCall, helpers: readonly object[] = []) {
    const { status, outputs: found, error } = await run(call, helpers);
    if (status !== 'success') throw new Error(`${call[0]}: ${error?.message} ${JSON.stringify(error?.service ?? '')}`);
    return found;
  }
  return { engine, bodies, run, outputs };
}

/** Objects and lists as values; what names a flow is left as it is. */
function bindings(inputs: object): object {
  const bound = Object.entries(inputs).map(([name, value]) => {
    const literal = typeof value !== 'object' || value === null || 'flow' in value;
    return [name, literal ? value : { value }];
  });
  return Object.fromEntries(bound);
}
