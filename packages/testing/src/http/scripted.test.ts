/** The scripted service: what it answers, what it objects to, and how it says so. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ScriptedExchange } from './exchange.js';
import { type ScriptedService, type ScriptedServiceOptions, startScriptedService } from './scripted.js';

let open: ScriptedService[] = [];
test.after.each(async () => {
  await Promise.all(open.map((service) => service.close()));
  open = [];
});

async function start(exchanges: ScriptedExchange[], options?: ScriptedServiceOptions): Promise<ScriptedService> {
  const service = await startScriptedService(exchanges, options);
  open.push(service);
  return service;
}

const get = (path: string, body = ''): ScriptedExchange => ({
  request: { method: 'GET', path },
  response: { status: 200, body },
});

test('answers text, JSON and bytes with their media types', async () => {
  const service = await start([
    get('/text', 'hé'),
    { request: { method: 'GET', path: '/json' }, response: { status: 201, json: { next: '{{url}}/b' } } },
    {
      request: { method: 'GET', path: '/bytes' },
      response: { status: 200, base64: 'AP8=', headers: { 'content-type': 'image/x' } },
    },
    { request: { method: 'DELETE', path: '/none' }, response: { status: 204 } },
  ]);
  const text = await fetch(`${service.url}/text`);
  assert.equal([text.headers.get('content-type'), await text.text()], ['text/plain; charset=utf-8', 'hé']);
  const json = await fetch(`${service.url}/json`);
  assert.equal([json.status, json.headers.get('content-type')], [201, 'application/json']);
  assert.equal(await json.json(), { next: `${service.url}/b` });
  const bytes = await fetch(`${service.url}/bytes`);
  assert.is(bytes.headers.get('content-type'), 'image/x');
  assert.equal([...new Uint8Array(await bytes.arrayBuffer())], [0, 255]);
  const none = await fetch(`${service.url}/none`, { method: 'DELETE' });
  assert.equal([none.status, none.headers.get('content-type')], [204, null]);
  assert.equal(service.problems(), []);
  assert.equal(
    service.requests.map((request) => request.exchange),
    [1, 2, 3, 4],
  );
});

test('in order: a request out of turn is answered 599 and explained, and the script waits', async () => {
  const service = await start([get('/a'), get('/b')]);
  const early = await fetch(`${service.url}/b`);
  assert.is(early.status, 599);
  const problem = "GET /b: does not fit exchange 1 (GET /a): the path is '/b', expected '/a'";
  assert.is(await early.text(), problem);
  assert.is((await fetch(`${service.url}/a`)).status, 200);
  assert.is((await fetch(`${service.url}/b`)).status, 200);
  assert.is((await fetch(`${service.url}/b`)).status, 599);
  assert.equal(service.problems(), [problem, 'GET /b: the script is at its end']);
});

test('by match: any order; the nearest exchange explains a misfit', async () => {
  const post: ScriptedExchange = { request: { method: 'POST', path: '/a', json: { x: 1 } }, response: { status: 200 } };
  const service = await start([get('/b'), post], { order: 'by-match' });
  const send = (body: string) => fetch(`${service.url}/a`, { method: 'POST', body });
  assert.match(
    await (await send('{"x":2}')).text(),
    /exchange 2 \(POST \/a\): the JSON body is '\{"x":2\}', expected '\{"x":1\}'/,
  );
  assert.match(await (await send('{')).text(), "the body is no JSON: '{'");
  assert.is((await send('{ "x" : 1 }')).status, 200);
  assert.is((await fetch(`${service.url}/b`)).status, 200);
});

test('an exchange answers as often as it says; what was not asked for is a problem', async () => {
  const service = await start([{ ...get('/a'), times: 3 }, get('/b')]);
  await fetch(`${service.url}/a`);
  assert.equal(service.problems(), [
    'Exchange 1 (GET /a) was asked for 1 of 3 times.',
    'Exchange 2 (GET /b) was asked for 0 of 1 times.',
  ]);
});

const FORM = { method: 'POST', path: '/f', form: { To: '+1555', Media: ['a', 'b'] } };
const form = (text: string, type = 'application/x-www-form-urlencoded'): RequestInit => ({
  method: 'POST',
  body: text,
  headers: { 'Content-Type': type },
});
const CASES: [
  name: string,
  request: ScriptedExchange['request'],
  path: string,
  init: RequestInit,
  problem: string | null,
][] = [
  ['query in the path', { method: 'GET', path: '/q?a=1&b=2' }, '/q?b=2&a=1', {}, null],
  ['repeated query parameter', { method: 'GET', path: '/q', query: { a: ['1', '2'] } }, '/q?a=1&a=2', {}, null],
  [
    'its order',
    { method: 'GET', path: '/q', query: { a: ['1', '2'] } },
    '/q?a=2&a=1',
    {},
    "query parameter a is '2, 1', expected '1, 2'",
  ],
  [
    'missing query',
    { method: 'GET', path: '/q', query: { a: '1' } },
    '/q',
    {},
    "query parameter a is missing, expected '1'",
  ],
  ['unforeseen query', { method: 'GET', path: '/q' }, '/q?a=1', {}, "query parameter a is '1', expected none"],
  ['header', { method: 'GET', path: '/h', headers: { 'X-Key': 'v' } }, '/h', { headers: { 'x-key': 'v' } }, null],
  [
    'other header value',
    { method: 'GET', path: '/h', headers: { 'X-Key': 'v' } },
    '/h',
    { headers: { 'x-key': 'w' } },
    "header X-Key is 'w', expected 'v'",
  ],
  [
    'header that must be absent',
    { method: 'GET', path: '/h', headers: { 'X-Key': null } },
    '/h',
    { headers: { 'x-key': 'w' } },
    "header X-Key is 'w', expected none",
  ],
  ['method', { method: 'PUT', path: '/m' }, '/m', { method: 'PATCH' }, "the method is 'PATCH', expected 'PUT'"],
  [
    'text',
    { method: 'POST', path: '/t', body: 'x' },
    '/t',
    { method: 'POST', body: 'y' },
    "the body is 'y', expected 'x'",
  ],
  ['no body asked for', { method: 'POST', path: '/t' }, '/t', { method: 'POST', body: 'y' }, null],
  ['form', FORM, '/f', form('Media=a&To=%2B1555&Media=b'), null],
  [
    'form that was not encoded',
    FORM,
    '/f',
    form('To=+1555&Media=a&Media=b'),
    "form parameter To is ' 1555', expected '+1555'",
  ],
  [
    'form under another type',
    FORM,
    '/f',
    form('Media=a&To=%2B1555&Media=b', 'text/plain'),
    "the media type is 'text/plain', expected 'application/x-www-form-urlencoded'",
  ],
];

for (const [name, request, path, init, problem] of CASES) {
  test(`compares: ${name}`, async () => {
    const service = await start([{ request, response: { status: 200 } }]);
    const response = await fetch(service.url + path, init);
    assert.is(response.status, problem === null ? 200 : 599);
    if (problem !== null) assert.ok((await response.text()).endsWith(`: ${problem}`), service.problems()[0]);
  });
}

test('a delayed answer ends with the service', async () => {
  const service = await start([{ request: { method: 'GET', path: '/' }, response: { status: 200, delayMs: 60_000 } }]);
  const waiting = fetch(service.url).then(
    () => 'answered',
    () => 'ended',
  );
  while (service.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await service.close();
  assert.is(await waiting, 'ended');
});

const fromFile = (text: string): ScriptedExchange => JSON.parse(text);
const FAULTY: [pointer: string, exchange: ScriptedExchange][] = [
  ['/0/request', fromFile('{"response":{"status":200}}')],
  ['/0/response', fromFile('{"request":{"method":"GET","path":"/"},"response":null}')],
  ['/0/request/method', { request: { method: 'get', path: '/' }, response: { status: 200 } }],
  ['/0/request/path', { request: { method: 'GET', path: 'x' }, response: { status: 200 } }],
  ['/0/request/query', { request: { method: 'GET', path: '/?a=1', query: {} }, response: { status: 200 } }],
  ['/0/request', { request: { method: 'GET', path: '/', body: '', json: 1 }, response: { status: 200 } }],
  ['/0/response/status', { request: { method: 'GET', path: '/' }, response: { status: 100 } }],
  ['/0/response', { request: { method: 'GET', path: '/' }, response: { status: 200, body: '', base64: '' } }],
  ['/0/response/delayMs', { request: { method: 'GET', path: '/' }, response: { status: 200, delayMs: -1 } }],
  ['/0/response/headers', { request: { method: 'GET', path: '/' }, response: { status: 200, headers: { 'a b': '' } } }],
  ['/0/times', { request: { method: 'GET', path: '/' }, response: { status: 200 }, times: 0 }],
];

for (const [pointer, exchange] of FAULTY) {
  test(`a faulty script is refused: scripted-exchange at ${pointer}`, async () => {
    try {
      await start([exchange]);
      assert.unreachable();
    } catch (error) {
      assert.match(JSON.stringify(error), `"code":"scripted-exchange"`);
      assert.match(JSON.stringify(error), `"at":{"pointer":"${pointer}"}`);
    }
  });
}

test.run();
