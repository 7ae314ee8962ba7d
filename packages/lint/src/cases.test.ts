/** Where each rule finds something, and where it holds its tongue. */
import type { FlowFile } from '@flowdeck/engine';
import type { CardNode, ConnectorDocument } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lint, RULE_IDS, type RuleId } from './index.js';
import { findCard, knownConnectors } from './testing/cards.js';
import { deck, flow, giving, ifElse, ifError } from './testing/documents.js';
import { twinOf, twinPack } from './testing/twins.js';

const ours = findCard();
const connectors = knownConnectors();
const twins = new Map((twinPack().cards ?? []).map((card) => [card.id, card]));
const card = (id: string) => twins.get(id) ?? ours(id);

/** Pointers of one rule's diagnostics. Other rules are left aside: the documents are as short as can be. */
function found(rule: RuleId, document: FlowFile): string[] {
  const others = Object.fromEntries(RULE_IDS.filter((id) => id !== rule).map((id) => [id, 'off' as const]));
  return lint(document, { card, connectors, rules: others }).map(({ pointer }) => pointer);
}

function finds(rule: RuleId, title: string, document: FlowFile, ...pointers: string[]): void {
  test(`${rule}: ${title}`, () => {
    assert.equal(found(rule, document), pointers);
    // No rule goes by the ids of our cards.
    assert.equal(found(rule, twinOf(document)), pointers);
  });
}

function passes(rule: RuleId, title: string, document: FlowFile): void {
  finds(rule, `${title}: nothing is found`, document);
}

const a = { key: 'a', type: 'text' } as const;
const get: CardNode = { id: 'get', card: 'http.get', in: { url: 'https://api.example.com/' } };
const call = (target: string, more: Partial<CardNode> = {}): CardNode => ({
  card: 'flow.call',
  in: { flow: { flow: target } },
  ...more,
});

{
  const rule = 'lint-never-produced';
  const reads = (pointer: string) => giving({ x: { from: pointer } });
  finds(rule, 'an output that the card does not have', flow([get, reads('/get/status')]), '/cards/1/in/x/from');
  finds(
    rule,
    'the same in an expression',
    flow([get, giving({ x: { expr: 'get.status & "!"' } })]),
    '/cards/1/in/x/expr',
  );
  passes(rule, 'an output and what is in it', flow([get, reads('/get/headers/link')]));
  passes(rule, 'all outputs at once', flow([get, reads('/get')]));
  passes(rule, 'an output of an unknown card', flow([{ id: 'x', card: 'no.card' }, reads('/x/y')]));
  passes(rule, 'what an Assign is given', flow([{ id: 's', card: 'control.assign', in: { y: 1 } }, reads('/s/y')]));
  passes(rule, 'a result of a flow in another file', flow([call('away', { id: 'c' }), reads('/c/y')]));
  const inline = ifElse([], [], { id: 'i', outputs: [a] });
  finds(rule, 'an inline block without "out"', flow([inline, reads('/i/a')]), '/cards/0/outputs/0');
  passes(rule, 'an output of blocks that nobody reads', flow([inline, giving()]));
  const out = { then: { cards: [], out: { a: 1 } }, else: { cards: [] } };
  passes(rule, 'one inline block that gives it', flow([{ ...inline, blocks: out }, reads('/i/a')]));
  const scoped = (cards: readonly CardNode[]) =>
    flow([ifError(cards, [giving({})], { id: 'e', outputs: [a] }), reads('/e/a')]);
  finds(rule, 'a scoped block that returns something else', scoped([giving({ b: 1 })]), '/cards/0/outputs/0');
  passes(rule, 'a Return in a branch inside a scoped block', scoped([ifElse([giving({ a: 1 })], [giving({})])]));
  finds(
    rule,
    'a Return of a block further inside',
    scoped([ifError([giving({ a: 1 })]), giving({})]),
    '/cards/0/outputs/0',
  );
  passes(rule, 'a block that ends with a card of that output', scoped([{ card: 'control.assign', in: { a: 1 } }]));
  passes(rule, 'a block that ends with an unknown card', scoped([{ card: 'no.card' }]));
  finds(rule, 'an output of the flow that no Return gives', flow([giving({ b: 1 })], { outputs: [a] }), '/outputs/0');
  passes(
    rule,
    'an output that one of two Returns gives',
    flow([ifElse([giving({ a: 1 })]), giving({})], { outputs: [a] }),
  );
  passes(rule, 'a flow without a Return', flow([get], { outputs: [a] }));
}

{
  const rule = 'lint-unreachable-card';
  const fail: CardNode = { card: 'flow.returnError', in: { message: 'no' } };
  finds(rule, 'cards after a Return, the first of them', flow([giving(), get, get]), '/cards/1');
  finds(rule, 'a card after a Return Error in a block', flow([ifElse([fail, get])]), '/cards/0/blocks/then/cards/1');
  finds(rule, 'branches in branches', flow([ifElse([ifElse([fail], [giving()])], [fail]), get]), '/cards/1');
  passes(rule, 'an If/Else without an else', flow([ifElse([giving()]), get]));
  passes(rule, 'Returns in scoped blocks', flow([ifError([giving()], [giving()]), get]));
}

{
  const rule = 'lint-unknown-result';
  const asks = call('g', { outputs: [a] });
  finds(
    rule,
    'the flow returns something else',
    deck({ f: [asks], g: [giving({ b: 1 })] }),
    '/flows/0/cards/0/outputs/0',
  );
  finds(
    rule,
    'a Return inside a scoped block is not one of the flow',
    deck({ f: [asks], g: [ifError([giving({ a: 1 })]), giving({})] }),
    '/flows/0/cards/0/outputs/0',
  );
  passes(rule, 'one of its Returns gives it', deck({ f: [asks], g: [ifElse([giving({ a: 1 })]), giving({})] }));
  passes(
    rule,
    'the last card of a flow without a Return gives it',
    deck({ f: [asks], g: [{ card: 'control.assign', in: { a: 1 } }] }),
  );
  passes(
    rule,
    'a comment is not the last card',
    deck({ f: [asks], g: [{ card: 'control.assign', in: { a: 1 } }, { card: 'control.comment' }] }),
  );
  passes(
    rule,
    'Continue If gives a message',
    deck({
      f: [call('g', { outputs: [{ key: 'message', type: 'text' }] })],
      g: [{ card: 'control.continueIf', in: { left: 1, operator: '==', right: 1 } }, giving({})],
    }),
  );
  passes(rule, 'a flow in another file', flow([call('away', { outputs: [a] })]));
  passes(rule, 'a flow without cards, which stands for one elsewhere', deck({ f: [asks], g: [] }));
}

{
  const rule = 'lint-unused-assign';
  const assign: CardNode = { id: 's', card: 'control.assign', in: { a: 1, b: 2, c: 3 } };
  finds(rule, 'none of the values is read', flow([assign, giving()]), '/cards/0');
  finds(rule, 'one of them is read', flow([assign, giving({ x: { from: '/s/a' } })]), '/cards/0/in/b');
  passes(rule, 'all are read as one', flow([assign, giving({ x: { from: '/s' } })]));
  passes(rule, 'an expression may read anything', flow([assign, giving({ x: { expr: '$keys($)' } })]));
  passes(
    rule,
    'an expression of several steps reads them',
    flow([assign, giving({ x: { expr: '[s.a, s.b, s.c].($ + 1)' } })]),
  );
  passes(rule, 'the outputs are the result', flow([get, assign]));
  finds(rule, 'the last card of an inline block', flow([ifElse([assign]), giving()]), '/cards/0/blocks/then/cards/0');
  const assignIf: CardNode = { id: 'i', card: 'control.assignIf', in: { left: 1, operator: '==', right: 1 } };
  finds(rule, 'an Assign If', flow([assignIf, giving()]), '/cards/0');
  passes(rule, 'a read Assign If', flow([assignIf, giving({ x: { from: '/i/output' } })]));
}

{
  const rule = 'lint-unhandled-http';
  const api = { type: 'api' } as const;
  const send: CardNode = { card: 'twilio.sendMessage', connection: 'twilio' };
  finds(rule, 'a card of a connector', flow([send], api), '/cards/0');
  finds(rule, 'a delegated flow', flow([get], { type: 'delegated' }), '/cards/0');
  passes(rule, 'other flows', flow([get], { type: 'schedule' }));
  passes(rule, 'the try block of an If Error', flow([ifError([ifElse([get])])], api));
  finds(rule, 'the catch block of an If Error', flow([ifError([], [get])], api), '/cards/0/blocks/catch/cards/0');
  passes(rule, 'an error policy that returns', flow([{ ...get, onError: { then: 'return' } }], api));
  finds(
    rule,
    'an error policy that only tries again',
    flow([{ ...get, onError: { retry: { times: 3 } } }], api),
    '/cards/0',
  );
  const through = (g: readonly CardNode[], outer: CardNode = call('g')) =>
    deck({ f: { type: 'api', cards: [outer] }, g: [call('h')], h: g });
  finds(rule, 'a request of a flow that a called flow calls', through([get]), '/flows/0/cards/0');
  passes(rule, 'a called flow that handles it', through([ifError([get])]));
  passes(rule, 'a call that is handled', through([get], ifError([call('g')])));
  passes(rule, 'a run of its own', through([get], call('g', { card: 'flow.callAsync' })));
  passes(rule, 'a request after Close', flow([{ card: 'flow.close' }, get, ifElse([get])], api));
  finds(rule, 'a request beside a branch that closes', flow([ifElse([{ card: 'flow.close' }]), get], api), '/cards/1');
}

{
  const rule = 'lint-literal-secret';
  const holds = (name: string, value: string) => flow([{ card: 'object.construct', in: { [name]: value } }]);
  // Put together here, so that no scanner takes the tests for a leak.
  const random = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1cDe4gHi7k';
  const forms = [
    `gh${'p'}_${random}`,
    `AK${'IA'}QWERTZUIOPASDF12`,
    `xox${'b'}-1234567890-abcdef`,
    `sk_${'live'}_${random}`,
    `SS${'WS'} 00${random}AbC`,
    `-----BEGIN RSA PRIVATE ${'KEY'}-----`,
    `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${random}`,
    `https://user:Pa55w0rd!@api.example.com/`,
    `Bearer ${random}`,
    'Basic dXNlcjpQYTU1dzByZCE=',
  ];
  for (const form of forms) finds(rule, `${form.slice(0, 12)}...`, holds('x', form), '/cards/0/in/x');
  finds(
    rule,
    'a constant by the name of its field',
    holds('headers/X-API-Key', random),
    '/cards/0/in/headers~1X-API-Key',
  );
  finds(
    rule,
    'a constant for a field that the card declares a secret',
    flow([{ card: 'encryption.hmac', in: { key: random } }]),
    '/cards/0/in/key',
  );
  finds(
    rule,
    'inside an object',
    flow([{ card: 'object.construct', in: { x: { value: { list: [{ password: random }] } } } }]),
    '/cards/0/in/x/value/list/0/password',
  );
  finds(
    rule,
    'in an expression',
    flow([{ card: 'object.construct', in: { x: { expr: `'gh${'p'}_${random}' & a` } } }]),
    '/cards/0/in/x/expr',
  );
  finds(
    rule,
    'a default',
    flow([], { inputs: [{ key: 'k', type: 'text', secret: true, default: random }] }),
    '/inputs/0/default',
  );
  for (const fine of [
    '{{{password}}}',
    '<your password>',
    'changeme123!',
    'Password',
    'secret',
    '',
    'the Secret of 2 words',
    'xxxxxxxx1A',
  ])
    passes(rule, `the placeholder ${JSON.stringify(fine)}`, holds('password', fine));
  for (const fine of [
    'Bearer {{{token}}}',
    'Basic ',
    'https://api.example.com/user:1@x',
    'https://user:{{p}}@x.example',
  ])
    passes(rule, JSON.stringify(fine), holds('Authorization', fine));
  passes(rule, 'a random text by another name', holds('nextPageToken', random));
  test(`${rule}: the diagnostic does not repeat the secret`, () => {
    const [first] = lint(holds('password', random), { card });
    assert.not.ok(JSON.stringify(first).includes(random));
  });
  test(`${rule}: deep values and long texts are read in bounded time`, () => {
    let value = JSON.parse(`{"password":${JSON.stringify(random)}}`);
    for (let depth = 0; depth < 20_000; depth++) value = [value];
    assert.is(found(rule, flow([{ card: 'object.construct', in: { x: { value } } }])).length, 1);
    for (const text of ['eyJaaaaaaaa-', 'https://a:', 'BEGIN RSA ']) {
      assert.equal(found(rule, holds('x', text.repeat(100_000))), []);
    }
  });
}

{
  const rule = 'lint-unbounded-recursion';
  finds(
    rule,
    'two flows that call each other',
    deck({ f: [get, call('g')], g: [call('f')] }),
    '/flows/0/cards/1',
    '/flows/1/cards/0',
  );
  finds(rule, 'runs of their own', deck({ f: [call('f', { card: 'flow.callAsync' })] }), '/flows/0/cards/0');
  finds(rule, 'in a try block', deck({ f: [ifError([call('f')])] }), '/flows/0/cards/0/blocks/try/cards/0');
  passes(rule, 'in a catch block', deck({ f: [ifError([get], [call('f')])] }));
  passes(rule, 'in a branch', deck({ f: [ifElse([call('f')])] }));
  passes(rule, 'after a branch that returns', deck({ f: [ifElse([giving()]), call('f')] }));
  passes(rule, 'after a Return Error If', deck({ f: [{ card: 'flow.returnErrorIf' }, call('f')] }));
  passes(
    rule,
    'per item',
    deck({ f: [{ card: 'list.forEach', in: { list: { from: '/inputs/a' }, flow: { flow: 'f' } } }] }),
  );
  passes(rule, 'a circle that one call on the way may not make', deck({ f: [call('g')], g: [ifElse([call('f')])] }));
  passes(rule, 'a flow that only leads to others', deck({ f: [call('g')], g: [get] }));
  finds(
    rule,
    'the circle, and not what leads into it or hangs on it',
    deck({ f: [call('g')], g: [call('g'), call('h')], h: [get] }),
    '/flows/1/cards/0',
  );
}

{
  const rule = 'lint-unknown-card';
  const odd: CardNode = { card: 'no.card' };
  finds(
    rule,
    'a pack of which nothing is known, once',
    flow([odd, ifElse([odd, { card: 'no.other' }])]),
    '/cards/0/card',
  );
  finds(
    rule,
    'its first use that is not switched off',
    flow([{ ...odd, meta: { lint: { off: [rule] } } }, odd]),
    '/cards/1/card',
  );
}

{
  const rule = 'lint-unencoded-form';
  const inputs = { inputs: [a, { key: 'n', type: 'number' } as const, { key: 'a encoded', type: 'text' } as const] };
  const compose = (template: string, from: string, ...more: CardNode[]) =>
    flow(
      [
        { id: 'enc', card: 'url.encodeComponent', in: { text: { from: '/inputs/a' } } },
        { id: 'form', card: 'text.compose', in: { template, v: { from } } },
        ...more,
      ],
      inputs,
    );
  const place = '/cards/1/in/v/from';
  finds(rule, 'a value of the caller', compose('x=1&y={{v}}', '/inputs/a'), place);
  finds(rule, 'a value of the connection', compose('x={{v}}&y=1', '/connection/secret'), place);
  finds(
    rule,
    'a pair by itself that is a body',
    compose('x={{v}}', '/inputs/a', { card: 'http.raw', in: { body: { from: '/form/output' } } }),
    place,
  );
  passes(rule, 'a pair by itself', compose('x={{v}}', '/inputs/a'));
  passes(rule, 'an encoded value', compose('x=1&y={{v}}', '/enc/output'));
  passes(rule, 'a number', compose('x=1&y={{v}}', '/inputs/n'));
  passes(
    rule,
    'a number of a card',
    flow([
      { id: 'len', card: 'text.length', in: { text: 'x' } },
      { card: 'text.compose', in: { template: 'x=1&y={{v}}', v: { from: '/len/length' } } },
    ]),
  );
  passes(rule, 'an input that says it is encoded', compose('x=1&y={{v}}', '/inputs/a encoded'));
  passes(rule, 'a sentence', compose('x=1 & y={{v}}', '/inputs/a'));
  passes(rule, 'a URL', compose('https://api.example.com/?x=1&y={{v}}', '/inputs/a'));
  passes(rule, 'JSON', compose('{"x":"y={{v}}&z=1"}', '/inputs/a'));
  const joined = (from: string) =>
    flow(
      [
        { id: 's', card: 'control.assign', in: { v: { from } } },
        { id: 'e', card: 'url.encodeComponent', in: { text: 'x' } },
        { card: 'text.concatenate', in: { 'text 1': 'x=1&y=', 'text 2': { from: '/s/v' } } },
      ],
      inputs,
    );
  finds(rule, 'Concatenate, by way of an Assign', joined('/inputs/a'), '/cards/2/in/text 2/from');
  passes(rule, 'an Assign of a number', joined('/inputs/n'));
  const expression = (expr: string) => flow([giving({ body: { expr } })], inputs);
  finds(rule, 'an expression', expression("'x=' & inputs.a & '&y=' & inputs.a"), '/cards/0/in/body/expr');
  passes(
    rule,
    'an expression that encodes',
    expression("'x=1&y=' & $encodeUrlComponent(inputs.a) & '&z=' & $encodeUrlComponent(inputs.a)"),
  );
  const helper = (cards: readonly CardNode[]) =>
    deck({
      f: [
        call('g', { id: 'c', outputs: [a] }),
        { card: 'text.compose', in: { template: 'x=1&y={{v}}', v: { from: '/c/a' } } },
      ],
      g: cards,
    });
  finds(rule, 'a result of a flow', helper([giving({ a: 'x' })]), '/flows/0/cards/1/in/v/from');
  passes(
    rule,
    'a result of a flow that encodes',
    helper([{ id: 'e', card: 'url.encodeComponent', in: { text: 'x' } }, giving({ a: { from: '/e/output' } })]),
  );
}

{
  const rule = 'lint-relative-url';
  const join = (first: CardNode['in'], ...more: CardNode[]) =>
    flow([...more, { id: 'url', card: 'text.concatenate', in: { ...first, 'text 2': { from: '/inputs/a' } } }], {
      inputs: [a],
    });
  const place = '/cards/0/in/text 2/from';
  finds(rule, 'after a base URL of the connection', join({ 'text 1': { from: '/connection/base_url' } }), place);
  finds(
    rule,
    'in a template',
    flow([
      {
        card: 'text.compose',
        in: { template: 'https://{{h}}.example.com{{p}}', h: { from: '/connection/tenant' }, p: { from: '/inputs/a' } },
      },
    ]),
    '/cards/0/in/p/from',
  );
  finds(
    rule,
    'in an expression',
    flow([giving({ x: { expr: "'https://api.example.com' & inputs.a" } })], { inputs: [a] }),
    '/cards/0/in/x/expr',
  );
  passes(rule, 'after a slash', join({ 'text 1': 'https://api.example.com/' }));
  passes(
    rule,
    'as a part of the host that others follow',
    flow([{ card: 'text.compose', in: { template: 'https://{{h}}.example.com/', h: { from: '/inputs/a' } } }]),
  );
  passes(rule, 'after something that is no URL', join({ 'text 1': 'Hello ' }));
  const at: CardNode = { id: 'first', card: 'text.at', in: { text: { from: '/inputs/a' }, index: 0 } };
  const check: CardNode = {
    card: 'flow.returnErrorIf',
    in: { left: { from: '/first/output' }, operator: '!=', right: '/' },
  };
  passes(
    rule,
    'a value that was looked at, by way of another card',
    join({ 'text 1': 'https://api.example.com' }, at, check),
  );
  const connector: ConnectorDocument = {
    key: 'acme',
    name: 'Acme',
    version: '1.0.0',
    auth: { type: 'basic' },
    flows: {},
  };
  const whole = { f: [{ card: 'http.get', in: { url: { from: '/inputs/a' } } }] };
  finds(rule, 'a whole URL in a connector', deck(whole, { connector }), '/flows/0/cards/0/in/url/from');
  passes(rule, 'a whole URL elsewhere', deck(whole));
}

{
  const rule = 'lint-missing-authping';
  const connector: ConnectorDocument = {
    key: 'acme',
    name: 'Acme',
    version: '1.0.0',
    auth: { type: 'basic' },
    flows: { authping: 'ping' },
  };
  finds(
    rule,
    'a flow that never says whether it works',
    deck({ ping: { type: 'authping', cards: [giving({ ok: true })] } }, { connector }),
    '/flows/0',
  );
  passes(rule, 'a deck without a connector', deck({ f: [giving()] }));
}

{
  const rule = 'lint-unknown-zone';
  const at = (card: string, zone: string): FlowFile =>
    flow([
      { id: 'd', card, in: { [card === 'date.toText' ? 'date' : 'text']: { from: '/inputs/a' }, zone } },
      giving(),
    ]);
  for (const card of ['date.toText', 'date.fromText', 'date.convert'])
    finds(rule, card, at(card, 'Europe/Pariss'), '/cards/0/in/zone');
  for (const zone of ['Local', 'IST', 'BST', '+25:00', 'UTC+', 'Paris'])
    finds(rule, zone, at('date.toText', zone), '/cards/0/in/zone');
  for (const zone of [
    '',
    ' ',
    'europe/paris',
    'US/Pacific',
    'UTC',
    'Etc/GMT+5',
    '+05:30',
    'GMT+2',
    'PST',
    'EST5EDT',
    'CET',
  ])
    passes(rule, `zone "${zone}"`, at('date.toText', zone));
}

{
  const rule = 'lint-foreign-format';
  const date = (format: string): FlowFile =>
    flow([{ id: 'd', card: 'date.toText', in: { date: { from: '/inputs/a' }, format } }, giving()]);
  const foreign = [
    'yyyy-MM-dd HH:MM',
    'dd/MM/yyyy',
    'd.M.yyyy',
    'YYYY-mm-DD',
    'HH:mm:SS',
    '%Y-%m-%d',
    "D 'of' MMMM",
    'EEEE',
    'yyyyMMdd',
    'Y-m-d H:i:s',
    'D.m.Y H:i',
    'hh:mm',
    'YYYY-MM-DD hh:mm:ss',
    'YYYY-MM-DD"T"HH:mm',
    'YYYY-MM-DDTHH:mm:ssXXX',
    'YYYY-MM-DDTHH:mm:ss.fffK',
    'h:mm aa',
    'u-MM-DD',
    'HHhmm',
    'D [de] MMMM de YYYY',
    'MMMM Do at H:mm',
    'HH:mm GMT',
    'HH:mm Uhr',
    'ISO 8601',
    'HHMM',
    'DD.MM.YYYY HH24:MI:SS',
    'HH:mm tt',
    'LLL D, YYYY',
    'DDDD, MMMM D',
    '2006-01-02 15:04',
    'RFC3339',
    '%F',
  ];
  for (const format of foreign) finds(rule, format, date(format), '/cards/0/in/format');
  const ours = [
    'YYYY-MM-DD HH:mm:ss',
    'yyyy-MM-DDTHH:mm:ss.SSS [UTC]',
    'dd, D. MMM',
    'dddd, MMMM D, Y h:mm a z',
    'ddd HH:mm',
    'x',
    "[o'clock]",
    '[Q3 2024]',
    'dddd L',
    'HH:mm [tt]',
    'MM/YYYY',
    'D/M HH:mm',
    'YYYYMMDDTHHmmssZ',
    'D [de] MMMM [de] YYYY',
    'Do of MMMM',
    'hA',
    'h:mm aZ',
    'H[h]mm',
    'HHumm',
    'H u',
    'Hmm',
    'mm:ss.SSS',
    'GGGG-[W]WW-E',
    'DDD/YYYY',
    'YYYY年MM月DD日',
    'HH:mm UTC',
    'SSS',
    'E e',
    'L',
    'LT',
    'DD-MM-YYYY mm:ss',
    '',
  ];
  for (const format of ours) passes(rule, format, date(format));
}

{
  const rule = 'lint-unused-value';
  const compose = (template: string, ...names: string[]) =>
    flow([
      {
        id: 'c',
        card: 'text.compose',
        in: { template, ...Object.fromEntries(names.map((name) => [name, { from: '/inputs/a' }])) },
      },
    ]);
  finds(rule, 'blanks in the braces', compose('Hello {{ name }}', 'name'), '/cards/0/in/template');
  finds(rule, 'other capitals', compose('Hello {{{Name}}}', 'name'), '/cards/0/in/template');
  finds(rule, 'a name that stands nowhere', compose('Hello {{nmae}}', 'name', 'nmae'), '/cards/0/in/name');
  finds(rule, 'letters in the wrong order', compose('Hello {{nmae}}', 'name'), '/cards/0/in/template');
  finds(rule, 'blanks beside a right one', compose('{{name}} {{ name }}', 'name'), '/cards/0/in/template');
  finds(rule, 'a letter too few', compose('{{name}} {{nme}}', 'name'), '/cards/0/in/template');
  finds(rule, 'a path into the value', compose('{{order}} {{order.id}}', 'order'), '/cards/0/in/template');
  finds(rule, 'a filter', compose('{{name | upper}}', 'name'), '/cards/0/in/template');
  passes(rule, 'short names', compose('{{k1}} {{k2}}', 'k1'));
  passes(rule, 'names that only begin alike', compose('{{name}} {{nameplate}} {{#each name}}', 'name'));
  passes(rule, 'two braces, three braces', compose('{{a}} {{{b}}}', 'a', 'b'));
  passes(rule, 'braces that nobody gives a value for', compose('{{ theirs }} {{{gone}}}'));
  const read = { template: { from: '/inputs/a' }, name: 1 };
  passes(rule, 'a template that comes from outside', flow([{ card: 'text.compose', in: read }]));
}

{
  const rule = 'lint-any-row';
  const search = (given: CardNode['in'], read = '/s/row id') =>
    flow([{ id: 's', card: 'tables.searchRows', in: { table: 't', ...given } }, giving({ x: { from: read } })]);
  finds(rule, 'no condition', search({}), '/cards/0');
  finds(rule, 'an empty condition', search({ where: { value: { expr: [] } } }), '/cards/0');
  finds(rule, 'a column of the row', search({}, '/s/fields/name'), '/cards/0');
  passes(rule, 'a condition', search({ where: { value: { expr: [{ lhs: 'a', op: '=', rhs: '' }] } } }));
  passes(rule, 'a condition from elsewhere', search({ where: { from: '/inputs/a' } }));
  passes(rule, 'an order', search({ 'sort by': 'Created' }));
  passes(rule, 'all rows', search({ result: 'all' }, '/s/rows'));
}

{
  const rule = 'lint-key-of-list';
  const asks = (left: NonNullable<CardNode['in']>[string], operator: string) => ({ left, operator, right: 'a' });
  const place = '/cards/0/in/left';
  const compare = (left: NonNullable<CardNode['in']>[string], operator = 'has') =>
    flow([{ card: 'boolean.compare', in: asks(left, operator) }]);
  finds(rule, 'a constant list', compare({ value: ['a'] }), `${place}/value`);
  finds(rule, 'a constant text, turned round', compare('abc', "doesn't have"), place);
  const split = { id: 's', card: 'text.split', in: { text: 'a,b' } };
  const then = (left: string) => flow([split, { card: 'control.continueIf', in: asks({ from: left }, 'has') }]);
  finds(rule, 'the list of a card', then('/s/list'), '/cards/1/in/left/from');
  const blocks = {
    one: { in: asks({ from: '/s/list' }, '=='), cards: [] },
    two: { in: asks({ from: '/s/list' }, 'has'), cards: [] },
  };
  const branches = flow([split, { card: 'control.ifElseIf', blocks }]);
  finds(rule, 'one of the blocks', branches, '/cards/1/blocks/two/in/left/from');
  passes(rule, 'an item of the list', then('/s/list/0'));
  passes(rule, 'an object', compare({ value: { a: 1 } }));
  passes(rule, 'another operator', compare({ value: ['a'] }, '=='));
  passes(rule, 'what may be anything', compare({ from: '/inputs/a' }));
}

test('where one card of a pack is known, the others are named one by one', () => {
  const document = flow([{ card: 'http.wurst' }, { card: 'http.brot' }, get]);
  const found = lint(document, { card: ours }).filter(({ code }) => code === 'lint-unknown-card');
  assert.equal(
    found.map(({ pointer }) => pointer),
    ['/cards/0/card', '/cards/1/card'],
  );
});

{
  const rule = 'lint-action-for-request';
  const account = 'https://api.twilio.com/2010-04-01/Accounts';
  const place = '/cards/0/in/url';
  const raw = (url: string, method?: NonNullable<CardNode['in']>[string]) =>
    flow([{ card: 'http.raw', in: { url, ...(method === undefined ? {} : { method }) } }]);
  finds(rule, 'a URL that is written out', raw(`${account}/AC1/Messages.json`, 'POST'), place);
  finds(rule, 'without a method: the default', raw(`${account}/AC1/Messages.json?PageSize=5#a`), place);
  finds(
    rule,
    'a method in small letters, an edge, the answer as XML',
    raw('https://api.dublin.ie1.twilio.com/2010-04-01/Accounts/AC1/Calls', 'post'),
    place,
  );
  finds(rule, 'a method that only a run knows', raw(`${account}/AC1/Messages/SM1.json`, { from: '/inputs/a' }), place);
  finds(
    rule,
    'a card that has its method',
    flow([{ card: 'http.delete', in: { url: `${account}/AC1/Messages/SM1.json` } }]),
    place,
  );
  passes(rule, 'another method', raw(`${account}/AC1/Messages.json`, 'PUT'));
  passes(rule, 'another resource', raw(`${account}/AC1/Recordings.json`));
  passes(rule, 'another host', raw('https://api.example.com/2010-04-01/Accounts/AC1/Messages.json', 'POST'));
  passes(
    rule,
    'a host that only begins so',
    raw('https://api.twilio.com.example.com/2010-04-01/Accounts/AC1/Messages.json', 'POST'),
  );
  passes(rule, 'a resource below', raw(`${account}/AC1/Messages/SM1/Media/ME1/More.json`));
  passes(
    rule,
    'a URL that an expression makes',
    flow([{ card: 'http.get', in: { url: { expr: `"${account}/AC1/Messages.json"` } } }]),
  );
  passes(rule, 'a URL from outside', flow([{ card: 'http.get', in: { url: { from: '/inputs/a' } } }], { inputs: [a] }));
  passes(
    rule,
    'a host from outside',
    flow(
      [
        {
          id: 'url',
          card: 'text.concatenate',
          in: { 'text 1': { from: '/inputs/a' }, 'text 2': '/2010-04-01/Accounts/AC1/Messages.json' },
        },
        { card: 'http.get', in: { url: { from: '/url/output' } } },
      ],
      { inputs: [a] },
    ),
  );
  finds(
    rule,
    'put together, passed on by an Assign',
    flow(
      [
        {
          id: 'url',
          card: 'text.concatenate',
          in: {
            'text 1': `${account}/`,
            'text 2': { from: '/inputs/a' },
            'text 3': '/Messages.json?To=',
            'text 4': { from: '/inputs/a' },
          },
        },
        { id: 'kept', card: 'control.assign', in: { address: { from: '/url/output' } } },
        { card: 'http.get', in: { url: { from: '/kept/address' } } },
      ],
      { inputs: [a] },
    ),
    '/cards/2/in/url/from',
  );
  const send = raw(`${account}/AC1/Messages.json`, 'POST');
  passes(rule, 'in a connector', {
    ...deck({ f: send.cards }),
    connector: { key: 'acme', name: 'Acme', version: '1.0.0', auth: { type: 'basic' }, flows: {} },
  });
  test(`${rule}: the message names the cards; without connectors nothing is known`, () => {
    const both = lint(raw(`${account}/AC1/Messages/SM1.json`, 'POST'), { card, connectors });
    assert.match(both[0]?.message ?? '', /^"twilio\.cancelMessage" or "twilio\.redactMessage" sends this request/);
    assert.equal(lint(send, { card, rules: { 'lint-literal-secret': 'off' } }), []);
  });
  test(`${rule}: what a third party declares counts alike`, () => {
    const requests = [{ action: 'find', method: 'GET', url: 'https://{tenant}.acme.example/items/{id}(1)' }];
    const acme = {
      key: 'acme',
      name: 'Acme',
      version: '1.0.0',
      auth: { type: 'basic' },
      flows: { actions: ['find'] },
      requests,
    } as const;
    const messages = (url: string) =>
      lint(raw(url), { card, connectors: [acme] }).map(({ message }) => message.slice(0, 11));
    assert.equal(messages('https://mine.acme.example/items/7(1)'), ['"acme.find"']);
    assert.equal(messages('https://mine.acme.example/items/71'), []);
    assert.equal(messages('https://mine.acmeXexample/items/7(1)'), []);
  });
}

test.run();
