/** Interceptors: around which cards, in which order, what they may do, and what they cannot break. */
import { runInNewContext } from 'node:vm';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { utf8 } from '../document/utf8.js';
import { type CardInterceptor, defineCard, type HttpInterceptor, type HttpResponse, RunError } from '../index.js';
import type { HttpPort, HttpRequest, RunRuntime, Runtime } from '../ports/index.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';
import type { JsonData } from '../values/index.js';

const get = defineCard({
  id: 'x.get',
  title: 'Get',
  description: 'Reads a text.',
  kind: 'effect',
  inputs: [{ key: 'url', type: 'text', default: 'https://service.example/' }],
  outputs: [{ key: 'output', type: 'text' }],
  run: async (url, ctx) => {
    const { body } = await ctx.http.request({ method: 'GET', url: url ?? '', headers: {} });
    return { output: new TextDecoder().decode(body) };
  },
});
const now = defineCard({
  id: 'x.now',
  title: 'Now',
  description: 'An effect that does not wait.',
  kind: 'effect',
  inputs: [],
  outputs: [{ key: 'output', type: 'number' }],
  run: () => ({ output: 7 }),
});
const breaks = defineCard({
  id: 'x.break',
  title: 'Break',
  description: 'Fails, at once or later.',
  kind: 'effect',
  inputs: [{ key: 'later', type: 'boolean' }],
  outputs: [{ key: 'output', type: 'number' }],
  run(later) {
    const error = new RunError('card-failed', 'broken');
    if (later) return Promise.reject(error);
    throw error;
  },
});
const cards = [get, now, breaks];

function answer(text: string, url = ''): HttpResponse {
  return { status: 200, statusText: 'OK', headers: {}, body: utf8(text), url };
}
function echo() {
  const sent: HttpRequest[] = [];
  return {
    sent,
    port: {
      async request(request: HttpRequest) {
        sent.push(request);
        return answer('from the service', request.url);
      },
    },
  };
}
/** Notes what it stands around, before and after. */
const noting =
  (log: string[], name = ''): CardInterceptor =>
  (card, next) => {
    log.push(`${name}${card.key}`);
    const given = next();
    if (given instanceof Promise) return given.finally(() => log.push(`${name}${card.key} later`));
    log.push(`${name}${card.key} done`);
    return given;
  };

const ALL = deck(
  [
    { id: 'plain', card: 't.give', in: { value: 1 } },
    { id: 'now', card: 'x.now' },
    { id: 'call', card: 't.call', in: { flow: { flow: 'h' } } },
    { id: 'get', card: 'x.get' },
  ],
  helper('h', [{ id: 'inner', card: 't.give', in: { value: 2 } }]),
);

test('an interceptor stands around the cards of its kind, those of called flows included', async () => {
  const seen = async (kind: 'pure' | 'effect' | 'control') => {
    const log: string[] = [];
    const engine = testEngine({ cards, ports: { http: echo().port }, interceptors: { [kind]: [noting(log)] } });
    const { status, outputs } = await engine.run(engine.load(ALL), { runId: 'r' });
    assert.is(status, 'success');
    assert.equal(outputs, { output: 'from the service' });
    return log;
  };
  assert.equal(await seen('pure'), ['r/plain', 'r/plain done', 'r/call/inner', 'r/call/inner done']);
  assert.equal(await seen('effect'), ['r/now', 'r/now done', 'r/get', 'r/get later']);
  assert.equal(await seen('control'), ['r/call', 'r/call done']);
});

test('a card of a called flow is told with that flow, and with the flow that the run began with', async () => {
  const seen: unknown[] = [];
  const noteOrigin: CardInterceptor = ({ flow: began, cardFlow, card }, next) => {
    seen.push([began, cardFlow, card]);
    return next();
  };
  const engine = testEngine({ cards, interceptors: { pure: [noteOrigin] } });
  const called = deck(
    [{ id: 'call', card: 't.call', in: { flow: { flow: 'h' } } }],
    helper('h', [{ id: 'inner', card: 't.give', in: { value: 2 } }]),
  );
  await engine.run(engine.load(called));
  assert.equal(seen, [['main', 'h', 'inner']]);
});

test('the first of a list stands outermost, and an interceptor knows the card and the run', async () => {
  const log: string[] = [];
  const origins: unknown[] = [];
  const engine = testEngine({
    cards,
    interceptors: {
      effect: [
        noting(log, 'a '),
        noting(log, 'b '),
        (card, next) => {
          origins.push(card);
          return next();
        },
      ],
    },
  });
  const loaded = engine.load(flow([{ id: 'now', card: 'x.now' }]));
  await engine.run(loaded, { runId: 'r', metadata: { tenant: 'acme' } });
  assert.equal(log, ['a r/now', 'b r/now', 'b r/now done', 'a r/now done']);
  assert.equal(origins, [
    {
      runId: 'r',
      flow: 'main',
      metadata: { tenant: 'acme' },
      executionId: 'r',
      cardFlow: 'main',
      card: 'now',
      cardType: 'x.now',
      key: 'r/now',
      attempt: 1,
    },
  ]);
});

test('an interceptor that gives nothing leaves what the card gave, also when it waits', async () => {
  const silent: CardInterceptor[] = [
    (_card, next) => void next(),
    async (_card, next) => void (await next()),
    // It forgets the promise of the card, which is waited for all the same.
    (_card, next) => {
      next();
      return undefined;
    },
  ];
  for (const [index, interceptor] of silent.entries()) {
    const engine = testEngine({
      cards,
      ports: { http: echo().port },
      interceptors: { effect: [interceptor], pure: [interceptor] },
    });
    const { value } = await engine.run(engine.load(ALL));
    assert.is(value, 'from the service', String(index));
  }
});

test('an interceptor refuses a card by an error, which the flow may catch', async () => {
  const refuse: CardInterceptor = () => {
    throw new RunError('card-failed', 'Over the quota.', { statusCode: 429 });
  };
  const engine = testEngine({ cards, ports: { http: echo().port }, interceptors: { effect: [refuse] } });
  const bare = await engine.run(engine.load(flow([{ id: 'n', card: 'x.now' }])));
  assert.equal([bare.status, bare.error?.message, bare.error?.statusCode], ['error', 'Over the quota.', 429]);
  assert.is(bare.error?.at.card, 'n');
  const caught = flow([
    {
      id: 'try',
      card: 't.try',
      blocks: {
        try: { cards: [{ card: 'x.now' }] },
        catch: { cards: [{ card: 't.return', in: { output: from('/error/message') } }] },
      },
      outputs: [{ key: 'output', type: 'text' }],
    },
  ]);
  assert.is((await engine.run(engine.load(caught))).value, 'Over the quota.');
});

test('an interceptor stands in for a card by outputs', async () => {
  const engine = testEngine({ cards, interceptors: { effect: [() => ({ output: 'from the cache' })] } });
  assert.is((await engine.run(engine.load(flow([{ card: 'x.get' }])))).value, 'from the cache');
});

test('what a card throws is not swallowed by an interceptor that gives nothing', async () => {
  const swallow: CardInterceptor = async (_card, next) => {
    try {
      await next();
    } catch {
      // It forgets to hand the error on.
    }
    return undefined;
  };
  const mend: CardInterceptor = async (_card, next) => {
    try {
      return await next();
    } catch {
      return { output: 0 };
    }
  };
  for (const later of [false, true]) {
    const source = flow([{ id: 'b', card: 'x.break', in: { later } }]);
    const swallowed = testEngine({ cards, interceptors: { effect: [swallow] } });
    assert.is((await swallowed.run(swallowed.load(source))).error?.message, 'broken');
    const mended = testEngine({ cards, interceptors: { effect: [mend] } });
    assert.is((await mended.run(mended.load(source))).value, 0);
  }
});

test('an interceptor that fails after the card has begun fails it, and leaves no rejection that nobody hears', async () => {
  const engine = testEngine({
    cards,
    interceptors: {
      effect: [
        (_card, next) => {
          next();
          throw new RunError('card-failed', 'after');
        },
      ],
    },
  });
  const { error } = await engine.run(engine.load(flow([{ card: 'x.break', in: { later: true } }])));
  assert.is(error?.message, 'after');
  await new Promise((resolve) => setImmediate(resolve));
});

test('interceptor-result: a card is performed once, and neither skipped nor performed again in silence', async () => {
  const twice: CardInterceptor = (_card, next) => {
    next();
    return next();
  };
  const cases: readonly [CardInterceptor, RegExp][] = [
    [() => undefined, /"x.now" neither called next nor gave outputs/],
    [async () => undefined, /neither called next/],
    [twice, /"x.now" called next twice/],
  ];
  for (const [interceptor, message] of cases) {
    const engine = testEngine({ cards, interceptors: { effect: [interceptor] } });
    const { error } = await engine.run(engine.load(flow([{ card: 'x.now' }])));
    assert.is(error?.code, 'interceptor-result');
    assert.match(error?.message ?? '', message);
  }
});

test('each attempt of a card is intercepted, and one that is retried is told as such', async () => {
  const attempts: number[] = [];
  const engine = testEngine({
    cards,
    interceptors: {
      effect: [
        (card) => {
          attempts.push(card.attempt);
          throw new RunError('card-failed', 'no', { statusCode: 429 });
        },
      ],
    },
  });
  const retried = flow([{ card: 'x.now', onError: { retry: { times: 2, delay: 0 } } }]);
  assert.is((await engine.run(engine.load(retried))).status, 'error');
  assert.equal(attempts, [1, 2, 3]);
});

test('an interceptor of requests changes what is sent, and answers by itself', async () => {
  const { sent, port } = echo();
  const headers: HttpInterceptor = (request, next, card) =>
    next({ ...request, headers: { ...request.headers, 'x-card': card.key } });
  const cached: HttpInterceptor = async (request, next) =>
    request.url.includes('cached') ? answer('cached', request.url) : next(request);
  const engine = testEngine({ cards, ports: { http: port }, interceptors: { http: [headers, cached] } });
  const value = async (url: string) =>
    (await engine.run(engine.load(flow([{ id: 'g', card: 'x.get', in: { url } }])), { runId: 'r' })).value;
  assert.is(await value('https://a.example/'), 'from the service');
  assert.equal(
    sent.map((request) => request.headers),
    [{ 'x-card': 'r/g' }],
  );
  assert.is(await value('https://a.example/cached'), 'cached');
  assert.is(sent.length, 1);
});

test('the limits of size hold what an interceptor sends', async () => {
  const { sent, port } = echo();
  const fat: HttpInterceptor = (request, next) => next({ ...request, body: 'x'.repeat(2000) });
  const engine = testEngine({
    cards,
    ports: { http: port },
    interceptors: { http: [fat] },
    limits: { payloadBytes: 1000 },
  });
  const { error } = await engine.run(engine.load(flow([{ card: 'x.get' }])));
  assert.is(error?.code, 'limit');
  assert.is(sent.length, 0);
});

test('interceptor-result: what is no HTTP answer is told as the interceptor that gave it', async () => {
  const sound = { status: 200, headers: {}, body: new Uint8Array() };
  const wrongs = [{ status: '200' }, { headers: null }, { headers: [] }, { body: 'text' }].map((wrong) => ({
    ...sound,
    ...wrong,
  }));
  for (const given of [undefined, null, 200, {}, ...wrongs]) {
    // What an interceptor in JavaScript may give.
    const wrong = (async () => given) as unknown as HttpInterceptor;
    const engine = testEngine({ cards, ports: { http: echo().port }, interceptors: { http: [wrong] } });
    const { error } = await engine.run(engine.load(flow([{ card: 'x.get' }])));
    assert.is(error?.code, 'interceptor-result', JSON.stringify(given));
  }
});

function asking(http: HttpPort) {
  const engine = testEngine({ cards, ports: { http } });
  return engine.run(engine.load(flow([{ id: 'g', card: 'x.get' }])));
}

test('http-answer: what is no HTTP answer is told as the port that gave it', async () => {
  const sound = { status: 200, headers: {}, body: new Uint8Array() };
  const wrongs = [{ status: '200' }, { headers: null }, { headers: new Headers() }, { body: 'text' }].map((wrong) => ({
    ...sound,
    ...wrong,
  }));
  for (const given of [undefined, 200, {}, ...wrongs]) {
    // What a port in JavaScript may give.
    const http = { request: async () => given } as unknown as HttpPort;
    const { error } = await asking(http);
    assert.equal([error?.code, error?.at.card], ['http-answer', 'g'], JSON.stringify(given));
  }
  const elsewhere: Uint8Array = runInNewContext('new Uint8Array([111, 107])');
  assert.is(elsewhere instanceof Uint8Array, false);
  const http: HttpPort = { request: async () => ({ ...sound, statusText: '', url: '', body: elsewhere }) };
  assert.is((await asking(http)).error, null);
});

test('an effect that a runtime remembers is not intercepted on a replay', async () => {
  const results = new Map<string, JsonData>();
  const runtime: Runtime = {
    transient: false,
    open: (): RunRuntime => ({
      keyed: true,
      async step(id, effect) {
        if (!results.has(id)) results.set(id, await effect());
        return results.get(id) ?? null;
      },
      sleep: async () => undefined,
      signal: async () => null,
    }),
    close() {},
    signal() {},
  };
  const log: string[] = [];
  const engine = testEngine({ cards, ports: { runtime }, interceptors: { effect: [noting(log)] } });
  const loaded = engine.load(flow([{ id: 'n', card: 'x.now' }]));
  for (let life = 0; life < 2; life++) assert.is((await engine.run(loaded, { runId: 'r' })).value, 7);
  assert.equal(log, ['r/n', 'r/n done']);
});

test('a list of interceptors is a copy: one that is added later hears nothing', async () => {
  const effect: CardInterceptor[] = [];
  const engine = testEngine({ cards, interceptors: { effect } });
  effect.push(() => ({ output: 1 }));
  assert.is((await engine.run(engine.load(flow([{ card: 'x.now' }])))).value, 7);
});

test.run();
