/** Exports of edited and of hand-written documents. */
import { standard } from '@flowdeck/cards';
import { type DeckDocument, defineCard } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, importFlopack } from '../index.js';
import { member, sameJson } from '../json.js';
import { calls, event, helper, SAMPLES } from '../testing/samples.js';

const { cards = [] } = standard;

/** As a file that was printed and read again: nothing is shared with the import. */
function imported(source: unknown): DeckDocument {
  const { document } = importFlopack(source, { cards });
  if (document === null || !isDeck(document)) throw new Error('The sample was not imported.');
  return JSON.parse(JSON.stringify(document));
}

function exported(document: DeckDocument, rewritten?: readonly string[]) {
  const result = exportFlopack(document, { cards });
  assert.equal(result.diagnostics, []);
  assert.equal(
    checkFlopack(result.flopack).filter(({ severity }) => severity === 'error'),
    [],
  );
  if (rewritten) assert.equal(result.rewritten, rewritten);
  return result.flopack;
}

/** Members that differ, as paths. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (sameJson(a, b)) return [];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return [path];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differences((a as never)[key], (b as never)[key], `${path}/${key}`));
}

/** The flows of a document with something changed in the JSON of one. */
function edit(document: DeckDocument, from: string, to: string): DeckDocument {
  const flows = document.flows.map((flow) => JSON.parse(JSON.stringify(flow).replace(from, () => to)));
  return { ...document, flows };
}

test('an edited literal changes that literal, and nothing else', () => {
  const flopack = exported(edit(imported(calls()), '"mail":"x"', '"mail":"y"'), []);
  assert.equal(differences(calls(), flopack), [
    '/data/flos/m1/data/methods/3/node/model/inputs/data/i_K_mail/value/data',
  ]);
});

test('an edited title, note and name change these, and nothing else', () => {
  const document = imported(calls());
  const [flow, ...rest] = document.flows;
  if (!flow) throw new Error('The sample has a flow.');
  const [first, ...others] = flow.cards;
  if (!first) throw new Error('The flow has a card.');
  const edited = { ...flow, name: 'Hourly', cards: [{ ...first, title: 'Names', note: 'Two of them' }, ...others] };
  const flopack = exported({ ...document, flows: [edited, ...rest] }, []);
  assert.equal(differences(calls(), flopack), [
    '/data/flos/m1/name',
    '/data/flos/m1/data/methods/1/node/data/name',
    '/data/flos/m1/data/methods/1/node/model/comments',
  ]);
});

test('a rewired flow is written anew, keeps its ids, and means what it says', () => {
  const document = edit(imported(helper()), '/inputs/user/profile/email', '/inputs/user/id');
  const flopack = exported(document, ['greetUser']);
  const ids = (file: unknown) =>
    JSON.stringify(file)
      .match(/"uuid":"[CR]"/g)
      ?.sort();
  assert.equal(ids(flopack), ids(helper()));
  const back = imported(flopack);
  assert.equal(back.flows[0]?.cards[0]?.in?.['id'] ?? back.flows[0]?.cards[0]?.in?.['email'], {
    from: '/inputs/user/id',
  });
});

test('every sample, written without its original, obeys the rules and imports as the same flows', () => {
  for (const [name, make] of Object.entries(SAMPLES)) {
    const { meta, ...document } = imported(make());
    const native = { ...document, meta: { ...meta, flopack: undefined } };
    const back = imported(exported(native));
    for (const flow of document.flows.filter((each) => each.meta?.['missing'] !== true)) {
      const again = back.flows.find((each) => each.id === flow.id);
      assert.equal(
        again?.cards.map((card) => [card.id, card.card]),
        flow.cards.map((card) => [card.id, card.card]),
        `${name} ${flow.id}`,
      );
    }
  }
});

test('exporting twice gives the same file', () => {
  const { meta, ...rest } = imported(event());
  const document = { ...rest, meta: { ...meta, flopack: undefined } };
  const trigger = exportFlopack(document, { cards });
  assert.ok(trigger.flopack);
  assert.equal(exportFlopack(document, { cards }).flopack, trigger.flopack);
});

test('a hand-written document is exported', () => {
  const document: DeckDocument = {
    flowdeck: 1,
    name: 'Hand-written',
    tables: [
      {
        id: 'orders',
        columns: [
          { key: 'number', type: 'text' },
          { key: 'total', type: 'number' },
        ],
      },
    ],
    flows: [
      {
        id: 'nightly',
        type: 'schedule',
        schedule: { cron: '0 2 * * *', timeZone: 'Europe/Vienna' },
        cards: [
          {
            id: 'found',
            card: 'tables.searchRows',
            in: {
              table: 'orders',
              result: 'all',
              where: { value: { expr: [{ lhs: 'number', op: '!=', rhd: 'when' }] } },
              'values/when': { from: '/context/execution_time' },
            },
          },
          {
            id: 'lines',
            card: 'list.map',
            in: { list: { from: '/found/rows' }, flow: { flow: 'line' }, number: { item: '/number' } },
          },
          { id: 'count', card: 'list.length', in: { list: { from: '/lines/new list' } } },
          {
            id: 'size',
            card: 'control.ifElse',
            in: { left: { from: '/count/length' }, operator: '>', right: 10 },
            outputs: [{ key: 'label', type: 'text' }],
            blocks: { then: { cards: [], out: { label: 'many' } }, else: { cards: [], out: { label: 'few' } } },
          },
          {
            id: 'guard',
            card: 'error.ifError',
            blocks: {
              try: {
                cards: [{ card: 'http.post', in: { url: 'https://example.com/', body: { from: '/size/label' } } }],
              },
              catch: { cards: [{ card: 'flow.returnError', in: { message: { from: '/error/message' } } }] },
            },
          },
        ],
      },
      {
        id: 'line',
        type: 'helper',
        inputs: [{ key: 'number', type: 'text' }],
        outputs: [{ key: 'line', type: 'text' }],
        cards: [
          {
            id: 'text',
            card: 'text.compose',
            in: { template: 'Order {{number}}', number: { from: '/inputs/number' } },
          },
          { card: 'flow.return', in: { line: { from: '/text/output' } } },
        ],
      },
    ],
  };
  const flopack = exported(document, ['nightly', 'line']);
  const back = imported(flopack);
  assert.equal(
    back.flows.map((flow) => [flow.id, flow.type]),
    [
      ['nightly', 'schedule'],
      ['line', 'helper'],
    ],
  );
  assert.equal(back.tables, document.tables);
  assert.equal(back.flows[0]?.schedule, document.flows[0]?.schedule);
  assert.is(member(flopack, 'type'), 'flopack');
});

test('a flow of a connector keeps the forms that its fields stand in', () => {
  const document: DeckDocument = {
    flowdeck: 1,
    flows: [
      {
        id: 'send',
        name: 'Send',
        type: 'action',
        options: [{ key: 'Request Type', type: 'text' }],
        inputs: [
          { key: 'URL', type: 'text' },
          { key: 'Body', type: 'object' },
        ],
        outputs: [
          { key: 'statusCode', group: 'Outputs', type: 'number' },
          { key: 'kind', type: 'text' },
        ],
        cards: [
          {
            id: 'returnOutputs',
            card: 'flow.return',
            in: { 'Outputs/statusCode': 204, kind: { from: '/options/Request Type' } },
          },
        ],
      },
    ],
  };
  const again = imported(exported(document, ['send']));
  assert.equal(again.flows[0]?.options, document.flows[0]?.options);
  assert.equal(again.flows[0]?.inputs, document.flows[0]?.inputs);
  assert.equal(again.flows[0]?.outputs, document.flows[0]?.outputs);
  assert.equal(again.flows[0]?.cards[0]?.in, document.flows[0]?.cards[0]?.in);
});

test('what the foreign format cannot say is refused, with its place', () => {
  const document: DeckDocument = {
    flowdeck: 1,
    flows: [
      {
        id: 'f',
        type: 'manual',
        cards: [
          { id: 'sum', card: 'control.assign', in: { total: { expr: '1 + 2' } } },
          { id: 'query', card: 'expression.jsonata', in: { expression: '$now()' } },
        ],
      },
    ],
  };
  const { flopack, diagnostics } = exportFlopack(document, { cards });
  assert.is(flopack, null);
  assert.equal(
    diagnostics.map(({ code, pointer }) => [code, pointer]),
    [
      ['not-exportable', '/flows/0/cards/0/in/total'],
      ['not-exportable', '/flows/0/cards/1/card'],
    ],
  );
});

test("a pack's own control card is refused like ours without a counterpart, at its place", () => {
  const tryAll = defineCard({
    id: 'acme.tryAll',
    title: 'Try All',
    description: 'Runs its blocks.',
    kind: 'control',
    inputs: [],
    outputs: [],
    blocks: { '*': { scope: 'inline' } },
    traits: { swallowsErrors: true },
    run: () => undefined,
  });
  const document: DeckDocument = {
    flowdeck: 1,
    flows: [
      {
        id: 'f',
        type: 'helper',
        cards: [{ card: 'acme.tryAll', blocks: { first: { cards: [{ card: 'control.comment' }] } } }],
      },
    ],
  };
  const { flopack, diagnostics } = exportFlopack(document, { cards: [...cards, tryAll] });
  assert.is(flopack, null);
  assert.equal(
    diagnostics.map(({ code, pointer }) => [code, pointer]),
    [['not-exportable', '/flows/0/cards/0/card']],
  );
});

test('a block gives what its last card gives, whatever remarks stand after it', () => {
  const note = defineCard({
    id: 'acme.note',
    title: 'Note',
    description: 'Does nothing.',
    kind: 'pure',
    inputs: [],
    outputs: [],
    traits: { remarks: true },
    run: () => undefined,
  });
  const sid = [{ key: 'sid', type: 'text' }] as const;
  const document = (last: string): DeckDocument => ({
    flowdeck: 1,
    flows: [
      {
        id: 'f',
        type: 'helper',
        cards: [
          {
            id: 'attempt',
            card: 'error.ifError',
            outputs: sid,
            blocks: {
              try: { cards: [{ id: 'set', card: 'control.assign', in: { sid: 'SM1' } }, { card: last }] },
              catch: { cards: [{ card: 'flow.return', in: { sid: '' } }] },
            },
          },
          { card: 'flow.return', in: { sid: { from: '/attempt/sid' } } },
        ],
      },
    ],
  });
  const back = imported(exported(document('control.comment')));
  const cardsOfTry = back.flows[0]?.cards[0]?.blocks?.['try']?.cards.map(({ card, in: given }) => [card, given]);
  assert.equal(cardsOfTry, [
    ['control.assign', { sid: 'SM1' }],
    ['control.comment', undefined],
    ['flow.return', { sid: { from: '/assign/sid' } }],
  ]);
  const { diagnostics } = exportFlopack(document('acme.note'), { cards: [...cards, note] });
  assert.equal(
    diagnostics.map(({ code, pointer }) => [code, pointer]),
    [['not-exportable', '/flows/0/cards/0/blocks/try/cards/1/card']],
  );
});

test('a checksum goes as soon as anything changes', () => {
  const original = { ...helper(), checksum: 'abc' };
  assert.is(member(exported(imported(original)), 'checksum'), 'abc');
  assert.is(member(exported(described(imported(original))), 'checksum'), undefined);

  function described(document: DeckDocument): DeckDocument {
    return { ...document, flows: document.flows.map((flow) => ({ ...flow, description: 'Changed' })) };
  }
});

test.run();
