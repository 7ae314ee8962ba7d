/** What is promised of the page of tests: what failed first, expected beside actual, no secret, nothing that a value could do. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createRedactor } from '@flowdeck/engine/kit';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ReportedTest, type ReportedTests, testsPage } from '../index.js';
import { openBrowser } from '../testing/browser.js';
import { openPage } from '../testing/page-in-browser.js';
import { ran, TICKETS } from '../testing/runs.js';

const EVIL = '</script><script>alert(1)</script><img src=x onerror=alert(2)> \u202egpj \u001b[31m';
const RUN = await ran(TICKETS, { titles: ['one', 'bad'] });

function caseOf(name: string, more: Partial<ReportedTest> = {}): ReportedTest {
  const base = { place: `${name}.test.json:4`, proves: null, failures: [], history: null, document: null, calls: [] };
  return { name, status: 'passed', ...base, ...more };
}

const FAILED = caseOf('b/fails', {
  status: 'failed',
  proves: EVIL,
  again: "flowdeck test b.test.json --filter 'b/fails'",
  failures: [
    { where: 'outputs/id', expected: { id: 7, note: EVIL }, actual: { id: 8 } },
    { where: 'mocks/0', code: 'mock-unused', message: 'Nothing asked for mock 1.', hint: 'Take it out.' },
  ],
  history: RUN.history,
  document: RUN.document,
  calls: [{ name: 'desk.open', at: 'open/post', inputs: { title: 'bad' }, outputs: null, error: 'The desk refuses.' }],
});
const MISSING = [
  { kind: 'card', card: 'post' },
  { kind: 'branch', card: 'text', branch: 'else' },
] as const;

function pageWith(more: Partial<ReportedTests> = {}): Promise<string> {
  const tests = [caseOf('a/passes'), FAILED, caseOf('c/waits', { status: 'skipped', reason: 'Not yet.' })];
  const coverage = [
    { subject: 'tickets.flow.json', document: TICKETS, flow: 'open', shares: ['cards 2 of 3'], missing: MISSING },
  ];
  return testsPage({ tests, faults: [], coverage, below: [], card: RUN.card, ...more });
}

const test = suite('page of tests');

test('cards that are not kept one by one are counted, as on the page of a run', async () => {
  assert.not.match(await pageWith(), 'class="folded"');
  const { dropped } = RUN.history;
  const history = { ...RUN.history, dropped: { ...dropped, executions: dropped.executions + 1200 } };
  const page = await pageWith({ tests: [{ ...FAILED, history }] });
  assert.match(page, /class="folded"[^>]*>0 cards of 1,200 flow runs [^<]*Of each case this page keeps 10,000 cards\./);
});

test('what failed comes first: expected beside actual, what to do, how to repeat it', async () => {
  const page = await pageWith();
  assert.match(page, '<h1>✗ 1 failed, 1 passed, 1 skipped</h1>');
  assert.ok(page.indexOf('b/fails') < page.indexOf('a/passes'));
  assert.match(page, /<th>expected<\/th><th>actual<\/th>[\s\S]*&quot;id&quot;: 7[\s\S]*&quot;id&quot;: 8/);
  assert.match(page, 'Take it out.');
  assert.match(page, '--filter &#39;b/fails&#39;');
  assert.match(page, 'Not yet.');
  assert.not.match(page, '<script>alert');
});

test('coverage is drawn: what never ran, and what took one way only', async () => {
  const page = await pageWith();
  assert.match(page, /<code>post<\/code> never ran/);
  assert.match(page, '○ never ran');
  assert.match(page, '◐ never took else');
  assert.match(page, '✓ tested');
});

test('all passed is said with a tick; faults of files and low shares with a cross', async () => {
  const passed = { tests: [caseOf('a')], coverage: null };
  assert.match(await pageWith(passed), '<h1>✓ 1 passed</h1>');
  const low = await pageWith({ ...passed, below: ['coverage of cards is 10 %, below 90 %'] });
  assert.match(low, '<h1>✗ 1 passed</h1>');
  assert.match(low, 'below 90 %');
  assert.match(
    await pageWith({ ...passed, faults: ['a.test.json:1:1: broken'] }),
    '<h1>✗ 1 fault in files, 1 passed</h1>',
  );
});

test('a secret is in no value, and where it cannot be taken out nothing is written', async () => {
  const secrets = createRedactor();
  secrets.add('hunter22-long');
  const leaking = caseOf('b', { status: 'failed', failures: [{ where: 'outputs', actual: { a: 'x hunter22-long' } }] });
  const page = await pageWith({ tests: [leaking], secrets });
  assert.not.match(page, 'hunter22-long');
  const stubborn = createRedactor();
  stubborn.add('Every case');
  const told = await pageWith({ secrets: stubborn }).then(
    () => 'written',
    (error: unknown) => String(error),
  );
  assert.match(told, 'would show a secret');
});

test('1,000 cases that passed are 1,000 lines', async () => {
  const tests = Array.from({ length: 1000 }, (_, index) => caseOf(`suite/case ${index}`));
  const page = await pageWith({ tests, coverage: null });
  assert.is(page.match(/<tr data-state="success">/g)?.length, 1000);
  assert.ok(page.length < 300_000, `${page.length}`);
});

const browser = await openBrowser();
if (browser !== null) {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the checker of accessibility finds nothing (${colorScheme}), and a phone scrolls one way only`, async () => {
      const tests = [FAILED, { ...FAILED, name: 'b/too' }, caseOf('a')];
      await openPage(
        browser,
        await pageWith({ tests }),
        { colorScheme, viewport: { width: 360, height: 740 } },
        async (page) => {
          await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`);
          await page.evaluate(axe);
          const violations = await page.evaluate<readonly string[]>(
            `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html.slice(0, 120)).join(' ; ')))`,
          );
          assert.equal(violations, []);
          assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
        },
      );
    });
  }
  test('a case that failed is stepped through: one at a time, by keys and by clicks on its picture, and links lead to a step', async () => {
    const tests = [FAILED, { ...FAILED, name: 'b/too' }];
    await openPage(browser, await pageWith({ tests }), {}, async (page) => {
      const opens = page.getByRole('button', { name: 'Step through this run' });
      assert.is(await opens.count(), 2);
      await opens.nth(1).click();
      await page.locator('#failed-1 #steps').waitFor();
      assert.is(await opens.count(), 1, 'the other can be opened');
      await page.locator('#failed-1 #steps').focus();
      await page.keyboard.press('Home');
      assert.match(await page.locator('#detail-title').innerText(), 'Comment');
      await page.keyboard.press('j');
      assert.match(await page.locator('#detail-title').innerText(), 'If/Else');
      assert.match(await page.evaluate<string>('location.hash'), /^#case-1-step=\d+$/);
      assert.is(await page.locator('#failed-0 .current').count(), 0);
      assert.ok((await page.locator('#failed-1 .current').count()) > 0);
      await opens.click();
      await page.locator('#failed-0 #steps').waitFor();
      assert.is(await page.locator('#failed-1 #steps').count(), 0);
      await page.evaluate(`location.hash = '#case-1-step=0'`);
      await page.locator('#failed-1 #steps').waitFor();
    });
  });

  test.after(() => browser.close());
}

test.run();
