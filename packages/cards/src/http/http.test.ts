/** The HTTP cards against a port that records requests and answers from memory. */
import {
  type CardContext,
  type CardType,
  type Connection,
  type FlowdeckError,
  HttpError,
  type HttpRequest,
  type HttpResponse,
  RunError,
  type ValueObject,
} from '@flowdeck/engine';
import { fakeContext, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { remove } from './delete.js';
import { httpGet } from './get.js';
import { headersOf } from './headers.js';
import { patch } from './patch.js';
import { post } from './post.js';
import { put } from './put.js';
import { httpRaw } from './raw.js';

const URL = 'https://api.test/pets';

function answering(answer: { status?: number; statusText?: string; type?: string; body?: string | Uint8Array } = {}) {
  const requests: HttpRequest[] = [];
  const body = answer.body ?? '';
  const response: HttpResponse = {
    status: answer.status ?? 200,
    statusText: answer.statusText ?? '',
    headers: answer.type === undefined ? {} : { 'content-type': answer.type },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    url: URL,
  };
  const http = {
    request: async (request: HttpRequest) => {
      requests.push(request);
      return response;
    },
  };
  return { requests, http };
}

async function sent(card: CardType, inputs: ValueObject, parts: Partial<CardContext> = {}): Promise<HttpRequest> {
  const { requests, http } = answering();
  await runCard(card, { url: URL, ...inputs }, { http, ...parts });
  assert.is(requests.length, 1);
  return requests[0] as HttpRequest;
}

async function failure(work: Promise<unknown>): Promise<RunError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RunError) return error;
    throw error;
  }
  throw new Error('Nothing failed.');
}

test('each card uses its method; without a body there is no Content-Type', async () => {
  for (const [card, method] of [
    [httpGet, 'GET'],
    [post, 'POST'],
    [put, 'PUT'],
    [patch, 'PATCH'],
    [remove, 'DELETE'],
  ] as const) {
    const request = await sent(card, {});
    assert.is(request.method, method);
    assert.equal(request.headers, {});
    assert.not('body' in request);
  }
});

test('a body is JSON by default', async () => {
  for (const card of [post, put, patch, remove]) {
    assert.equal((await sent(card, { body: { a: 1 } })).headers, { 'Content-Type': 'application/json' });
  }
});

test('a redirect that is not followed is the answer; one that cannot be followed is an error', async () => {
  assert.is((await sent(httpGet, { followRedirects: false })).redirect, 'manual');
  assert.not('redirect' in (await sent(httpGet, {})));
});

test('cookies of an answer are a list, each as it came', () => {
  const answer = { status: 200, statusText: 'OK', headers: { a: 'b' }, body: new Uint8Array(), url: 'https://a.test/' };
  const setCookie = ['sid=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Path=/', 'lang=de'];
  assert.equal(headersOf({ ...answer, setCookie }), { a: 'b', 'set-cookie': setCookie });
  assert.equal(headersOf(answer), { a: 'b' });
});

test('Raw Request takes any method and adds no header of its own', async () => {
  assert.equal((await sent(httpRaw, { method: ' options ' })).method, 'OPTIONS');
  assert.is((await sent(httpRaw, {})).method, 'GET');
  const request = await sent(httpRaw, { method: 'POST', body: 'a=1' });
  assert.equal(request.headers, {});
  assert.is(request.body, 'a=1');
  assert.is((await failure(sent(httpRaw, { method: 'GET /' }))).code, 'http-method');
});

test('text is sent as it is, everything else as JSON', async () => {
  assert.is((await sent(post, { body: { a: [1, null] } })).body, '{"a":[1,null]}');
  assert.is((await sent(post, { body: [1] })).body, '[1]');
  assert.is((await sent(post, { body: '<a/>' })).body, '<a/>');
  assert.is((await sent(put, { body: false })).body, 'false');
});

test('the query joins that of the URL, before its fragment', async () => {
  const url = async (inputs: ValueObject) => (await sent(httpGet, inputs)).url;
  assert.is(await url({ query: { type: 'Dog', page: 2 } }), `${URL}?type=Dog&page=2`);
  assert.is(await url({ url: `${URL}?a=1#top`, query: { b: 'x y&z' } }), `${URL}?a=1&b=x%20y%26z#top`);
  assert.is(await url({ url: `${URL}?`, query: 'a=1' }), `${URL}?a=1`);
  assert.is(await url({ query: '?a=1' }), `${URL}?a=1`);
  for (const query of ['', '?', {}, null]) assert.is(await url({ query }), URL);
  assert.is(
    await url({ query: { id: ['a', null, 'b'], gone: null, empty: '', o: { x: 1 } } }),
    `${URL}?id=a&id=b&empty=&o=%7B%22x%22%3A1%7D`,
  );
  assert.is(await url({ query: { at: new Date(0) } }), `${URL}?at=1970-01-01T00%3A00%3A00.000Z`);
  assert.is((await failure(sent(httpGet, { query: [1] }))).code, 'conversion');
});

test('the author wins over the connection, which wins over the defaults, whatever the case', async () => {
  const connection: Connection = { connector: 'http', auth: { username: 'user', password: 'pass' } };
  const headers = async (own: ValueObject) => (await sent(post, { headers: own, body: 'x' }, { connection })).headers;
  assert.equal(await headers({ 'content-type': 'text/xml' }), {
    'content-type': 'text/xml',
    Authorization: 'Basic dXNlcjpwYXNz',
  });
  assert.equal(await headers({ AUTHORIZATION: 'mine', 'X-N': 7 }), {
    'Content-Type': 'application/json',
    AUTHORIZATION: 'mine',
    'X-N': '7',
  });
  assert.equal(await headers({ authorization: null, 'Content-Type': null, accept: ['a', 'b'] }), { accept: 'a, b' });
});

test("a connection adds what its credentials say, and another connector's is not taken", async () => {
  const headers = async (auth: Connection['auth'], connector = 'http') =>
    (await sent(httpRaw, {}, { connection: { connector, auth } })).headers;
  assert.equal(await headers({ access_token: 't' }), { Authorization: 'Bearer t' });
  assert.equal(await headers({ header: 'X-Api-Key', value: 'k' }), { 'X-Api-Key': 'k' });
  assert.equal(await headers({ username: 'u' }), { Authorization: 'Basic dTo=' });
  assert.equal(await headers({}), {});
  const other = await headers({ username: 'u' }, 'twilio').catch((error: unknown) => error);
  assert.is((other as FlowdeckError).code, 'connection-mismatch');
});

test('a header cannot smuggle in another one', async () => {
  for (const headers of [
    { 'X-A': 'a\r\nX-B: b' },
    { 'X-A\n': 'a' },
    { 'X A': 'a' },
    { '': 'a' },
    { 'X-A': ['a', '\n'] },
  ]) {
    assert.is((await failure(sent(httpGet, { headers }))).code, 'invalid-header', JSON.stringify(headers));
  }
});

async function bodyOf(card: CardType, answer: Parameters<typeof answering>[0]) {
  const outputs = await runCard(card, { url: URL }, answering(answer));
  return (outputs as { body: unknown }).body;
}

test('JSON is parsed, whatever else there is stays text, and an empty body is null', async () => {
  assert.equal(await bodyOf(httpGet, { type: 'application/json; charset=utf-8', body: '{"a":1}' }), { a: 1 });
  assert.equal(await bodyOf(httpGet, { type: 'application/problem+json', body: '7' }), 7);
  assert.equal(await bodyOf(httpGet, { type: 'text/html', body: ' [1]' }), [1], 'JSON under another name');
  assert.is(await bodyOf(httpGet, { type: 'text/plain', body: '7' }), '7');
  assert.is(await bodyOf(httpGet, { type: 'application/json', body: '{oops' }), '{oops');
  assert.is(await bodyOf(httpGet, { body: '' }), null);
  assert.is(
    await bodyOf(httpRaw, { type: 'application/json', body: '{"a":1}' }),
    '{"a":1}',
    'Raw Request never parses',
  );
  assert.is(await bodyOf(httpRaw, { body: '' }), '');
});

test('text is decoded in the character set of the answer, else as UTF-8', async () => {
  assert.is(await bodyOf(httpRaw, { type: 'text/plain; charset="ISO-8859-1"', body: new Uint8Array([0xe9]) }), 'é');
  assert.is(await bodyOf(httpRaw, { type: 'text/plain; charset=nonsense', body: 'é' }), 'é');
});

test('any 2xx is a success, with status and headers as outputs', async () => {
  const outputs = await runCard(post, { url: URL }, answering({ status: 201, type: 'a/b', body: 'x' }));
  assert.equal(outputs, { statusCode: 201, headers: { 'content-type': 'a/b' }, body: 'x' });
});

test('any other status is an error with status, reason, body, headers and the properties of the body', async () => {
  const body = '{"errorSummary":"No such pet","body":"shadow"}';
  const ctx = fakeContext(answering({ status: 404, type: 'application/json', body }));
  const error = await failure(Promise.resolve(runCard(httpRaw, { url: URL }, ctx)));
  assert.ok(error instanceof HttpError);
  assert.is(error.code, 'http-status');
  assert.is(error.statusCode, 404);
  assert.is(error.message, 'Not Found');
  assert.equal(error.extra, {
    errorSummary: 'No such pet',
    body: { errorSummary: 'No such pet', body: 'shadow' },
    headers: { 'content-type': 'application/json' },
  });
});

test('the reason is the one that the service gave; a redirect that was not followed is an error too', async () => {
  const reason = async (status: number, statusText: string) => {
    const error = await failure(Promise.resolve(runCard(httpGet, { url: URL }, answering({ status, statusText }))));
    assert.ok(error.hint);
    return error.message;
  };
  assert.is(await reason(400, 'Bad Pet'), 'Bad Pet');
  assert.is(await reason(304, ''), 'Not Modified');
  assert.is(await reason(599, ''), 'HTTP status 599');
  assert.is(await reason(401, ''), 'Unauthorized');
  assert.is(await reason(429, ''), 'Too Many Requests');
  assert.is(await reason(503, ''), 'Service Unavailable');
});

test('the request carries the signal of the card', async () => {
  const { signal } = new AbortController();
  assert.is((await sent(httpGet, {}, { signal })).signal, signal);
});

test.run();
