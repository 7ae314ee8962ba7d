/** The simulated Twilio service: an HTTP server on 127.0.0.1, from a request's bytes to an answer's. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { FlowdeckError } from '@flowdeck/engine';
import { listen, readBody, wait } from '@flowdeck/testing/http';
import type { ConformanceCode } from '../codes.js';
import { type Account, openAccount } from './accounts.js';
import { answerControl, CONTROL_ROOT, type Control } from './control.js';
import { advanceMessages } from './messages/callbacks.js';
import { addHistory } from './messages/history.js';
import { receiveMessage } from './messages/inbound.js';
import { messageResource } from './messages/message.js';
import { dispatch } from './operations.js';
import type { TwilioService, TwilioServiceOptions } from './options.js';
import { defaultTwilioAccount } from './setup.js';
import { createSidSource } from './sids.js';
import { codeSentTo } from './verify/verifications.js';
import { authenticate } from './wire/auth.js';
import { Refusal } from './wire/errors.js';
import { type Exchange, openExchange, replyToError, send, sendFault } from './wire/exchange.js';
import { createFaultScript, type Fault, type FaultScript, replacesAnswer } from './wire/faults.js';
import { parseForm, parseJson } from './wire/form.js';
import { siteOf } from './wire/hosts.js';
import { createRateLimit } from './wire/rate.js';
import type { Reply, World } from './world.js';

const MAX_BODY_BYTES = 1_048_576;
const KEPT_REQUESTS = 10_000;

/**
 * Starts a simulated Twilio service. It keeps its state in memory and never reaches out, except to webhooks
 * on loopback that a test registered. All products are served on one port, told apart by the Host header, or by
 * their paths under the service's own address.
 *
 * @throws FlowdeckError `twilio-accounts` (no account, or one twice), `service-port` (cannot listen there)
 * @example
 * const twilio = await startTwilioService();
 * // send requests to `${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`, then
 * await twilio.close();
 */
export async function startTwilioService(options: TwilioServiceOptions = {}): Promise<TwilioService> {
  const setups = options.accounts ?? [defaultTwilioAccount()];
  const first = setups[0];
  if (!first || new Set(setups.map((setup) => setup.sid)).size < setups.length) {
    throw new FlowdeckError<ConformanceCode>(
      'twilio-accounts',
      'The simulated service needs one account or more, each with its own SID.',
      {
        hint: 'Leave `accounts` out to get the default account.',
      },
    );
  }
  const world = openWorld(setups, options);
  const requests: Exchange[] = [];
  const stopping = new AbortController();
  const service = { world, options, faults: createFaultScript(), stop: stopping.signal };
  const inRate = createRateLimit(options.ratePerSecond ?? Number.POSITIVE_INFINITY, world.clock);
  const limit = options.concurrency ?? Number.POSITIVE_INFINITY;
  const kept = options.keepRequests ?? KEPT_REQUESTS;
  let running = 0;

  const server = createServer((request, response) => {
    const exchange = openExchange(request);
    if (exchange.path.startsWith(CONTROL_ROOT)) {
      serveControl(control, request, exchange, response).catch(() => response.destroy());
      return;
    }
    requests.push(exchange);
    if (requests.length > kept) requests.shift();
    running += 1;
    response.setHeader('Twilio-Request-Id', world.sids.next('RQ'));
    response.setHeader('Twilio-Concurrent-Requests', String(running));
    const busy = running > limit || !inRate();
    serve(service, busy, request, exchange, response)
      // Only a broken connection gets here; there is nobody left to answer.
      .catch(() => response.destroy())
      .finally(() => {
        running -= 1;
        options.log?.({ kind: 'request', request: exchange });
      });
  });

  const control: Control = { world, faults: service.faults, requests, stop: stopping.signal };
  const { url, close } = await listen(server, options.port ?? 0, stopping);
  const key = first.keys?.[0];
  return {
    url,
    accountSid: first.sid,
    authToken: first.authToken,
    keySid: key?.sid ?? '',
    keySecret: key?.secret ?? '',
    requests,
    messages: (sid = first.sid) => [...(world.accounts.get(sid)?.messages.oldestFirst() ?? [])].map(messageResource),
    advance: (steps = 1) => advanceMessages(world, steps, stopping.signal),
    failNext: (fault) => service.faults.add(fault),
    inbound: (message) => receiveMessage(world, message, stopping.signal),
    verificationCode: (to) => codeSentTo(world.accounts, to, world.clock()),
    close,
  };
}

function openWorld(setups: readonly Account['setup'][], options: TwilioServiceOptions): World {
  const sids = createSidSource(options.seed ?? 'flowdeck');
  const clock = options.clock ?? Date.now;
  const now = clock();
  const accounts = new Map(setups.map((setup) => [setup.sid, openAccount(setup, sids, now)]));
  for (const account of accounts.values()) addHistory(account, sids, now);
  return {
    accounts,
    sids,
    clock,
    senderQueue: options.senderQueue ?? Number.POSITIVE_INFINITY,
    delivered: (delivery) => options.log?.({ kind: 'webhook', delivery }),
  };
}

interface Running {
  readonly world: World;
  readonly options: TwilioServiceOptions;
  readonly faults: FaultScript;
  readonly stop: AbortSignal;
}

/** The body, noted with the exchange; null when it is too large, which has been answered then. */
async function takeBody(
  request: IncomingMessage,
  exchange: Exchange,
  response: ServerResponse,
): Promise<Uint8Array | null> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body) {
    exchange.body = new TextDecoder().decode(body);
    return body;
  }
  response.setHeader('Connection', 'close');
  send(exchange, response, replyToError(new Refusal(20413)));
  return null;
}

/** The side door has neither faults nor limits, and leaves no trace among the requests. */
async function serveControl(
  control: Control,
  request: IncomingMessage,
  exchange: Exchange,
  response: ServerResponse,
): Promise<void> {
  const body = await takeBody(request, exchange, response);
  if (body === null) return;
  send(exchange, response, await answerControl(control, exchange).catch(replyToError));
}

/** A service that is too busy reads a request, and does not process it. */
async function serve(
  service: Running,
  busy: boolean,
  request: IncomingMessage,
  exchange: Exchange,
  response: ServerResponse,
): Promise<void> {
  const body = await takeBody(request, exchange, response);
  if (body === null) return;
  exchange.form = parseForm(exchange.headers['content-type'], body);
  if (busy) return send(exchange, response, replyToError(new Refusal(20429)));
  const { latencyMs } = service.options;
  if (latencyMs !== undefined) await wait({ delayMs: latencyMs }, service.stop);
  const fault = service.faults.take(exchange.method, exchange.path);
  if (!fault) return send(exchange, response, answer(service.world, exchange));
  await serveFaulty(service, fault, exchange, response);
}

async function serveFaulty(
  service: Running,
  fault: Fault,
  exchange: Exchange,
  response: ServerResponse,
): Promise<void> {
  const replaced = fault.disconnect === true || replacesAnswer(fault);
  const reply = !replaced || fault.processed ? answer(service.world, exchange) : undefined;
  await wait(fault, service.stop);
  if (reply && !replaced) send(exchange, response, reply);
  else sendFault(exchange, response, fault);
}

function answer(world: World, exchange: Exchange): Reply {
  try {
    const site = siteOf(exchange.host);
    if (!site) throw new Refusal(20404, { path: exchange.path });
    const principal = authenticate(world.accounts, site.region, exchange.headers['authorization']);
    const json = parseJson(exchange.headers['content-type'], exchange.body);
    return dispatch(world, site, principal, { ...exchange, json });
  } catch (error) {
    return replyToError(error);
  }
}
