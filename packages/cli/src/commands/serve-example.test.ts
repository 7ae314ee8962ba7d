/** `flowdeck serve examples/host` beside the shop of the example: every way in which its flows are started, over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { flowStore } from '@flowdeck/host';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck } from '../../test/support.js';
import { startStaying } from '../../test/worker.js';

const EXAMPLE = fileURLToPath(new URL('../../../../examples/host/', import.meta.url));
const TOKEN = 'a-token-of-the-owner';

interface Answer {
  readonly customer: string;
  readonly text: string;
}

interface Told {
  readonly url: string;
  readonly flows: readonly {
    readonly id: string;
    readonly on: boolean;
    readonly token?: string;
    readonly next?: string;
    readonly webhook?: { readonly url: string };
  }[];
}

/** The shop of the example, and what its customers do. */
class Shop {
  readonly url: string;
  readonly #process: ChildProcess;

  constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#process = child;
  }

  static async open(): Promise<Shop> {
    const child = spawn(process.execPath, [join(EXAMPLE, 'shop.mjs'), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const url of createInterface({ input: child.stdout })) return new Shop(url, child);
    throw new Error('The shop has ended.');
  }

  async post(path: string, body: object): Promise<Record<string, unknown>> {
    const answer = await fetch(`${this.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, unknown>; // as the shop answers
  }

  /** Resolves when an answer to somebody is there, with all of them. */
  async answered(customer: string): Promise<readonly Answer[]> {
    for (;;) {
      const { answers } = (await (await fetch(this.url)).json()) as { readonly answers: readonly Answer[] }; // as it tells
      if (answers.some((each) => each.customer === customer)) return answers;
    }
  }

  close(): void {
    this.#process.kill('SIGKILL');
  }
}

test('a message, an order, a morning that was slept through, a caller, and money that somebody has to approve', async () => {
  const shop = await Shop.open();
  const connection = JSON.parse(readFileSync(join(EXAMPLE, 'shop.connection.json'), 'utf8'));
  const parameters = { base_url: shop.url.replace(/\/$/, '') };
  const directory = new Directory({ 'shop.connection.json': { ...connection, parameters } });
  const cwd = directory.path;
  const env = { FLOWDECK_ADMIN_TOKEN: TOKEN };
  const argv = ['serve', EXAMPLE, '--pack', join(EXAMPLE, 'shop'), '--connection', 'shop=shop.connection.json'];
  const options = ['--allow-host', new URL(shop.url).host, '--store', 'state', '--port', '0'];
  const serve = async (...more: readonly string[]) => {
    const served = await startStaying(cwd, [...argv, ...options, ...more], env);
    return { told: served.told as unknown as Told, end: () => served.end('SIGTERM') }; // what the command prints
  };
  try {
    // An earlier host went away before the morning.
    const states = await flowStore({ dir: join(cwd, 'state/flows') });
    await states.set('morning', { on: true, token: null, since: 0 });
    await states.close();
    await shop.post('order', { customer: 'Ada', item: 'lamp' });

    const { told, end } = await serve('--on', '*');
    const flow = (id: string) => told.flows.find((each) => each.id === id);
    assert.equal(
      told.flows.map(({ id, on }) => [id, on]),
      ['greet', 'inbox', 'morning', 'orders', 'refund'].map((id) => [id, true]),
    );
    assert.match(flow('morning')?.next ?? '', /T0[67]:00:00\.000Z$/);
    await shop.answered('everybody');
    await shop.answered('Ada');

    // Until the registration is whole, the shop is to come again.
    const say = () => shop.post('say', { customer: 'Grace', text: 'Where is it?' });
    let said = await say();
    while (!JSON.stringify(said).includes('202')) said = await say();
    assert.equal(said, { told: [202] });
    const forged = { method: 'POST', body: '{"customer":"Eve","text":"Pay me"}' };
    assert.is((await fetch(flow('inbox')?.webhook?.url ?? '', forged)).status, 401);
    await shop.answered('Grace');

    const call = (id: string, input: object) =>
      fetch(`${told.url}run/${id}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: { 'x-api-client-token': flow(id)?.token ?? '' },
      });
    const greeted = await call('greet', { name: 'Ada' });
    assert.equal([greeted.status, await greeted.json()], [200, { hello: 'Ada' }]);
    const paused = await call('refund', { customer: 'Lin', amount: 12 });
    assert.is(paused.status, 200);
    const place = paused.headers.get('location') ?? '';
    assert.is(await end(), 0);

    // The next host has all of it: the pause, the cursor, the registration, and the morning that is done with.
    await shop.post('order', { customer: 'Mary', item: 'chair' });
    const second = await serve();
    const resumed = await fetch(new URL(place, second.told.url), { method: 'POST', body: '{"by":"Ann"}' });
    assert.is(resumed.status, 202);
    await shop.answered('Lin');
    for (const state of ['off', 'on'])
      assert.is((await flowdeck(['flows', state, 'orders', '--url', second.told.url], { cwd, env })).code, 0);
    await shop.answered('Mary');
    assert.equal((await shop.answered('Mary')).map(({ customer, text }) => `${customer}: ${text}`).sort(), [
      'Ada: Your order 1 is in good hands.',
      'Grace: Thank you. We have read: Where is it?',
      'Lin: 12 EUR come back to you, says Ann.',
      'Mary: Your order 2 is in good hands.',
      'everybody: Good morning!',
    ]);
    assert.is(await second.end(), 0);
  } finally {
    shop.close();
    directory.remove();
  }
});

test.run();
