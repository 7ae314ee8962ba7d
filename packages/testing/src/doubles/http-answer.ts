/** An answer that is written down, as an HTTP port gives it. */
import { type Clock, HttpError, type HttpRequest, type HttpResponse } from '@flowdeck/engine';
import type { TestingCode } from '../codes.js';
import { contentOf, type ScriptedResponse } from '../http/exchange.js';
import { pause } from './pause.js';

/** @param change What becomes of header values and of a body that is text. */
export function responseOf(
  scripted: ScriptedResponse,
  url: string,
  change: (text: string) => string = (text) => text,
): HttpResponse {
  const [type, body = ''] = contentOf(scripted);
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  const setCookie: string[] = [];
  for (const [name, value] of Object.entries(scripted.headers ?? {})) {
    if (name.toLowerCase() === 'set-cookie') setCookie.push(...[value].flat().map(change));
    else headers[name.toLowerCase()] = [value].flat().map(change).join(', ');
  }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(change(body)) : body;
  const response = { status: scripted.status, statusText: '', headers, body: bytes, url };
  return setCookie.length === 0 ? response : { ...response, setCookie };
}

/**
 * Waits for the answer, no longer than the request is willing to.
 *
 * Rejects with `HttpError` `http-timeout`, and with `CancelledError`.
 */
export async function delayed(ms: number, { signal, timeoutMs }: HttpRequest, clock: Clock): Promise<void> {
  const most = timeoutMs ?? Number.POSITIVE_INFINITY;
  await pause(Math.min(ms, most), clock, signal);
  if (ms > most) throw new HttpError<TestingCode>('http-timeout', `The answer did not come within ${most} ms.`);
}
