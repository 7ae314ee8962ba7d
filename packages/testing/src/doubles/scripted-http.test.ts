/** HTTP by a script: what is foreseen is answered, everything else is refused, as a real port would. */
import { HttpError, type HttpRequest } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ManualClock } from '../clock/manual-clock.js';
import type { ScriptedExchange } from '../http/exchange.js';
import { type ScriptedHttp, scriptedHttp } from './scripted-http.js';

const exchange = (path: string, response: Partial<ScriptedExchange['response']> = {}): ScriptedExchange => ({
  request: { method: 'GET', path },
  response: { status: 200, ...response },
});
const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  ...more,
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    // Every failure of the port is a FlowdeckError.
    return (error as HttpError).code;
  }
  return 'none';
}

test('text, JSON and bytes are answered with their media types', async () => {
  const http = scriptedHttp([
    exchange('/text', { body: 'hé', headers: { 'X-Next': '{{url}}/b', 'Set-Cookie': ['a=1', 'b=2'] } }),
    exchange('https://api.example.com/json?a=1', { status: 201, json: { ok: true } }),
    exchange('/bytes', { base64: 'AP8=', headers: { 'Content-Type': 'image/x' } }),
    exchange('/none', { status: 204 }),
  ]);
  const url = 'https://api.example.com';
  const text = await http.request(get(`${url}/text`));
  assert.equal(text.headers, {
    'content-type': 'text/plain; charset=utf-8',
    'x-next': 'https://api.example.com/b',
  });
  assert.equal(text.setCookie, ['a=1', 'b=2'], 'cookies are kept apart');
  assert.is(new TextDecoder().decode(text.body), 'hé');
  const json = await http.request(get(`${url}/json?a=1`));
  assert.equal([json.status, json.url, json.headers], [201, `${url}/json?a=1`, { 'content-type': 'application/json' }]);
  assert.equal(JSON.parse(new TextDecoder().decode(json.body)), { ok: true });
  const bytes = await http.request(get(`${url}/bytes`));
  assert.equal([bytes.headers['content-type'], ...bytes.body], ['image/x', 0, 255]);
  assert.equal([(await http.request(get(`${url}/none`))).body.length, http.problems()], [0, []]);
});

test('an unforeseen request is refused and explained, and the script waits', async () => {
  const http = scriptedHttp([exchange('https://a.example.com/x'), exchange('/y')]);
  const refused = async (request: HttpRequest, ...parts: string[]) => {
    try {
      await http.request(request);
    } catch (error) {
      assert.instance(error, HttpError);
      // The class is asserted above.
      const { code, message, hint } = error as HttpError;
      assert.ok(code === 'http-unscripted' && hint, code);
      for (const part of parts) assert.ok(message.includes(part), message);
      return;
    }
    assert.unreachable(`${request.url} was answered`);
  };
  await refused(get('https://b.example.com/x'), "the origin is 'https://b.example.com'", 'GET /x');
  await refused(get('https://a.example.com/z'), "the path is '/z', expected '/x'");
  await refused(get('https://a.example.com/x?q=1'), "query parameter q is '1', expected none", 'GET /x?q=1');
  await refused(get('https://a.example.com/x', { method: 'POST' }), "the method is 'POST'");
  assert.equal(http.problems().length, 6, 'four refusals, and two exchanges that were not asked for');
  assert.is((await http.request(get('https://a.example.com/x'))).status, 200);
  assert.is((await http.request(get('http://other.example.com/y'))).status, 200, 'a path alone fits any origin');
  await refused(get('https://a.example.com/x'), 'the script is at its end');
  assert.equal(
    http.requests.map((request) => request.exchange),
    [null, null, null, null, 1, 2, null],
  );
});

test('bodies and headers are compared, whatever the case of names and the kind of text', async () => {
  const post = (json: unknown): ScriptedExchange => ({
    request: { method: 'POST', path: '/', headers: { 'X-Key': 'k', Cookie: null }, json },
    response: { status: 200 },
  });
  const send = (http: ScriptedHttp, body: string | Uint8Array, headers: Record<string, string> = { 'x-kEY': 'k' }) =>
    codeOf(http.request({ method: 'POST', url: 'https://a.example.com/', headers, body }));
  const http = scriptedHttp([post({ a: [1, { b: null }] })]);
  assert.is(await send(http, '{"a":[1,{"b":0}]}'), 'http-unscripted');
  assert.is(await send(http, '{"a":[1,{"b":null}]}', {}), 'http-unscripted');
  assert.is(await send(http, '{"a":[1,{"b":null}]}', { 'x-key': 'k', COOKIE: '' }), 'http-unscripted');
  assert.is(await send(http, '{'), 'http-unscripted');
  assert.is(await send(http, new TextEncoder().encode('{ "a": [1, {"b": null}] }')), 'none');
});

test('by match, any order does', async () => {
  const script = [exchange('/a'), { ...exchange('/b'), times: 2 }];
  const http = scriptedHttp(script, { order: 'by-match' });
  for (const path of ['b', 'a', 'b']) await http.request(get(`https://a.example.com/${path}`));
  assert.equal(http.problems(), []);
  assert.is(await codeOf(scriptedHttp(script).request(get('https://a.example.com/b'))), 'http-unscripted');
});

test('an answer that takes its time can be given up, and can be too late', async () => {
  const clock = new ManualClock();
  const http = scriptedHttp(
    [1, 2, 3, 4].map(() => exchange('/', { delayMs: 1000 })),
    { clock },
  );
  const url = 'https://a.example.com/';
  const inTime = http.request(get(url, { timeoutMs: 1000 }));
  const late = codeOf(http.request(get(url, { timeoutMs: 999 })));
  const stopping = new AbortController();
  const stopped = codeOf(http.request(get(url, { signal: stopping.signal })));
  stopping.abort();
  assert.is(await stopped, 'cancelled');
  assert.is(clock.pending, 2, 'what is given up leaves no timer');
  await clock.advance(1000);
  assert.is(await late, 'http-timeout');
  assert.is((await inTime).status, 200);
  assert.is(await codeOf(http.request(get(url, { signal: AbortSignal.abort() }))), 'cancelled');
  assert.is(http.requests.length, 3, 'what is cancelled before it begins is not sent');
});

test('what is no URL, and what is no script, is refused', async () => {
  assert.is(await codeOf(scriptedHttp([]).request(get('/relative'))), 'http-url');
  for (const [pointer, faulty] of [
    ['/0/request/path', exchange('relative')],
    ['/0/response/base64', exchange('/', { base64: '*' })],
    ['/0/response/headers', exchange('/', { headers: { 'a b': 'c' } })],
    ['/0/response/headers', exchange('/', { headers: { a: 'b\r\nc: d' } })],
    ['/0/response/headers', exchange('/', { headers: { a: '€' } })],
    ['/0/response/status', exchange('/', { status: 99 })],
  ] as const)
    assert.throws(
      () => scriptedHttp([faulty]),
      (error: unknown) =>
        // Asserted by its code.
        (error as HttpError).code === 'scripted-exchange' && (error as HttpError).at.pointer === pointer,
    );
});

test.run();
