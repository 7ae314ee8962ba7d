/** The Twilio connector against an HTTP port that writes down what it is asked. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import { readConnectorDirectory } from '@flowdeck/connect/node';
import {
  createEngine,
  type FlowFile,
  HttpError,
  type HttpRequest,
  type HttpResponse,
  type RunResult,
} from '@flowdeck/engine';
import { instantClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { twilio } from './index.js';

const ACCOUNT = `AC${'0a'.repeat(16)}`;
const MESSAGE = {
  sid: `SM${'1b'.repeat(16)}`,
  status: 'queued',
  num_segments: '2',
  error_code: null,
  error_message: null,
};

const manifest = () => JSON.parse(readFileSync(new URL('../connector.json', import.meta.url), 'utf8'));

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An engine whose HTTP port gives the answers in turn, the last one again and again. A text is the user name. */
function world(...given: readonly (Answer | string | undefined)[]) {
  const answers = given.filter((each) => typeof each === 'object');
  const username = given.find((each) => typeof each === 'string') ?? 'SK0123';
  const requests: HttpRequest[] = [];
  const http = {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const { status, body } = answers[Math.min(requests.length, answers.length - 1)] as Answer;
      requests.push(request);
      if (body instanceof Error) throw body;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return {
        status,
        statusText: status === 400 ? 'Bad Request' : 'Some Reason',
        headers: { 'content-type': 'application/json' },
        body: new TextEncoder().encode(text),
        url: request.url,
      };
    },
  };
  // Waits end at once; limits on work are left alone.
  const clock = instantClock(0, (ms) => ms >= 5000);
  const connection = (parameters: object = {}) => ({
    connector: 'twilio',
    auth: { username, password: 's3cr3t' },
    parameters: { account_sid: ACCOUNT, ...parameters },
  });
  const engineWith = (parameters: object) =>
    createEngine({
      packs: [standard, twilio],
      ports: { http, clock, connections: { twilio: connection(parameters) } },
    });
  const engine = engineWith({});
  const card = (name: string, inputs: object, parameters?: object): Promise<RunResult> => {
    const flow = {
      flowdeck: 1,
      id: 'user',
      type: 'manual',
      cards: [{ id: 'card', card: name, connection: 'twilio', in: inputs }],
    };
    const own = parameters === undefined ? engine : engineWith(parameters);
    return own.run(own.load(flow as unknown as FlowFile));
  };
  return { engine, requests, card };
}

const created = { status: 201, body: MESSAGE };

test('the connector loads without a finding, and its action flows are cards', () => {
  const { engine } = world(created);
  assert.equal(engine.connector('twilio').diagnostics, []);
  const names = engine.cards.map((entry) => entry.card.id).filter((id) => id.startsWith('twilio.'));
  const { actions } = manifest().flows;
  assert.equal(names, actions.map((action: string) => `twilio.${action}`).sort());
});

test('Send Message posts an encoded form with Basic credentials', async () => {
  const { card, requests } = world(created);
  const result = await card('twilio.sendMessage', {
    'From Number': '+15551230002',
    To: '+15551230001',
    Body: 'Code: 42 & ok + ünï = 100%',
  });
  assert.is(result.status, 'success', result.error?.message);
  assert.equal(result.outputs, {
    'Status Code': 201,
    'Message SID': MESSAGE.sid,
    Status: 'queued',
    'Error Code': null,
    'Error Message': null,
    Segments: 2,
    'Raw Output': MESSAGE,
  });
  const [request] = requests as [HttpRequest];
  assert.is(request.method, 'POST');
  assert.is(request.url, `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json`);
  // The last header of a name wins in the port, so this is the one that is sent.
  assert.is(request.headers['Content-Type'], 'application/x-www-form-urlencoded');
  assert.is(request.headers['Authorization'], 'Basic U0swMTIzOnMzY3IzdA==');
  const form = new URLSearchParams(request.body as string);
  assert.equal(
    [...form],
    [
      ['To', '+15551230001'],
      ['From', '+15551230002'],
      ['Body', 'Code: 42 & ok + ünï = 100%'],
    ],
  );
});

test('a required value that is empty at run time is refused before anything is sent', async () => {
  for (const name of ['From Number', 'To', 'Body']) {
    const { card, requests } = world(created);
    const result = await card('twilio.sendMessage', { 'From Number': '+1', To: '+2', Body: 'x', [name]: '' });
    assert.is(result.status, 'error');
    assert.is(result.error?.message, `"${name}" is missing.`);
    assert.is(result.error?.statusCode, 400);
    assert.is(requests.length, 0);
  }
});

test('a rejected message is an error with the answer of the service', async () => {
  const body = {
    code: 21211,
    message: "The 'To' number is not valid.",
    more_info: 'https://example.com/21211',
    status: 400,
  };
  const { card } = world({ status: 400, body });
  const result = await card('twilio.sendMessage', { 'From Number': '+1', To: '+2', Body: 'x' });
  assert.is(result.error?.code, 'http-status');
  assert.is(result.error?.statusCode, 400);
  assert.equal(result.error?.extra?.['body'], body);
  const { code, message, more_info: link } = body;
  assert.equal(result.error?.service, { connector: 'twilio', code: String(code), message, link });
});

test('only a 429 is sent again', async () => {
  const busy = { status: 429, body: { code: 20429 } };
  const again = world(busy, busy, created);
  assert.is((await again.card('twilio.sendMessage', { 'From Number': '+1', To: '+2', Body: 'x' })).status, 'success');
  assert.is(again.requests.length, 3);
  const broken = world({ status: 503, body: {} }, created);
  assert.is((await broken.card('twilio.sendMessage', { 'From Number': '+1', To: '+2', Body: 'x' })).status, 'error');
  assert.is(broken.requests.length, 1);
});

test('_authping says whether the connection works, and never fails', async () => {
  const ping = async (answer: Answer) => {
    const { engine, requests } = world(answer);
    const result = await engine.run(engine.connector('twilio'), { flow: 'authping', connection: 'twilio' });
    return { outputs: result.outputs, url: requests[0]?.url };
  };
  const good = await ping({ status: 200, body: { messages: [] } });
  assert.is(good.url, `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json?PageSize=1`);
  assert.is(good.outputs?.['working'], true);
  const bad = await ping({ status: 401, body: { code: 20003 } });
  assert.is(bad.outputs?.['working'], false);
  assert.equal(bad.outputs?.['serviceResponse'], { statusCode: 401, message: 'Some Reason' });
  const said = { code: 20003, message: 'Authenticate', more_info: 'https://x/20003' };
  const told = await ping({ status: 401, body: said });
  const message = 'Some Reason: Authenticate (20003, https://x/20003)';
  assert.equal(told.outputs, { working: false, serviceResponse: { statusCode: 401, message } });
});

test('_authping tells a dead network from wrong credentials', async () => {
  const { engine } = world({ status: 0, body: new HttpError<'http-network'>('http-network', 'refused') });
  const { outputs } = await engine.run(engine.connector('twilio'), { flow: 'authping', connection: 'twilio' });
  const response = outputs?.['serviceResponse'] as { statusCode: unknown; message: string }; // as the flow gives it
  assert.equal([outputs?.['working'], response.statusCode], [false, null]);
  assert.match(response.message, /^Twilio was not reached: /);
});

test('_revoke deletes the key, says when it may not, and takes a key that is gone for revoked', async () => {
  const revoke = async (answer: Answer, username?: string) => {
    const { engine, requests } = world(answer, username);
    const result = await engine.run(engine.connector('twilio'), { flow: 'revoke', connection: 'twilio' });
    return { ...result, request: requests[0] };
  };
  const done = await revoke({ status: 204, body: '' });
  assert.is(done.request?.method, 'DELETE');
  assert.is(done.request?.url, `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Keys/SK0123.json`);
  assert.is(done.outputs?.['working'], true);
  assert.is((await revoke({ status: 404, body: { code: 20404 } })).outputs?.['working'], true);
  for (const status of [401, 403]) {
    const { error } = await revoke({ status, body: { code: 20003, message: 'Authenticate' } });
    assert.match(error?.message ?? '', /may not delete keys.*Console/);
    assert.equal([error?.statusCode, error?.service?.code], [status, '20003']);
  }
  const down = await revoke({ status: 503, body: '' });
  assert.equal(
    [down.outputs?.['working'], down.outputs?.['serviceResponse']],
    [false, { statusCode: 503, message: 'Some Reason' }],
  );
  const token = await revoke({ status: 204, body: '' }, ACCOUNT);
  assert.match(token.error?.message ?? '', /no API key to delete/);
  assert.is(token.request, undefined);
});

test('an error says what to do: by its code, its status or what happened on the way', async () => {
  const hint = async (status: number, body: unknown) => {
    const { card } = world({ status, body });
    const { error } = await card('twilio.sendMessage', { 'From Number': '+1', To: '+2', Body: 'x' });
    return error?.hint ?? '';
  };
  assert.match(await hint(400, { code: 21610, message: 'no' }), /opted out/);
  assert.match(await hint(400, { code: 21608, message: 'no' }), /trial account sends to verified numbers/);
  assert.match(await hint(502, '<html>proxy</html>'), /before you send again/);
  assert.match(
    await hint(0, new HttpError<'http-network'>('http-network', 'reset')),
    /nobody can tell whether it took place/,
  );
  const { hints } = manifest().errors;
  for (const text of Object.values(hints)) assert.match(String(text), /[.]$/);
});

/** The one that counts: the last. */
const mediaType = ({ headers }: HttpRequest) =>
  Object.entries(headers).findLast(([name]) => name.toLowerCase() === 'content-type')?.[1];

test('Custom API Action sends objects as a form or JSON and text as it is, with the headers of its caller', async () => {
  const sent = async (inputs: object) => {
    const { card, requests } = world({ status: 200, body: { ok: true } });
    const url = { 'Request Type': 'POST', 'Relative URL': '/Things.json', Query: { value: { a: 'b c' } } };
    const { outputs } = await card('twilio.customApiAction', { ...url, ...inputs });
    assert.equal(outputs?.['Body'], { ok: true });
    const [request] = requests as [HttpRequest];
    assert.is(new URL(request.url).searchParams.get('a'), 'b c');
    return [request.body, mediaType(request)];
  };
  const [form, json] = ['application/x-www-form-urlencoded', 'application/json'];
  const Body = { value: { name: 'x & y', list: ['a', 'b'], none: null, empty: '', deep: { c: 1 } } };
  const asForm = 'name=x%20%26%20y&list=a&list=b&empty=&deep=%7B%22c%22%3A1%7D';
  const asJson = JSON.stringify(Body.value);
  assert.equal(await sent({ Body }), [asForm, form]);
  assert.equal(await sent({ Body, 'Body Format': 'json' }), [asJson, json]);
  assert.equal(await sent({ Body, API: 'content' }), [asJson, json]);
  assert.equal(await sent({ Body, API: 'content', 'Body Format': 'form' }), [asForm, form]);
  const type = (value: string) => ({ Headers: { value: { 'content-TYPE': value } } });
  assert.equal(await sent({ Body, ...type('application/json; charset=utf-8') }), [
    asJson,
    'application/json; charset=utf-8',
  ]);
  assert.equal(await sent({ Body: 'a=b', ...type('text/plain') }), ['a=b', 'text/plain']);
  assert.equal(await sent({ Body: '{"a": 1}' }), ['{"a": 1}', form]);
  assert.equal(await sent({}), [undefined, undefined]);
});

test('Custom API Action reaches every host of Twilio, and follows links that stay there', async () => {
  const asked = async (inputs: object, parameters: object = {}) => {
    const { card, requests } = world({ status: 200, body: {} });
    const { error } = await card('twilio.customApiAction', { 'Request Type': 'GET', ...inputs }, parameters);
    return requests[0]?.url ?? error?.message;
  };
  const account = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}`;
  const link = (url: string) => ({ 'Relative URL': url });
  const odd = '/Calls.json?u=https://a.example//b&v=../..&w=%2e%2e&mail=a@b.example';
  assert.is(await asked(link(odd)), account + odd);
  assert.is(await asked(link('/Things/a..b.json')), `${account}/Things/a..b.json`);
  assert.is(await asked(link('/2010-04-01/Accounts.json')), 'https://api.twilio.com/2010-04-01/Accounts.json');
  assert.is(await asked({ ...link('/v1/Services'), API: 'messaging' }), 'https://messaging.twilio.com/v1/Services');
  const next = 'https://verify.twilio.com/v2/Services?PageToken=a';
  assert.is(await asked(link(next)), next);
  const dublin = { base_url: 'https://api.dublin.ie1.twilio.com' };
  const service = { ...link('/v1/Services'), API: 'messaging' };
  assert.is(await asked(service, dublin), 'https://messaging.dublin.ie1.twilio.com/v1/Services');
  const gateway = { base_url: 'https://api.gateway.example:8443' };
  assert.is(await asked(service, gateway), 'https://api.gateway.example:8443/v1/Services');
  assert.is(await asked(link('https://api.gateway.example:8443/x'), gateway), 'https://api.gateway.example:8443/x');
  const away = /leads away from Twilio/;
  for (const url of [
    'https://evil.example/x',
    'http://api.twilio.com/x',
    'https://api.twilio.com.evil.example/x',
    'https://eviltwilio.com/x',
    'https://api.twilio.com:8443/x',
    'https://API.twilio.com%2eevil.example/x',
  ])
    assert.match(String(await asked(link(url))), away, url);
  assert.match(String(await asked(link(next), gateway)), away, 'credentials of a gateway are not those of Twilio');
  const bound = { expr: '"evil.example/" & $string(1)' };
  assert.match(String(await asked({ ...link('/x'), API: bound })), /choice|host name of Twilio/);
});

test('slips in the connection are named before anything is sent', async () => {
  const slips: [object, RegExp][] = [
    [{ account_sid: `SK${'0a'.repeat(16)}` }, /Account SID .* is the SID of an API key/],
    [{ account_sid: ` ${ACCOUNT}` }, /without blanks/],
    [{ account_sid: 'acme' }, /AC and 32 hexadecimal digits/],
    [{ base_url: 'https://api.twilio.com/' }, /ends with a slash/],
    [{ base_url: 'https://api.twilio.com/2010-04-01' }, /scheme and host only/],
    [{ base_url: 'api.twilio.com' }, /scheme and host only/],
  ];
  for (const [parameters, message] of slips) {
    const { card, requests } = world(created);
    const { error } = await card('twilio.sendMessage', { 'From Number': '+1', To: '+2', Body: 'x' }, parameters);
    assert.match(error?.message ?? '', message);
    assert.is(error?.statusCode, 400);
    assert.is(requests.length, 0);
  }
});

test('Custom API Action keeps to the account, whatever the relative URL says', async () => {
  const hostile = [
    'Messages.json',
    '//evil.example/x',
    '/\\evil.example',
    '/../../Accounts.json',
    '/%2e%2e/x',
    '/%2E%2e/x',
    '/.\t./x',
    '/.\n./x',
    '/.\r./x',
    '/a/../../x',
    '/a/.%2E',
    '/@evil.example',
    'https://evil.example',
    '',
  ];
  for (const url of hostile) {
    const { card, requests } = world({ status: 200, body: {} });
    const result = await card('twilio.customApiAction', { 'Request Type': 'GET', 'Relative URL': url });
    assert.is(result.status, 'error', JSON.stringify(url));
    assert.is(requests.length, 0, JSON.stringify(url));
  }
});

test('the credentials never show in events and errors', async () => {
  const { engine, card } = world({ status: 400, body: { message: 'SK0123 s3cr3t U0swMTIzOnMzY3IzdA==' } });
  const seen: unknown[] = [];
  engine.on('*', (event) => seen.push(event));
  const { error, ...result } = await card('twilio.sendMessage', { 'From Number': '+1', To: '+2', Body: 'x' });
  const { cause: _, ...report } = error ?? {};
  const text = JSON.stringify([seen, result, report]);
  for (const secret of ['SK0123', 's3cr3t', 'U0swMTIz']) assert.not.ok(text.includes(secret), secret);
});

const OPENAPI = new URL('../../../../shared/twilio/openapi/twilio_api_v2010.json', import.meta.url);
const PATH = '/2010-04-01/Accounts/{AccountSid}/Messages.json';

if (existsSync(OPENAPI)) {
  console.log('COUNT: 1 OpenAPI description read.');
  test("the requests are valid by the service's OpenAPI description", async () => {
    const { paths } = JSON.parse(readFileSync(OPENAPI, 'utf8'));
    const { post, get } = paths[PATH];
    const form = post.requestBody.content['application/x-www-form-urlencoded'].schema;
    const { card, engine, requests } = world(created);
    await card('twilio.sendMessage', { 'From Number': '+1', To: '+2', Body: 'x' });
    await engine.run(engine.connector('twilio'), { flow: 'authping', connection: 'twilio' });
    const [send, ping] = requests as [HttpRequest, HttpRequest];
    for (const { url } of requests) assert.is(new URL(url).pathname.replace(ACCOUNT, '{AccountSid}'), PATH);
    const sent = [...new URLSearchParams(send.body as string).keys()];
    for (const name of sent) assert.ok(name in form.properties, name);
    for (const name of form.required ?? []) assert.ok(sent.includes(name), name);
    const parameters = get.parameters.map((parameter: { name: string }) => parameter.name);
    for (const name of new URL(ping.url).searchParams.keys()) assert.ok(parameters.includes(name), name);
  });
} else {
  console.log('SKIPPED: the OpenAPI description of the service is not there, so requests were not held against it.');
}

test('the connector is its directory', () => {
  const { deck, diagnostics } = readConnectorDirectory(new URL('..', import.meta.url));
  assert.equal(diagnostics, []);
  assert.equal(
    deck?.flows.map((flow) => flow.id),
    readdirSync(new URL('../flows', import.meta.url))
      .map((name) => JSON.parse(readFileSync(new URL(`../flows/${name}`, import.meta.url), 'utf8')).id)
      .sort(),
  );
  assert.equal(twilio.connectors, [deck]);
});

test.run();
