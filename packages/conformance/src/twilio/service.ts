/** The simulated Twilio service: an HTTP server on 127.0.0.1, from a request's bytes to an answer's. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { FlowdeckError } from '@flowdeck/engine';
import { listen, readBody, wait } from '@flowdeck/testing/http';
import type { ConformanceCode } from '../codes.js';
import { type Account, defaultTwilioAccount, openAccount } from './accounts.js';
import { advanceMessages } from './messages/callbacks.js';
import { receiveMessage } from './messages/inbound.js';
import { messageResource } from './messages/message.js';
import type { TwilioService, TwilioServiceOptions } from './options.js';
import { API_ROOT, dispatch } from './routes.js';
import { createSidSource } from './sids.js';
import { authenticate } from './wire/auth.js';
import { Refusal } from './wire/errors.js';
import { type Exchange, openExchange, replyToError, send, sendFault } from './wire/exchange.js';
import { createFaultScript, type Fault, type FaultScript, replacesAnswer } from './wire/faults.js';
import { parseForm } from './wire/form.js';
import type { Reply, World } from './world.js';

const MAX_BODY_BYTES = 1_048_576;

/**
 * Starts a simulated Twilio service. It keeps its state in memory and never reaches out, except to webhooks
 * on loopback that a test registered.
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
  const faults = createFaultScript();
  const requests: Exchange[] = [];
  const stopping = new AbortController();
  const limit = options.concurrency ?? Number.POSITIVE_INFINITY;
  let running = 0;

  const server = createServer((request, response) => {
    const exchange = openExchange(request);
    requests.push(exchange);
    running += 1;
    response.setHeader('Twilio-Request-Id', world.sids.next('RQ'));
    response.setHeader('Twilio-Concurrent-Requests', String(running));
    const crowded = running > limit;
    serve(world, crowded ? undefined : faults, request, exchange, response, stopping.signal)
      // Only a broken connection gets here; there is nobody left to answer.
      .catch(() => response.destroy())
      .finally(() => {
        running -= 1;
      });
  });

  const { url, close } = await listen(server, options.port ?? 0, stopping);
  const key = first.keys?.[0];
  return {
    url,
    accountSid: first.sid,
    authToken: first.authToken,
    keySid: key?.sid ?? '',
    keySecret: key?.secret ?? '',
    requests,
    messages: (sid = first.sid) => [...(world.accounts.get(sid)?.messages.values() ?? [])].map(messageResource),
    advance: (steps = 1) => advanceMessages(world, steps, stopping.signal),
    failNext: (fault) => faults.add(fault),
    inbound: (message) => receiveMessage(world, message, stopping.signal),
    close,
  };
}

function openWorld(setups: readonly Account['setup'][], options: TwilioServiceOptions): World {
  const sids = createSidSource(options.seed ?? 'flowdeck');
  const clock = options.clock ?? Date.now;
  const now = clock();
  return { accounts: new Map(setups.map((setup) => [setup.sid, openAccount(setup, sids, now)])), sids, clock };
}

/** Without `faults` the service is too busy: the request is read, not processed. */
async function serve(
  world: World,
  faults: FaultScript | undefined,
  request: IncomingMessage,
  exchange: Exchange,
  response: ServerResponse,
  stop: AbortSignal,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body) {
    response.setHeader('Connection', 'close');
    return send(exchange, response, replyToError(new Refusal(20413)));
  }
  exchange.body = new TextDecoder().decode(body);
  exchange.form = parseForm(exchange.headers['content-type'], body);
  if (!faults) return send(exchange, response, replyToError(new Refusal(20429)));
  const fault = faults.take(exchange.method, exchange.path);
  if (!fault) return send(exchange, response, answer(world, exchange));
  await serveFaulty(world, fault, exchange, response, stop);
}

async function serveFaulty(
  world: World,
  fault: Fault,
  exchange: Exchange,
  response: ServerResponse,
  stop: AbortSignal,
): Promise<void> {
  const replaced = fault.disconnect === true || replacesAnswer(fault);
  const reply = !replaced || fault.processed ? answer(world, exchange) : undefined;
  await wait(fault, stop);
  if (reply && !replaced) send(exchange, response, reply);
  else sendFault(exchange, response, fault);
}

function answer(world: World, exchange: Exchange): Reply {
  try {
    if (!exchange.path.startsWith(API_ROOT)) throw new Refusal(20404, { path: exchange.path });
    return dispatch(world, authenticate(world.accounts, exchange.headers['authorization']), exchange);
  } catch (error) {
    return replyToError(error);
  }
}
