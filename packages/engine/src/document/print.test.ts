import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DocumentError } from '../errors.js';
import { anyDocument } from './fixtures.test.js';
import { type FlowFile, parseDocument, printDocument } from './index.js';

function parsed(source: unknown): FlowFile {
  const { document, diagnostics } = parseDocument(source);
  if (document === null) throw new DocumentError(diagnostics);
  return document;
}

test('the canonical form', () => {
  const document = parsed({
    type: 'helper',
    cards: [
      {
        in: { b: { from: '/inputs/phone' }, a: { value: ['x', 1] }, deep: { value: [{ z: 1, y: [] }] } },
        card: 'text.compose',
        id: 'body',
      },
      { card: 'flow.return' },
      { blocks: { try: { cards: [] } }, card: 'a.b', note: 'n'.repeat(90) },
    ],
    inputs: [{ type: 'text', required: true, key: 'phone' }],
    flowdeck: 1,
    id: 'notify',
  });
  assert.is(
    printDocument(document),
    `{
  "flowdeck": 1,
  "id": "notify",
  "type": "helper",
  "inputs": [
    { "key": "phone", "type": "text", "required": true }
  ],
  "cards": [
    {
      "id": "body",
      "card": "text.compose",
      "in": {
        "b": { "from": "/inputs/phone" },
        "a": { "value": ["x", 1] },
        "deep": {
          "value": [
            { "z": 1, "y": [] }
          ]
        }
      }
    },
    { "card": "flow.return" },
    {
      "card": "a.b",
      "note": "${'n'.repeat(90)}",
      "blocks": {
        "try": { "cards": [] }
      }
    }
  ]
}
`,
  );
});

test('a leaf takes one line of 100 columns, comma included, and no more', () => {
  const line = (length: number) => {
    const document = parsed({
      flowdeck: 1,
      id: 'a',
      type: 'helper',
      cards: [],
      meta: { tags: ['x'.repeat(length), 'y'] },
    });
    return (
      printDocument(document)
        .split('\n')
        .find((text) => text.includes('tags')) ?? ''
    );
  };
  assert.is(line(78).length, 99);
  assert.match(line(78), 'y');
  assert.not.match(line(79), 'y');
});

test('law: parsing what was printed gives the same document', () => {
  fc.assert(fc.property(anyDocument, (document) => assert.equal(parsed(printDocument(document)), document)));
});

test('law: printing what was parsed from a print gives the same text', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const text = printDocument(document);
      assert.is(printDocument(parsed(text)), text);
    }),
  );
});

test('law: the order of bindings, blocks and literal values is kept', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      assert.equal(orders(parsed(printDocument(document))), orders(document));
    }),
  );
});

/** The keys of all objects whose keys the author chooses, in a fixed order of the objects. */
function orders(node: unknown, owner = ''): string[][] {
  if (typeof node !== 'object' || node === null) return [];
  const members = new Map(Object.entries(node));
  const inside = [...members.keys()]
    .sort()
    .flatMap((key) => orders(members.get(key), Array.isArray(node) ? owner : key));
  return ['in', 'out', 'values', 'value', 'blocks'].includes(owner) ? [[...members.keys()], ...inside] : inside;
}

test('what a newer format may add is kept, after what is known', () => {
  const document = { ...parsed({ flowdeck: 1, id: 'a', type: 'helper', cards: [] }), colour: 'red' };
  assert.is(
    printDocument(document),
    '{\n  "flowdeck": 1,\n  "id": "a",\n  "type": "helper",\n  "cards": [],\n  "colour": "red"\n}\n',
  );
});

test('what a file cannot hold is refused with all places', () => {
  const document = parsed({ flowdeck: 1, id: 'a', type: 'helper', cards: [] });
  try {
    printDocument({ ...document, meta: { when: new Date(0), how: () => 1 } });
    assert.unreachable();
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    assert.equal(
      error.diagnostics.map(({ code, pointer }) => [code, pointer]),
      [
        ['not-json', '/meta/when'],
        ['not-json', '/meta/how'],
      ],
    );
  }
});

test.run();
