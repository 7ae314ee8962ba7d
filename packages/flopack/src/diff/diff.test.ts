/** Differences are told by flow, card and field, and those that break callers are marked. */
import type { DeckDocument, Field } from '@flowdeck/engine';
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Change, diffDocuments } from './index.js';

const HELPER: DeckFlow = {
  id: 'line',
  type: 'helper',
  inputs: [{ key: 'number', type: 'text' }],
  outputs: [{ key: 'text', type: 'text' }],
  cards: [
    { id: 'compose', card: 'text.compose', in: { template: 'No. {{n}}', n: { from: '/inputs/number' } } },
    { id: 'trim', card: 'text.trim', in: { text: { from: '/compose/output' } } },
    { id: 'return', card: 'flow.return', in: { text: { from: '/trim/output' } } },
  ],
};
const CALLER: DeckFlow = {
  id: 'main',
  type: 'manual',
  cards: [{ id: 'call', card: 'flow.call', in: { flow: { flow: 'line' }, number: '1' } }],
};

function deck(...flows: DeckFlow[]): DeckDocument {
  return { flowdeck: 1, flows };
}

function changed(change: Partial<DeckFlow>): readonly Change[] {
  return diffDocuments(deck(HELPER, CALLER), deck({ ...HELPER, ...change }, CALLER));
}

function withCards(edit: (cards: CardNode[]) => CardNode[]): string[] {
  return changed({ cards: edit([...HELPER.cards]) }).map(({ kind, card, field }) =>
    [kind, card, field].filter((part) => part !== null).join(' '),
  );
}

test('equal documents do not differ, whatever tools noted in them', () => {
  assert.equal(diffDocuments(deck(HELPER, CALLER), deck({ ...HELPER, name: 'Line', meta: { x: 1 } }, CALLER)), []);
});

test('cards that come, go, move or become others', () => {
  assert.equal(
    withCards((cards) => cards.filter((card) => card.id !== 'trim')),
    ['card-removed trim'],
  );
  assert.equal(
    withCards(([first, ...rest]) => [...(first ? [first] : []), { id: 'new', card: 'date.now' }, ...rest]),
    ['card-added new'],
  );
  assert.equal(withCards(([a, b, c]) => [b, a, c].filter((card) => card !== undefined)).sort(), [
    'card-moved compose',
    'card-moved return',
    'card-moved trim',
  ]);
  assert.equal(
    withCards(([a, b, c]) =>
      [a, { ...b, card: 'text.toLowerCase' }, c].filter((card): card is CardNode => card?.card !== undefined),
    ),
    ['card-type trim'],
  );
});

test('a literal that changed is told from a wire that did', () => {
  const compose = (input: CardNode['in']) =>
    withCards(([a, ...rest]) => [{ ...a, card: 'text.compose', ...(input ? { in: input } : {}) }, ...rest]);
  assert.equal(compose({ template: 'Order {{n}}', n: { from: '/inputs/number' } }), ['literal compose template']);
  assert.equal(compose({ template: 'No. {{n}}', n: '7' }), ['rewired compose n']);
});

test('a signature breaks its callers when something is gone, of another type, or newly required', () => {
  const breaking = (change: Partial<DeckFlow>) =>
    changed(change).map(({ kind, field, breaking }) => [kind, field, breaking]);
  assert.equal(breaking({ inputs: [] }), [['signature-changed', 'number', true]]);
  assert.equal(breaking({ outputs: [{ key: 'text', type: 'number' }] }), [['signature-changed', 'text', true]]);
  const number = { key: 'number', type: 'text' } as const;
  assert.equal(breaking({ inputs: [number, { key: 'currency', type: 'text' }] }), [
    ['signature-changed', 'currency', false],
  ]);
  assert.equal(breaking({ inputs: [number, { key: 'currency', type: 'text', required: true }] }), [
    ['signature-changed', 'currency', true],
  ]);
});

test('all that changed in a field is told, and breaks only where somebody has to do something', () => {
  const changes = (before: Partial<Field>, after: Partial<Field>, part: 'inputs' | 'outputs' = 'inputs') => {
    const withField = (more: Partial<Field>) => deck({ ...HELPER, [part]: [{ key: 'k', type: 'text', ...more }] });
    return diffDocuments(withField(before), withField(after)).map(
      ({ message, breaking }) => `${message.replace(/^Flow "line": /, '')}${breaking ? ' breaking' : ''}`,
    );
  };
  assert.equal(changes({ secret: true }, {}), ['the input "k" is no longer a secret: it is shown.']);
  assert.equal(changes({}, { secret: true }, 'outputs'), ['the output "k" is a secret now.']);
  assert.equal(changes({ secret: true, default: 'a' }, { default: 'b' }), [
    'the default of the input "k" changed.',
    'the input "k" is no longer a secret: it is shown.',
  ]);
  assert.equal(changes({ required: true }, {}), ['the input "k" is no longer required.']);
  assert.equal(changes({}, { required: true }), ['the input "k" is required now. breaking']);
  assert.equal(changes({ default: 'a' }, { default: 'a', required: true }), ['the input "k" is required now.']);
  assert.equal(changes({ default: 'a', required: true }, { required: true }), [
    'the input "k" is required, and has no default any more. breaking',
  ]);
  assert.equal(changes({ choices: ['a'] }, { choices: ['a', 'b'] }), ['the choices of the input "k" changed.']);
  assert.equal(changes({ choices: ['a', 'b'] }, { choices: ['b'] }), [
    'the choices of the input "k" changed. breaking',
  ]);
  assert.equal(changes({}, { choices: ['b'] }), ['the choices of the input "k" changed. breaking']);
  assert.equal(changes({ choices: ['b'] }, {}), ['the choices of the input "k" changed.']);
  assert.equal(changes({ list: false }, {}), []);
});

test('a flow that is called breaks its callers when it goes', () => {
  assert.equal(
    diffDocuments(deck(HELPER, CALLER), deck(CALLER)).map(({ kind, breaking }) => [kind, breaking]),
    [['flow-removed', true]],
  );
  assert.equal(
    diffDocuments(deck(HELPER, CALLER), deck(HELPER)).map(({ kind, breaking }) => [kind, breaking]),
    [['flow-removed', false]],
  );
});

test('tables are compared by their columns', () => {
  const table = { id: 't', columns: [{ key: 'a', type: 'text' }] } as const;
  const other = { id: 't', columns: [{ key: 'b', type: 'text' }] } as const;
  const changes = diffDocuments({ ...deck(HELPER), tables: [table] }, { ...deck(HELPER), tables: [other] });
  assert.equal(
    changes.map(({ kind, field, breaking }) => [kind, field, breaking]),
    [
      ['table-changed', 'a', true],
      ['table-changed', 'b', false],
    ],
  );
});

const CONNECTOR: NonNullable<DeckDocument['connector']> = {
  key: 'acme',
  name: 'Acme',
  version: '1.0.0',
  auth: { type: 'basic', fields: [{ key: 'username', type: 'text' }] },
  parameters: [{ key: 'region', type: 'text' }],
  flows: { authping: 'line', actions: ['main'] },
};

function reconnected(change: Partial<typeof CONNECTOR>): string[] {
  const before = { ...deck(HELPER, CALLER), connector: CONNECTOR };
  const changes = diffDocuments(before, { ...before, connector: { ...CONNECTOR, ...change } });
  return changes.map(({ kind, field, breaking }) => `${kind} ${field}${breaking ? ' breaking' : ''}`);
}

test('connectors: actions, authentication, parameters, and which of their changes break', () => {
  assert.equal(reconnected({}), []);
  assert.equal(reconnected({ name: 'Acme Inc.' }), []);
  assert.equal(reconnected({ flows: { authping: 'line', actions: [] } }), ['action-removed main breaking']);
  assert.equal(reconnected({ flows: { authping: 'line', actions: ['main', 'line'] } }), ['action-added line']);
  assert.equal(reconnected({ flows: { actions: ['main'] } }), ['connector-changed flows.authping']);
  assert.equal(reconnected({ auth: { type: 'oauth2' } }), [
    'connector-changed auth.type breaking',
    'connector-changed username breaking',
  ]);
  assert.equal(reconnected({ parameters: [] }), ['connector-changed region breaking']);
  const required = [...(CONNECTOR.parameters ?? []), { key: 'account', type: 'text', required: true } as const];
  assert.equal(reconnected({ parameters: required }), ['connector-changed account breaking']);
  assert.equal(reconnected({ lookups: [{ actions: ['main'], field: 'x', flow: 'line' }] }), [
    'connector-changed lookups',
  ]);
  const request = { action: 'main', method: 'GET', url: 'https://api.example.com/x' };
  assert.equal(reconnected({ requests: [request] }), ['connector-changed requests']);
  assert.equal(reconnected({ parameters: [{ key: 'region', type: 'text', secret: true }] }), [
    'connector-changed region',
  ]);
  assert.equal(reconnected({ key: 'acme2', version: '2.0.0', errors: { code: '/code' } }), [
    'connector-changed key breaking',
    'connector-changed version',
    'connector-changed errors',
  ]);
});

test('a connector that is gone breaks, a new one does not', () => {
  const [without, withOne] = [deck(HELPER), { ...deck(HELPER), connector: CONNECTOR }];
  const kinds = (a: DeckDocument, b: DeckDocument) => diffDocuments(a, b).map(({ kind, breaking }) => [kind, breaking]);
  assert.equal(kinds(without, withOne), [['connector-added', false]]);
  assert.equal(kinds(withOne, without), [['connector-removed', true]]);
});

test.run();
