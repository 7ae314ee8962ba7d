/** What is promised of results beside outputs: what went wrong beside the flow, what became of tables, the way to an error. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { ErrorPlaces } from '../document/index.js';
import { HttpError } from '../errors.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';

const LIST = { key: 'list', type: 'number', list: true } as const;

/** Fails for odd numbers; the message tells which. */
const odd = defineCard({
  id: 'x.odd',
  title: 'Odd',
  description: 'Fails for odd numbers.',
  kind: 'effect',
  inputs: [
    { key: 'n', type: 'number', required: true },
    { key: 'pin', type: 'text', secret: true },
  ],
  outputs: [],
  run: async (n, pin) => {
    await Promise.resolve();
    if (n % 2 === 1)
      throw new HttpError<'http-status'>('http-status', `${n} is odd, ${pin}`, {
        statusCode: 400,
        extra: { body: 'x' },
      });
    return {};
  },
});

const tables = defineCard({
  id: 'x.tables',
  title: 'Tables',
  description: 'Changes the rows of a table in every way that there is.',
  kind: 'effect',
  inputs: [
    { key: 'rows', type: 'number', default: 3 },
    { key: 'pin', type: 'text', secret: true },
  ],
  outputs: [],
  run: async (rows, pin, ctx) => {
    const ids = await ctx.tables.insert(
      'people',
      Array.from({ length: rows ?? 0 }, (_, n) => ({ name: `n${n}`, born: new Date(0) })),
    );
    await ctx.tables.update('people', ids[0] ?? '', { name: pin });
    assert.is(await ctx.tables.update('people', 'nobody', { name: 'x' }), false);
    await ctx.tables.remove('people', ids[1] ?? '');
    assert.is(await ctx.tables.remove('people', 'nobody'), false);
    assert.is((await ctx.tables.search('people', {})).length, (rows ?? 0) - 1);
    await ctx.tables.clear('people');
    await ctx.tables.clear('people');
    return {};
  },
});

const PEOPLE = {
  id: 'people',
  columns: [
    { key: 'name', type: 'text' },
    { key: 'born', type: 'date' },
  ],
} as const;

const swallowing = deck(
  [
    {
      id: 'each',
      card: 't.each',
      in: { list: from('/inputs/list'), flow: { flow: 'one' }, ignore: true, n: { item: '' } },
    },
  ],
  helper('one', [{ id: 'odd', card: 'x.odd', in: { n: from('/inputs/n'), pin: 'hunter22' } }], {
    inputs: [{ key: 'n', type: 'number' }],
  }),
);

const withList = { ...swallowing, flows: [{ ...swallowing.flows[0], inputs: [LIST] }, ...swallowing.flows.slice(1)] };

test('items whose failure a card swallowed are told: which, where, and why, without secrets', async () => {
  const engine = testEngine({ cards: [odd] });
  const result = await engine.run(engine.load(withList), { inputs: { list: [2, 3, 4, 5] } });
  assert.is(result.status, 'success');
  assert.equal(
    result.ignored.map(({ flow, card, index, error }) => [
      flow,
      card,
      index,
      error.message,
      error.at.card,
      error.at.flow,
    ]),
    [
      ['main', 'each', 1, '3 is odd, [redacted]', 'odd', 'one'],
      ['main', 'each', 3, '5 is odd, [redacted]', 'odd', 'one'],
    ],
  );
  assert.equal(
    result.ignored[0]?.error.path.map(({ flow, card, index }) => [flow, card, index]),
    [
      ['main', 'each', undefined],
      ['one', 'odd', 1],
    ],
  );
  assert.not.ok('cause' in (result.ignored[0]?.error ?? {}));
  assert.not.ok('extra' in (result.ignored[0]?.error ?? {}));
  const sound = await engine.run(engine.load(withList), { inputs: { list: [2, 4] } });
  assert.equal([sound.ignored, sound.omitted], [[], { children: 0, ignored: 0 }]);
});

test('a hundred ignored items are told, the others counted', async () => {
  const engine = testEngine({ cards: [odd] });
  const list = Array.from({ length: 250 }, () => 1);
  const { ignored, omitted } = await engine.run(engine.load(withList), { inputs: { list } });
  assert.equal([ignored.length, omitted.ignored], [100, 150]);
});

test('an item whose inputs cannot be read is told at the card that goes through the list', async () => {
  const engine = testEngine();
  const document = deck(
    [
      { id: 'word', card: 't.give', in: { value: 'x' } },
      {
        id: 'each',
        card: 't.each',
        in: { list: { value: [1, 'x'] }, flow: { flow: 'one' }, ignore: true, n: { from: '/word/output' } },
      },
    ],
    helper('one', [], { inputs: [{ key: 'n', type: 'number' }] }),
  );
  const { ignored } = await engine.run(engine.load(document));
  assert.equal(
    ignored.map(({ card, index, error }) => [card, index, error.code, error.at.card]),
    [
      ['each', 0, 'conversion', 'each'],
      ['each', 1, 'conversion', 'each'],
    ],
  );
});

test('flows that nobody waited for: failures have room of their own', async () => {
  const engine = testEngine({ cards: [odd] });
  const document = deck(
    [{ id: 'many', card: 't.each', in: { list: from('/inputs/list'), flow: { flow: 'start' }, n: { item: '' } } }],
    helper('start', [{ id: 's', card: 't.spawn', in: { flow: { flow: 'one' }, n: from('/inputs/n') } }], {
      inputs: [{ key: 'n', type: 'number' }],
    }),
    helper('one', [{ id: 'odd', card: 'x.odd', in: { n: from('/inputs/n') } }], {
      inputs: [{ key: 'n', type: 'number' }],
    }),
  );
  const loaded = engine.load({
    ...document,
    flows: [{ ...document.flows[0], inputs: [LIST] }, ...document.flows.slice(1)],
  });
  const list = [...Array.from({ length: 600 }, () => 2), 3];
  const { status, children, omitted } = await engine.run(loaded, { inputs: { list } });
  assert.is(status, 'success');
  const failed = children.filter((child) => child.status === 'error');
  assert.equal([children.length, failed.length, omitted.children], [501, 1, 100]);
  assert.equal(
    failed[0]?.error?.path.map(({ flow, card }) => `${flow}/${card}`),
    ['main/many', 'start/s', 'one/odd'],
  );
});

test('what a run does to rows is counted and told, without secrets', async () => {
  const engine = testEngine({ cards: [tables] });
  const main = { ...flow([{ id: 't', card: 'x.tables', in: { pin: 'hunter22' } }]), flowdeck: undefined };
  const loaded = engine.load(JSON.stringify({ flowdeck: 1, flows: [main], tables: [PEOPLE] }));
  const { tables: reports, error } = await engine.run(loaded);
  assert.is(error, null);
  const [report] = reports;
  assert.equal(
    [reports.length, report?.table, report?.inserted, report?.updated, report?.removed],
    [1, 'people', 3, 1, 3],
  );
  assert.equal(
    report?.changes.map(({ change }) => change),
    ['inserted', 'inserted', 'inserted', 'updated', 'removed', 'cleared'],
  );
  assert.equal(report?.changes[0]?.values, { name: 'n0', born: '1970-01-01T00:00:00.000Z' });
  assert.equal(report?.changes[3]?.values, { name: '[redacted]' });
  assert.equal(report?.changes[5], { change: 'cleared', row: null, values: null });
});

test('a hundred changes of a table are told, all are counted; a run without any tells of no table', async () => {
  const engine = testEngine({ cards: [tables] });
  const main = { ...flow([{ id: 't', card: 'x.tables', in: { rows: 300 } }]), flowdeck: undefined };
  const loaded = engine.load(JSON.stringify({ flowdeck: 1, flows: [main], tables: [PEOPLE] }));
  const [report] = (await engine.run(loaded)).tables;
  assert.equal([report?.inserted, report?.removed, report?.changes.length], [300, 300, 100]);
  assert.equal((await engine.run(engine.load(flow([{ card: 't.give', in: { value: 1 } }])))).tables, []);
});

/** A connector whose one action calls a helper, whose request is refused with that body. */
function refusing(body: unknown, errors: ErrorPlaces | undefined) {
  const ask = defineCard({
    id: 'x.ask',
    title: 'Ask',
    description: 'Is refused.',
    kind: 'effect',
    inputs: [],
    outputs: [],
    run: () => {
      const extra = { body: body as string }; // as an HTTP card gives it, or a flow
      throw new HttpError<'http-status'>('http-status', 'POST http://svc: 400 Bad Request', { statusCode: 400, extra });
    },
  });
  const connector = {
    flowdeck: 1,
    connector: {
      key: 'svc',
      name: 'Service',
      version: '1.0.0',
      auth: { type: 'custom' },
      ...(errors === undefined ? {} : { errors }),
      flows: { actions: ['send'] },
    },
    flows: [
      { id: 'send', type: 'action', cards: [{ id: 'call', card: 't.call', in: { flow: { flow: 'http' } } }] },
      helper('http', [{ id: 'request', card: 'x.ask' }]),
    ],
  };
  const pack = { name: 'svc', namespace: 'svc', version: '1.0.0', connectors: [connector] };
  const ports = { connections: { svc: { connector: 'svc', auth: {} } } };
  return testEngine({ cards: [ask], packs: [pack], ports });
}

const SEND = flow([
  {
    id: 'try',
    card: 't.loop',
    in: { times: 1 },
    blocks: { body: { cards: [{ id: 'send', card: 'svc.send', connection: 'svc' }] } },
  },
]);

test('an error tells the way from the card of the user to the one that failed', async () => {
  const engine = refusing('', undefined);
  const { error } = await engine.run(engine.load(SEND));
  assert.equal(error?.path, [
    { flow: 'main', card: 'send', cardType: 'svc.send', pointer: '/cards/0/blocks/body/cards/0' },
    { flow: 'send', card: 'call', cardType: 't.call', pointer: '/flows/0/cards/0', connector: 'svc' },
    { flow: 'http', card: 'request', cardType: 'x.ask', pointer: '/flows/1/cards/0', connector: 'svc' },
  ]);
  assert.not.ok('service' in (error ?? {}));
});

test('a way of many calls is told at its ends', async () => {
  const engine = testEngine();
  const document = deck(
    [{ id: 'start', card: 't.call', in: { flow: { flow: 'down' } } }],
    helper('down', [{ id: 'again', card: 't.call', in: { flow: { flow: 'down' } } }]),
  );
  const { error } = await engine.run(engine.load(document), { limits: { callDepth: 100 } });
  const path = error?.path ?? [];
  assert.equal([path.length, path[0]?.card, path[20]?.skipped, path.at(-1)?.card], [40, 'start', 61, 'again']);
});

const service = async (body: unknown, errors: ErrorPlaces) => {
  const engine = refusing(body, errors);
  return (await engine.run(engine.load(SEND))).error?.service ?? null;
};

test("the service's own words are read where the manifest says", async () => {
  const errors = { code: '/code', message: '/message', link: '/more_info' };
  assert.equal(await service('{"code": 21211, "message": "Invalid \'To\'", "more_info": "https://x"}', errors), {
    connector: 'svc',
    code: '21211',
    message: "Invalid 'To'",
    link: 'https://x',
  });
  const nested = { code: '/error/code', message: ['/errors/0/title', '/error/text'] };
  const expected = { connector: 'svc', code: null, message: 'no', link: null };
  assert.equal(await service('{"errors": [{"title": "no"}]}', nested), expected);
  assert.equal(await service({ error: { text: 'no' } }, nested), expected);
});

test('a hint of the manifest wins: by the code of the service, the status, the hundred of it, the code of the engine', async () => {
  const hint = async (body: unknown, hints: Record<string, string>) => {
    const engine = refusing(body, { code: '/code', hints });
    return (await engine.run(engine.load(SEND))).error?.hint;
  };
  const all = { 21211: 'code', 400: 'status', '4xx': 'hundred', 'http-status': 'engine' };
  const { 21211: _, ...noCode } = all;
  const { 400: __, ...hundred } = noCode;
  const body = '{"code": 21211}';
  assert.is(await hint(body, all), 'code');
  assert.is(await hint('<html>', all), 'status');
  assert.is(await hint(body, noCode), 'status');
  assert.is(await hint(body, hundred), 'hundred');
  assert.is(await hint(body, { 'http-status': 'engine' }), 'engine');
  assert.is(await hint('{"code": "toString"}', { 7: 'other' }), await hint(body, {}));
});

test('what is no such answer gives nothing, and never fails', async () => {
  const errors = { code: '/code', message: '/message' };
  for (const body of [
    '',
    'Bad gateway',
    '<html>',
    '[]',
    'null',
    '7',
    '{"message": {"a": 1}}',
    '{"code": true}',
    '{"message": " "}',
    9,
  ]) {
    assert.is(await service(body, errors), null, JSON.stringify(body));
  }
  assert.is(await service('{"__proto__": {"x": 1}}', { code: '/__proto__/x', message: '/constructor/name' }), null);
  assert.is((await service(JSON.stringify({ message: 'x'.repeat(5000) }), errors))?.message?.length, 2000);
});

test('a manifest with a faulty place is refused', () => {
  const tried = (errors: unknown) => () => refusing('', errors as ErrorPlaces); // faulty on purpose
  for (const errors of [{ code: 'code' }, { message: '/a~2' }, { message: [] }, { text: '/x' }, {}]) {
    assert.throws(tried(errors), /connector\/errors/, JSON.stringify(errors));
  }
});

test('a logger that throws or rejects reaches neither the card nor the host', async () => {
  const logs = defineCard({
    id: 'x.logs',
    title: 'X',
    description: 'X.',
    kind: 'effect',
    inputs: [],
    outputs: [{ key: 'output', type: 'text' }],
    run: (ctx) => {
      ctx.logger.log('info', 'a line');
      return { output: 'went on' };
    },
  });
  for (const log of [
    () => {
      throw new Error('full');
    },
    async () => {
      throw new Error('full');
    },
  ]) {
    const engine = testEngine({ cards: [logs], ports: { logger: { log } } });
    const { status, value } = await engine.run(engine.load(flow([{ card: 'x.logs' }])));
    assert.equal([status, value], ['success', 'went on']);
  }
});

test.run();
