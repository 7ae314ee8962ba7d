// Takes the pictures of report pages in docs/gallery: three runs of the samples, in Chromium of the system. Needs a build.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = mkdtempSync(join(tmpdir(), 'flowdeck-gallery-'));
const flowdeck = join(root, 'packages/cli/bin/flowdeck.js');

const TICKETS = {
  flowdeck: 1,
  flows: [
    {
      id: 'tickets',
      name: 'Open a ticket for each order',
      type: 'manual',
      inputs: [{ key: 'orders', type: 'object', list: true }],
      cards: [
        { id: 'note', card: 'control.comment', in: { text: 'The desk answers 422 to an order without an address.' } },
        {
          id: 'each',
          card: 'list.map',
          title: 'Each order',
          in: { list: { from: '/inputs/orders' }, flow: { flow: 'open' }, order: { item: '' } },
        },
        { id: 'done', card: 'text.compose', title: 'Say what was done', in: { template: 'done' } },
      ],
    },
    {
      id: 'open',
      name: 'Open one ticket',
      type: 'helper',
      inputs: [{ key: 'order', type: 'object' }],
      outputs: [{ key: 'ticket', type: 'object' }],
      cards: [
        {
          id: 'text',
          card: 'text.compose',
          title: 'Words of the ticket',
          in: { template: 'Order {{{number}}}', number: { from: '/inputs/order/number' } },
        },
        {
          id: 'send',
          card: 'http.post',
          title: 'Send it to the desk',
          in: { url: 'https://desk.example.com/tickets', body: { from: '/text/output' } },
        },
        { card: 'flow.return', in: { ticket: { from: '/send/body' } } },
      ],
    },
  ],
};
const ORDERS = { orders: Array.from({ length: 12 }, (_, index) => ({ number: 4700 + index })) };
const answer = (status, json) => ({ status, json });
const mocks = (last) => ({
  mocks: [
    {
      http: { method: 'POST' },
      answers: [...ORDERS.orders.slice(1).map(({ number }) => answer(201, { ticket: number })), last],
    },
  ],
});
write('tickets.flow.json', TICKETS);
write('orders.json', ORDERS);
write('good.json', mocks(answer(201, { ticket: 4711 })));
write('bad.json', mocks(answer(422, { error: 'Order 4711 has no address.' })));

const SIMULATED = ['tickets.flow.json', '--inputs', 'orders.json', '--simulate', '--mock'];
const SHOTS = {
  'report-failed': { run: [...SIMULATED, 'bad.json'], width: 1200, height: 1180, colorScheme: 'light' },
  'report-passed': { run: [...SIMULATED, 'good.json'], width: 1200, height: 900, colorScheme: 'dark' },
  'report-phone': { run: [...SIMULATED, 'bad.json'], width: 390, height: 900, colorScheme: 'light' },
};

const browser = await chromium.launch({
  executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync),
  args: ['--no-sandbox'],
});
for (const [name, { run, width, height, colorScheme }] of Object.entries(SHOTS)) {
  spawnSync(process.execPath, [flowdeck, 'run', ...run, '--report', `${name}.html`], { cwd: folder });
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  await page.waitForSelector('[role=treeitem]');
  await page.screenshot({ path: join(root, `docs/gallery/${name}.png`) });
  await page.close();
}
await browser.close();
rmSync(folder, { recursive: true });

function write(name, value) {
  writeFileSync(join(folder, name), JSON.stringify(value, null, 2));
}
