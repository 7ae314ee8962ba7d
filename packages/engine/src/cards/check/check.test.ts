/** What is told of a faulty declaration: every mistake that is known, as somebody writes it in JavaScript. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../diagnostic.js';
import { createEngine } from '../../engine.js';
import { DeclarationError } from '../../errors.js';
import { defineCard, definePack, type Pack } from '../index.js';
import * as module from './scalars.js';

type Loose = Record<string, unknown>;

const CARD: Loose = {
  id: 'acme.shout',
  title: 'Shout',
  description: 'Text in capitals.',
  kind: 'pure',
  inputs: [{ key: 'text', type: 'text', required: true }],
  outputs: [{ key: 'output', type: 'text' }],
  errors: { 'acme-mute': 'There is no text.' },
  run: (text: string) => ({ output: text.toUpperCase() }),
};
const SHOUT_ADDRESS: Loose = { address: 'root:kernel:acme:1.0.0:shout' };
const PACK: Loose = { name: 'flowdeck-acme', namespace: 'acme', version: '1.0.0' };

const card = (changes: Loose): Loose => ({ ...PACK, cards: [{ ...CARD, ...changes }] });
const input = (field: unknown): Loose => card({ inputs: [field] });
const field = (changes: Loose): Loose => input({ key: 'text', type: 'text', ...changes });
const example = (changes: Loose): Loose => card({ examples: [{ in: {}, ...changes }] });
const without = (name: string, from: Loose): Loose =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));
const ownProto = (value: unknown): Loose => Object.defineProperty({}, '__proto__', { value, enumerable: true });

function faultsOf(pack: unknown): readonly Diagnostic[] {
  try {
    // What JavaScript lets through.
    definePack(pack as Pack);
    return [];
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    assert.is(error.code, 'pack-invalid');
    return error.diagnostics;
  }
}

const endless: Loose = { key: 'a', type: 'object' };
endless['properties'] = [endless];

/** The declaration, and what is told of it: code, pointer, hint. Nothing else is told. */
const MISTAKES: Readonly<Record<string, readonly [pack: unknown, code: string, pointer: string, hint: RegExp]>> = {
  'no pack': [undefined, 'declaration-shape', '', /plain object/],
  'a list of packs': [[PACK], 'declaration-shape', '', /plain object/],
  'a promise of a pack': [Promise.resolve(PACK), 'declaration-shape', '', /Await the promise/],
  'a function that makes a pack': [() => PACK, 'declaration-shape', '', /Call the function/],
  'a map of cards': [{ ...PACK, cards: new Map([['a', CARD]]) }, 'declaration-shape', '/cards', /\.\.\.it\.values\(\)/],
  'a module for a pack': [module, 'declaration-shape', '', /exports \(.*text.*import \{ name \}/],
  'a compiled module for a pack': [{ __esModule: true, acme: PACK }, 'declaration-shape', '', /exports \(acme\)/],
  'a misspelt member of a pack': [{ ...PACK, card: [] }, 'declaration-unknown', '/card', /mean "cards"/],
  'a member that no pack has': [
    { ...PACK, author: 'A' },
    'declaration-unknown',
    '/author',
    /There are name, namespace/,
  ],
  'a pack without a name': [without('name', PACK), 'declaration-missing', '/name', /npm package/],
  'a URL for a host': [{ ...PACK, hosts: ['https://acme.com'] }, 'declaration-value', '/hosts/0', /no scheme, no path/],
  'a host with a star in it': [
    { ...PACK, hosts: ['a.com', 'api.*.com'] },
    'declaration-value',
    '/hosts/1',
    /"\*\.acme/,
  ],
  'a host that is no text': [{ ...PACK, hosts: [1] }, 'declaration-value', '/hosts/0', /no scheme/],
  'one host for a list': [{ ...PACK, hosts: 'a.com' }, 'declaration-shape', '/hosts', /square brackets/],
  'proofs in a list': [{ ...PACK, proofs: [() => true] }, 'declaration-shape', '/proofs', /acme\.signature/],
  'a proof that is no function': [
    { ...PACK, proofs: { 'acme.signature': true } },
    'declaration-shape',
    '/proofs/acme.signature',
    /=> boolean/,
  ],
  'a proof of somebody else': [
    { ...PACK, proofs: { 'other.signature': () => true } },
    'declaration-name',
    '/proofs/other.signature',
    /"acme"/,
  ],
  'a proof without a namespace': [
    { ...PACK, proofs: { signature: () => true } },
    'declaration-name',
    '/proofs/signature',
    /acme\.signature/,
  ],
  'a blank name': [{ ...PACK, name: ' ' }, 'declaration-value', '/name', /at least one letter/],
  'no namespace': [without('namespace', PACK), 'declaration-missing', '/namespace', /"acme"/],
  'a namespace with a blank': [{ ...PACK, namespace: 'my pack' }, 'declaration-name', '/namespace', /underscores/],
  'no namespaces': [{ ...PACK, namespace: [] }, 'declaration-value', '/namespace', /at least one/],
  'a namespace that is a number': [{ ...PACK, namespace: ['a', 1] }, 'declaration-name', '/namespace/1', /underscores/],
  'a forbidden namespace': [{ ...PACK, namespace: 'constructor' }, 'declaration-name', '/namespace', /prototype/],
  'no version': [without('version', PACK), 'declaration-missing', '/version', /"1\.0\.0"/],
  'half a version': [{ ...PACK, version: '1.0' }, 'declaration-value', '/version', /three numbers/],
  'a version as a number': [{ ...PACK, version: 1 }, 'declaration-value', '/version', /three numbers/],
  'cards by name': [{ ...PACK, cards: { shout: CARD } }, 'declaration-shape', '/cards', /square brackets/],
  'a card that was not imported': [
    { ...PACK, cards: [undefined] },
    'declaration-shape',
    '/cards/0',
    /spelt as its export/,
  ],
  'a list in a list': [{ ...PACK, cards: [[CARD]] }, 'declaration-shape', '/cards/0', /\.\.\.cards/],
  'a module for a card': [{ ...PACK, cards: [module] }, 'declaration-shape', '/cards/0', /import \{ name \}/],
  'a function for a card': [{ ...PACK, cards: [() => CARD] }, 'declaration-shape', '/cards/0', /plain object/],
  'two cards of one id': [{ ...PACK, cards: [CARD, CARD] }, 'declaration-duplicate', '/cards/1/id', /another id/],
  'a connector that is none': [{ ...PACK, connectors: [1] }, 'declaration-shape', '/connectors/0', /document/],
  'a connector of another namespace': [
    { ...PACK, connectors: [{ connector: { key: 'station' }, flows: [] }] },
    'declaration-name',
    '/connectors/0/connector/key',
    /Begin it with "acme", or add "station"/,
  ],
  'a connector of another namespace, as JSON': [
    { ...PACK, connectors: ['{ "connector": { "key": "station" }, "flows": [] }'] },
    'declaration-name',
    '/connectors/0/connector/key',
    /add "station"/,
  ],

  'no id': [card({ id: undefined }), 'declaration-missing', '/cards/0/id', /namespace\.name/],
  'an id without a dot': [card({ id: 'shout' }), 'declaration-name', '/cards/0/id', /namespace, dot, name/],
  'an id that is a number': [card({ id: 7 }), 'declaration-name', '/cards/0/id', /namespace, dot, name/],
  'an id of another namespace': [
    card({ id: 'other.shout' }),
    'declaration-name',
    '/cards/0/id',
    /Begin it with "acme"/,
  ],
  'no title': [card({ title: undefined }), 'declaration-missing', '/cards/0/title', /people call/],
  'a blank title': [card({ title: '' }), 'declaration-value', '/cards/0/title', /letter/],
  'a title that is a number': [card({ title: 1 }), 'declaration-shape', '/cards/0/title', /quotes/],
  'no description': [card({ description: undefined }), 'declaration-missing', '/cards/0/description', /sentence/],
  'a blank description': [card({ description: ' ' }), 'declaration-value', '/cards/0/description', /letter/],
  'no kind': [card({ kind: undefined }), 'declaration-missing', '/cards/0/kind', /"effect"/],
  'a kind in capitals': [card({ kind: 'Pure' }), 'declaration-value', '/cards/0/kind', /mean "pure"/],
  'a kind that does not exist': [card({ kind: 'async' }), 'declaration-value', '/cards/0/kind', /one of them/],
  'no inputs': [card({ inputs: undefined }), 'declaration-missing', '/cards/0/inputs', /may be empty/],
  'inputs by name': [card({ inputs: { text: 'text' } }), 'declaration-shape', '/cards/0/inputs', /square brackets/],
  'no outputs': [card({ outputs: undefined }), 'declaration-missing', '/cards/0/outputs', /may be empty/],
  'no function': [card({ run: undefined }), 'declaration-missing', '/cards/0/run', /does the work/],
  'a function under another name': [card({ runs: 1 }), 'declaration-unknown', '/cards/0/runs', /mean "run"/],
  'a result for a function': [card({ run: {} }), 'declaration-shape', '/cards/0/run', /function itself/],
  'a time in words': [card({ timeoutMs: '10s' }), 'declaration-value', '/cards/0/timeoutMs', /milliseconds/],
  'no time': [card({ timeoutMs: 0 }), 'declaration-value', '/cards/0/timeoutMs', /milliseconds/],
  'time without end': [card({ timeoutMs: Number.NaN }), 'declaration-value', '/cards/0/timeoutMs', /milliseconds/],
  'time of another name': [card({ timeout: 10 }), 'declaration-unknown', '/cards/0/timeout', /mean "timeoutMs"/],
  'a flag as text': [card({ mirror: 'yes' }), 'declaration-shape', '/cards/0/mirror', /Write true/],
  'a card told to be of no use by a flag': [
    card({ deprecated: true }),
    'declaration-shape',
    '/cards/0/deprecated',
    /quotes/,
  ],
  'a forbidden member': [
    { ...PACK, cards: [Object.defineProperty({ ...CARD }, '__proto__', { value: 1, enumerable: true })] },
    'declaration-name',
    '/cards/0/__proto__',
    /prototype/,
  ],

  'a field that is a text': [input('text'), 'declaration-shape', '/cards/0/inputs/0', /plain object/],
  'a field without a key': [input({ type: 'text' }), 'declaration-missing', '/cards/0/inputs/0/key', /address/],
  'a blank key': [field({ key: '' }), 'declaration-value', '/cards/0/inputs/0/key', /letter/],
  'a forbidden key': [field({ key: '__proto__' }), 'declaration-name', '/cards/0/inputs/0/key', /prototype/],
  'a forbidden group': [field({ group: 'constructor' }), 'declaration-name', '/cards/0/inputs/0/group', /prototype/],
  'a field without a type': [
    input({ key: 'text' }),
    'declaration-missing',
    '/cards/0/inputs/0/type',
    /one of text, number/,
  ],
  'a type of another language': [
    field({ type: 'string' }),
    'declaration-value',
    '/cards/0/inputs/0/type',
    /Write "text"/,
  ],
  'a misspelt type': [field({ type: 'nubmer' }), 'declaration-value', '/cards/0/inputs/0/type', /mean "number"/],
  'a type that is a function': [field({ type: String }), 'declaration-value', '/cards/0/inputs/0/type', /in quotes/],
  secrets: [field({ secrets: true }), 'declaration-unknown', '/cards/0/inputs/0/secrets', /mean "secret"/],
  require: [field({ require: true }), 'declaration-unknown', '/cards/0/inputs/0/require', /mean "required"/],
  choice: [field({ choice: ['a'] }), 'declaration-unknown', '/cards/0/inputs/0/choice', /mean "choices"/],
  'a field required by a text': [field({ required: 'yes' }), 'declaration-shape', '/cards/0/inputs/0/required', /true/],
  'two inputs of one name': [
    card({
      inputs: [
        { key: 'a', type: 'text' },
        { key: 'a', type: 'number' },
      ],
    }),
    'declaration-duplicate',
    '/cards/0/inputs/1/key',
    /another key or group/,
  ],
  'two outputs of one name in one group': [
    card({
      outputs: [
        { key: 'a', group: 'g', type: 'text' },
        { key: 'a', group: 'g', type: 'text' },
      ],
    }),
    'declaration-duplicate',
    '/cards/0/outputs/1/key',
    /another key or group/,
  ],
  'a property without a type': [
    field({ type: 'object', properties: [{ key: 'a' }] }),
    'declaration-missing',
    '/cards/0/inputs/0/properties/0/type',
    /one of text/,
  ],
  'a field that holds itself': [
    input(endless),
    'declaration-shape',
    `/cards/0/inputs/0${'/properties/0'.repeat(31)}`,
    /hold itself/,
  ],
  'a default of another type': [
    field({ type: 'number', default: 'many' }),
    'declaration-default',
    '/cards/0/inputs/0/default',
    /./,
  ],
  'a default that would have to be converted': [
    field({ type: 'number', default: '5' }),
    'declaration-default',
    '/cards/0/inputs/0/default',
    /its own type/,
  ],
  'a default that is no list': [
    field({ list: true, default: 'a' }),
    'declaration-default',
    '/cards/0/inputs/0/default',
    /its own type/,
  ],
  'a default that is no choice': [
    field({ choices: ['a', 'b'], default: 'c' }),
    'declaration-default',
    '/cards/0/inputs/0/default',
    /"a","b"/,
  ],
  'choices in a text': [field({ choices: 'a, b' }), 'declaration-shape', '/cards/0/inputs/0/choices', /brackets/],
  'no choices': [field({ choices: [] }), 'declaration-value', '/cards/0/inputs/0/choices', /Leave/],
  'a choice of another type': [
    field({ type: 'number', choices: [1, 'two'] }),
    'declaration-value',
    '/cards/0/inputs/0/choices/1',
    /./,
  ],

  'extra inputs without a type': [
    card({ extraInputs: {} }),
    'declaration-missing',
    '/cards/0/extraInputs/type',
    /text/,
  ],
  'extra inputs to a flow that is none': [
    card({ extraInputs: { type: 'any', forward: 'text' } }),
    'declaration-value',
    '/cards/0/extraInputs/forward',
    /such an input/,
  ],
  'items of nothing': [
    card({ extraInputs: { type: 'any', perItem: true } }),
    'declaration-conflict',
    '/cards/0/extraInputs/perItem',
    /"forward"/,
  ],
  'a connection by name alone': [
    card({ kind: 'effect', connection: 'acme' }),
    'declaration-shape',
    '/cards/0/connection',
    /plain object/,
  ],
  'a connection of a key': [
    card({ kind: 'effect', connection: { key: 'acme' } }),
    'declaration-unknown',
    '/cards/0/connection/key',
    /There are connector, optional/,
  ],
  'a connection of a pure card': [
    card({ connection: { connector: 'acme' } }),
    'declaration-conflict',
    '/cards/0/connection',
    /"effect"/,
  ],
  'extra outputs with a key': [
    card({ extraOutputs: { type: 'any', key: 'a' } }),
    'declaration-unknown',
    '/cards/0/extraOutputs/key',
    /There are type, list/,
  ],
  'blocks in a list': [card({ kind: 'control', blocks: [] }), 'declaration-shape', '/cards/0/blocks', /plain object/],
  'a block without a scope': [
    card({ kind: 'control', blocks: { then: {} } }),
    'declaration-missing',
    '/cards/0/blocks/then/scope',
    /"inline" or "scoped"/,
  ],
  'a block that provides what there is not': [
    card({ kind: 'control', blocks: { then: { scope: 'inline', provides: ['items'] } } }),
    'declaration-value',
    '/cards/0/blocks/then/provides/0',
    /mean "item"/,
  ],
  'a block of a forbidden name': [
    card({ kind: 'control', blocks: ownProto({ scope: 'inline' }) }),
    'declaration-name',
    '/cards/0/blocks/__proto__',
    /prototype/,
  ],
  'blocks of a card that cannot run them': [
    card({ blocks: { then: { scope: 'inline' } } }),
    'declaration-conflict',
    '/cards/0/blocks',
    /"control"/,
  ],
  'errors in a list': [card({ errors: ['acme-mute'] }), 'declaration-shape', '/cards/0/errors', /plain object/],
  'an error code in capitals': [
    card({ errors: { Mute: 'No.' } }),
    'declaration-name',
    '/cards/0/errors/Mute',
    /hyphens/,
  ],
  'an error without a sentence': [
    card({ errors: { mute: '' } }),
    'declaration-value',
    '/cards/0/errors/mute',
    /letter/,
  ],
  'an error that is a number': [card({ errors: { mute: 400 } }), 'declaration-shape', '/cards/0/errors/mute', /quotes/],

  'examples that are no list': [card({ examples: { in: {} } }), 'declaration-shape', '/cards/0/examples', /brackets/],
  'an example without inputs': [card({ examples: [{}] }), 'declaration-missing', '/cards/0/examples/0/in', /by name/],
  'inputs of an example in a list': [example({ in: ['a'] }), 'declaration-shape', '/cards/0/examples/0/in', /object/],
  'an example under another name': [
    example({ output: {} }),
    'declaration-unknown',
    '/cards/0/examples/0/output',
    /in, out/,
  ],
  'an example of an unknown input': [
    example({ in: { txet: 'a' } }),
    'declaration-example',
    '/cards/0/examples/0/in/txet',
    /mean "text"/,
  ],
  'an example of an unknown output': [
    example({ out: { result: 'a' } }),
    'declaration-example',
    '/cards/0/examples/0/out/result',
    /There are output/,
  ],
  'an example of a value that does not fit': [
    card({ inputs: [{ key: 'n', type: 'number' }], examples: [{ in: { n: 'many' } }] }),
    'declaration-example',
    '/cards/0/examples/0/in/n',
    /./,
  ],
  'an example of an error that is not declared': [
    example({ error: 'acme-mut' }),
    'declaration-example',
    '/cards/0/examples/0/error',
    /mean "acme-mute"/,
  ],
  'an address that is none': [
    card({ addresses: [{ address: 'acme:shout' }] }),
    'declaration-value',
    '/cards/0/addresses/0/address',
    /root:kernel:/,
  ],
  'no address at all': [
    card({ addresses: [{ in: {} }] }),
    'declaration-missing',
    '/cards/0/addresses/0/address',
    /root:channels:http:/,
  ],
  'addresses without their list': [
    card({ addresses: SHOUT_ADDRESS }),
    'declaration-shape',
    '/cards/0/addresses',
    /brackets/,
  ],
  'one address twice, in two versions': [
    card({ addresses: [SHOUT_ADDRESS, { address: 'root:kernel:acme:2.0.0:shout' }] }),
    'declaration-conflict',
    '/cards/0/addresses/1/address',
    /Remove/,
  ],
  'an address whose input the card has not': [
    card({ addresses: [{ ...SHOUT_ADDRESS, in: { words: 'txt' } }] }),
    'declaration-value',
    '/cards/0/addresses/0/in/words',
    /mean "text"/,
  ],
  'an address whose output the card has not': [
    card({ addresses: [{ ...SHOUT_ADDRESS, out: { loud: 7 } }] }),
    'declaration-value',
    '/cards/0/addresses/0/out/loud',
    /output/,
  ],
  'a member that an address has not': [
    card({ addresses: [{ ...SHOUT_ADDRESS, inputs: {} }] }),
    'declaration-unknown',
    '/cards/0/addresses/0/inputs',
    /./,
  ],
  'a group of inputs that nobody names': [
    card({ addresses: [{ ...SHOUT_ADDRESS, extraGroup: 'options' }] }),
    'declaration-conflict',
    '/cards/0/addresses/0/extraGroup',
    /extraInputs/,
  ],
  'a group of outputs, where the author names none': [
    card({ addresses: [{ ...SHOUT_ADDRESS, out: { 'a/*': 'a/*' } }] }),
    'declaration-value',
    '/cards/0/addresses/0/out/a~1*',
    /output/,
  ],
  'a further name for an input that the card has not': [
    card({ addresses: [{ ...SHOUT_ADDRESS, also: { '*/words': 'txt' } }] }),
    'declaration-value',
    '/cards/0/addresses/0/also/*~1words',
    /mean "text"/,
  ],
  'an address that lacks an input that the card has not': [
    card({ addresses: [{ ...SHOUT_ADDRESS, lacks: { in: ['txt'] } }] }),
    'declaration-value',
    '/cards/0/addresses/0/lacks/in/0',
    /mean "text"/,
  ],
  'an address that names and lacks an input': [
    card({ addresses: [{ ...SHOUT_ADDRESS, in: { words: 'text' }, lacks: { in: ['text'] } }] }),
    'declaration-conflict',
    '/cards/0/addresses/0/lacks/in/0',
    /one of the two/,
  ],
  'a template that the card has not': [
    card({ addresses: [{ ...SHOUT_ADDRESS, template: 'txt' }] }),
    'declaration-value',
    '/cards/0/addresses/0/template',
    /mean "text"/,
  ],
  'a model of objects': [
    card({ addresses: [{ ...SHOUT_ADDRESS, model: { async: {} } }] }),
    'declaration-value',
    '/cards/0/addresses/0/model/async',
    /one of them/,
  ],
  'an address instead of itself': [
    card({ addresses: [{ ...SHOUT_ADDRESS, insteadOf: 'acme.shout' }] }),
    'declaration-conflict',
    '/cards/0/addresses/0/insteadOf',
    /whose place/,
  ],
  'an example of both': [
    example({ out: {}, error: 'acme-mute' }),
    'declaration-conflict',
    '/cards/0/examples/0/out',
    /"out" or "error"/,
  ],
};

for (const [mistake, [pack, code, pointer, hint]] of Object.entries(MISTAKES)) {
  test(`is told: ${mistake}`, () => {
    const faults = faultsOf(pack);
    assert.equal(
      faults.map((fault) => [fault.code, fault.pointer]),
      [[code, pointer]],
      faults.map((fault) => fault.message).join('\n'),
    );
    assert.match(faults[0]?.hint ?? '', hint);
  });
}

/** What looks odd and is right. */
const RIGHT: Readonly<Record<string, unknown>> = {
  'an empty pack': PACK,
  'two addresses': card({
    addresses: [
      { ...SHOUT_ADDRESS, in: { 'words/said': 'text' }, out: { loud: 'output' } },
      { address: 'root:channels:http:acme:1.0.0:shout' },
    ],
  }),
  'two namespaces': { ...PACK, namespace: ['acme', 'station'], cards: [CARD, { ...CARD, id: 'station.shout' }] },
  'a pre-release': { ...PACK, version: '1.0.0-beta.1+build.5' },
  'members that are undefined': card({ timeoutMs: undefined, examples: undefined }),
  'a default of null': field({ type: 'number', default: null }),
  'a default in a list of choices': field({ list: true, choices: ['a', 'b'], default: ['b', 'a'] }),
  'one name in two groups': card({
    inputs: [
      { key: 'a', group: 'g', type: 'text' },
      { key: 'a', type: 'text' },
    ],
  }),
  'an example of a value that converts': card({
    inputs: [{ key: 'n', type: 'number' }],
    examples: [{ in: { n: '5' } }],
  }),
  'an example of an error by a value that does not fit': card({
    inputs: [{ key: 'n', type: 'number' }],
    examples: [{ in: { n: 'many' }, error: 'acme-mute' }],
  }),
  'an example of extra inputs': card({
    extraInputs: { type: 'any', group: 'values' },
    extraOutputs: { type: 'any' },
    examples: [{ in: { 'values/a': 1 }, out: { anything: 1 } }],
  }),
  'a pack without a prototype': Object.assign(Object.create(null), PACK),
};

for (const [what, pack] of Object.entries(RIGHT)) {
  test(`is right: ${what}`, () => assert.equal(faultsOf(pack), []));
}

test('all faults are told at once, in one message', () => {
  const pack = { ...PACK, version: undefined, cards: [{ ...CARD, kind: 'Pure', titel: 'x' }, undefined] };
  const error = thrownBy(() => definePack(pack as unknown as Pack));
  assert.equal(
    error.diagnostics.map(({ pointer, card: id }) => [pointer, id]),
    [
      ['/cards/0/kind', 'acme.shout'],
      ['/cards/0/titel', 'acme.shout'],
      ['/cards/1', undefined],
      ['/version', undefined],
    ],
  );
  for (const part of ['The pack "flowdeck-acme" is faulty:', '/cards/0/kind (acme.shout): "Pure" is not', '/version:'])
    assert.ok(error.message.includes(part), error.message);
  assert.equal(error.at, { pointer: '/cards/0/kind', card: 'acme.shout' });
  assert.is(JSON.parse(JSON.stringify(error)).diagnostics.length, 4);
});

test('a message lists twenty faults, and counts the others', () => {
  const error = thrownBy(() => definePack({ ...PACK, cards: Array(30).fill(undefined) } as unknown as Pack));
  assert.is(error.diagnostics.length, 30);
  assert.match(error.message, 'and 10 more');
});

test('an engine refuses a pack that nobody has checked', () => {
  const error = thrownBy(() => createEngine({ packs: [card({ kind: 'Pure' }) as unknown as Pack] }));
  assert.is(error.diagnostics[0]?.pointer, '/cards/0/kind');
});

test('an engine takes a sound pack that nobody has checked, such as one of another copy of the engine', () => {
  const engine = createEngine({ packs: [card({}) as unknown as Pack] });
  assert.is(engine.cards[0]?.card.id, 'acme.shout');
});

test('a pack that was changed in a copy is checked again', () => {
  const pack = definePack(PACK as unknown as Pack);
  thrownBy(() => createEngine({ packs: [{ ...pack, version: '1' }] }));
});

test('a declaration cannot be changed once it is checked', () => {
  const shout = defineCard({
    id: 'acme.shout',
    title: 'Shout',
    description: 'Text in capitals.',
    kind: 'pure',
    inputs: [{ key: 'text', type: 'text', required: true }],
    outputs: [{ key: 'output', type: 'text' }],
    run: (text) => ({ output: text.toUpperCase() }),
  });
  const pack = definePack({ name: 'flowdeck-acme', namespace: 'acme', version: '1.0.0', cards: [shout] });
  assert.is(pack.cards?.[0], shout, 'the card is the same');
  for (const part of [pack, pack.cards, shout, shout.inputs, shout.inputs[0]]) assert.ok(Object.isFrozen(part));
});

function thrownBy(run: () => unknown): DeclarationError {
  try {
    run();
  } catch (error) {
    assert.instance(error, DeclarationError);
    return error as DeclarationError; // just asserted
  }
  return assert.unreachable('nothing was thrown') as never;
}

test.run();
