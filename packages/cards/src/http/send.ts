/** Sends what an HTTP card describes, and refuses an answer outside 2xx. */
import { type CardContext, type HttpResponse, RunError, type Value, type ValueObject } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { hasBody, requestBody } from './body.js';
import { connectionHeaders } from './connection.js';
import { httpFailure } from './failure.js';
import { headerIn, mergeHeaders } from './headers.js';
import { withQuery } from './query.js';

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly query: Value;
  readonly headers: ValueObject;
  readonly body: Value;
  /** Headers that the author and the connection may replace. They describe the body, so they stay away without one. */
  readonly defaults: ValueObject;
  readonly followRedirects: boolean;
}

/** @throws HttpError `http-status` for an answer outside 2xx, and what the port throws. */
export async function httpSend(request: Request, ctx: CardContext): Promise<HttpResponse> {
  const defaults = hasBody(request.body) ? request.defaults : {};
  const headers = mergeHeaders(defaults, connectionHeaders(ctx.connection), request.headers);
  const body = requestBody(request.body, headerIn(headers, 'content-type'));
  const response = await ctx.http.request({
    method: checkMethod(request.method),
    url: withQuery(request.url.trim(), request.query),
    headers,
    ...(body === undefined ? {} : { body }),
    ...(request.followRedirects ? {} : { redirect: 'manual' as const }),
    signal: ctx.signal,
  });
  if (response.status >= 200 && response.status <= (request.followRedirects ? 299 : 399)) return response;
  throw httpFailure(response);
}

function checkMethod(method: string): string {
  const name = method.trim().toUpperCase();
  if (/^[A-Z]{1,20}$/.test(name)) return name;
  throw new RunError<CardsCode>('http-method', `${JSON.stringify(method)} is not an HTTP method.`, {
    at: { field: 'method' },
    hint: 'Use GET, POST, PUT, PATCH or DELETE.',
  });
}
