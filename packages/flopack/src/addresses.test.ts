/** Cards of a third party that say which foreign cards they are: an import makes them, an export writes them. */
import { standard } from '@flowdeck/cards';
import { type CardType, createEngine, type DeckDocument, defineCard } from '@flowdeck/engine';
import type { CardNode } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exportFlopack, importFlopack } from './index.js';
import { card, end, flow, graph, pack, start } from './testing/pack.js';

const TICKET = defineCard({
  id: 'desk.createTicket',
  title: 'Create Ticket',
  description: 'Creates a ticket.',
  kind: 'effect',
  inputs: [
    { key: 'project', type: 'text', required: true },
    { key: 'Title', type: 'text', group: 'Ticket' },
  ],
  outputs: [{ key: 'number', type: 'number' }],
  connection: { connector: 'desk' },
  addresses: [
    {
      address: 'root:channels:http:acmedesk:2.1.0:createTicket',
      in: { 'parameters/Project': 'project' },
      out: { 'Ticket/Number': 'number' },
    },
    { address: 'root:channels:http:acmedesk-old:1.0.0:newTicket', out: { no: 'number' } },
  ],
  run: (project, title) => ({ number: `${project}${title}`.length }),
});

/** As the platform's own For Each, but of a third party. */
const LATER = defineCard({
  id: 'later.forEach',
  title: 'For Each, Later',
  description: 'Calls a flow for every item.',
  kind: 'control',
  inputs: [
    { key: 'list', type: 'any', list: true, required: true },
    { key: 'flow', type: 'flow', required: true },
  ],
  outputs: [],
  extraInputs: { type: 'any', forward: 'flow', perItem: true },
  traits: { noResult: true },
  addresses: [{ address: 'root:kernel:queue:0.0.1:later', in: { flo: 'flow' } }],
  run: () => ({}),
});

/** Takes a card of the platform that the standard library has, too. */
const GREETING = defineCard({
  id: 'greet.compose',
  title: 'Compose a Greeting',
  description: 'Fills in a template.',
  kind: 'pure',
  inputs: [{ key: 'words', type: 'text' }],
  outputs: [{ key: 'greeting', type: 'text' }],
  extraInputs: { type: 'text' },
  traits: { composes: 'words' },
  addresses: [
    {
      address: 'root:kernel:string:0.0.1:compose',
      in: { _text_: 'words' },
      out: { text: 'greeting' },
      insteadOf: 'text.compose',
    },
  ],
  run: (words) => ({ greeting: String(words) }),
});

const CARDS: readonly CardType[] = [...(standard.cards ?? []), TICKET, LATER, GREETING];

const ITEM = { dynamic: true, path: 'id', dest: { key: 'Id', group: null } };

function sample() {
  const body = graph(
    'f1',
    [
      start('S', [{ key: 'Name' }]),
      card('T', 'acmedesk@2.0.7:createTicket', {
        title: 'Create Ticket',
        in: [
          { key: 'Project', group: 'parameters', data: 'OPS' },
          { key: 'Title', group: 'Ticket' },
        ],
        out: [{ key: 'Number', group: 'Ticket', type: 'number' }],
        model: { config: 'c1' },
      }),
      card('L', 'queue:later', {
        in: [
          { key: 'list', type: 'object', list: true },
          { key: 'flo', type: 'flo', data: 'f2' },
          { key: 'Id', type: 'string', proxy: ITEM },
        ],
      }),
      end('R', [{ key: 'Ticket', type: 'number' }]),
    ],
    ['S T L R'],
    ['S.Name > T.Ticket/Title', 'T.Ticket/Number > R.Ticket'],
  );
  const helper = graph('f2', [start('S2', [{ key: 'Id' }]), end('R2', [])], ['S2 R2'], []);
  return pack([flow('f1', 'Main', body), flow('f2', 'Helper', helper)], {
    configs: { c1: { id: 'c1', name: 'My desk', module: 'acmedesk', data: null } },
  });
}

function imported(source: unknown, cards: readonly CardType[]): { deck: DeckDocument; nodes: readonly CardNode[] } {
  const { document, diagnostics, pins } = importFlopack(source, { cards });
  if (document === null) throw new Error(JSON.stringify(diagnostics));
  assert.is(pins.arrived, pins.total);
  return { deck: document, nodes: document.flows[0]?.cards ?? [] };
}

/** As somebody writes it who never had the export. */
function withoutOriginals({ meta: _, ...deck }: DeckDocument): DeckDocument {
  return deck;
}

function addressesIn(file: unknown): string[] {
  return [...JSON.stringify(file).matchAll(/"address":"(root:[^"]*:(?:createTicket|newTicket|later|compose))"/g)].map(
    ([, address]) => address ?? '',
  );
}

test('the cards of the pack stand for the foreign ones, under their own names, whatever the version', () => {
  const { deck, nodes } = imported(sample(), CARDS);
  const [ticket, later] = nodes;
  assert.is(ticket?.card, 'desk.createTicket');
  assert.is(ticket?.title, undefined);
  assert.is(ticket?.connection, 'My desk');
  assert.equal(ticket?.in, { project: 'OPS', 'Ticket/Title': { from: '/inputs/Name' } });
  assert.is(later?.card, 'later.forEach');
  assert.equal(later?.in, { list: { value: [] }, flow: { flow: 'helper' }, Id: { item: '/id' } });
  assert.equal(nodes.at(-1)?.in, { Ticket: { from: '/createTicket/number' } });
  assert.equal(deck.meta?.['connections'], { 'My desk': 'desk' });
});

test('without the pack they are cards that nobody has', () => {
  const { nodes } = imported(sample(), standard.cards ?? []);
  assert.equal(
    nodes.slice(0, 2).map(({ card }) => card),
    ['acmedesk.createTicket', 'queue.later'],
  );
});

test('an engine with the pack loads what was imported', () => {
  const { deck } = imported(sample(), CARDS);
  const packs = [standard, packOf([TICKET]), packOf([LATER]), packOf([GREETING])];
  createEngine({ packs }).load(withoutOriginals(deck));
});

test('who takes the place of another card has its address, in any order; without saying so, both are refused', () => {
  const { addresses: [address] = [], ...rest } = GREETING;
  if (address === undefined) throw new Error('There is no address.');
  const { insteadOf: _, ...plain } = address;
  const usurper: CardType = { ...rest, addresses: [plain] };
  const library = standard.cards ?? [];
  for (const order of [[standard, packOf([GREETING])] as const, [packOf([GREETING]), standard] as const]) {
    createEngine({ packs: order });
    assert.is(composed(order.flatMap(({ cards = [] }) => cards)), 'greet.compose');
  }
  assert.throws(
    () => createEngine({ packs: [standard, packOf([usurper])] }),
    (error: { code: string; hint: string }) =>
      error.code === 'duplicate-address' && error.hint.includes('insteadOf: "text.compose"'),
  );
  assert.is(composed([...library, usurper]), 'text.compose');
});

/** What becomes of a Compose. */
function composed(cards: readonly CardType[]): string | undefined {
  const body = graph('f1', [start('S', []), card('C', 'string:compose'), end('R', [])], ['S C R'], []);
  return imported(pack([flow('f1', 'Main', body)]), cards).nodes[0]?.card;
}

test('an unedited file comes back as it was, and an edited one keeps the address that it had', () => {
  const { deck } = imported(sample(), CARDS);
  const same = exportFlopack(deck, { cards: CARDS });
  assert.equal(same.rewritten, []);
  assert.equal(same.flopack?.['data'], sample()['data']);
  const [main, ...rest] = deck.flows;
  if (main === undefined) throw new Error('There is no flow.');
  const more = { id: 'note', card: 'control.assign', in: { a: 1 } };
  const edited = exportFlopack(
    { ...deck, flows: [{ ...main, cards: [more, ...main.cards] }, ...rest] },
    { cards: CARDS },
  );
  assert.equal(edited.rewritten, ['main']);
  assert.equal(addressesIn(edited.flopack).sort(), [
    'root:channels:http:acmedesk:2.0.7:createTicket',
    'root:kernel:queue:0.0.1:later',
  ]);
});

test('a new file has the first address, the foreign names, and the channel of the connection', () => {
  const { deck, nodes } = imported(sample(), CARDS);
  const { flopack, diagnostics } = exportFlopack(withoutOriginals(deck), { cards: CARDS });
  assert.equal(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.equal(addressesIn(flopack).sort(), [
    'root:channels:http:acmedesk:2.1.0:createTicket',
    'root:kernel:queue:0.0.1:later',
  ]);
  assert.match(JSON.stringify(flopack), /"name":"My desk","module":"acmedesk"/);
  const again = imported(flopack, CARDS);
  assert.equal(
    again.nodes.map(({ card, in: given }) => [card, given]),
    nodes.map(({ card, in: given }) => [card, given]),
  );
});

test('an export without the pack cannot say the card', () => {
  const { deck } = imported(sample(), CARDS);
  const { flopack } = exportFlopack(withoutOriginals(deck), { cards: standard.cards ?? [] });
  assert.equal(
    addressesIn(flopack).filter((address) => address.includes('acmedesk')),
    [],
  );
});

test('a further address is read, too', () => {
  const body = graph(
    'f1',
    [
      start('S'),
      card('T', 'acmedesk-old@1.0.0:newTicket', { out: [{ key: 'no', type: 'number' }] }),
      end('R', [{ key: 'n', type: 'number' }]),
    ],
    ['S T R'],
    ['T.no > R.n'],
  );
  const { nodes } = imported(pack([flow('f1', 'Main', body)]), CARDS);
  assert.is(nodes[0]?.card, 'desk.createTicket');
  assert.match(JSON.stringify(nodes.at(-1)?.in), /\/number"/);
});

test('what a pack declares goes before the standard library, placeholders of its template included', () => {
  const body = graph(
    'f1',
    [
      start('S', [{ key: 'Name' }]),
      card('C', 'string:compose', {
        in: [{ key: '_text_', data: 'Hello {{{x1}}}' }, { key: 'x1' }],
        out: [{ key: 'text' }],
      }),
      end('R', [{ key: 'out' }]),
    ],
    ['S C R'],
    ['S.Name > C.x1', 'C.text > R.out'],
  );
  const file = pack([flow('f1', 'Main', body)]);
  assert.is(imported(file, standard.cards ?? []).nodes[0]?.card, 'text.compose');
  const { nodes } = imported(file, CARDS);
  assert.is(nodes[0]?.card, 'greet.compose');
  assert.match(String(nodes[0]?.in?.['words']), /^Hello \{\{/);
  assert.match(JSON.stringify(nodes.at(-1)?.in), /\/greeting"/);
});

function packOf(cards: readonly CardType[]) {
  const namespace = cards[0]?.id.split('.')[0] ?? '';
  return { name: `flowdeck-${namespace}`, namespace, version: '1.0.0', cards };
}

test.run();
