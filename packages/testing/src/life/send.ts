/** Sends a request to a host as anybody outside would, and tells the answer as data. */
import type { HostData } from './served.js';
import type { SentRequest } from './types.js';

/** @param base The host's own address. */
export async function send(request: SentRequest, base: string, signal: AbortSignal): Promise<HostData> {
  const body = sentBody(request);
  const headers = new Headers();
  const type = contentTypeOf(request);
  if (type !== null) headers.set('content-type', type);
  for (const [name, value] of Object.entries(request.headers ?? {})) headers.set(name, value);
  const { hmac } = request;
  if (hmac !== undefined) headers.set(hmac.header, (hmac.prefix ?? '') + (await macOf(hmac.secret, hmac.signed, body)));
  const response = await fetch(new URL(request.url, base), {
    method: request.method ?? (body === null ? 'GET' : 'POST'),
    headers,
    redirect: 'manual',
    signal,
    ...(body === null ? {} : { body }),
  });
  const text = await response.text();
  const json = parsed(text);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    ...(json === undefined ? {} : { json }),
  };
}

function contentTypeOf({ json, text, form }: SentRequest): string | null {
  if (json !== undefined) return 'application/json';
  if (form !== undefined) return 'application/x-www-form-urlencoded';
  return text === undefined ? null : 'text/plain; charset=utf-8';
}

function sentBody({ json, text, base64, form }: SentRequest): Uint8Array<ArrayBuffer> | null {
  if (base64 !== undefined) return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  if (json !== undefined) return new TextEncoder().encode(JSON.stringify(json));
  if (form !== undefined) return new TextEncoder().encode(new URLSearchParams(form).toString());
  return text === undefined ? null : new TextEncoder().encode(text);
}

async function macOf(secret: string, signed: string, body: Uint8Array | null): Promise<string> {
  const text = signed.replaceAll('{{body}}', () => new TextDecoder().decode(body ?? new Uint8Array()));
  const encode = (part: string) => new TextEncoder().encode(part);
  const key = await crypto.subtle.importKey('raw', encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(text)));
  return [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Undefined: no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
