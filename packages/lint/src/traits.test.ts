/** Rules judge the cards of a third party by what these declare, as they judge ours. */
import { type CardType, defineCard, type FlowFile } from '@flowdeck/engine';
import type { CardNode } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lint, RULES } from './index.js';
import { findCard, knownConnectors } from './testing/cards.js';
import { deck, flow, giving } from './testing/documents.js';
import { THIRD_PARTY, twinOf, twinPack } from './testing/twins.js';

const ours = findCard();
const connectors = knownConnectors();
const twins = new Map((twinPack().cards ?? []).map((card) => [card.id, card]));
const acme = new Map(THIRD_PARTY.map((card) => [card.id, card]));
const card = (id: string) => acme.get(id) ?? twins.get(id) ?? ours(id);

function places(document: FlowFile, find: (id: string) => CardType | undefined = card): string[] {
  return lint(document, { card: find, connectors }).map(({ code, pointer }) => `${code} ${pointer}`);
}

for (const rule of RULES) {
  test(`${rule.id}: the same cards under other ids are judged alike`, () => {
    for (const { document } of [rule.bad, rule.good]) assert.equal(places(twinOf(document)), places(document));
  });
}

test('without their traits, the same cards are judged otherwise', () => {
  const bare = (id: string) => {
    const known = twins.get(id);
    if (known === undefined) return ours(id);
    const { traits: _, ...rest } = known;
    return rest;
  };
  const blind = RULES.filter(({ bad }) => places(twinOf(bad.document), bare).join() !== places(bad.document).join());
  assert.equal(blind.map(({ id }) => id).sort(), [
    'lint-action-for-request',
    'lint-any-row',
    'lint-foreign-format',
    'lint-key-of-list',
    'lint-relative-url',
    'lint-unbounded-recursion',
    'lint-unencoded-form',
    'lint-unhandled-http',
    'lint-unknown-zone',
    'lint-unreachable-card',
    'lint-unused-assign',
    'lint-unused-value',
  ]);
});

const weather: CardNode = { id: 'weather', card: 'acme.weather', in: { service: 'https://weather.example.com' } };
const api = { type: 'api' } as const;

test('a request of a pack in an endpoint flow wants an answer, unless a card around it swallows its error', () => {
  assert.equal(places(flow([weather, giving()], api)), ['lint-unhandled-http /cards/0']);
  const tried = { card: 'acme.tryAll', blocks: { first: { cards: [weather] }, second: { cards: [] } } };
  assert.equal(places(flow([tried, giving()], api)), []);
});

test('what a detached flow does is no fault of the endpoint', () => {
  const started: CardNode = { card: 'acme.fireAndForget', in: { job: { flow: 'job' } } };
  const job = [weather, giving()];
  assert.equal(places(deck({ f: { cards: [started, giving()], ...api }, job })), []);
});

test('a detached flow that starts itself never ends', () => {
  const again: CardNode = { card: 'acme.fireAndForget', in: { job: { flow: 'f' } } };
  assert.equal(places(flow([again, giving()])), ['lint-unbounded-recursion /cards/0']);
  const held = { card: 'acme.lock', blocks: { held: { cards: [again] } } };
  assert.equal(places(flow([held, giving()])), ['lint-unbounded-recursion /cards/0/blocks/held/cards/0']);
  const maybe = { card: 'acme.route', blocks: { left: { cards: [again] } } };
  assert.equal(places(flow([maybe, giving()])), []);
});

test('a block that is always run, or each of those that one is chosen of, is a way out', () => {
  const held = { card: 'acme.lock', blocks: { held: { cards: [giving()] } } };
  assert.equal(places(flow([held, giving()])), ['lint-unreachable-card /cards/1']);
  const out = { cards: [giving()] };
  const route = { card: 'acme.route', blocks: { left: out, right: out, straight: out } };
  assert.equal(places(flow([route, giving()])), ['lint-unreachable-card /cards/1']);
  const { straight: _, ...two } = route.blocks;
  assert.equal(places(flow([{ ...route, blocks: two }, giving()])), []);
  const tried = { card: 'acme.tryAll', blocks: { first: out, second: out } };
  assert.equal(places(flow([tried, giving()])), []);
});

test('the input that holds the URL may have any name, and a card that chooses by it has looked at it', () => {
  const document = (cards: readonly CardNode[]): FlowFile => ({
    ...deck({
      get: { cards, inputs: [{ key: 'address', type: 'text' }] },
    }),
    connector: { key: 'acme', name: 'Acme', version: '1.0.0', auth: { type: 'basic' }, flows: {} },
  });
  const asked: CardNode = { card: 'acme.weather', in: { service: { from: '/inputs/address' } } };
  const found = (cards: readonly CardNode[]) =>
    places(document(cards)).filter((place) => place.startsWith('lint-relative-url'));
  assert.equal(found([asked, giving()]), ['lint-relative-url /flows/0/cards/0/in/service/from']);
  const route = { card: 'acme.route', in: { by: { from: '/inputs/address' } } };
  assert.equal(found([route, asked, giving()]), []);
});

test('a card that leaves with its declared outputs gives these, and one that declares none gives nobody knows what', () => {
  const leave = {
    title: 'Leave',
    description: 'Leaves.',
    kind: 'control',
    inputs: [],
    traits: { leaves: 'always' },
    run: () => undefined,
  } as const;
  const found = (outputs: readonly { key: string; type: 'text' }[]) =>
    places(flow([{ card: 'acme.leave' }], { outputs: [{ key: 'sid', type: 'text' }] }), (id) =>
      id === 'acme.leave' ? defineCard({ ...leave, id: 'acme.leave', outputs }) : undefined,
    );
  assert.equal(found([{ key: 'sid', type: 'text' }]), []);
  assert.equal(found([{ key: 'id', type: 'text' }]), ['lint-never-produced /outputs/0']);
  assert.equal(found([]), []);
});

test.run();
