/** Secrets never show: not in events, logs, results of failed runs, nor in what pure cards make of them. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { CardNode } from '../document/index.js';
import { RunError } from '../errors.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';

const CANARY = 'canary-5f3a9c71';
const BASE64 = Buffer.from(CANARY).toString('base64');
const SHOUTED = CANARY.toUpperCase();

const X = { title: 'X', description: 'X.' } as const;
const cards = [
  defineCard({
    ...X,
    id: 'x.login',
    kind: 'effect',
    inputs: [{ key: 'password', type: 'text', secret: true }],
    outputs: [],
    run: (password): never => {
      throw new RunError<'login'>('login', `The password ${password} is wrong.`, {
        extra: { body: { tried: password, basic: Buffer.from(`user:${password}`).toString('base64') } },
        cause: new Error(`inner ${password}`),
      });
    },
  }),
  defineCard({
    ...X,
    id: 'x.token',
    kind: 'effect',
    inputs: [],
    outputs: [{ key: 'token', type: 'text', secret: true }],
    run: () => ({ token: CANARY }),
  }),
  defineCard({
    ...X,
    id: 'x.log',
    kind: 'effect',
    inputs: [{ key: 'value', type: 'any' }],
    outputs: [{ key: 'output', type: 'any' }],
    run: (value, ctx) => {
      ctx.logger.log('info', `value ${String(value)}`, { value });
      return { output: value };
    },
  }),
  defineCard({
    ...X,
    id: 'x.shout',
    kind: 'pure',
    inputs: [{ key: 'value', type: 'text', required: true }],
    outputs: [{ key: 'output', type: 'text' }],
    run: (value) => ({ output: value.toUpperCase() }),
  }),
  defineCard({
    ...X,
    id: 'x.fail',
    kind: 'pure',
    inputs: [{ key: 'value', type: 'text', required: true }],
    outputs: [],
    run: (value): never => {
      throw new Error(`cannot use ${value}`);
    },
  }),
];

/** Everything that a host gets to see of a run, as one text. */
async function traceOf(
  source: unknown,
  { watched, ...options }: { watched: boolean; inputs?: Record<string, unknown>; connection?: string },
) {
  const seen: unknown[] = [];
  const engine = testEngine({
    cards,
    ports: {
      logger: { log: (...line) => void seen.push(line) },
      connections: { mine: { connector: 'any', auth: { username: 'user', password: CANARY } } },
    },
  });
  if (watched) engine.on('*', (event) => seen.push(event));
  const result = await engine.run(engine.load(source), options);
  const errors: unknown[] = [];
  for (
    let error: unknown = result.error;
    error instanceof Object && errors.length < 9;
    error = (error as Error).cause
  ) {
    const { message, stack, extra } = error as RunError & { stack?: string };
    errors.push(error, message, stack, extra);
  }
  return { result, text: JSON.stringify([seen, errors, result.error, result.children]) };
}

function hides(text: string, ...more: string[]): void {
  for (const secret of [CANARY, BASE64, SHOUTED, Buffer.from(`user:${CANARY}`).toString('base64'), ...more]) {
    assert.not.ok(text.includes(secret), `${secret} shows in ${text}`);
  }
  assert.ok(text.includes('[redacted]'), `nothing was hidden in ${text}`);
}

const INPUTS = [{ key: 'secret', type: 'text', secret: true }] as const;
const value = from('/inputs/secret');

/** What, how, and the text that must not show. */
const EXPRESSIONS = [
  ['a part', '$substring(inputs.secret, 0, 12)', CANARY.slice(0, 12)],
  ['capitals', '$uppercase(inputs.secret)', SHOUTED],
  ['a reversed text', '$join($reverse($split(inputs.secret, "")), "")', [...CANARY].reverse().join('')],
  ['a replaced text', '$replace(inputs.secret, "-", "_")', CANARY.replaceAll('-', '_')],
  ['double base64', '$base64encode($base64encode(inputs.secret))', Buffer.from(BASE64).toString('base64')],
  ['a part in a list', '[$substring(inputs.secret, 3)]', CANARY.slice(3)],
] as const;

for (const watched of [true, false]) {
  const how = watched ? 'watched' : 'not watched';

  test(`a secret input of a flow, in an error (${how})`, async () => {
    const { text, result } = await traceOf(flow([{ card: 'x.fail', in: { value } }], { inputs: INPUTS }), {
      watched,
      inputs: { secret: CANARY },
    });
    assert.is(result.status, 'error');
    assert.match(result.error?.message ?? '', /cannot use \[redacted\]/);
    hides(text);
  });

  test(`a secret input of a card, in an error, its cause and its extra (${how})`, async () => {
    const source = flow([{ card: 'x.login', in: { password: from('/inputs/plain') } }], {
      inputs: [{ key: 'plain', type: 'any' }],
    });
    // The value is known as a secret from the card on; the flow itself declares it as plain, and its own inputs are told before.
    const { text } = await traceOf(source, { watched: false, inputs: { plain: CANARY } });
    hides(text);
    const made = flow([
      { id: 't', card: 'x.token' },
      { card: 'x.login', in: { password: from('/t/token') } },
    ]);
    hides((await traceOf(made, { watched })).text);
  });

  test(`a secret output of a card, in logs and errors after it (${how})`, async () => {
    const source = flow([
      { id: 't', card: 'x.token' },
      { card: 'x.log', in: { value: from('/t/token') } },
      { card: 'x.fail', in: { value: from('/t/token') } },
    ]);
    hides((await traceOf(source, { watched })).text);
  });

  test(`a secret input of a called flow (${how})`, async () => {
    const body: CardNode[] = [
      { card: 'x.log', in: { value } },
      { card: 'x.fail', in: { value } },
    ];
    const source = deck(
      [
        { id: 't', card: 'x.token' },
        { card: 't.call', in: { flow: { flow: 'h' }, secret: from('/t/token') } },
      ],
      helper('h', body, { inputs: INPUTS }),
    );
    hides((await traceOf(source, { watched })).text);
    const spawned = deck(
      [
        { id: 't', card: 'x.token' },
        { card: 't.spawn', in: { flow: { flow: 'h' }, secret: from('/t/token') } },
      ],
      helper('h', body, { inputs: INPUTS }),
    );
    hides((await traceOf(spawned, { watched })).text);
  });

  test(`a secret that only a called flow knows to be one (${how})`, async () => {
    const source = deck(
      [
        { id: 'l', card: 't.assign', in: { x: 1 } },
        { card: 't.call', in: { flow: { flow: 'h' }, secret: { value: CANARY } } },
      ],
      helper('h', [{ card: 'x.fail', in: { value } }], { inputs: INPUTS }),
    );
    hides((await traceOf(source, { watched: false })).text);
  });

  test(`an author-named input that is declared a secret (${how})`, async () => {
    const source = flow([
      {
        id: 'l',
        card: 't.assign',
        in: { token: { value: CANARY } },
        inputs: [{ key: 'token', type: 'text', secret: true }],
      },
      { card: 'x.log', in: { value: from('/l/token') } },
      { card: 'x.fail', in: { value: from('/l/token') } },
    ]);
    hides((await traceOf(source, { watched })).text);
  });

  test(`the credentials of a connection (${how})`, async () => {
    const source = flow([
      { card: 'x.log', in: { value: from('/connection/password') } },
      { card: 'x.fail', in: { value: from('/connection/password') } },
    ]);
    hides((await traceOf(source, { watched, connection: 'mine' })).text);
  });

  test(`text that pure cards make of a secret (${how})`, async () => {
    const source = flow(
      [
        { id: 's', card: 'x.shout', in: { value } },
        { card: 'x.log', in: { value: from('/s/output') } },
        { card: 'x.fail', in: { value: from('/s/output') } },
      ],
      { inputs: INPUTS },
    );
    hides((await traceOf(source, { watched, inputs: { secret: CANARY } })).text);
  });

  for (const [what, expr, made] of EXPRESSIONS) {
    test(`${what} that an expression makes of a secret (${how})`, async () => {
      const source = deck(
        [
          { id: 'e', card: 't.assign', in: { made: { expr } } },
          { card: 'x.log', in: { value: from('/e/made') } },
          { card: 't.call', in: { flow: { flow: 'h' }, open: { expr } } },
          { card: 'x.fail', in: { value: { expr } } },
        ],
        // What is forwarded reaches a flow that knows nothing of secrets.
        helper('h', [{ card: 'x.log', in: { value: from('/inputs/open') } }], {
          inputs: [{ key: 'open', type: 'any' }],
        }),
      );
      const [main, ...helpers] = source.flows;
      const flows = [{ ...main, inputs: INPUTS }, ...helpers];
      const { text } = await traceOf({ flowdeck: 1, flows }, { watched, inputs: { secret: CANARY } });
      hides(text, made);
    });
  }

  test(`what $error puts into its message (${how})`, async () => {
    const source = flow([{ card: 't.assign', in: { x: { expr: '$error("denied: " & $uppercase(inputs.secret))' } } }], {
      inputs: INPUTS,
    });
    hides((await traceOf(source, { watched, inputs: { secret: CANARY } })).text);
  });

  test(`a secret output of a flow, such as a token that it fetched (${how})`, async () => {
    const source = deck(
      [
        { id: 'login', card: 't.call', in: { flow: { flow: 'h' } } },
        { card: 'x.log', in: { value: from('/login/token') } },
        { card: 'x.fail', in: { value: from('/login/token') } },
      ],
      helper('h', [{ card: 't.return', in: { token: { value: CANARY } } }], {
        outputs: [{ key: 'token', type: 'text', secret: true }],
      }),
    );
    // The helper itself writes it in the clear, so what is heard before it returns is not looked at.
    hides((await traceOf(source, { watched: false })).text);
  });

  test(`base64 of a secret, whoever makes it (${how})`, async () => {
    const source = flow([{ card: 'x.fail', in: { value: { value: `Basic ${BASE64}` } } }], { inputs: INPUTS });
    hides((await traceOf(source, { watched, inputs: { secret: CANARY } })).text);
  });
}

test('a secret reaches the cards and the result as it is', async () => {
  const { result } = await traceOf(flow([{ id: 's', card: 'x.shout', in: { value } }], { inputs: INPUTS }), {
    watched: true,
    inputs: { secret: CANARY },
  });
  assert.is(result.value, SHOUTED);
});

test('the error object that a flow catches is for the flow: it is not redacted, what is told about it is', async () => {
  const source = flow(
    [
      {
        id: 'g',
        card: 't.try',
        outputs: [{ key: 'm', type: 'text' }],
        blocks: {
          try: { cards: [{ card: 'x.fail', in: { value } }] },
          catch: { cards: [{ card: 't.return', in: { m: from('/error/message') } }] },
        },
      },
    ],
    { inputs: INPUTS },
  );
  const { result, text } = await traceOf(source, { watched: true, inputs: { secret: CANARY } });
  assert.is(result.value, `cannot use ${CANARY}`);
  hides(text);
});

test.run();
