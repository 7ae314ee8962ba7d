/** What happens when cards fail: error objects, policies, retry, garbage from cards. */

import { idle, ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { CardNode, ErrorPolicy } from '../document/index.js';
import { HttpError, RunError } from '../errors.js';
import type { FlowEvent } from '../observe/index.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';

const engine = testEngine();

async function run(source: unknown, on = engine) {
  return on.run(on.load(source));
}

/** A card `x.throws` that fails with this, at once or later. */
function throwing(error: unknown, later = false) {
  return defineCard({
    id: 'x.throws',
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: [],
    outputs: [{ key: 'output', type: 'any' }],
    run: (): { output: null } | Promise<{ output: null }> => {
      if (later) return Promise.reject(error);
      throw error;
    },
  });
}

const caught = (cards: readonly CardNode[]): CardNode => ({
  id: 'guarded',
  card: 't.try',
  outputs: [{ key: 'error', type: 'any' }],
  blocks: { try: { cards }, catch: { cards: [{ card: 't.return', in: { error: from('/error') } }] } },
});
const giveError: CardNode = { card: 't.return', in: { error: from('/guarded/error') } };

test('an error ends the flow and tells where, what and what to do', async () => {
  const { status, error, outputs, value, steps } = await run(
    flow([{ id: 'bad', card: 't.fail', in: { message: 'no such order', statusCode: 404 } }, { card: 't.give' }]),
  );
  assert.is(status, 'error');
  assert.is(outputs, null);
  assert.is(value, null);
  assert.is(steps, 1);
  assert.is(error?.code, 'test-failure');
  assert.is(error?.message, 'no such order');
  assert.is(error?.statusCode, 404);
  assert.equal(error?.extra, { why: 'a test' });
  assert.is(error?.at.flow, 'main');
  assert.is(error?.at.card, 'bad');
  assert.is(error?.at.pointer, '/cards/0');
  assert.instance(error?.cause, RunError);
});

test('the error object of a catch block', async () => {
  const { value, runId } = await run(
    flow([caught([{ id: 'bad', card: 't.fail', in: { message: 'gone', statusCode: 410 } }]), giveError]),
  );
  assert.equal(value, {
    message: 'gone',
    code: 410,
    statusCode: 410,
    method: 'bad',
    flo: 'main',
    execution: runId,
    why: 'a test',
  });
});

test('without a status, the code of the error object is the error\u2019s own', async () => {
  const { value } = await run(flow([caught([{ card: 't.fail' }]), giveError]));
  assert.is((value as { code: unknown }).code, 'test-failure');
  assert.is((value as { statusCode: unknown }).statusCode, null);
});

test('what an HTTP body names like the engine\u2019s own facts does not hide them', async () => {
  const error = new HttpError<'http-status'>('http-status', 'Bad Request', {
    statusCode: 400,
    extra: { body: { message: 'theirs' }, message: 'theirs', code: 'E1', errorSummary: 'too long' },
  });
  const own = testEngine({ cards: [throwing(error)] });
  const { value } = await run(flow([caught([{ card: 'x.throws' }]), giveError]), own);
  const object = value as Record<string, unknown>;
  assert.is(object['message'], 'Bad Request');
  assert.is(object['code'], 400);
  assert.is(object['errorSummary'], 'too long');
  assert.equal(object['body'], { message: 'theirs' });
});

test('an error of a called flow keeps its origin on the way up', async () => {
  const source = deck(
    [caught([{ card: 't.call', in: { flow: { flow: 'outer' } } }]), giveError],
    helper('outer', [{ id: 'on', card: 't.call', in: { flow: { flow: 'inner' } } }]),
    helper('inner', [{ id: 'deep', card: 't.fail', in: { statusCode: 409 } }]),
  );
  const { value, runId } = await run(source);
  const object = value as Record<string, unknown>;
  assert.is(object['method'], 'deep');
  assert.is(object['flo'], 'inner');
  assert.is(object['execution'], `${runId}/_0.try.0/on`);
  assert.is(object['why'], 'a test');
  const uncaught = await run(
    deck([{ card: 't.call', in: { flow: { flow: 'inner' } } }], helper('inner', [{ id: 'deep', card: 't.fail' }])),
  );
  assert.is(uncaught.error?.at.flow, 'inner');
  assert.is(uncaught.error?.at.pointer, '/flows/1/cards/0');
});

test('an error in a catch block goes up; the same card does not catch it', async () => {
  const source = flow([
    {
      card: 't.try',
      blocks: {
        try: { cards: [{ card: 't.fail', in: { message: 'first' } }] },
        catch: { cards: [{ id: 'again', card: 't.fail', in: { message: 'second' } }] },
      },
    },
  ]);
  const { error } = await run(source);
  assert.is(error?.message, 'second');
  assert.is(error?.at.card, 'again');
});

test('the innermost try catches; what comes after it runs', async () => {
  const source = flow([
    {
      id: 'outer',
      card: 't.try',
      outputs: [{ key: 'x', type: 'any' }],
      blocks: {
        try: { cards: [caught([{ card: 't.fail' }]), { card: 't.return', in: { x: from('/guarded/error/method') } }] },
        catch: { cards: [{ card: 't.fail' }] },
      },
    },
    { card: 't.return', in: { x: from('/outer/x') } },
  ]);
  assert.is((await run(source)).value, '_0.try.0.try.0');
});

test('whatever a card throws or rejects with is an error of the card, and can be caught', async () => {
  const cases: [unknown, string, string][] = [
    [new Error('plain'), 'card-failed', 'plain'],
    [new TypeError('x is not a function'), 'card-failed', 'x is not a function'],
    [new Error(''), 'card-failed', 'Error'],
    ['a text', 'card-failed', 'a text'],
    [undefined, 'card-failed', 'The card failed without a message.'],
    [null, 'card-failed', 'The card failed without a message.'],
    [42, 'card-failed', 'The card failed without a message.'],
    [{ message: 'an object' }, 'card-failed', 'The card failed without a message.'],
    [Symbol('s'), 'card-failed', 'The card failed without a message.'],
    [new RunError<'custom'>('custom', 'coded'), 'custom', 'coded'],
  ];
  for (const later of [false, true]) {
    for (const [thrown, code, message] of cases) {
      const own = testEngine({ cards: [throwing(thrown, later)] });
      const { error, status } = await run(flow([{ id: 'c', card: 'x.throws' }]), own);
      assert.is(status, 'error');
      assert.equal([error?.code, error?.message, error?.at.card], [code, message, 'c'], String(later));
      const guarded = await run(flow([caught([{ id: 'c', card: 'x.throws' }]), giveError]), own);
      assert.is(guarded.status, 'success');
      assert.is((guarded.value as { message: unknown }).message, message);
    }
  }
});

test('garbage instead of outputs is an error of the card that names it', async () => {
  for (const [result, what] of [
    [5, 'a number'],
    ['text', 'a string'],
    [true, 'a boolean'],
    [[1, 2], 'a list'],
    [() => 1, 'a function'],
  ] as const) {
    for (const later of [false, true]) {
      for (const outputs of [
        [{ key: 'output', type: 'any' }],
        [
          { key: 'output', type: 'any' },
          { key: 'more', type: 'any' },
        ],
      ] as const) {
        const card = defineCard({
          id: 'x.garbage',
          title: 'X',
          description: 'X.',
          kind: 'pure',
          inputs: [],
          outputs,
          run: () => (later ? Promise.resolve(result) : result) as never,
        });
        const own = testEngine({ cards: [card] });
        const { error } = await run(flow([{ id: 'g', card: 'x.garbage' }]), own);
        assert.is(error?.code, 'card-output', `${what} ${later} ${outputs.length}`);
        assert.match(error?.message ?? '', new RegExp(`"x\\.garbage" gave ${what}`));
        assert.is(error?.at.card, 'g');
      }
    }
  }
});

test('outputs with getters that throw, or of another type than declared by the author, fail like any card', async () => {
  const card = defineCard({
    id: 'x.getter',
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: [],
    outputs: [{ key: 'output', type: 'any' }],
    run: () => ({
      get output(): null {
        throw new Error('trap');
      },
    }),
  });
  const own = testEngine({ cards: [card] });
  const { error } = await run(flow([{ id: 'g', card: 'x.getter' }]), own);
  assert.equal([error?.message, error?.at.card], ['trap', 'g']);
  const typed = await run(
    flow([{ id: 'g', card: 't.give', in: { value: 'seven' }, outputs: [{ key: 'output', type: 'number' }] }]),
  );
  assert.is(typed.error?.code, 'conversion');
  assert.is(typed.error?.at.card, 'g');
});

test('a conversion error names the input', async () => {
  const { error } = await run(
    flow([
      { id: 'v', card: 't.give', in: { value: 'ten' } },
      { id: 'a', card: 't.add', in: { a: from('/v/output') } },
    ]),
  );
  assert.is(error?.code, 'conversion');
  assert.is(error?.at.card, 'a');
  assert.is(error?.at.field, 'a');
  assert.match(error?.message ?? '', /"a"/);
});

test('a required input that gets null: the empty value of its type, else an error', async () => {
  const nothing: CardNode = { id: 'n', card: 't.give', in: { value: null } };
  assert.is((await run(flow([nothing, { card: 't.add', in: { a: from('/n/output'), b: 5 } }]))).value, 5);
});

// Policies and retry.

const throttled = (
  attempts: string[],
  fails = Number.POSITIVE_INFINITY,
  error = (): HttpError => new HttpError<'http-status'>('http-status', 'Too Many Requests', { statusCode: 429 }),
) =>
  defineCard({
    id: 'x.send',
    title: 'X',
    description: 'X.',
    kind: 'effect',
    inputs: [],
    outputs: [{ key: 'output', type: 'number' }],
    run: async (ctx) => {
      attempts.push(ctx.key);
      if (attempts.length <= fails) throw error();
      return { output: attempts.length };
    },
  });

async function retried(policy: ErrorPolicy, fails?: number, error?: () => HttpError) {
  const clock = new ManualClock();
  const attempts: string[] = [];
  const events: FlowEvent[] = [];
  const own = testEngine({
    cards: [throttled(attempts, fails, error)],
    ports: { clock, random: { number: () => 0.5, bytes: (count) => new Uint8Array(count) } },
  });
  own.on('attempt', (event) => events.push(event));
  const pending = run(flow([{ id: 's', card: 'x.send', onError: policy }]), own);
  await clock.advance(100_000_000);
  const result = await pending;
  assert.is(clock.pending, 0);
  return { ...result, attempts: attempts.map((key) => key.slice(result.runId.length)), events };
}

test('retry: so many times, with a step id of its own for each attempt, then success', async () => {
  const { value, attempts, durationMs, steps } = await retried({ retry: { times: 3, delay: 1000 } }, 2);
  assert.is(value, 3);
  assert.equal(attempts, ['/s', '/s#2', '/s#3']);
  assert.ok(durationMs >= 2000);
  assert.is(steps, 1, 'a card is executed once, however often it is tried');
});

test('retry: at last the error goes up', async () => {
  const { status, error, attempts } = await retried({ retry: { times: 2, delay: 10 } });
  assert.is(status, 'error');
  assert.is(error?.statusCode, 429);
  assert.is(attempts.length, 3);
});

test('retry: a random wait within the range, five minutes without one; each is told as an event', async () => {
  const ranged = await retried({ retry: { times: 1, delay: [1000, 3000] } }, 1);
  assert.equal(
    ranged.events.map((event) =>
      event.type === 'attempt' ? [event.card, event.attempt, event.delayMs, event.error.statusCode] : [],
    ),
    [['s', 1, 2000, 429]],
  );
  const unset = await retried({ retry: { times: 1 } }, 1);
  assert.equal(
    unset.events.map((event) => event.type === 'attempt' && event.delayMs),
    [300_000],
  );
});

test('retry: only the failures that the policy names', async () => {
  const status = (code: number) => () => new HttpError<'http-status'>('http-status', 'x', { statusCode: code });
  const network = () => new HttpError<'http-network'>('http-network', 'x');
  const tries = async (when: NonNullable<ErrorPolicy['retry']>['when'] | undefined, error: () => HttpError) =>
    (await retried({ retry: { times: 1, delay: 1, ...(when === undefined ? {} : { when }) } }, undefined, error))
      .attempts.length;
  assert.is(await tries(undefined, status(429)), 2);
  assert.is(await tries(undefined, status(504)), 2);
  assert.is(await tries(undefined, status(500)), 1);
  assert.is(await tries('rate-limits', network), 1);
  assert.is(await tries('all', network), 2);
  assert.is(await tries([500], status(500)), 2);
  assert.is(await tries([500], status(503)), 1);
  assert.is(await tries(['http-network'], network), 2);
});

test('retry comes before catch', async () => {
  const attempts: string[] = [];
  const own = testEngine({ cards: [throttled(attempts, 1)] });
  const node: CardNode = { id: 's', card: 'x.send', onError: { retry: { times: 1, delay: 0 } } };
  assert.is((await run(flow([caught([node]), giveError]), own)).value, null, 'there was nothing to catch');
  assert.is(attempts.length, 2);
});

test('policy "return": the error goes up with values merged over it', async () => {
  const onError: ErrorPolicy = { then: 'return', values: { message: from('/inputs/text'), orderId: 7 } };
  const source = flow([caught([{ id: 'bad', card: 't.fail', in: { statusCode: 404 }, onError }]), giveError], {
    inputs: [{ key: 'text', type: 'text', default: 'no such order' }],
  });
  const { value } = await run(source);
  const object = value as Record<string, unknown>;
  assert.equal(
    [object['message'], object['statusCode'], object['orderId'], object['why'], object['method']],
    ['no such order', 404, 7, 'a test', 'bad'],
  );
});

test('policy "flow": the flow sees the error and the values, then the error goes up', async () => {
  const seen: unknown[] = [];
  const note = defineCard({
    id: 'x.note',
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: [{ key: 'value', type: 'any' }],
    outputs: [],
    run: (value) => {
      seen.push(value);
      return {};
    },
  });
  const own = testEngine({ cards: [note] });
  const { status, error } = await run(
    deck(
      [
        { id: 'bad', card: 't.fail', onError: { then: 'flow', flow: 'handler', values: { who: 'me' } } },
        { card: 'x.note', in: { value: 'not reached' } },
      ],
      helper(
        'handler',
        [
          { card: 'x.note', in: { value: from('/context/error/method') } },
          { card: 'x.note', in: { value: from('/inputs/who') } },
        ],
        {
          inputs: [{ key: 'who', type: 'text' }],
        },
      ),
    ),
    own,
  );
  assert.equal(seen, ['bad', 'me']);
  assert.is(status, 'error');
  assert.is(error?.at.card, 'bad');
});

test('policy "flow": a handler that fails does not hide the error', async () => {
  const { error } = await run(
    deck(
      [{ id: 'bad', card: 't.fail', in: { message: 'the cause' }, onError: { then: 'flow', flow: 'handler' } }],
      helper('handler', [{ card: 't.fail', in: { message: 'of the handler' } }]),
    ),
  );
  assert.is(error?.message, 'the cause');
  assert.is(error?.at.card, 'bad');
});

test('a card that drops the promise of what failed does not end the process', async () => {
  const rejections: unknown[] = [];
  const hear = (reason: unknown) => rejections.push(reason);
  process.on('unhandledRejection', hear);
  try {
    const drop = defineCard({
      id: 'x.drop',
      title: 'X',
      description: 'X.',
      kind: 'control',
      inputs: [{ key: 'flow', type: 'flow', required: true }],
      outputs: [],
      blocks: { body: { scope: 'scoped' } },
      run: (target, ctx) => {
        void ctx.call(target);
        void ctx.runBlock('body');
        void ctx.callEach(target, [1]);
        void ctx.sleep(1000);
        void ctx.waitFor('never');
        return undefined;
      },
    });
    const clock = new ManualClock();
    const own = testEngine({ cards: [drop], ports: { clock } });
    const late: CardNode[] = [{ card: 't.sleep', in: { ms: 5 } }, { card: 't.fail' }];
    const source = deck(
      [{ card: 'x.drop', in: { flow: { flow: 'h' } }, blocks: { body: { cards: late } } }],
      helper('h', late),
    );
    const { status } = await run(source, own);
    assert.is(status, 'success');
    await clock.advance(10_000);
    await idle();
    assert.equal(rejections, []);
    assert.is(clock.pending, 0, 'what the card left behind has ended with the run');
  } finally {
    process.off('unhandledRejection', hear);
  }
});

test.run();
