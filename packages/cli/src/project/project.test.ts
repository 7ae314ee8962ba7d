/** What is promised of the files of a command: each is read once, a broken one does not hide the rest, packs follow cards. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { event } from '../../../flopack/src/testing/samples.js';
import { flowdeckIn, flowOf, GREET } from '../../test/support.js';

const TWILIO_SEND = { card: 'twilio.sendMessage', connection: 'twilio', in: { To: '+1', Body: 'x' } };

/** How often each of the texts is parsed while `work` runs: by whom, does not matter. */
async function parsesOf(texts: readonly string[], work: () => Promise<unknown>): Promise<number[]> {
  const counts = new Map(texts.map((text) => [text, 0]));
  const { parse } = JSON;
  JSON.parse = (text, reviver) => {
    const known = counts.get(text);
    if (known !== undefined) counts.set(text, known + 1);
    return parse(text, reviver);
  };
  try {
    await work();
  } finally {
    JSON.parse = parse;
  }
  return texts.map((text) => counts.get(text) ?? 0);
}

const CALLER = flowOf([{ card: 'flow.call', in: { flow: { flow: 'greet' }, name: 'Ada' } }]);
const DECK = { 'd/a.flow.json': JSON.stringify(CALLER), 'd/b.flow.json': JSON.stringify({ ...GREET, type: 'helper' }) };
const EXPORT = { 'a.flopack': JSON.stringify(event()) };

for (const [argv, files] of [
  [['validate', 'd'], DECK],
  [['validate', 'd', '--lint'], DECK],
  [['validate', 'd/a.flow.json', 'd/b.flow.json'], DECK],
  [['run', 'd'], DECK],
  [['run', 'd', '--simulate'], DECK],
  [['graph', 'd'], DECK],
  [['inspect', 'd'], DECK],
  [['diff', 'd/a.flow.json', 'd/b.flow.json'], DECK],
  [['export', 'd'], DECK],
  [['validate', 'a.flopack', '--lint'], EXPORT],
  [['run', 'a.flopack', '--flow', 'welcome', '--simulate'], EXPORT],
  [['import', 'a.flopack', '-o', 'out'], EXPORT],
] as const) {
  test(`flowdeck ${argv.join(' ')} parses each file once`, async () => {
    const counts = await parsesOf(Object.values(files), () => flowdeckIn(files, argv));
    assert.equal(
      counts,
      Object.values(files).map(() => 1),
    );
  });
}

test('the count of parses says no to a second one', async () => {
  assert.equal(await parsesOf(['[1]', '[2]'], async () => JSON.parse('[1]') && JSON.parse('[1]')), [2, 0]);
});

/** Nine sound flows and one file that is not. */
function project(broken: unknown, name = 'broken.flow.json'): Record<string, unknown> {
  const sound = Array.from({ length: 9 }, (_, index) => {
    const id = `flow${index}`;
    return [`d/${id}.flow.json`, { ...GREET, id, name: id }] as const;
  });
  return { ...Object.fromEntries(sound), [`d/${name}`]: broken };
}

const BROKEN: Readonly<Record<string, readonly [content: unknown, place: RegExp, code: string]>> = {
  'is not JSON': ['{\n "flowdeck": 1,\n}', /^d\/broken\.flow\.json:2:15: error: .* \[json-syntax\]/m, 'json-syntax'],
  'has another shape': [
    { ...GREET, id: 'broken', cards: 5 },
    /^d\/broken\.flow\.json:\d+:\d+: error: .* \[schema-type\]/m,
    'schema-type',
  ],
  'reads what there is not': [
    flowOf([{ card: 'text.trim', in: { text: { from: '/nowhere/x' } } }], { id: 'broken' }),
    /^d\/broken\.flow\.json:\d+:\d+: error: .* \[unresolved-reference\]/m,
    'unresolved-reference',
  ],
  'is no text': [Buffer.from([0xff, 0xfe, 0x00]), /^d\/broken\.flow\.json: error: .* \[not-utf8\]/m, 'not-utf8'],
};

for (const [what, [content, place, code]] of Object.entries(BROKEN)) {
  test(`one of ten files ${what}: validate tells it, and checks the nine others`, async () => {
    const files = project(content);
    const plain = await flowdeckIn(files, ['validate', 'd']);
    assert.is(plain.code, 3);
    assert.match(plain.stderr, place);
    assert.is(plain.stderr.match(/error:/g)?.length, 1, plain.stderr);
    assert.match(plain.stdout, /1 error: 10 files, (9|10) flows/);
    const second = { ...files, 'd/flow3.flow.json': flowOf([{ card: 'no.other' }], { id: 'flow3' }) };
    const { diagnostics } = JSON.parse((await flowdeckIn(second, ['validate', 'd', '--json'])).stdout);
    assert.equal(
      diagnostics.map((each: Record<string, string>) => [each['file'], each['code']]).sort(),
      [
        ['d/broken.flow.json', code],
        ['d/flow3.flow.json', 'unknown-card'],
      ].sort(),
    );
  });

  for (const extra of [[], ['--simulate']]) {
    test(`one of ten files ${what}: ${extra.join('') || 'a plain'} run of another goes on without it, and says so`, async () => {
      const argv = ['run', 'd', '--flow', 'flow4', '--input', 'name=Ada', ...extra];
      const ran = await flowdeckIn(project(content), argv);
      assert.is(ran.code, 0, ran.stderr);
      assert.equal(JSON.parse(ran.stdout), { greeting: 'Hello Ada!' });
      assert.match(ran.stderr, place);
      assert.match(ran.stderr, /^left out: d\/broken\.flow\.json$/m);
      const json = await flowdeckIn(project(content), [...argv, '--json']);
      const { leftOut } = JSON.parse(json.stdout);
      assert.equal([leftOut.length, leftOut[0].file, leftOut[0].code], [1, 'd/broken.flow.json', code]);
    });
  }

  test(`one of ten files ${what}: it cannot be run itself, nor what is not named`, async () => {
    for (const argv of [
      ['run', 'd', '--flow', 'broken'],
      ['run', 'd'],
    ]) {
      const ran = await flowdeckIn(project(content), argv);
      assert.equal([ran.code, ran.stdout], [3, '']);
      assert.match(ran.stderr, place);
    }
  });
}

test('a flow that calls into a broken file cannot run; that its flow is missing is only said where nobody can know', async () => {
  const caller = flowOf([{ card: 'flow.call', in: { flow: { flow: 'helper' } } }], { id: 'caller' });
  const shape = { ...project({ ...GREET, id: 'helper', cards: 5 }), 'd/caller.flow.json': caller };
  const told = await flowdeckIn(shape, ['validate', 'd']);
  assert.not.match(told.stderr, /unknown-flow/);
  const syntax = { ...project('{"flowdeck": 1, "id": "helper"'), 'd/caller.flow.json': caller };
  const unsure = await flowdeckIn(syntax, ['validate', 'd']);
  assert.match(unsure.stderr, /\[unknown-flow\]\n {4}hint: It may stand in d\/broken\.flow\.json\./);
  for (const files of [shape, syntax]) {
    const ran = await flowdeckIn(files, ['run', 'd', '--flow', 'caller']);
    assert.is(ran.code, 3);
    assert.match(ran.stderr, /^d\/broken\.flow\.json/m);
    const other = await flowdeckIn(files, ['run', 'd', '--flow', 'flow1', '--input', 'name=Ada']);
    assert.is(other.code, 0, other.stderr);
  }
});

test('files that cannot stand side by side are no matter of one of them', async () => {
  const files = { ...project(GREET), 'd/twin.flow.json': GREET };
  const ran = await flowdeckIn(files, ['run', 'd', '--flow', 'flow1', '--input', 'name=Ada']);
  assert.is(ran.code, 3);
  assert.match(ran.stderr, /^d\/twin\.flow\.json:\d+:\d+: error: .*broken\.flow\.json.* \[duplicate-flow\]/m);
});

test('an unknown flow does not hide what else is wrong', async () => {
  const cards = [{ card: 'flow.call', in: { flow: { flow: 'gone' } } }, { card: 'text.compose' }];
  const ran = await flowdeckIn({ 'a.flow.json': flowOf(cards) }, ['validate', 'a.flow.json', '--json']);
  assert.equal(
    JSON.parse(ran.stdout).diagnostics.map(({ code }: { code: string }) => code),
    ['unknown-flow', 'missing-input'],
  );
});

test('packs are chosen by the cards of a deck, not by its text', async () => {
  // Data that looks like a manifest, beside a card that needs the pack.
  const data = { connector: { key: 'twilio', name: 'x' }, card: '"twilio.x"' };
  const likeManifest = flowOf([{ card: 'object.construct', in: { data: { value: data } } }, TWILIO_SEND]);
  const used = await flowdeckIn({ 'a.flow.json': likeManifest }, ['validate', 'a.flow.json']);
  assert.not.match(used.stderr, /unknown-card/);
  const inBlock = flowOf([
    {
      card: 'control.ifElse',
      in: { left: 1, operator: '==', right: 1 },
      blocks: { then: { cards: [TWILIO_SEND] } },
    },
  ]);
  const inside = await flowdeckIn({ 'a.flow.json': inBlock }, ['validate', 'a.flow.json']);
  assert.not.match(inside.stderr, /unknown-card/);
  const required = await flowdeckIn({ 'a.flow.json': flowOf([], { requires: { twilio: '^1' } }) }, [
    'validate',
    'a.flow.json',
  ]);
  assert.is(required.code, 0, required.stderr);
});

test('no regular expression is held against the text of a document', () => {
  const sources = [
    'project/file',
    'project/project',
    'project/read',
    'project/needs',
    'project/load',
    'engine/built-in',
  ];
  for (const name of sources) {
    const text = readFileSync(new URL(`../${name}.ts`, import.meta.url), 'utf8');
    assert.not.match(text, /\.(test|match|matchAll|exec|replace)\(/, name);
  }
});

test.run();
