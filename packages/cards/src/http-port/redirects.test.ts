/** The rules of redirects, without a network. */
import { HttpError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { joinedHeaders, readHeaders } from './headers.js';
import { type Hop, nextHop } from './redirects.js';

function hop(method: string, url: string): Hop {
  const at = { method, url: new URL(url) };
  const headers = readHeaders({ Authorization: 'Bearer x', 'Content-Type': 'text/plain' }, at, new Map());
  return { ...at, headers, body: method === 'GET' ? null : new Uint8Array([1]) };
}

function rejects(from: Hop, location: string, code: string): void {
  assert.throws(
    () => nextHop(from, 302, location),
    (error: unknown) => error instanceof HttpError && error.code === code && error.hint !== undefined,
    `${location} gives ${code}`,
  );
}

test('only 301, 302, 303, 307 and 308 with a Location redirect', () => {
  for (const status of [200, 201, 300, 304, 305, 306, 404]) {
    assert.is(nextHop(hop('GET', 'https://a.test/'), status, '/next'), null);
  }
  assert.is(nextHop(hop('GET', 'https://a.test/'), 302, undefined), null);
});

test('301 and 302 make a GET of a POST alone, 303 of anything but GET and HEAD, without body', () => {
  for (const status of [301, 302, 303]) {
    for (const method of status === 303 ? ['POST', 'PUT', 'PATCH', 'DELETE'] : ['POST']) {
      const next = nextHop(hop(method, 'https://a.test/'), status, '/next');
      assert.is(next?.method, 'GET');
      assert.is(next?.body, null);
      assert.not.ok(next?.headers.has('content-type'));
      assert.ok(next?.headers.has('authorization'));
    }
    assert.is(nextHop(hop('HEAD', 'https://a.test/'), status, '/next')?.method, 'HEAD');
  }
  for (const status of [301, 302]) {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const next = nextHop(hop(method, 'https://a.test/'), status, '/next');
      assert.is(next?.method, method);
      assert.equal(next?.body, new Uint8Array([1]));
      assert.ok(next?.headers.has('content-type'));
    }
  }
});

test('a Location in raw UTF-8 is read as browsers do, one in Latin-1 as it is', () => {
  const raw = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  const target = (location: string) => {
    const { location: read } = joinedHeaders({ Location: location });
    return nextHop(hop('GET', 'https://a.test/'), 302, read)?.url.href;
  };
  assert.is(target(raw('/b?n=é')), 'https://a.test/b?n=%C3%A9');
  assert.is(target(raw('/日本')), 'https://a.test/%E6%97%A5%E6%9C%AC');
  assert.is(target('/b?n=\u00e9'), 'https://a.test/b?n=%C3%A9');
});

test('307 and 308 keep method, body and type', () => {
  for (const status of [307, 308]) {
    const next = nextHop(hop('PUT', 'https://a.test/'), status, 'next?x=1');
    assert.is(next?.method, 'PUT');
    assert.equal(next?.body, new Uint8Array([1]));
    assert.ok(next?.headers.has('content-type'));
    assert.is(next?.url.href, 'https://a.test/next?x=1');
  }
});

test('scheme, host and port make an origin; credentials stay inside it', () => {
  const from = hop('GET', 'https://a.test/');
  assert.ok(nextHop(from, 302, 'https://a.test:443/x')?.headers.has('authorization'));
  for (const other of ['https://b.test/', 'https://a.test:444/', 'https://x.a.test/', '//b.test/']) {
    assert.not.ok(nextHop(from, 302, other)?.headers.has('authorization'), other);
  }
});

test('credentials that were left behind do not come back', () => {
  const away = nextHop(hop('GET', 'https://a.test/'), 302, 'https://b.test/');
  assert.ok(away);
  assert.not.ok(nextHop(away, 302, 'https://a.test/')?.headers.has('authorization'));
});

test('refused: https to http, other schemes, credentials in the target, a malformed target', () => {
  const from = hop('GET', 'https://a.test/');
  rejects(from, 'http://a.test/', 'http-blocked');
  rejects(from, 'file:///etc/passwd', 'http-blocked');
  rejects(from, 'https://user:password@a.test/', 'http-url');
  rejects(from, 'https://[', 'http-redirects');
  assert.ok(nextHop(hop('GET', 'http://a.test/'), 302, 'https://a.test/'));
});

test.run();
