/** What runs are started and signalled with is JSON, or is refused by name. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readStart, signalToSend, startToSend } from './read-start.js';

const START = { runId: 'one', revision: 'r' };

function refusalOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    const { code, at } = error as { readonly code: string; readonly at: { readonly pointer?: string } }; // of ours
    return `${code} ${at.pointer ?? ''}`.trim();
  }
}

const holdsItself: { self?: unknown } = {};
holdsItself.self = { again: holdsItself };
let deep: unknown = 1;
for (let level = 0; level < 1_010; level++) deep = [deep];

const NO_JSON: Readonly<Record<string, unknown>> = {
  date: new Date(0),
  bytes: new Uint8Array(1),
  map: new Map(),
  bigint: 1n,
  'not a number': Number.NaN,
  infinity: Number.POSITIVE_INFINITY,
  function: () => 1,
  symbol: Symbol('s'),
  nothing: undefined,
};

for (const [name, value] of Object.entries(NO_JSON)) {
  test(`${name} is no JSON: refused where it stands, in a start and in a signal`, () => {
    assert.is(
      refusalOf(() => readStart({ ...START, inputs: { list: [1, { value }] } })),
      'invalid-request /inputs/list/1/value',
    );
    assert.is(
      refusalOf(() => signalToSend('one', 'resume', { value } as never)),
      'invalid-request /value/value',
    );
  });
}

test('what holds itself, or is nested too deep, is refused; what stands in two places is not', () => {
  assert.match(
    refusalOf(() => readStart({ ...START, inputs: holdsItself })),
    'invalid-request /inputs/self/again',
  );
  assert.match(
    refusalOf(() => readStart({ ...START, inputs: { deep } })),
    'invalid-request /inputs/deep/0/0',
  );
  const shared = { a: 1 };
  assert.is(
    refusalOf(() => readStart({ ...START, inputs: { one: shared, two: [shared, shared] } })),
    'none',
  );
});

test('data that shares much is looked at once', () => {
  let twice: unknown = 1;
  for (let level = 0; level < 60; level++) twice = [twice, twice];
  assert.is(
    refusalOf(() => readStart({ ...START, inputs: { twice } })),
    'none',
  );
  assert.is(
    refusalOf(() => startToSend({ ...START, inputs: { twice } as never })),
    'limit',
  );
});

test('each member is as it has to be, and none is unknown', () => {
  for (const [changed, refusal] of [
    [{}, 'none'],
    [{ flow: undefined, inputs: {}, limits: { steps: 1 } }, 'none'],
    [{ runId: 'a/b' }, 'invalid-request /runId'],
    [{ runId: '' }, 'invalid-request /runId'],
    [{ revision: undefined }, 'invalid-request /revision'],
    [{ flow: 7 }, 'invalid-request /flow'],
    [{ inputs: [] }, 'invalid-request /inputs'],
    [{ options: JSON.parse('{"__proto__": 1}') }, 'invalid-request /options'],
    [{ limits: { steps: '1' } }, 'invalid-request /limits'],
    [{ input: {} }, 'invalid-request /input'],
  ] as const) {
    assert.is(
      refusalOf(() => readStart({ ...START, ...changed })),
      refusal,
      JSON.stringify(changed),
    );
  }
  for (const given of [null, 'one', [], 1])
    assert.is(
      refusalOf(() => readStart(given)),
      'invalid-request',
    );
  assert.is(
    refusalOf(() => signalToSend('one', '', null)),
    'invalid-request /name',
  );
});

test.run();
