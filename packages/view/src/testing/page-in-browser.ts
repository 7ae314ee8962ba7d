/** Opens a page from a file in the browser of the tests. What it complains of, asks the network for, or pops up is an error. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import * as assert from 'uvu/assert';

/** How a page is opened. */
export interface PageSetup extends BrowserContextOptions {
  /** What is there once the page is ready. Default: nothing is waited for. */
  readonly ready?: string;
}

export async function openPage(
  browser: Browser,
  html: string,
  { ready, ...options }: PageSetup,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-report-'));
  const file = pathToFileURL(join(folder, 'report.html')).href;
  writeFileSync(join(folder, 'report.html'), html);
  const context = await browser.newContext(options);
  const faults: string[] = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => void faults.push(message.text()));
    page.on('pageerror', (error) => void faults.push(error.message));
    page.on('dialog', (dialog) => void faults.push(dialog.message()));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== file) faults.push(request.url());
    });
    await page.goto(file);
    if (ready !== undefined) await page.waitForSelector(ready);
    await use(page);
    assert.equal(faults, []);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}
