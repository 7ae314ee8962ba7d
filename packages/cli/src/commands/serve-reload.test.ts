/** `flowdeck serve` takes up files that change: at SIGHUP, and by itself with `--watch`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const COMMAND = fileURLToPath(new URL('../../test/flowdeck.ts', import.meta.url));
const TOKEN = 'a-token-of-the-owner';

/** Flow files in the folder `flows`, and a host of them. */
class Served {
  readonly cwd = mkdtempSync(join(tmpdir(), 'flowdeck-reload-'));
  #child: ChildProcess | null = null;
  #url = '';
  #said: string[] = [];
  #isOver = false;
  #heard: () => void = () => {};

  constructor() {
    mkdirSync(join(this.cwd, 'flows'));
  }

  /** As editors do: a file is whole at any time. */
  write(name: string, content: object | string): void {
    const path = join(this.cwd, name);
    writeFileSync(`${path}~`, typeof content === 'string' ? content : JSON.stringify(content));
    renameSync(`${path}~`, path);
  }

  async start(...args: readonly string[]): Promise<void> {
    const argv = ['--import', import.meta.resolve('tsx'), COMMAND, 'serve', 'flows', '--port', '0', '--json', ...args];
    const child = spawn(process.execPath, argv, {
      cwd: this.cwd,
      env: { ...process.env, FLOWDECK_ADMIN_TOKEN: TOKEN },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    createInterface({ input: child.stderr })
      .on('line', (line) => {
        this.#said.push(line);
        this.#heard();
      })
      .on('close', () => {
        this.#isOver = true;
        this.#heard();
      });
    let text = '';
    for await (const line of createInterface({ input: child.stdout })) {
      text += line;
      if (line === '}') break;
    }
    this.#url = (JSON.parse(text) as { url: string }).url; // what the command prints
  }

  /** All that is said up to a line, which is then forgotten. */
  async saysUpTo(line: RegExp): Promise<string> {
    for (;;) {
      const at = this.#said.findIndex((each) => line.test(each));
      if (at >= 0) return this.#said.splice(0, at + 1).join('\n');
      if (this.#isOver) throw new Error(`The host has ended, and said only: ${this.#said.join('\n')}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  hangUp(): void {
    this.#child?.kill('SIGHUP');
  }

  async ask(path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(this.#url + path, {
      headers: { authorization: `Bearer ${TOKEN}` },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  async end(): Promise<number | null> {
    const child = this.#child;
    if (child === null) return null;
    const ended = new Promise<number | null>((settle) => child.once('exit', settle));
    child.kill('SIGTERM');
    return ended;
  }

  discard(): void {
    this.#child?.kill('SIGKILL');
    rmSync(this.cwd, { recursive: true, force: true });
  }
}

async function serving(work: (served: Served) => Promise<void>): Promise<void> {
  const served = new Served();
  try {
    await work(served);
  } finally {
    served.discard();
  }
}

const greets = (says: string, more: object = {}) => ({
  ...{ flowdeck: 1, id: 'greet', type: 'api', access: { by: 'open' } },
  cards: [{ card: 'flow.return', in: { says } }],
  ...more,
});
const asks = (says: string) => ({
  ...{ flowdeck: 1, id: 'asks', type: 'manual' },
  cards: [
    { card: 'control.pause', in: { message: 'Waiting' } },
    { card: 'flow.return', in: { says } },
  ],
});

test('what changes is served; a run under way ends with the flow that it began with', () =>
  serving(async (served) => {
    served.write('flows/greet.flow.json', greets('old'));
    served.write('flows/asks.flow.json', asks('old'));
    await served.start('--watch', '--on', '*', '--store', 'state');
    const { runId } = (await served.ask('admin/flows/asks/run', {})).body as { runId: string }; // what it answers
    served.write('flows/greet.flow.json', greets('new'));
    assert.is(await served.saysUpTo(/^reloaded/), 'reloaded (greet.flow.json changed): 2 flows');
    served.write('flows/asks.flow.json', asks('new'));
    await served.saysUpTo(/^reloaded/);
    assert.equal((await served.ask('run/greet')).body, { says: 'new' });
    const outputs = async (path: string, body: object) => (await served.ask(path, body)).body;
    await outputs(`admin/runs/${runId}/signal`, {});
    let run: { status: string | null } = { status: null };
    while (run.status === null) run = (await served.ask(`admin/runs/${runId}`)).body as typeof run; // what it answers
    assert.is(run.status, 'success');

    served.write('flows/more.flow.json', { ...greets('more'), id: 'more' });
    assert.is(await served.saysUpTo(/^reloaded/), 'reloaded (more.flow.json changed): 3 flows; new: more');
    assert.equal((await served.ask('run/more')).body, { says: 'more' }, '--on "*" is meant for it, too');
    rmSync(join(served.cwd, 'flows/more.flow.json'));
    assert.is(await served.saysUpTo(/^reloaded/), 'reloaded (more.flow.json changed): 2 flows; gone: more');
    assert.is((await served.ask('run/more')).status, 401);
    assert.is(await served.end(), 0);
  }));

test('a faulty file changes nothing, and is told with its place; once mended it is served', () =>
  serving(async (served) => {
    served.write('flows/greet.flow.json', greets('old'));
    await served.start('--watch', '--on', '*');
    for (const faulty of ['{ "flowdeck": 1,', JSON.stringify(greets('x', { cards: [{ card: 'no.such' }] }))]) {
      served.write('flows/greet.flow.json', faulty);
      const said = await served.saysUpTo(/^not reloaded/);
      assert.match(said, /greet\.flow\.json:1/);
      assert.match(said, /what was served before is served on/);
      assert.equal((await served.ask('run/greet')).body, { says: 'old' });
    }
    rmSync(join(served.cwd, 'flows/greet.flow.json'));
    assert.match(await served.saysUpTo(/^not reloaded/), /holds no flow files/);
    served.write('flows/greet.flow.json', greets('mended'));
    await served.saysUpTo(/^reloaded/);
    assert.equal((await served.ask('run/greet')).body, { says: 'mended' });
    assert.is(await served.end(), 0);
  }));

test('without --watch a change waits for SIGHUP, which reads schedules and connectors anew as well', () =>
  serving(async (served) => {
    const ticks = (cron: string) => ({
      ...{ flowdeck: 1, id: 'ticks', type: 'schedule', schedule: { cron } },
      cards: [{ card: 'control.comment' }],
    });
    const shop = (version: string, items: readonly object[]) => {
      const manifest = { key: 'shop', name: 'Shop', version, auth: { type: 'custom' }, flows: {} };
      served.write('shop/connector.json', { ...manifest, polls: [{ key: 'ordered', flow: 'ask', first: 'all' }] });
      served.write('shop/flows/ask.flow.json', {
        ...{ flowdeck: 1, id: 'ask', type: 'polling', inputs: [{ key: 'cursor', type: 'any' }] },
        outputs: [
          { key: 'cursor', type: 'any' },
          { key: 'items', type: 'object', list: true },
        ],
        cards: [{ card: 'flow.return', in: { cursor: version, items: { value: items } } }],
      });
    };
    mkdirSync(join(served.cwd, 'shop/flows'), { recursive: true });
    shop('1.0.0', []);
    served.write('shop.connection.json', { connector: 'shop', auth: {} });
    served.write('flows/ticks.flow.json', ticks('0 3 * * *'));
    served.write('flows/hears.flow.json', {
      ...{ flowdeck: 1, id: 'hears', type: 'event', cards: [{ card: 'control.comment' }] },
      event: { connector: 'shop', name: 'ordered', everySeconds: 1 },
    });
    await served.start('--on', '*', '--pack', './shop', '--connection', 'shop=shop.connection.json');
    const next = async () => ((await served.ask('admin/flows/ticks')).body as { next: string }).next; // what it answers
    assert.match(await next(), /T03:00:00/);
    served.write('flows/ticks.flow.json', ticks('0 4 * * *'));
    shop('1.1.0', [{ number: 1 }]);
    assert.match(await next(), /T03:00:00/);
    served.hangUp();
    assert.is(await served.saysUpTo(/^reloaded/), 'reloaded (asked to): 2 flows');
    assert.match(await next(), /T04:00:00/);
    for (let runs: unknown[] = []; runs.length === 0; )
      ({ runs } = (await served.ask('admin/runs?flow=hears')).body as { runs: unknown[] }); // what it answers
    assert.is(await served.end(), 0);
  }));

test.run();
