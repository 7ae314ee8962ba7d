/** The browser that tests open pages in: Chromium of the system. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Null, and a line that says so, where there is none. */
export async function openBrowser(): Promise<Browser | null> {
  const executablePath = PLACES.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    console.warn('SKIPPED: pages are not opened in a browser. Install Chromium, or name it in CHROMIUM.');
    return null;
  }
  // Its sandbox does not work for root, as whom containers run; the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
