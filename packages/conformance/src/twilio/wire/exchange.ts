/** One HTTP exchange: the record of a request, and the answer in JSON or XML. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { plainHeaders, splitTarget } from '@flowdeck/testing/http';
import type { RecordedRequest } from '../options.js';
import type { Reply } from '../world.js';
import { Refusal } from './errors.js';
import { type Fault, faultAnswer } from './faults.js';
import { toXml } from './xml.js';

/** The record while the exchange goes on. */
export type Exchange = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** The record of a request whose body is not read yet. */
export function openExchange(request: IncomingMessage): Exchange {
  const { path, query } = splitTarget(request.url ?? '/');
  return {
    host: request.headers.host ?? '',
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: plainHeaders(request),
    body: '',
    form: new URLSearchParams(),
    status: null,
  };
}

/** The reply to a request that failed: the refusal, or 500 for anything unforeseen. */
export function replyToError(error: unknown): Reply {
  const { body } = error instanceof Refusal ? error : new Refusal(20500);
  return { status: body.status, element: 'RestException', fields: { ...body } };
}

/** Sends a reply, as JSON when the path asks for it, else as XML. */
export function send(exchange: Exchange, response: ServerResponse, reply: Reply): void {
  exchange.status = reply.status;
  response.statusCode = reply.status;
  if (reply.status === 401) response.setHeader('WWW-Authenticate', 'Basic realm="Twilio API"');
  if (reply.fields === undefined) {
    response.end();
    return;
  }
  // Only the 2010 API knows XML.
  const json = exchange.path.endsWith('.json') || !exchange.path.startsWith('/2010-04-01/');
  response.setHeader('Content-Type', json ? 'application/json;charset=utf-8' : 'application/xml;charset=utf-8');
  response.end(json ? JSON.stringify(reply.fields) : toXml(reply.element ?? 'Resource', reply.fields));
}

/** Sends what a fault says instead of an answer. */
export function sendFault(exchange: Exchange, response: ServerResponse, fault: Fault): void {
  if (fault.disconnect) {
    response.destroy();
    return;
  }
  for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
  const { status, fields } = faultAnswer(fault);
  if (fault.body === undefined) {
    send(exchange, response, { status, element: 'RestException', fields });
    return;
  }
  exchange.status = status;
  response.statusCode = status;
  response.setHeader('Content-Type', fault.contentType ?? 'text/html');
  response.end(fault.body);
}
