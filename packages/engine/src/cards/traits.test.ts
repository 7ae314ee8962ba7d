/** Traits are checked as strictly as a document, and the plan goes by them. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createEngine, defineCard, definePack, FlowdeckError, type FlowFile } from '../index.js';
import { checkPack } from './check/index.js';
import { TRAIT_NAMES } from './check/traits.js';
import type { CardType } from './define.js';

const start = defineCard({
  id: 'acme.start',
  title: 'Start',
  description: 'Starts a flow.',
  kind: 'control',
  inputs: [{ key: 'job', type: 'flow', required: true }],
  outputs: [],
  run: () => undefined,
});
const pure: CardType = { ...start, kind: 'pure', inputs: [{ key: 'text', type: 'text' }] };
const effect: CardType = { ...pure, kind: 'effect' };
const owner: CardType = { ...start, inputs: [], blocks: { '*': { scope: 'scoped' } } };

/** As JavaScript may have it. */
function faults(card: CardType, traits: unknown): string[] {
  return checkPack({ name: 'acme', namespace: 'acme', version: '1.0.0', cards: [{ ...card, traits }] }).map(
    ({ pointer, message, hint }) => `${pointer} ${message} ${hint}`,
  );
}

test('every trait is taken by a card that has what it needs', () => {
  const takers: Record<string, readonly [CardType, readonly unknown[]]> = {
    leaves: [pure, ['always', 'sometimes']],
    returns: [{ ...start, inputs: [], extraInputs: { type: 'any' } }, [true]],
    chooses: [owner, [true]],
    callsOnce: [start, [true]],
    detached: [start, [true]],
    passive: [start, [true]],
    atMostOnce: [effect, [true]],
    swallowsErrors: [owner, [true]],
    assigns: [pure, [true]],
    composes: [pure, [true, 'text']],
    parses: [pure, ['text']],
    picks: [pure, [true, 'text']],
    dateFormat: [pure, ['text']],
    timeZone: [pure, ['text']],
    selects: [pure, ['text']],
    orders: [pure, ['text']],
    urlSafe: [pure, [true]],
    requests: [effect, [true, 'text']],
    method: [effect, ['GET', 'text']],
    answers: [effect, [true]],
    givesAsItComes: [pure, [true]],
    noResult: [pure, [true]],
    remarks: [pure, [true, 'text']],
    compares: [pure, [{ left: 'text', operator: 'text', right: 'text' }]],
  };
  assert.equal(Object.keys(takers).sort(), [...TRAIT_NAMES].sort());
  for (const [trait, [card, values]] of Object.entries(takers)) {
    for (const value of values) assert.equal(faults(card, { [trait]: value }), [], trait);
    for (const value of [false, null, 1, {}, 'often'])
      assert.match(
        faults(card, { [trait]: value }).join(),
        new RegExp(`/traits/${trait} .* is no value of .*\\. Give `),
        trait,
      );
  }
});

test('a comparison names inputs of its card or of its blocks', () => {
  const blocks = { '*': { scope: 'scoped', inputs: [{ key: 'a', type: 'any' }] } } as const;
  const compares = { left: 'a', operator: 'a', right: 'a' };
  assert.equal(faults({ ...owner, blocks }, { compares }), []);
  for (const wrong of [
    { ...compares, left: 'b' },
    { left: 'a', right: 'a' },
    { ...compares, more: 'a' },
  ])
    assert.match(faults({ ...owner, blocks }, { compares: wrong })[0] ?? '', '{ left, operator, right }');
});

test('an undefined trait is none', () => assert.equal(faults(pure, { leaves: undefined }), []));

test('an unknown trait is refused with the names of all, those of objects too', () => {
  for (const name of ['detatched', 'toString'])
    assert.match(faults(start, { [name]: true })[0] ?? '', `A set of traits has no member "${name}".`);
  assert.match(faults(start, JSON.parse('{"__proto__": true}'))[0] ?? '', '"__proto__" may not be a name.');
  assert.match(faults(start, { detatched: true })[0] ?? '', 'detached');
});

test('traits that are no object are refused', () => {
  for (const traits of [null, true, 'detached', ['detached']])
    assert.match(faults(start, traits)[0] ?? '', 'is not a set of traits.');
});

test('a trait without what it needs is refused', () => {
  const needs = [
    [pure, { detached: true }, 'an input of type flow'],
    [owner, { callsOnce: true }, 'an input of type flow'],
    [start, { chooses: true }, 'blocks'],
    [start, { returns: true }, 'extra inputs and no others'],
    [owner, { returns: true }, 'extra inputs and no others'],
    [{ ...pure, inputs: [], extraInputs: { type: 'any' } }, { returns: true }, 'kind "control"'],
    [pure, { swallowsErrors: true }, 'blocks or an input of type flow'],
    [effect, { assigns: true }, 'kind "pure"'],
    [effect, { composes: true }, 'kind "pure"'],
    [pure, { requests: true }, 'other than "pure"'],
    [pure, { method: 'GET' }, 'other than "pure"'],
    [pure, { answers: true }, 'other than "pure"'],
  ] as const;
  for (const [card, traits, says] of needs) assert.match(faults(card, traits)[0] ?? '', says);
});

test('all faults are told at once', () => {
  assert.is(faults(pure, { detached: 'yes', leave: true }).length, 3);
});

test('definePack refuses a card with a wrong trait, and says which', () => {
  const pack = (card: CardType) => () =>
    definePack({ name: 'acme', namespace: 'acme', version: '1.0.0', cards: [card] });
  pack({ ...start, traits: { detached: true } })();
  assert.throws(
    pack({ ...pure, traits: { detached: true } }),
    (error: unknown) =>
      error instanceof FlowdeckError && error.code === 'pack-invalid' && /acme\.start.*detached/.test(error.message),
  );
});

function codes(card: CardType, document: FlowFile): string[] {
  const acme = definePack({ name: 'acme', namespace: 'acme', version: '1.0.0', cards: [card] });
  return createEngine({ packs: [acme] })
    .check(document)
    .diagnostics.map(({ code }) => code);
}

test("a recursion through a pack's card that does not wait is a warning, through one that does a note", () => {
  const document: FlowFile = {
    flowdeck: 1,
    id: 'f',
    type: 'helper',
    cards: [{ card: 'acme.start', in: { job: { flow: 'f' } } }],
  };
  assert.equal(codes({ ...start, traits: { detached: true } }, document), ['async-recursion']);
  assert.equal(codes(start, document), ['recursion']);
});

test('only a card that always leaves makes the next one unreachable', () => {
  const document: FlowFile = {
    flowdeck: 1,
    id: 'f',
    type: 'helper',
    cards: [{ card: 'acme.start' }, { card: 'acme.start' }],
  };
  assert.equal(codes({ ...pure, traits: { leaves: 'always' } }, document), ['unreachable-card']);
  assert.equal(codes({ ...pure, traits: { leaves: 'sometimes' } }, document), []);
});

test.run();
