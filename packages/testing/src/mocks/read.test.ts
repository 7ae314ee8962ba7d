/** Files of mocks: what is refused, where, and with which remedy; and the former form. */
import { DocumentError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readMocks } from './read.js';

/** What is told of a source: pointer, message and hint of each. */
function told(source: unknown): readonly { pointer: string; message: string; hint: string }[] {
  try {
    readMocks(source);
  } catch (error) {
    assert.instance(error, DocumentError);
    // The class is asserted above.
    const { diagnostics } = error as DocumentError;
    for (const { code, hint } of diagnostics) assert.ok(code === 'mock-invalid' && hint);
    return diagnostics.map(({ pointer, message, hint = '' }) => ({ pointer, message, hint }));
  }
  return [];
}

const faultsOf = (mock: unknown) => told({ mocks: [mock] });
const card = (more: object) => ({ card: 'okta.readUser', answer: {}, ...more });

test('sound mocks are taken as they are', () => {
  const mocks = [
    { card: 'okta.readUser', in: { 'User/ID': { $match: '^u' } }, answer: { outputs: { Name: null } } },
    {
      card: 'okta.*',
      at: 'main/read',
      answers: [{ error: { message: 'x', code: 'http-network' } }, { times: 'rest' }],
    },
    { card: 'okta.search', answer: { records: [{ a: 1 }, 'b'], delayMs: 3 }, times: 2, optional: true },
    { http: { method: 'GET', url: 'https://a.example/', query: { q: ['1', '2'] } }, answer: { status: 204 } },
    {
      http: {},
      answers: [{ base64: 'AAEC' }, { body: 'x', headers: { 'set-cookie': ['a=1', 'b=2'] } }, { json: null }],
    },
    { flow: 'notify', in: { to: { $oneOf: ['a', 'b'] } }, answer: { outputs: { sent: true } } },
  ];
  assert.equal(readMocks({ $schema: 'x', recorded: { from: 'simulation' }, mocks }), mocks);
});

test('a fault is told with its place, a misspelt member with what was meant', () => {
  assert.equal(faultsOf(card({ anser: {} })), [
    {
      pointer: '/mocks/0/anser',
      message: 'There is no member "anser" in a mock of a card.',
      hint: 'Did you mean "answer"?',
    },
  ]);
  const [unknown] = faultsOf({ card: 'okta.readUser', answer: { status: 200 } });
  assert.is(unknown?.pointer, '/mocks/0/answer/status');
  assert.match(unknown?.hint ?? '', /Known: "outputs", "records"/);
});

test('every kind of fault is refused', () => {
  const rows: readonly [mock: unknown, pointer: string, message: RegExp][] = [
    [7, '/mocks/0', /7 is not a mock of a card/],
    [{ answer: {} }, '/mocks/0', /exactly one of "card", "http", "flow"/],
    [{ card: 'a.b', flow: 'c', answer: {} }, '/mocks/0', /exactly one/],
    [{ card: 'readUser', answer: {} }, '/mocks/0/card', /not CONNECTOR\.CARD/],
    [{ card: 'a.b' }, '/mocks/0', /has one of "answer", "answers"/],
    [card({ answers: [{}] }), '/mocks/0', /"answer" and "answers" exclude each other/],
    [{ card: 'a.b', answers: [{}], times: 2 }, '/mocks/0', /"answers" and "times" exclude/],
    [{ card: 'a.b', answers: [] }, '/mocks/0/answers', /The list is empty/],
    [{ card: 'a.b', answers: [{ times: 'rest' }, {}] }, '/mocks/0/answers/0/times', /never given/],
    [{ card: 'a.b', answers: [{ times: 0 }] }, '/mocks/0/answers/0/times', /whole number from 1/],
    [card({ times: 'rest' }), '/mocks/0/times', /whole number from 1/],
    [card({ answer: { times: 2 } }), '/mocks/0/answer/times', /no member "times"/],
    [card({ at: 'main' }), '/mocks/0/at', /FLOW\/CARD/],
    [card({ in: [] }), '/mocks/0/in', /not an object/],
    [card({ in: { a: { $mach: 'x' } } }), '/mocks/0/in/a/$mach', /no matcher "\$mach"/],
    [card({ in: { a: { $match: '(' } } }), '/mocks/0/in/a/$match', /takes a regular expression/],
    [card({ optional: 'yes' }), '/mocks/0/optional', /not true or false/],
    [card({ answer: { error: {} } }), '/mocks/0/answer/error', /has a member "message"/],
    [card({ answer: { error: { message: 'x' }, outputs: {} } }), '/mocks/0/answer', /exclude each other/],
    [card({ answer: { records: {} } }), '/mocks/0/answer/records', /not a list/],
    [{ http: { verb: 'GET' }, answer: {} }, '/mocks/0/http/verb', /no member "verb" in a request/],
    [{ http: {}, answer: { status: 99 } }, '/mocks/0/answer/status', /200 to 599/],
    [{ http: {}, answer: { body: '', json: 1 } }, '/mocks/0/answer', /"body" and "json" exclude/],
    [{ http: {}, answer: { base64: '*' } }, '/mocks/0/answer/base64', /base64/],
    [{ http: {}, answer: { headers: { a: 1 } } }, '/mocks/0/answer/headers/a', /not a text/],
    [{ flow: '', answer: {} }, '/mocks/0/flow', /not a text that is not empty/],
    [{ flow: 'a', answer: { records: [] } }, '/mocks/0/answer/records', /no member "records"/],
  ];
  for (const [mock, pointer, message] of rows) {
    const [first, ...more] = faultsOf(mock);
    assert.equal([first?.pointer, more.length], [pointer, 0], JSON.stringify([mock, first, more]));
    assert.match(first?.message ?? '', message);
  }
  for (const source of [null, [], 'text', {}, { mocks: {} }]) assert.is(told(source).length, 1, JSON.stringify(source));
  assert.is(told({ mocks: [], recorded: { from: 'live' } })[0]?.pointer, '/recorded/from');
});

test('the former form is read: a connector, a card, and what the call is like', () => {
  const fixtures = [
    { connector: 'okta', card: 'readUser', when: { ID: 'u*', Deep: { a: 1 } }, outputs: { Name: 'Ada' } },
    { connector: 'okta', error: { message: 'Gone', statusCode: 404 } },
    { connector: 'okta', card: 'search', records: [{ ID: '1' }], when: { q: 'a.b' } },
    {
      connector: 'okta',
      card: 'poll',
      answers: [{ outputs: { done: false } }, { outputs: { done: true }, times: 'rest' }],
    },
    { connector: 'http', card: 'get', when: { url: '*.com' }, outputs: { body: { ok: true }, headers: { ETag: 1 } } },
    { connector: 'http', error: { message: 'Busy', statusCode: 503 } },
  ];
  const type = { 'content-type': 'application/json' };
  assert.equal(readMocks({ fixtures }), [
    {
      card: 'okta.readUser',
      in: { ID: { $match: '^u' }, Deep: { $literal: { a: 1 } } },
      answer: { outputs: { Name: 'Ada' } },
    },
    { card: 'okta.*', answer: { error: { message: 'Gone', statusCode: 404 } } },
    { card: 'okta.search', in: { q: 'a.b' }, answer: { records: [{ ID: '1' }] } },
    { card: 'okta.poll', answers: [{ outputs: { done: false } }, { outputs: { done: true }, times: 'rest' }] },
    {
      http: { method: 'GET', url: { $match: '\\.com$' } },
      answer: { status: 200, headers: { ...type, etag: '1' }, json: { ok: true } },
    },
    { http: {}, answer: { status: 503, headers: type, json: { message: 'Busy' } } },
  ]);
  const faulty = [
    { conector: 'x' },
    { connector: 'okta', when: [], error: {} },
    { connector: 'http', when: { path: '/' } },
  ];
  assert.equal(
    told({ fixtures: faulty }).map(({ pointer }) => pointer),
    ['/fixtures/0/conector', '/fixtures/0', '/fixtures/1/when', '/fixtures/1/error', '/fixtures/2/when'],
  );
  assert.is(told({ fixtures: faulty })[0]?.hint, 'Did you mean "connector"?');
});

test.run();
