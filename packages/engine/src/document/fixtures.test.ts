/** Documents for the tests of this room: one of each form, and a generator of any. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FIELD_TYPES, isUnsafeKey } from '../values/index.js';
import { FLOW_TYPES, type FlowFile, parseDocument, ROOTS } from './index.js';

export const flow = {
  flowdeck: 1,
  id: 'notify',
  type: 'helper',
  inputs: [{ key: 'phone', type: 'text', required: true }],
  cards: [
    { id: 'body', card: 'text.compose', in: { template: 'Order {{id}}', id: { from: '/inputs/phone' } } },
    {
      id: 'attempt',
      card: 'error.ifError',
      blocks: {
        try: { cards: [{ id: 'send', card: 'twilio.sendMessage', connection: 'twilio', in: { Body: 'Hello' } }] },
        catch: { cards: [{ card: 'flow.return', in: { why: { from: '/error/message' } } }] },
      },
    },
  ],
} as const satisfies FlowFile;

export const deck = {
  flowdeck: 1,
  flows: [
    {
      id: 'main',
      type: 'schedule',
      schedule: { cron: '0 6 * * *' },
      cards: [{ card: 'a.b', in: { f: { flow: 'ping' } } }],
    },
    { id: 'ping', type: 'authping', cards: [] },
  ],
  tables: [{ id: 'orders', columns: [{ key: 'number', type: 'number' }] }],
  connector: {
    key: 'acme',
    name: 'Acme',
    version: '1.0.0',
    auth: { type: 'custom', fields: [{ key: 'token', type: 'text', secret: true }] },
    flows: { authping: 'ping' },
  },
} as const satisfies FlowFile;

const id = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,8}$/).filter((text) => !ROOTS.some((root) => root === text));
const text = fc.string({ unit: 'binary', maxLength: 12 });
const name = fc.stringMatching(/^[a-z][^\ud800-\udfff]{0,6}$/).filter((key) => !isUnsafeKey(key) && !key.includes('/'));
const json = fc
  .jsonValue({ maxDepth: 3 })
  .filter((value) => !/"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(value)));
const meta = fc.dictionary(name, json, { maxKeys: 3 });
const pointer = fc
  .tuple(id, fc.array(fc.constantFrom('a', '~0', '~1', ' ', 'é'), { maxLength: 3 }))
  .map(([first, rest]) => ['', first, ...rest].join('/'));

/** Always with its properties in an order of its own, so that printing has something to put right. */
function record(model: Record<string, fc.Arbitrary<unknown>>, required: string[]) {
  const keys = Object.keys(model);
  return fc
    .tuple(fc.record(model, { requiredKeys: required }), fc.shuffledSubarray(keys, { minLength: keys.length }))
    .map(([made, order]) => {
      const members: Record<string, unknown> = made;
      return Object.fromEntries(order.filter((key) => key in members).map((key) => [key, members[key]]));
    });
}

const field = record(
  {
    key: name,
    group: name,
    type: fc.constantFrom(...FIELD_TYPES),
    list: fc.boolean(),
    label: text,
    description: text,
    default: json,
    choices: fc.array(json, { maxLength: 3 }),
  },
  ['key', 'type'],
);
const fields = fc.uniqueArray(field, {
  maxLength: 3,
  selector: (one) => `${one['group'] === undefined ? '' : `${String(one['group'])}/`}${String(one['key'])}`,
});
const binding = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(null, true, false),
  json.map((value) => ({ value })),
  pointer.map((from) => ({ from })),
  text.map((expr) => ({ expr })),
  fc.constantFrom('', '/a').map((item) => ({ item })),
);
const bindings = fc.dictionary(fc.oneof(name, fc.nat(20).map(String)), binding, { maxKeys: 4 });

const { cards } = fc.letrec<{ cards: unknown[] }>((tie) => {
  const block = record({ in: bindings, cards: tie('cards'), out: bindings }, ['cards']);
  const card = record(
    {
      card: fc.tuple(id, id).map((parts) => parts.join('.')),
      title: text,
      in: bindings,
      inputs: fields,
      outputs: fields,
      blocks: fc.dictionary(name, block, { maxKeys: 2 }),
      onError: record(
        {
          retry: record({ times: fc.nat(9), delay: fc.oneof(fc.nat(), fc.tuple(fc.nat(), fc.nat())) }, ['times']),
          values: bindings,
        },
        [],
      ),
      timeout: fc.integer({ min: 1 }),
      meta,
    },
    ['card'],
  );
  return { cards: fc.oneof({ maxDepth: 2 }, fc.constant<unknown[]>([]), fc.array<unknown>(card, { maxLength: 3 })) };
});
const flowModel = {
  id,
  name: text,
  description: text,
  type: fc.constantFrom(...FLOW_TYPES),
  options: fields,
  inputs: fields,
  outputs: fields,
  cards,
  meta,
};
const flowFile = record({ ...flowModel, flowdeck: fc.constant(1), requires: fc.dictionary(name, text) }, [
  'flowdeck',
  'id',
  'type',
  'cards',
]);
const deckFile = record(
  {
    flowdeck: fc.constant(1),
    name: text,
    flows: fc.uniqueArray(record(flowModel, ['id', 'type', 'cards']), { maxLength: 3, selector: (one) => one['id'] }),
    meta,
  },
  ['flowdeck', 'flows'],
);

/** Any sound document, as `parseDocument` returns it. */
export const anyDocument: fc.Arbitrary<FlowFile> = fc.oneof(flowFile, deckFile).map((source) => {
  const { document, diagnostics } = parseDocument(JSON.stringify(source));
  if (document === null) throw new Error(`The generator makes faulty documents: ${JSON.stringify(diagnostics)}`);
  return document;
});

test('the fixtures are sound', () => {
  assert.equal(parseDocument(flow).diagnostics, []);
  assert.equal(parseDocument(deck).diagnostics, []);
});

test.run();
