/** `flowdeck serve` as a process: a caller, a schedule, the owner, and the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeck } from '../../test/support.js';

const COMMAND = fileURLToPath(new URL('../../test/flowdeck.ts', import.meta.url));
const TOKEN = 'a-token-of-the-owner';
const DECK = {
  flowdeck: 1,
  flows: [
    {
      id: 'greet',
      type: 'api',
      inputs: [{ key: 'name', type: 'text', required: true }],
      cards: [{ card: 'flow.return', in: { hello: { from: '/inputs/name' } } }],
    },
    {
      id: 'asks',
      type: 'manual',
      inputs: [{ key: 'order', type: 'text' }],
      cards: [
        { id: 'approval', card: 'control.pause', in: { message: 'Waiting' } },
        { card: 'flow.return', in: { order: { from: '/inputs/order' } } },
      ],
    },
    { id: 'nightly', type: 'schedule', schedule: { cron: '0 3 * * *' }, cards: [{ card: 'control.comment' }] },
  ],
};

interface Served {
  readonly url: string;
  readonly flows: readonly {
    readonly id: string;
    readonly on: boolean;
    readonly token?: string;
    readonly next?: string;
  }[];
  /** Exit code, after a signal. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

async function serve(cwd: string, ...args: string[]): Promise<Served> {
  const argv = ['--import', import.meta.resolve('tsx'), COMMAND, 'serve', 'deck.flow.json', '--port', '0', '--json'];
  const child = spawn(process.execPath, [...argv, ...args], {
    cwd,
    env: { ...process.env, FLOWDECK_ADMIN_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.add(child);
  const ended = new Promise<number | null>((settle) => child.once('exit', settle));
  let text = '';
  for await (const line of createInterface({ input: child.stdout })) {
    text += line;
    if (line === '}') break;
  }
  const { url, flows } = JSON.parse(text) as Pick<Served, 'url' | 'flows'>; // what the command prints
  return {
    url,
    flows,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Processes under way: none outlives a test that fails. */
const started = new Set<ChildProcess>();

async function inFolder(work: (cwd: string) => Promise<void>): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'flowdeck-serve-'));
  writeFileSync(join(cwd, 'deck.flow.json'), JSON.stringify(DECK));
  try {
    await work(cwd);
  } finally {
    for (const child of started) child.kill('SIGKILL');
    started.clear();
    rmSync(cwd, { recursive: true, force: true });
  }
}

test('a flow is called, and the host ends when it is told to', () =>
  inFolder(async (cwd) => {
    const served = await serve(cwd, '--on', 'greet');
    const [greet, nightly] = served.flows;
    assert.equal([greet?.on, nightly?.on, nightly?.next], [true, false, null]);
    const called = await fetch(`${served.url}run/greet`, {
      method: 'POST',
      body: '{"name":"Ada"}',
      headers: { 'x-api-client-token': greet?.token ?? '' },
    });
    assert.equal([called.status, await called.json()], [200, { hello: 'Ada' }]);
    assert.is((await fetch(`${served.url}run/greet`)).status, 401);
    assert.is((await fetch(`${served.url}admin/flows`)).status, 401);
    const runs = await fetch(`${served.url}admin/runs`, { headers: { authorization: `Bearer ${TOKEN}` } });
    assert.is(((await runs.json()) as { runs: unknown[] }).runs.length, 1);
    assert.is(await served.end('SIGTERM'), 0);
  }));

interface Run {
  readonly status: string;
}

/** A connector whose service sends its secret with each delivery, and needs nobody to register. */
const HOOK = {
  key: 'hook',
  name: 'Hook',
  version: '1.0.0',
  auth: { type: 'custom', fields: [{ key: 'signing', label: 'Signing secret', type: 'text', secret: true }] },
  flows: {},
  events: [
    {
      key: 'posted',
      flow: 'read',
      delivery: {
        secret: { from: 'connection', path: '/signing' },
        verify: [{ scheme: 'equal', given: { from: 'header', name: 'x-token' } }],
      },
    },
  ],
};
const READ = {
  flowdeck: 1,
  id: 'read',
  type: 'webhook',
  inputs: [{ key: 'text', type: 'text' }],
  outputs: [{ key: 'text', type: 'text' }],
  cards: [{ card: 'flow.return', in: { text: { from: '/inputs/text' } } }],
};
const HEARS = {
  flowdeck: 1,
  id: 'hears',
  type: 'event',
  event: { connector: 'hook', name: 'posted', connection: 'hook' },
  inputs: [{ key: 'text', type: 'text' }],
  cards: [{ card: 'flow.return', in: { text: { from: '/inputs/text' } } }],
};

test('a service delivers what a flow hears, proven and once, also to the next host', () =>
  inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'deck.flow.json'), JSON.stringify(HEARS));
    mkdirSync(join(cwd, 'hook/flows'), { recursive: true });
    writeFileSync(join(cwd, 'hook/connector.json'), JSON.stringify(HOOK));
    writeFileSync(join(cwd, 'hook/flows/read.flow.json'), JSON.stringify(READ));
    writeFileSync(
      join(cwd, 'hook.connection.json'),
      JSON.stringify({ connector: 'hook', auth: { signing: 's3cret' } }),
    );
    const args = ['--pack', './hook', '--connection', 'hook=hook.connection.json', '--store', 'state'];
    const first = await serve(cwd, ...args, '--on', 'hears', '--public-url', 'https://flows.example/base');
    const { webhook } = first.flows[0] as { webhook?: { url: string; phase: string } }; // what the command prints
    assert.is(webhook?.phase, 'on');
    assert.match(webhook?.url ?? '', /^https:\/\/flows\.example\/base\/hook\//);
    const path = (webhook?.url ?? '').slice('https://flows.example/base/'.length);
    const deliver = async (host: Served, token: string, text: string) =>
      (
        await fetch(host.url + path, {
          method: 'POST',
          body: JSON.stringify({ text }),
          headers: { 'x-token': token, 'content-type': 'application/json' },
        })
      ).status;
    const owner = { headers: { authorization: `Bearer ${TOKEN}` } };
    /** Until the run of a delivery has ended. */
    const ran = async ({ url }: Served) => {
      for (;;) {
        const { runs } = (await (await fetch(`${url}admin/runs?flow=hears`, owner)).json()) as { runs: Run[] }; // what it tells
        if (runs.length > 0 && runs.every(({ status }) => status === 'success')) return runs.length;
      }
    };
    assert.equal([await deliver(first, 'wrong', 'a'), await deliver(first, 's3cret', 'a')], [401, 200]);
    assert.is(await ran(first), 1);
    assert.is(await first.end('SIGTERM'), 0);
    const second = await serve(cwd, ...args);
    assert.equal([await deliver(second, 's3cret', 'a'), await deliver(second, 's3cret', 'b')], [200, 200]);
    assert.is(await ran(second), 1);
    assert.is(await second.end('SIGTERM'), 0);
    const third = await serve(cwd, ...args);
    const { parked } = (await (await fetch(`${third.url}admin/events`, owner)).json()) as { parked: unknown[] }; // what it tells
    assert.equal(parked, []);
    assert.is(await third.end('SIGTERM'), 0);
  }));

test('with a key a store shows nothing, opens with that key alone, and changes it where the former is given', () =>
  inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'deck.flow.json'), JSON.stringify(HEARS));
    mkdirSync(join(cwd, 'hook/flows'), { recursive: true });
    writeFileSync(join(cwd, 'hook/connector.json'), JSON.stringify(HOOK));
    writeFileSync(join(cwd, 'hook/flows/read.flow.json'), JSON.stringify(READ));
    for (const name of ['old.key', 'new.key']) await flowdeck(['connection', 'key', '-o', name], { cwd });
    const written = () =>
      ['events', 'flows', 'runs']
        .map((store) => join(cwd, 'state', store))
        .flatMap((dir) => readdirSync(dir, { encoding: 'utf8' }).map((name) => readFileSync(join(dir, name), 'utf8')))
        .join('');
    const args = ['--pack', './hook', '--store', 'state', '--on', 'hears'];
    /** The URL of the webhook, which is a secret, in a host that has come and gone. */
    const life = async (...keys: string[]) => {
      const host = await serve(cwd, ...args, ...keys, '--public-url', 'https://flows.example/');
      const { webhook } = host.flows[0] as { webhook?: { url: string } }; // what the command prints
      assert.is(await host.end('SIGTERM'), 0);
      return webhook?.url.slice('https://flows.example/hook/'.length) ?? '';
    };
    const token = await life();
    assert.match(written(), token);
    assert.match(written(), 'hears');
    assert.is(await life('--key-file', 'old.key'), token);
    assert.not.match(written(), token);
    assert.not.match(written(), 'hears');
    const before = written();
    const refused = await flowdeck(['serve', 'deck.flow.json', '--port', '0', ...args, '--key-file', 'new.key'], {
      cwd,
    });
    assert.equal([refused.code, refused.stdout], [2, ''], refused.stderr);
    assert.match(refused.stderr, /sealed with another key.*\[runtime-key\]/s);
    assert.is(written(), before);
    assert.is(await life('--key-file', 'new.key', '--former-key-file', 'old.key'), token);
    assert.is(await life('--key-file', 'new.key'), token);
    assert.not.match(written(), token);
  }));

test('an address that services cannot reach is refused', () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await flowdeck(['serve', 'deck.flow.json', '--public-url', 'flows.example'], { cwd });
    assert.is(code, 2);
    assert.match(stderr, /no address at which services reach this host/);
  }));

test('a store remembers what is on and by which token, and belongs to one process', () =>
  inFolder(async (cwd) => {
    const first = await serve(cwd, '--on', '*', '--store', 'state');
    const second = await flowdeck(['serve', 'deck.flow.json', '--port', '0', '--store', 'state', '--on', 'greet'], {
      cwd,
    });
    assert.is(second.code, 2);
    assert.match(second.stderr, /in use by process \d+.*\[flows-locked\]/s);
    assert.is(await first.end('SIGINT'), 0);
    const again = await serve(cwd, '--store', 'state');
    assert.equal(
      again.flows.map(({ on, token }) => [on, token]),
      first.flows.map(({ token }) => [true, token]),
    );
    assert.match(again.flows[1]?.next ?? '', /T03:00:00\.000Z$/);
    assert.is(await again.end('SIGTERM'), 0);
  }));

test('a run outlives the host that is killed, and is listed, let go on and cancelled by the commands', () =>
  inFolder(async (cwd) => {
    const first = await serve(cwd, '--store', 'state');
    const ask = async (url: string, ...argv: string[]) => {
      const env = { FLOWDECK_ADMIN_TOKEN: TOKEN, FLOWDECK_URL: url };
      const { code, stdout, stderr } = await flowdeck([...argv, '--json'], { cwd, env });
      assert.is(code, 0, `${argv.join(' ')}: ${stderr}`);
      return JSON.parse(stdout);
    };
    const statuses = async (url: string) => {
      const { runs } = await ask(url, 'runs', 'list', '--flow', 'asks');
      return runs.map(({ status }: { status: string }) => status);
    };
    writeFileSync(join(cwd, 'inputs.json'), '{"order":"A1"}');
    const { run } = await ask(first.url, 'flows', 'start', 'asks', '--inputs', 'inputs.json');
    const other = await ask(first.url, 'flows', 'start', 'asks');
    assert.equal(await statuses(first.url), ['running', 'running']);
    assert.is(await first.end('SIGKILL'), null);

    const second = await serve(cwd, '--store', 'state');
    assert.equal(await statuses(second.url), ['running', 'running']);
    await ask(second.url, 'runs', 'signal', run.runId, '--value', '{"ok":true}');
    await ask(second.url, 'runs', 'cancel', other.run.runId);
    let ended = await statuses(second.url);
    while (ended.includes('running')) ended = await statuses(second.url);
    assert.equal([...ended].sort(), ['cancelled', 'success']);
    const shown = await ask(second.url, 'runs', 'show', run.runId);
    assert.equal([shown.run.runId, shown.run.status, shown.run.trigger], [run.runId, 'success', 'hand']);
    assert.is(await second.end('SIGTERM'), 0);

    const third = await serve(cwd, '--store', 'state');
    assert.equal(await statuses(third.url), [], 'what has ended does not come back');
    assert.is(await third.end('SIGTERM'), 0);
  }));

test('flows are turned on and off, and started to their end, by a command', () =>
  inFolder(async (cwd) => {
    const { url, end } = await serve(cwd);
    const env = { FLOWDECK_ADMIN_TOKEN: TOKEN };
    const ask = (...argv: string[]) => flowdeck([...argv, '--url', url], { cwd, env });
    assert.match((await ask('flows', 'on', 'nightly')).stdout, /^on {3}nightly {2}schedule {2}next at .*T03:00:00/);
    assert.match((await ask('flows', 'list')).stdout, /^off {2}greet {2}api {2}by token\n/);
    assert.match((await ask('flows', 'off', 'nightly')).stdout, /^off {2}nightly/);
    writeFileSync(join(cwd, 'ada.json'), '{"name":"Ada"}');
    const started = await ask('flows', 'start', 'greet', '--inputs', 'ada.json', '--wait');
    assert.equal([started.code, JSON.parse(started.stdout)], [0, { hello: 'Ada' }]);
    const [run] = JSON.parse((await ask('runs', 'list', '--json')).stdout).runs;
    const shown = await ask('runs', 'show', run.runId, '--report', 'run.html');
    assert.equal([shown.code, shown.stderr], [0, 'report: run.html\n'], shown.stderr);
    assert.match(readFileSync(join(cwd, 'run.html'), 'utf8'), /<h1[^>]*>[\s\S]*greet/);
    const refused = await ask('flows', 'start', 'greet', '--wait');
    assert.equal([refused.code, refused.stdout], [2, '']);
    assert.match(refused.stderr, /"name"/);
    assert.match((await ask('flows', 'on', 'asks')).stderr, /nothing but a person starts it/);
    assert.is(await end('SIGTERM'), 0);
  }));

test('events of its own are told to a host, and flows are run for people, by a command', () =>
  inFolder(async (cwd) => {
    const hears = {
      id: 'hears',
      type: 'event',
      event: { name: 'order.placed' },
      inputs: [{ key: 'number', type: 'text' }],
      cards: [{ card: 'flow.return', in: { number: { from: '/inputs/number' } } }],
    };
    const approve = {
      id: 'approve',
      type: 'delegated',
      inputs: [{ key: 'id', group: 'caller', type: 'text' }],
      cards: [{ card: 'flow.return', in: { by: { from: '/inputs/caller/id' } } }],
    };
    writeFileSync(join(cwd, 'deck.flow.json'), JSON.stringify({ flowdeck: 1, flows: [hears, approve] }));
    writeFileSync(join(cwd, 'order.json'), '{"number":"17"}');
    const { url, end } = await serve(cwd, '--store', 'state', '--on', '*');
    const env = { FLOWDECK_ADMIN_TOKEN: TOKEN };
    const ask = (...argv: string[]) => flowdeck(['flows', ...argv, '--url', url], { cwd, env });
    const emit = ['emit', 'order.placed', '--inputs', 'order.json', '--id', 'order-17'];
    assert.match((await ask(...emit)).stdout, /^hears {2}accepted {2}[\w-]+\n$/);
    assert.is((await ask(...emit)).stdout, 'hears  repeated\n');
    writeFileSync(join(cwd, 'order.json'), '{"number":"18"}');
    const other = await ask(...emit, '--json');
    assert.equal([other.code, JSON.parse(other.stdout).events[0].kind], [2, 'conflict']);
    const unknown = await ask('emit', 'order.plced');
    assert.equal([unknown.code, /Did you mean "order.placed"/.test(unknown.stderr)], [2, true]);
    const approved = await ask('start', 'approve', '--as', 'u1', '--wait');
    assert.equal([approved.code, JSON.parse(approved.stdout)], [0, { by: 'u1' }]);
    await ask('off', 'approve');
    assert.match((await ask('start', 'approve', '--as', 'u1')).stderr, /"approve" is off/);
    await ask('off', 'hears');
    assert.is((await ask('emit', 'order.placed')).stdout, 'no flow that hears it is on\n');
    assert.is(await end('SIGTERM'), 0);
  }));

/** A connector that is asked, and has the same three orders for ever. */
const ORDERS = {
  key: 'shop',
  name: 'Shop',
  version: '1.0.0',
  auth: { type: 'custom' },
  flows: {},
  polls: [{ key: 'ordered', flow: 'ask', first: 'all', id: '/number' }],
};
const ASK = {
  flowdeck: 1,
  id: 'ask',
  type: 'polling',
  inputs: [{ key: 'cursor', type: 'any' }],
  outputs: [
    { key: 'cursor', type: 'any' },
    { key: 'items', type: 'object', list: true },
  ],
  cards: [
    { card: 'flow.return', in: { cursor: 'c1', items: { value: [{ number: 1 }, { number: 2 }, { number: 3 }] } } },
  ],
};

test('a service is asked for what is new, once, also by the next host', () =>
  inFolder(async (cwd) => {
    const hears = { ...HEARS, event: { connector: 'shop', name: 'ordered', everySeconds: 1 } };
    writeFileSync(
      join(cwd, 'deck.flow.json'),
      JSON.stringify({ ...hears, inputs: [{ key: 'number', type: 'number' }], cards: [] }),
    );
    mkdirSync(join(cwd, 'shop/flows'), { recursive: true });
    writeFileSync(join(cwd, 'shop/connector.json'), JSON.stringify(ORDERS));
    writeFileSync(join(cwd, 'shop/flows/ask.flow.json'), JSON.stringify(ASK));
    writeFileSync(join(cwd, 'shop.connection.json'), JSON.stringify({ connector: 'shop', auth: {} }));
    const args = ['--pack', './shop', '--connection', 'shop=shop.connection.json', '--store', 'state', '--on', 'hears'];
    const owner = { headers: { authorization: `Bearer ${TOKEN}` } };
    const told = async (url: string, what: string) =>
      (await (await fetch(`${url}admin/${what}`, owner)).json()) as never;
    const first = await serve(cwd, ...args);
    for (let runs: unknown[] = []; runs.length < 3; ) ({ runs } = await told(first.url, 'runs?flow=hears'));
    const { poll } = (await told(first.url, 'flows/hears')) as { poll: { last: string; reason: string | null } };
    assert.equal([poll.reason, typeof poll.last], [null, 'string']);
    const env = { FLOWDECK_ADMIN_TOKEN: TOKEN };
    const listed = await flowdeck(['flows', 'list', '--url', first.url], { cwd, env });
    assert.match(listed.stdout, /^on {3}hears {2}event {2}next at \S+Z {2}last at \S+Z/);
    assert.is(await first.end('SIGTERM'), 0);
    const second = await serve(cwd, ...args);
    const asked = async () => ((await told(second.url, 'flows/hears')) as { poll: { last: string } }).poll.last;
    for (const before = poll.last; (await asked()) <= before; );
    const { runs } = (await told(second.url, 'runs?flow=hears')) as { runs: unknown[] };
    assert.equal(runs, []);
    assert.is(await second.end('SIGTERM'), 0);
  }));

test('what cannot be served is told', () =>
  inFolder(async (cwd) => {
    const refused = async (...argv: string[]) => (await flowdeck(['serve', 'deck.flow.json', ...argv], { cwd })).stderr;
    assert.match(await refused('--on', 'gret', '--port', '0'), /Did you mean "greet"\?/);
    assert.match(await refused('--port', 'http'), /--port "http" is not a port/);
    assert.match(await refused('--port', '0', '--host', '203.0.113.7'), /Cannot listen on 203\.0\.113\.7/);
    assert.match(await refused('--flow-rate', '0', '--port', '0'), /--flow-rate "0" is no number of runs/);
    assert.match(await refused('--connection-runs', 'two', '--port', '0'), /--connection-runs "two" is no number/);
    writeFileSync(join(cwd, 'token'), 'short\n');
    assert.match(await refused('--admin-token-file', 'token'), /shorter than 16 characters/);
    assert.match(await refused('--admin-token-file', 'gone'), /cannot be read/);
  }));

test.run();
