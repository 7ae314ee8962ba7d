/** Puts the credentials of now into a request that was made with those of before. */
import type { Connection, HttpRequest } from '@flowdeck/engine';

/** Shorter texts stand in requests by chance. */
const SHORTEST = 8;

/**
 * The request with every credential of `before` that stands in its headers or URL replaced by that of `now`, also as part
 * of a text ("Bearer ...") and as the user and password of Basic (RFC 7617). The body is the flow's own.
 */
export function withCredentials(request: HttpRequest, before: readonly Connection[], now: Connection): HttpRequest {
  const pairs = before.flatMap((old) => changed(old, now));
  if (pairs.length === 0) return request;
  const write = (text: string) => pairs.reduce((written, [old, fresh]) => written.replaceAll(old, fresh), text);
  return {
    ...request,
    url: write(request.url),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, write(value)])),
  };
}

function changed(before: Connection, now: Connection): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  const add = (old: string | null, fresh: string | null) => {
    if (old === null || fresh === null || old === fresh || old.length < SHORTEST) return;
    pairs.push([old, fresh], [encodeURIComponent(old), encodeURIComponent(fresh)]);
  };
  add(basicOf(before), basicOf(now));
  for (const [key, old] of Object.entries(before.auth)) add(textOf(old), textOf(now.auth[key]));
  return pairs;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function basicOf({ auth: { username, password } }: Connection): string | null {
  if (typeof username !== 'string' || typeof password !== 'string') return null;
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)));
}
