/** Every diagnostic of the plan: what provokes it, where it points, and what it advises. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard, definePack } from '../cards/index.js';
import type { Diagnostic } from '../diagnostic.js';
import { createEngine } from '../engine.js';
import { PlanError } from '../errors.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';

const engine = testEngine();

interface Expected {
  readonly code: string;
  readonly pointer: string;
  readonly severity?: Diagnostic['severity'];
  readonly message?: RegExp;
  readonly hint?: RegExp;
  readonly card?: string;
}

function finds(source: unknown, expected: Expected, from = engine): void {
  const { diagnostics } = from.check(source);
  const found = diagnostics.filter((diagnostic) => diagnostic.code === expected.code);
  assert.is(found.length, 1, `one ${expected.code} among ${JSON.stringify(diagnostics, null, 1)}`);
  const [diagnostic] = found;
  assert.is(diagnostic?.pointer, expected.pointer);
  assert.is(diagnostic?.severity, expected.severity ?? 'error');
  if (expected.message) assert.match(diagnostic?.message ?? '', expected.message);
  if (expected.hint) assert.match(diagnostic?.hint ?? '', expected.hint);
  if (expected.card) assert.is(diagnostic?.card, expected.card);
  // One mistake, one diagnostic: consequences are not reported.
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  assert.is(errors.length, expected.severity && expected.severity !== 'error' ? 0 : 1, JSON.stringify(errors, null, 1));
}

const GIVE = { id: 'first', card: 't.give', in: { value: 1 } };

test('a sound flow has no diagnostics', () => {
  const { diagnostics } = engine.check(flow([GIVE, { card: 't.add', in: { a: from('/first/output') } }]));
  assert.equal(diagnostics, []);
});

test('unknown-card: a typing error gets a suggestion', () => {
  finds(flow([{ id: 'a', card: 't.gvie' }]), {
    code: 'unknown-card',
    pointer: '/cards/0/card',
    hint: /Did you mean "t\.give"\?/,
    card: 'a',
  });
});

test('unknown-card: another namespace gets the question whether its pack is loaded', () => {
  finds(flow([{ card: 'salesforce.createRecord' }]), {
    code: 'unknown-card',
    pointer: '/cards/0/card',
    hint: /pack.*"salesforce"/,
  });
});

test('unknown-card: what reads its outputs is not reported as well', () => {
  finds(
    flow([
      { id: 'a', card: 'salesforce.createRecord' },
      { card: 't.give', in: { value: from('/a/output') } },
    ]),
    {
      code: 'unknown-card',
      pointer: '/cards/0/card',
    },
  );
});

test('unknown-field', () => {
  finds(flow([{ card: 't.give', in: { valeu: 1 } }]), {
    code: 'unknown-field',
    pointer: '/cards/0/in/valeu',
    hint: /Did you mean "value"\?/,
  });
  finds(flow([{ card: 't.comment', in: { value: 1 } }]), {
    code: 'unknown-field',
    pointer: '/cards/0/in/value',
    hint: /has no inputs/,
  });
});

test('unknown-field: of a block', () => {
  finds(flow([{ card: 't.branch', blocks: { a: { in: { left: 1 }, cards: [] } } }]), {
    code: 'unknown-field',
    pointer: '/cards/0/blocks/a/in/left',
    hint: /condition/,
  });
});

test('unknown-field: a pointer escapes the name', () => {
  finds(flow([{ card: 't.give', in: { 'a/b~c': 1 } }]), { code: 'unknown-field', pointer: '/cards/0/in/a~1b~0c' });
});

test('unresolved-reference: a card that does not exist', () => {
  finds(flow([GIVE, { card: 't.give', in: { value: from('/frist/output') } }]), {
    code: 'unresolved-reference',
    pointer: '/cards/1/in/value/from',
    message: /"frist"/,
    hint: /Did you mean "first"\?/,
  });
});

test('unresolved-reference: an output that the card does not have', () => {
  finds(flow([GIVE, { card: 't.give', in: { value: from('/first/outptu') } }]), {
    code: 'unresolved-reference',
    pointer: '/cards/1/in/value/from',
    message: /Card "first" has no output "outptu"/,
    hint: /Did you mean "output"\?/,
  });
});

test('unresolved-reference: an input, an option, a property of the context', () => {
  const inputs = [{ key: 'phone', type: 'text' }] as const;
  finds(flow([{ card: 't.give', in: { value: from('/inputs/fone') } }], { inputs }), {
    code: 'unresolved-reference',
    pointer: '/cards/0/in/value/from',
    message: /no input "fone"/,
    hint: /phone/,
  });
  finds(flow([{ card: 't.give', in: { value: from('/options/phone') } }], { inputs }), {
    code: 'unresolved-reference',
    pointer: '/cards/0/in/value/from',
    message: /no option "phone"/,
    hint: /declares none/,
  });
  finds(flow([{ card: 't.give', in: { value: from('/context/indx') } }]), {
    code: 'unresolved-reference',
    pointer: '/cards/0/in/value/from',
    hint: /Did you mean "index"\?/,
  });
});

test('unresolved-reference: roots that only some blocks have', () => {
  finds(flow([{ card: 't.give', in: { value: from('/error/message') } }]), {
    code: 'unresolved-reference',
    pointer: '/cards/0/in/value/from',
    message: /catch/,
  });
  finds(flow([{ card: 't.give', in: { value: from('/item') } }]), {
    code: 'unresolved-reference',
    pointer: '/cards/0/in/value/from',
    message: /per item/,
  });
});

test('an error is known in the catch block, and not in the try block', () => {
  const blocks = (inTry: string, inCatch: string) => ({
    try: { cards: [{ card: 't.give', in: { value: from(inTry) } }] },
    catch: { cards: [{ card: 't.give', in: { value: from(inCatch) } }] },
  });
  assert.equal(engine.check(flow([GIVE, { card: 't.try', blocks: blocks('/first', '/error') }])).diagnostics, []);
  finds(flow([GIVE, { card: 't.try', blocks: blocks('/error', '/error') }]), {
    code: 'unresolved-reference',
    pointer: '/cards/1/blocks/try/cards/0/in/value/from',
  });
});

test('forward-reference: a later card, and the card itself', () => {
  finds(flow([{ card: 't.give', in: { value: from('/first/output') } }, GIVE]), {
    code: 'forward-reference',
    pointer: '/cards/0/in/value/from',
    hint: /order in which they are listed/,
  });
  finds(flow([{ id: 'self', card: 't.give', in: { value: from('/self/output') } }]), {
    code: 'forward-reference',
    pointer: '/cards/0/in/value/from',
  });
});

test('forward-reference: from a block to a card after its owner, and to the owner', () => {
  const inside = (pointer: string) => [
    {
      id: 'owner',
      card: 't.if',
      in: { condition: true },
      blocks: { then: { cards: [{ card: 't.give', in: { value: from(pointer) } }] } },
    },
    GIVE,
  ];
  const pointer = '/cards/0/blocks/then/cards/0/in/value/from';
  finds(flow(inside('/first/output')), { code: 'forward-reference', pointer });
  finds(flow(inside('/owner/output')), { code: 'forward-reference', pointer });
});

test('reference-into-block', () => {
  finds(
    flow([
      { id: 'owner', card: 't.if', in: { condition: true }, blocks: { then: { cards: [GIVE] } } },
      { card: 't.give', in: { value: from('/first/output') } },
    ]),
    { code: 'reference-into-block', pointer: '/cards/1/in/value/from', message: /owner > then/, hint: /"out"/ },
  );
});

test('reference-into-block: from one block of a card into another', () => {
  finds(
    flow([
      {
        id: 'owner',
        card: 't.if',
        in: { condition: true },
        blocks: {
          then: { cards: [GIVE] },
          else: { cards: [{ card: 't.give', in: { value: from('/first/output') } }] },
        },
      },
    ]),
    { code: 'reference-into-block', pointer: '/cards/0/blocks/else/cards/0/in/value/from' },
  );
});

test('reference-into-block: an owner without an id does not hide where the card is', () => {
  finds(
    flow([
      { card: 't.if', in: { condition: true }, blocks: { then: { cards: [GIVE] } } },
      {
        card: 't.if',
        in: { condition: true },
        blocks: { then: { cards: [{ card: 't.give', in: { value: from('/first/output') } }] } },
      },
    ]),
    { code: 'reference-into-block', pointer: '/cards/1/blocks/then/cards/0/in/value/from' },
  );
});

test('type-mismatch: a type that can never become another', () => {
  finds(
    flow([
      { id: 'f', card: 't.file' },
      { card: 't.file', in: { file: from('/f/size') } },
    ]),
    {
      code: 'type-mismatch',
      pointer: '/cards/1/in/file',
      message: /"file" asks for a file.*a number/,
      hint: /Convert/,
    },
  );
});

test('type-mismatch: a literal that cannot become the type', () => {
  finds(flow([{ card: 't.add', in: { a: 'ten' } }]), {
    code: 'type-mismatch',
    pointer: '/cards/0/in/a',
    message: /"a" asks for a number/,
  });
});

test('a literal that can become the type is no fault', () => {
  assert.equal(engine.check(flow([{ card: 't.add', in: { a: '10' } }])).diagnostics, []);
});

test('type-mismatch: a default that does not fit its own field', () => {
  finds(flow([GIVE], { inputs: [{ key: 'n', type: 'number', default: 'many' }] }), {
    code: 'type-mismatch',
    pointer: '/inputs/0/default',
    message: /"n".*a number/,
  });
});

test('not-a-choice', () => {
  finds(flow([{ card: 't.colour', in: { colour: 'blue' } }]), {
    code: 'not-a-choice',
    pointer: '/cards/0/in/colour',
    message: /"blue"/,
    hint: /"red", "green"/,
  });
});

test('missing-input', () => {
  finds(flow([{ card: 't.add' }]), {
    code: 'missing-input',
    pointer: '/cards/0/in',
    message: /"a"/,
    hint: /the first number/,
  });
});

test('unknown-flow: of a binding and of an error policy', () => {
  finds(deck([{ card: 't.call', in: { flow: { flow: 'helpr' } } }], helper('helper', [])), {
    code: 'unknown-flow',
    pointer: '/flows/0/cards/0/in/flow/flow',
    hint: /helper/,
  });
  finds(deck([{ ...GIVE, onError: { then: 'flow', flow: 'helpr' } }], helper('helper', [])), {
    code: 'unknown-flow',
    pointer: '/flows/0/cards/0/onError/flow',
    hint: /helper/,
  });
});

test('unknown-flow: under a card that is not known either, in a block, and of a connector', () => {
  const inside = { then: { cards: [{ card: 't.call', in: { flow: { flow: 'gone' } } }] } };
  const source = flow([{ card: 'no.card', in: { x: { flow: 'gone' } }, blocks: inside }, { card: 't.add' }]);
  assert.equal(
    testEngine()
      .check(source)
      .diagnostics.map(({ code, pointer }) => [code, pointer]),
    [
      ['unknown-flow', '/cards/0/in/x/flow'],
      ['unknown-flow', '/cards/0/blocks/then/cards/0/in/flow/flow'],
      ['unknown-card', '/cards/0/card'],
      ['missing-input', '/cards/1/in'],
    ],
  );
  const connector = { key: 'svc', name: 'S', version: '1.0.0', auth: { type: 'basic' }, flows: { actions: ['pong'] } };
  finds({ flowdeck: 1, flows: [], connector }, { code: 'unknown-flow', pointer: '/connector/flows/actions/0' });
});

test('item-out-of-place', () => {
  const pointer = '/flows/0/cards/0/in/value/item';
  finds(deck([{ card: 't.give', in: { value: { item: '/x' } } }]), {
    code: 'item-out-of-place',
    pointer,
    hint: /"from"/,
  });
  finds(
    deck(
      [{ card: 't.call', in: { flow: { flow: 'h' }, value: { item: '' } } }],
      helper('h', [], { inputs: [{ key: 'value', type: 'any' }] }),
    ),
    { code: 'item-out-of-place', pointer },
  );
});

test('unknown-output: declared by a card that has its own', () => {
  finds(flow([{ ...GIVE, outputs: [{ key: 'outptu', type: 'text' }] }]), {
    code: 'unknown-output',
    pointer: '/cards/0/outputs/0',
    hint: /Did you mean "output"\?/,
  });
});

test('unknown-output: given by a block and not declared by its card', () => {
  finds(
    flow([
      {
        card: 't.if',
        in: { condition: true },
        outputs: [{ key: 'sid', type: 'text' }],
        blocks: { then: { cards: [], out: { sdi: 'x' } } },
      },
    ]),
    { code: 'unknown-output', pointer: '/cards/0/blocks/then/out/sdi', message: /"sdi"/, hint: /"outputs"/ },
  );
});

test('unknown-block', () => {
  finds(flow([{ card: 't.if', in: { condition: true }, blocks: { then: { cards: [] }, esle: { cards: [] } } }]), {
    code: 'unknown-block',
    pointer: '/cards/0/blocks/esle',
    hint: /Did you mean "else"\?/,
  });
  finds(flow([{ ...GIVE, blocks: { then: { cards: [] } } }]), {
    code: 'unknown-block',
    pointer: '/cards/0/blocks/then',
    hint: /has no blocks/,
  });
});

test('missing-block', () => {
  finds(flow([{ card: 't.if', in: { condition: true }, blocks: { else: { cards: [] } } }]), {
    code: 'missing-block',
    pointer: '/cards/0/blocks',
    message: /"then"/,
    hint: /"then": \{ "cards": \[\] \}/,
  });
});

test('out-of-place: outputs of a scoped block come from a Return', () => {
  finds(flow([{ card: 't.try', blocks: { try: { cards: [], out: { x: 1 } }, catch: { cards: [] } } }]), {
    code: 'out-of-place',
    pointer: '/cards/0/blocks/try/out',
    hint: /flow\.return/,
  });
});

test('unreachable-card: reported once, not for every card that follows', () => {
  const source = flow([{ id: 'end', card: 't.return' }, GIVE, { card: 't.give' }]);
  finds(source, {
    code: 'unreachable-card',
    severity: 'warning',
    pointer: '/cards/1',
    message: /"end"/,
    hint: /Remove/,
    card: 'first',
  });
  assert.ok(engine.load(source), 'a warning does not keep a deck from loading');
});

test('unknown-parameter and missing-parameter: warnings', () => {
  const called = helper('h', [], {
    inputs: [
      { key: 'phone', type: 'text', required: true },
      { key: 'name', type: 'text', required: true, default: 'Jo' },
    ],
  });
  finds(deck([{ card: 't.call', in: { flow: { flow: 'h' }, phone: '1', naem: 'x' } }], called), {
    code: 'unknown-parameter',
    severity: 'warning',
    pointer: '/flows/0/cards/0/in/naem',
    hint: /Did you mean "name"\?/,
  });
  finds(deck([{ card: 't.call', in: { flow: { flow: 'h' } } }], called), {
    code: 'missing-parameter',
    severity: 'warning',
    pointer: '/flows/0/cards/0/in',
    message: /"phone"/,
  });
});

test('unknown-result: an output that the called flow does not declare', () => {
  finds(
    deck(
      [{ card: 't.call', in: { flow: { flow: 'h' } }, outputs: [{ key: 'sdi', type: 'text' }] }],
      helper('h', [], { outputs: [{ key: 'sid', type: 'text' }] }),
    ),
    {
      code: 'unknown-result',
      severity: 'warning',
      pointer: '/flows/0/cards/0/outputs/0',
      hint: /Did you mean "sid"\?/,
    },
  );
});

test('type-mismatch: of a forwarded value', () => {
  finds(
    deck(
      [
        { id: 'f', card: 't.file' },
        { card: 't.call', in: { flow: { flow: 'h' }, doc: from('/f/size') } },
      ],
      helper('h', [], { inputs: [{ key: 'doc', type: 'file' }] }),
    ),
    { code: 'type-mismatch', pointer: '/flows/0/cards/1/in/doc', message: /"doc" of flow "h"/ },
  );
});

test('recursion: noted where a flow calls itself, directly or through another', () => {
  finds(deck([{ card: 't.call', in: { flow: { flow: 'main' } } }]), {
    code: 'recursion',
    severity: 'info',
    pointer: '/flows/0/cards/0',
    message: /calls itself/,
    hint: /ends the recursion/,
  });
  const { diagnostics } = engine.check(
    deck(
      [{ card: 't.call', in: { flow: { flow: 'h' } } }],
      helper('h', [{ card: 't.call', in: { flow: { flow: 'main' } } }]),
    ),
  );
  assert.equal(
    diagnostics.map(({ code, severity, pointer, flow: inFlow }) => [code, severity, pointer, inFlow]),
    [
      ['recursion', 'info', '/flows/0/cards/0', 'main'],
      ['recursion', 'info', '/flows/1/cards/0', 'h'],
    ],
  );
});

test('expressions: malformed ones, and names that mean nothing here', () => {
  const of = (expr: string) =>
    flow([GIVE, { card: 't.give', in: { value: { expr } } }, { id: 'later', card: 't.give' }]);
  const pointer = '/cards/1/in/value/expr';
  finds(of('('), { code: 'expression-syntax', pointer });
  finds(of('frist.output + 1'), { code: 'unresolved-reference', pointer, hint: /Did you mean "first"\?/ });
  finds(of('first.outptu'), { code: 'unresolved-reference', pointer, hint: /Did you mean "output"\?/ });
  finds(of('later.output'), { code: 'forward-reference', pointer });
});

test('missing-pack and pack-version', () => {
  finds(flow([GIVE], { requires: { acme: '^1' } }), {
    code: 'missing-pack',
    pointer: '/requires/acme',
    message: /"acme"/,
    hint: /Load the pack/,
  });
  finds(flow([GIVE], { requires: { t: '^2' } }), {
    code: 'pack-version',
    pointer: '/requires/t',
    message: /1\.2\.3.*\^2/,
    hint: /Install/,
  });
  assert.equal(engine.check(flow([GIVE], { requires: { t: '^1.2' } })).diagnostics, []);
});

test('missing-connection: a card of a connector without one', () => {
  const connected = testEngine({
    packs: [
      {
        name: 'svc',
        namespace: 'svc',
        version: '1.0.0',
        connectors: [
          {
            flowdeck: 1,
            connector: {
              key: 'svc',
              name: 'Service',
              version: '1.0.0',
              auth: { type: 'basic' },
              flows: { actions: ['send'] },
            },
            flows: [{ id: 'send', type: 'action', cards: [] }],
          },
        ],
      },
    ],
  });
  finds(
    flow([{ card: 'svc.send' }]),
    { code: 'missing-connection', pointer: '/cards/0', hint: /"connection": "svc"/ },
    connected,
  );
  assert.equal(connected.check(flow([{ card: 'svc.send', connection: 'svc' }])).diagnostics, []);
});

test('duplicate-field: an option and an input of one name', () => {
  finds(
    flow([GIVE], {
      options: [{ key: 'x', type: 'text' }],
      inputs: [
        { key: 'y', type: 'text' },
        { key: 'x', type: 'text' },
      ],
    }),
    {
      code: 'duplicate-field',
      pointer: '/inputs/1',
      hint: /Rename/,
    },
  );
});

test('load throws all diagnostics at once, each with its flow', () => {
  const source = deck([{ card: 't.gvie' }, { card: 't.add' }], helper('h', [{ card: 't.give', in: { valeu: 1 } }]));
  try {
    engine.load(source, { file: 'orders.flow.json' });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, PlanError);
    const { diagnostics, at, code } = error as PlanError;
    assert.equal(
      diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.flow]),
      [
        ['unknown-card', 'main'],
        ['missing-input', 'main'],
        ['unknown-field', 'h'],
      ],
    );
    assert.is(code, 'unknown-card');
    assert.is(at.file, 'orders.flow.json');
    assert.is(at.pointer, '/flows/0/cards/0/card');
  }
});

test('a card that collides with another is refused when the engine is made', () => {
  const twice = defineCard({
    id: 'x.a',
    title: 'A',
    description: 'A.',
    kind: 'pure',
    inputs: [],
    outputs: [],
    run: () => ({}),
  });
  const pack = (name: string) => definePack({ name, namespace: 'x', version: '1.0.0', cards: [twice] });
  assert.throws(
    () => createEngine({ packs: [pack('one'), pack('two')] }),
    /pack "two" is already registered by pack "one"/,
  );
});

const MANIFEST = { key: 'svc', name: 'Service', version: '1.0.0', auth: { type: 'basic' } };
const connectorDeck = (flows: unknown, ...list: readonly unknown[]) => ({
  flowdeck: 1,
  connector: { ...MANIFEST, flows },
  flows: list,
});
const PING = { id: 'ping', type: 'authping', cards: [] };
const SEND = { id: 'send', type: 'action', options: [{ key: 'kind', type: 'text' }], cards: [] };

test('flow-role: the type of a flow fits the role that the manifest gives it', () => {
  const help = helper('help', []);
  const sound = connectorDeck({ authping: 'ping', httpHelper: 'help', actions: ['send'] }, PING, SEND, help);
  assert.equal(engine.check(sound).diagnostics, []);
  for (const [roles, pointer, message] of [
    [{ authping: 'send', actions: ['send'] }, 'authping', /"action".*"authping"/],
    [{ authping: 'ping', revoke: 'ping', actions: ['send'] }, 'revoke', /"authping".*"revoke"/],
    [{ authping: 'ping', httpHelper: 'send', actions: ['send'] }, 'httpHelper', /"action".*"helper"/],
    [{ authping: 'ping', actions: ['send', 'help'] }, 'actions/1', /"helper".*"action"/],
  ] as const) {
    finds(connectorDeck(roles, PING, SEND, help), {
      code: 'flow-role',
      pointer: `/connector/flows/${pointer}`,
      message,
      hint: /"type"/,
    });
  }
});

test('flow-role: events, polls and config values ask for flows of their types too; an action is named once', () => {
  const hook = { id: 'hook', type: 'webhook', cards: [] };
  const poll = { id: 'poll', type: 'polling', cards: [] };
  const life = (['register', 'deregister'] as const).map((id) => ({ id, type: `webhook-${id}`, cards: [] }));
  const flows = [hook, poll, ...life, helper('help', []), SEND];
  const event = {
    key: 'e',
    flow: 'hook',
    register: 'register',
    exists: 'help',
    renew: 'help',
    deregister: 'deregister',
  };
  const deckOf = (more: object) => {
    const { connector, ...rest } = connectorDeck({ actions: ['send'] }, ...flows);
    return { ...rest, connector: { ...connector, events: [event], polls: [{ key: 'p', flow: 'poll' }], ...more } };
  };
  assert.equal(engine.check(deckOf({ config: [{ key: 'c', flow: 'help' }] })).diagnostics, []);
  for (const [more, pointer] of [
    [{ events: [{ ...event, flow: 'poll' }] }, '/connector/events/0/flow'],
    [{ events: [{ ...event, register: 'deregister' }] }, '/connector/events/0/register'],
    [{ events: [{ ...event, renew: 'hook' }] }, '/connector/events/0/renew'],
    [{ polls: [{ key: 'p', flow: 'hook' }] }, '/connector/polls/0/flow'],
    [{ config: [{ key: 'c', flow: 'hook' }] }, '/connector/config/0/flow'],
    [{ lookups: [{ actions: ['help'], field: 'f', flow: 'help' }] }, '/connector/lookups/0/actions/0'],
    [{ lookups: [{ actions: ['send'], field: 'f', flow: 'hook' }] }, '/connector/lookups/0/flow'],
    [{ requests: [{ action: 'help', method: 'GET', url: 'https://a.example' }] }, '/connector/requests/0/action'],
  ] as const) {
    const found = engine.check(deckOf(more)).diagnostics.filter(({ severity }) => severity === 'error');
    assert.equal(
      found.map(({ code, pointer: place }) => `${code} ${place}`),
      [`flow-role ${pointer}`],
    );
  }
  finds(connectorDeck({ authping: 'ping', actions: ['send', 'send'] }, PING, SEND), {
    code: 'flow-role',
    pointer: '/connector/flows/actions/1',
    message: /already/,
  });
  finds(deckOf({ polls: [{ key: 'e', flow: 'poll' }] }), {
    code: 'duplicate-event',
    pointer: '/connector/polls/0/key',
  });
  const left = engine.check(deckOf({ events: [], polls: [] })).diagnostics;
  assert.equal(
    left.map(({ code, pointer }) => `${code} ${pointer}`),
    [0, 1, 2, 3].map((index) => `flow-without-role /flows/${index}`),
  );
});

test('flow-role: nobody gives inputs to a flow that tests or revokes a connection', () => {
  const asking = (field: object) => ({ ...PING, inputs: [{ key: 'user', type: 'text', ...field }] });
  finds(connectorDeck({ authping: 'ping' }, asking({ required: true })), {
    code: 'flow-role',
    pointer: '/connector/flows/authping',
    message: /"user"/,
    hint: /connection/,
  });
  for (const field of [{}, { required: true, default: 'me' }]) {
    assert.equal(engine.check(connectorDeck({ authping: 'ping' }, asking(field))).diagnostics, []);
  }
});

test('flow-without-role: an action that the manifest leaves out is no card', () => {
  finds(connectorDeck({ actions: [] }, SEND), {
    code: 'flow-without-role',
    pointer: '/flows/0',
    severity: 'warning',
    hint: /"actions"/,
  });
  finds(connectorDeck({ actions: ['send'] }, SEND, PING), {
    code: 'flow-without-role',
    pointer: '/flows/1',
    severity: 'warning',
    hint: /"authping": "ping"/,
  });
});

test('option-not-fixed: an option is chosen when the card is placed', () => {
  const svc = connectorDeck({ actions: ['send'] }, SEND);
  const registered = createEngine({ packs: [{ name: 'svc', namespace: 'svc', version: '1.0.0', connectors: [svc] }] });
  const sending = (kind: unknown) => ({
    ...flow([]),
    inputs: [{ key: 'kind', type: 'text' }],
    cards: [{ card: 'svc.send', connection: 'c', in: { kind } }],
  });
  for (const kind of [from('/inputs/kind'), { expr: 'inputs.kind' }]) {
    finds(
      sending(kind),
      { code: 'option-not-fixed', pointer: '/cards/0/in/kind', severity: 'warning', message: /"kind"/ },
      registered,
    );
  }
  for (const kind of ['a', { value: 'a' }, null]) assert.equal(registered.check(sending(kind)).diagnostics, []);
});

test('names are guessed at only so often: thousands of wrong ones take no time, and each is told', () => {
  let asked = 0;
  const wrong = (n: number) => ({ card: 't.give', in: { value: from(`/frist${n % 10}/output`) } });
  const source = flow([GIVE, ...Array.from({ length: 3_000 }, (_, n) => wrong(n))]);
  const { diagnostics } = engine.check(source);
  for (const { hint } of diagnostics) if (hint?.startsWith('Did you mean')) asked++;
  assert.is(diagnostics.length, 3_000);
  assert.is(asked, 200);
});

test('a name of which there are many and none is close is told without a false word about there being none', () => {
  const many = defineCard({
    id: 'x.many',
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: Array.from({ length: 20 }, (_, n) => ({ key: `field${n}`, type: 'text' as const })),
    outputs: [],
    run: () => ({}),
  });
  const on = testEngine({ cards: [many] });
  const [found] = on.check(flow([{ card: 'x.many', in: { zzzzzzzzz: 1 } }])).diagnostics;
  assert.is(found?.code, 'unknown-field');
  assert.is(found?.hint, undefined);
});

test('an output of a block may be called what every object inherits, and is empty where the block does not name it', () => {
  const lane = defineCard({
    id: 'x.lane',
    title: 'X',
    description: 'X.',
    kind: 'control',
    inputs: [],
    outputs: [],
    blocks: { then: { scope: 'inline' } },
    run: (ctx) => ctx.runBlock('then'),
  });
  const on = testEngine({ cards: [lane] });
  const outputs = ['toString', 'valueOf'].map((key) => ({ key, type: 'text' as const }));
  const source = flow([{ id: 'a', card: 'x.lane', outputs, blocks: { then: { cards: [], out: {} } } }]);
  assert.equal(on.check(source).diagnostics, []);
});

test.run();
