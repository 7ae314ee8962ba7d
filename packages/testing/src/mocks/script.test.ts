/** Which mock answers a call, in which order, and what is left over. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type BorderCall, misfits, requestView } from './call.js';
import { MockScript } from './script.js';
import type { Mock, MockedRequest } from './types.js';

const cardCall = (name: string, inputs: Record<string, unknown> = {}): BorderCall => ({
  kind: 'card',
  name,
  flow: 'main',
  card: 'read',
  inputs,
});
const isFit = (mock: Mock, call: BorderCall) => misfits(mock, call)?.length === 0;

test('a mock is for its connector, and for its card whatever the case of it', () => {
  assert.ok(isFit({ card: 'okta.*' }, cardCall('okta.readUser')));
  assert.ok(isFit({ card: 'okta.ReadUser' }, cardCall('okta.readUser')));
  assert.not(isFit({ card: 'Okta.*' }, cardCall('okta.readUser')));
  assert.not(isFit({ card: 'okta.readUsers' }, cardCall('okta.readUser')));
  assert.not(isFit({ flow: 'okta.readUser' }, cardCall('okta.readUser')));
});

test('a mock may be for one place, and for inputs that are at least such', () => {
  assert.ok(isFit({ card: 'o.r', at: 'main/read' }, cardCall('o.r')));
  assert.equal(misfits({ card: 'o.r', at: 'main/other' }, cardCall('o.r')), [
    'it is for calls at main/other, not at main/read',
  ]);
  assert.ok(isFit({ card: 'o.r', in: { ID: 'u1' } }, cardCall('o.r', { ID: 'u1', more: 1 })));
  assert.equal(misfits({ card: 'o.r', in: { ID: 'u1' } }, cardCall('o.r', { ID: 'u2' })), ['ID is "u2", not "u1"']);
  assert.ok(isFit({ card: 'o.r', in: { n: { $gte: 1, $lt: 5 } } }, cardCall('o.r', { n: 4 })));
});

test('of long texts that part is shown in which they differ', () => {
  const [misfit = ''] =
    misfits({ card: 'o.r', in: { ID: `${'a'.repeat(300)}one` } }, cardCall('o.r', { ID: `${'a'.repeat(300)}two` })) ??
    [];
  assert.match(misfit, /^ID is …a+two", not …a+one"$/);
  assert.ok(misfit.length < 200);
});

test('a request is compared by its parts', () => {
  const request: BorderCall = {
    kind: 'http',
    name: '',
    flow: null,
    card: null,
    inputs: {
      ...requestView(
        'post',
        'https://a.example/users?limit=2&tag=x&tag=y',
        { 'Content-Type': 'application/json', 'X-A': '1' },
        '{"name":"Ada","age":36}',
      ),
    },
  };
  const rows: readonly [http: MockedRequest, fits: boolean][] = [
    [{}, true],
    [{ method: 'post' }, true],
    [{ method: 'GET' }, false],
    [{ url: 'https://a.example/users?limit=2&tag=x&tag=y' }, true],
    [{ url: 'https://a.example/users' }, false],
    [{ url: 'https://a.example/users', query: { limit: '2' } }, true],
    [{ query: { tag: ['x', 'y'] } }, true],
    [{ query: { tag: 'x' } }, false],
    [{ path: '/users' }, true],
    [{ path: { $match: '^/u' }, headers: { 'x-a': '1', 'CONTENT-TYPE': { $match: 'json' } } }, true],
    [{ headers: { 'x-b': '1' } }, false],
    [{ headers: { 'x-b': { $absent: true } } }, true],
    [{ json: { name: 'Ada' } }, true],
    [{ json: { name: 'Bob' } }, false],
    [{ body: { $contains: '36' } }, true],
    [{ form: { name: 'Ada' } }, false],
  ];
  for (const [http, fits] of rows) assert.is(isFit({ http }, request), fits, JSON.stringify(http));
  const form = requestView(
    'POST',
    'https://a.example',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'a=1&b=2',
  );
  assert.ok(isFit({ http: { form: { a: '1' }, url: 'https://a.example' } }, { ...request, inputs: { ...form } }));
});

const given = (mocks: readonly Mock[], calls: number): unknown[] => {
  const script = new MockScript(mocks);
  return Array.from({ length: calls }, () => {
    const reply = script.reply(cardCall('o.r'));
    return reply.kind === 'answer' ? reply.answer.outputs?.['n'] : reply.kind;
  });
};
const answer = (n: number) => ({ outputs: { n } });

test('answers are given in order; then the next mock that fits, and then none', () => {
  assert.equal(given([{ card: 'o.r', answer: answer(1) }], 3), [1, 1, 1]);
  assert.equal(given([{ card: 'o.r', answers: [answer(1), answer(2)] }], 3), [1, 2, 'exhausted']);
  assert.equal(
    given(
      [
        {
          card: 'o.r',
          answers: [
            { ...answer(1), times: 2 },
            { ...answer(2), times: 'rest' },
          ],
        },
      ],
      4,
    ),
    [1, 1, 2, 2],
  );
  assert.equal(
    given(
      [
        { card: 'o.r', answer: answer(1), times: 1 },
        { card: 'o.*', answer: answer(2) },
      ],
      3,
    ),
    [1, 2, 2],
  );
  assert.equal(given([{ card: 'o.x', answer: answer(1) }], 1), ['none']);
});

test('what was not asked for as often as it says is left over', () => {
  const script = new MockScript([
    { card: 'o.r', answers: [answer(1), answer(2)] },
    { card: 'o.x', answer: answer(1) },
    { card: 'o.y', answer: answer(1), optional: true },
    { card: 'o.r', answer: answer(1), times: 3 },
    { card: 'o.z', answers: [answer(1), { times: 'rest' }] },
  ]);
  script.reply(cardCall('o.r'));
  assert.equal(script.leftovers(), [
    { index: 0, used: 1, foreseen: 2 },
    { index: 1, used: 0, foreseen: null },
    { index: 3, used: 0, foreseen: 3 },
    { index: 4, used: 0, foreseen: null },
  ]);
});

test('the nearest mock is named with what differs', () => {
  const script = new MockScript([
    { card: 'o.r', in: { a: 1, b: 1 }, answer: {} },
    { card: 'o.r', in: { a: 1 }, answer: {} },
  ]);
  assert.equal(script.reply(cardCall('o.r', { a: 2 })), {
    kind: 'none',
    nearest: { index: 1, why: ['a is 2, not 1'] },
  });
});

test.run();
