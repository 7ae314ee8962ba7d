/** What is promised of a report: it says what failed and where, holds everything that ran, nothing secret, and nothing that acts. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createHistory } from '@flowdeck/engine';
import { createRedactor, type Redactor } from '@flowdeck/engine/kit';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { foundRows, treeRows, wayTo } from '../../page/rows.js';
import { inflated, RunData } from '../../page/run-data.js';
import { search } from '../../page/search.js';
import { timeLine } from '../../page/time.js';
import type { VIEW_CODES } from '../codes.js';
import { html, shown } from '../html.js';
import { reportOf } from '../index.js';
import { ran, TICKETS } from '../testing/runs.js';
import { faultOf } from './way.js';

/** The page as a browser would open it: its data, and the rest. */
async function opened(page: string): Promise<{ readonly data: RunData; readonly text: string }> {
  const parts = [...page.matchAll(/<script type="application\/json"[^>]*>(.*?)<\/script>/gs)].map(
    ([, text = '']): string => JSON.parse(text),
  );
  const [run = '', ...chunks] = parts;
  return {
    data: new RunData(JSON.parse(await inflated(run)), chunks),
    text: page.replace(/<script.*?<\/script>/gs, ''),
  };
}

const titlesOf = (data: RunData) => data.run.steps.seq.map((_, step) => data.title(step));

test('a failed run says what failed, where, and why', async () => {
  const run = await ran(TICKETS, { titles: ['good', 'bad'] });
  const { data, text } = await opened(await reportOf(run, { again: 'flowdeck run tickets.flow.json' }));
  assert.match(text, '<h1>✗ Failed: Open tickets</h1>');
  assert.match(text, 'The desk refuses Ticket: bad.');
  assert.equal(
    faultOf(run.history)?.way.map(({ execution, card, item }) => [execution.flow, card.card, item]),
    [
      ['tickets', 'each', 1],
      ['open', 'post', null],
    ],
  );
  assert.match(text, /<li>flow <bdi>Open tickets<\/bdi>, card <b><bdi>Each title<\/bdi>.*item 2/);
  assert.match(text, 'flowdeck run tickets.flow.json');
  assert.equal(titlesOf(data).filter((title) => title === 'Open a ticket').length, 2);
});

test('a run that went well has nothing that went wrong', async () => {
  const { text } = await opened(await reportOf(await ran(TICKETS, { titles: ['good'] })));
  assert.match(text, '<h1>✓ Passed: Open tickets</h1>');
  assert.not.match(text, 'What went wrong');
  assert.match(text, 'not taken');
});

test('a failure that a catch dealt with is not what the run failed of', async () => {
  const flow = {
    flowdeck: 1,
    id: 'm',
    type: 'manual',
    cards: [
      {
        id: 'attempt',
        card: 'error.ifError',
        blocks: {
          try: { cards: [{ id: 'one', card: 'flow.returnError', in: { message: 'caught' } }] },
          catch: { cards: [] },
        },
      },
      { id: 'two', card: 'flow.returnError', in: { message: 'told' } },
    ],
  } as const;
  const run = await ran(flow);
  assert.equal(
    faultOf(run.history)?.way.map(({ card }) => card.card),
    ['two'],
  );
  const { text } = await opened(await reportOf(run));
  assert.match(text, 'failed, caught');
});

test('what failed inside a block is told, not the card around it', async () => {
  const inner = { id: 'inner', card: 'flow.returnError', in: { message: 'deep' } };
  const flow = {
    flowdeck: 1,
    id: 'm',
    type: 'manual',
    cards: [
      {
        id: 'fork',
        card: 'control.ifElse',
        in: { left: 1, right: 1 },
        blocks: { then: { cards: [inner] }, else: { cards: [] } },
      },
    ],
  } as const;
  assert.equal(
    faultOf((await ran(flow)).history)?.way.map(({ card }) => card.card),
    ['inner'],
  );
});

test('every step has its values as they were, and says where an input came from', async () => {
  const { data } = await opened(await reportOf(await ran(TICKETS, { titles: ['one', 'two'] })));
  const posts = data.run.steps.seq.flatMap((_, step) => (data.cardId(step) === 'post' ? [step] : []));
  const numbers = posts.flatMap((step) => [data.run.steps.inputs[step] ?? -1, data.run.steps.outputs[step] ?? -1]);
  assert.is(data.value(numbers[0] ?? -1), undefined);
  await data.open(numbers);
  assert.equal(
    numbers.map((number) => data.value(number)),
    [{ title: 'Ticket: one', pin: '[redacted]' }, { id: 11 }, { title: 'Ticket: two', pin: '[redacted]' }, { id: 11 }],
  );
  const [post = -1] = posts;
  assert.equal(data.cardOf(post)?.bindings['title'], { from: '/text/output' });
  assert.is(data.cardId(data.lastRunOf('text', post)), 'text');
  assert.is(data.lastRunOf('nobody', post), -1);
});

test('the tree opens to a step; a search finds names and values, whatever their case', async () => {
  const { data } = await opened(await reportOf(await ran(TICKETS, { titles: ['one', 'two', 'bad'] })));
  const failed = data.failures.at(-1) ?? -1;
  const closed = treeRows(data, new Set());
  assert.not(closed.some(({ number, kind }) => kind === 'step' && number === failed));
  const open = treeRows(data, new Set(wayTo(data, failed)));
  const row = open.find(({ number, kind }) => kind === 'step' && number === failed);
  assert.is(row?.level, 3);
  // What failed comes first.
  assert.is(open.find(({ kind }) => kind === 'flow')?.number, data.executionOf(failed));
  assert.equal(await search(data, 'no such thing'), []);
  assert.equal(
    (await search(data, 'TICKET: TWO')).map((step) => data.cardId(step)),
    ['text', 'post'],
  );
  assert.equal(foundRows(await search(data, 'LIST.map')).length, 1);
});

test('time runs forward on its line, from its start to its end', async () => {
  const { data } = await opened(await reportOf(await ran(TICKETS, { titles: ['one', 'two'] })));
  const line = timeLine(data);
  const end = data.run.executions.length[0] ?? 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: end }), fc.integer({ min: 0, max: end }), (a, b) => {
      assert.ok(line.at(Math.min(a, b)) <= line.at(Math.max(a, b)));
      assert.ok(line.at(a) >= 0 && line.at(a) <= 1);
    }),
  );
});

test('whatever a value holds, the page shows it and nothing of it acts', async () => {
  const evil = '</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> \u202egpj\u0000\u001b[31m \ud800';
  const page = await reportOf(await ran(TICKETS, { titles: [`bad ${evil}`] }));
  const { data, text } = await opened(page);
  assert.not.match(text, /<script|<img|<!--|\u202e|(?!\n)\p{Cc}|\p{Surrogate}/u);
  assert.match(text, '⟨U+202E⟩gpj␀␛[31m');
  assert.is([...page.matchAll(/<\/script>/g)].length, [...page.matchAll(/<script[ >]/g)].length);
  await data.open([0]);
  assert.ok((await search(data, 'onerror=alert(2)')).length > 0);
});

test('text in HTML is text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.not.match(html`${text}`.text, /[<>"'\u202a-\u202e]|(?![\t\n])\p{Cc}/u);
      assert.is(shown(shown(text)), shown(text));
    }),
  );
});

test('a page allows its own script and style, and no other', async () => {
  const page = await reportOf(await ran(TICKETS, { titles: [] }));
  const policy = /content="(default-src[^"]*)"/.exec(page)?.[1] ?? '';
  assert.match(
    policy,
    /^default-src &#39;none&#39;; script-src &#39;sha256-[\w+/=]+&#39;; style-src &#39;sha256-[\w+/=]+&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;$/,
  );
  const tags = page.replace(/<script>.*?<\/script>/s, '').match(/<[^>]*>/g) ?? [];
  assert.equal(
    tags.filter((tag) => /\s(?:on\w+|style|src)=/.test(tag)),
    [],
  );
  assert.not.match(page, /@import|url\((?!#arrow)/);
});

test('a page is light beside its data', async () => {
  const page = await reportOf(await ran(TICKETS, { titles: [] }));
  const data = [...page.matchAll(/<script type="application\/json".*?<\/script>|<svg.*?<\/svg>/gs)].reduce(
    (sum, [part]) => sum + part.length,
    0,
  );
  assert.ok(Buffer.byteLength(page) - data < 80_000);
});

test('a known secret is taken out', async () => {
  const run = await ran(TICKETS, { titles: ['one'] });
  const secrets = createRedactor();
  secrets.add('pin-4711');
  const open = await opened(await reportOf(run));
  assert.match(JSON.stringify(open.data.run.flows), 'pin-4711');
  const page = await opened(await reportOf(run, { secrets, again: 'run --input pin=pin-4711' }));
  assert.not.match(JSON.stringify(page.data.run) + page.text, 'pin-4711');
});

/** A redactor that knows what is secret, and forgets to take it out. */
const forgetful = (secret: string): Redactor => {
  const known = createRedactor();
  known.add(secret);
  return { ...known, empty: false, redact: (value) => value };
};

test('a word that is also a secret breaks no page', async () => {
  const secrets = createRedactor();
  for (const word of ['cards', 'flow', 'type', 'message', 'each', 'class', 'title']) secrets.add(word);
  const { text, data } = await opened(await reportOf(await ran(TICKETS, { titles: ['one', 'bad'] }), { secrets }));
  assert.match(text, '✗ Failed: Open tickets');
  assert.is(data.stepCount, 8);
});

test('a long run folds the oldest that ended well, and says so; what failed stays', async () => {
  const titles = Array.from({ length: 40 }, (_, index) => (index === 39 ? 'bad' : `title ${index}`));
  const run = await ran(TICKETS, { titles });
  const whole = await opened(await reportOf(run));
  assert.equal(whole.data.run.folded, { executions: 0, steps: 0 });
  assert.not.match(whole.text, 'are folded');
  const { data, text } = await opened(await reportOf(run, { maxSteps: 20 }));
  assert.match(text, 'are folded');
  assert.is(data.run.folded.steps + data.stepCount, whole.data.stepCount);
  assert.ok(data.stepCount <= 20);
  assert.ok(data.failures.length === whole.data.failures.length);
  // The picture counts all of them.
  assert.match(text, '40 items, 1 failed');
});

const PROVOKED: Readonly<Record<keyof typeof VIEW_CODES, () => Promise<unknown>>> = {
  'report-empty': () => reportOf({ history: createHistory().state(), document: TICKETS, card: () => undefined }),
  'report-secret': async () => {
    return reportOf(await ran(TICKETS, { titles: ['sesame'] }), { secrets: forgetful('sesame') });
  },
};

for (const [code, provoke] of Object.entries(PROVOKED)) {
  test(`${code} is told`, async () => {
    await provoke().then(
      () => assert.unreachable(),
      (error) => assert.is(error.code, code),
    );
  });
}

test('the script and the style in the package are those of page/', () => {
  const script = fileURLToPath(new URL('../../scripts/prebuild.mjs', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.is(status, 0, stderr);
});

test.run();
