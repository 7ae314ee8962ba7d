/** What is promised of a report in a browser: it needs no network, no mouse, no style; it stays small however long the run was. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { reportOf } from '../index.js';
import { openBrowser } from '../testing/browser.js';
import { openPage } from '../testing/page-in-browser.js';
import { ran, TICKETS } from '../testing/runs.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const browser = await openBrowser();
const inBrowser = suite('report in a browser');
/** With no browser there is nothing to test; what is skipped was said. */
const test = browser === null ? inBrowser.skip : inBrowser;

const FAILED = ran(TICKETS, { titles: ['one', 'bad', 'three'] }).then((run) => reportOf(run));
const EVIL = '</script><script>alert(1)</script><img src=x onerror=alert(2)> \u202egpj';

async function withPage(
  html: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  if (browser === null) return;
  await openPage(
    browser,
    html,
    { ...options, ...(options.javaScriptEnabled === false ? {} : { ready: '#steps' }) },
    use,
  );
}

const detailOf = (page: Page) => page.locator('#detail-title').innerText();
const step = async (page: Page, key: string) => {
  await page.keyboard.press(key);
  return detailOf(page);
};

test('the failed step is open at once, with what it was given', async () => {
  await withPage(await FAILED, {}, async (page) => {
    assert.match(await detailOf(page), '✗ Open a ticket');
    const inputs = page.locator('table.inputs');
    await inputs.waitFor();
    assert.match(await inputs.innerText(), '/text/output');
    assert.match(await inputs.innerText(), '"Ticket: bad"');
  });
});

test('keys lead through the run, and none while somebody types', async () => {
  await withPage(await FAILED, {}, async (page) => {
    await page.keyboard.press('Tab');
    assert.is(await page.evaluate('document.activeElement?.className'), 'skip');
    await page.keyboard.press('Enter');
    await page.locator('#steps').focus();
    assert.match(await step(page, 'Home'), 'Comment');
    assert.match(await step(page, 'ArrowDown'), 'If/Else');
    assert.match(await step(page, 'j'), 'Each title');
    assert.match(await step(page, 'j'), 'Compose');
    assert.match(await step(page, 'u'), 'Each title');
    assert.match(await step(page, 'Enter'), 'Each title');
    assert.match(await step(page, 'n'), 'Open a ticket');
    assert.is(await page.getByRole('status').innerText(), 'failure 2 of 2');
    assert.match(page.url(), /#step=\d+$/);
    await page.keyboard.press('/');
    await page.keyboard.type('ticket: bad');
    await page
      .getByRole('status')
      .and(page.getByText('3 steps found', { exact: true }))
      .waitFor();
    assert.match(await detailOf(page), 'Open a ticket');
    assert.is(await page.getByRole('treeitem').count(), 3);
    assert.is(await page.evaluate('document.activeElement?.type'), 'search');
  });
});

test('keys that come faster than the browser paints each count', async () => {
  await withPage(await FAILED, {}, async (page) => {
    await page.evaluate(`location.hash = '#step=0'`);
    await page.locator('#detail-title', { hasText: 'Comment' }).waitFor();
    await page.evaluate(`(async () => {
      for (const key of 'jjj') {
        dispatchEvent(new KeyboardEvent('keydown', { key }));
        await null;
        await null;
      }
    })()`);
    assert.match(page.url(), /#step=3$/);
  });
});

test('a link leads to its step; a card of the picture to what became of it; a call to the picture of its flow', async () => {
  await withPage(await FAILED, {}, async (page) => {
    await page.evaluate(`location.hash = '#step=0'`);
    await page.locator('#detail-title', { hasText: 'Comment' }).waitFor();
    await page.locator('#flow-1 .card').nth(1).click();
    assert.match(await detailOf(page), 'Open a ticket');
    await page.evaluate(`document.querySelector('#flow-1').removeAttribute('open')`);
    await page.locator('#flow-0 a').first().click();
    await page.waitForSelector('#flow-1[open]');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the checker of accessibility finds nothing (${colorScheme}), and a phone scrolls one way only`, async () => {
    await withPage(await FAILED, { colorScheme, viewport: { width: 360, height: 740 } }, async (page) => {
      await page.evaluate(AXE);
      const violations = await page.evaluate<readonly string[]>(
        `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html.slice(0, 120)).join(' ; ')))`,
      );
      assert.equal(violations, []);
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
    });
  });
}

test('without a script the page says what went wrong, and lists every card', async () => {
  await withPage(await FAILED, { javaScriptEnabled: false }, async (page) => {
    assert.match(await page.locator('h1').innerText(), '✗ Failed: Open tickets');
    assert.match(await page.locator('.verdict').innerText(), 'The desk refuses Ticket: bad.');
    assert.ok(await page.locator('svg').first().isVisible());
    assert.is(await page.locator('#outline tbody tr').count(), 8);
  });
});

test('whatever a value holds, nothing of it acts', async () => {
  const html = await reportOf(await ran(TICKETS, { titles: [`bad ${EVIL}`] }));
  await withPage(html, {}, async (page) => {
    assert.match(await page.locator('body').innerText(), '⟨U+202E⟩gpj');
    assert.is(await page.locator('img').count(), 0);
  });
});

test('of 10,000 cards only those in sight are in the page, and all can be reached', async () => {
  const html = await reportOf(await ran(TICKETS, { titles: Array.from({ length: 3_333 }, (_, index) => `n${index}`) }));
  await withPage(html, {}, async (page) => {
    await page.locator('#steps').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    const rows = page.getByRole('treeitem');
    await page.getByText('item 3333').waitFor();
    assert.ok((await rows.count()) < 100);
    await page.keyboard.press('/');
    await page.keyboard.type('Ticket: n3000');
    await page
      .getByRole('status')
      .and(page.getByText('2 steps found', { exact: true }))
      .waitFor();
  });
});

inBrowser.after(() => browser?.close());
inBrowser.run();
