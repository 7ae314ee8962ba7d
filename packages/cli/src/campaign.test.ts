/** `examples/campaign` on every runtime that is there: it is killed in its midst, and everybody has one message. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PLACES } from '../test/places.js';
import { Directory, flowdeck } from '../test/support.js';
import { startStaying, startWorker } from '../test/worker.js';

const EXAMPLE = fileURLToPath(new URL('../../../examples/campaign/', import.meta.url));
const FLOW = `${EXAMPLE}campaign.flow.json`;
const TOKEN = 'a-token-of-the-owner';
/** Every tenth of 500 recipients costs a second request. */
const UNDISTURBED = 550;
/** So many messages are under way at a time, and may be sent again when their worker is lost. */
const UNDER_WAY = 20;

interface Gateway {
  readonly url: string;
  readonly host: string;
  readonly process: ChildProcess;
}

interface Arrived {
  readonly messages: number;
  readonly requests: number;
}

async function openGateway(): Promise<Gateway> {
  const child = spawn(process.execPath, [`${EXAMPLE}gateway.mjs`, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const url of createInterface({ input: child.stdout }))
    return { url, host: new URL(url).host, process: child };
  throw new Error('The gateway has ended.');
}

async function arrived({ url }: Gateway): Promise<Arrived> {
  const answer = await fetch(url);
  return (await answer.json()) as Arrived; // what the gateway tells
}

/** Resolves when so many requests have come. */
async function reach(gateway: Gateway, count: number): Promise<void> {
  while ((await arrived(gateway)).requests < count);
}

const inputsOf = ({ url }: Gateway) => ['--input', `gateway=${url}`, '--input', 'text=Hello'];
const APPROVED = { approvedBy: 'Ann', sent: 500 };

test('in memory: a host that is killed loses the campaign', async () => {
  const gateway = await openGateway();
  const directory = new Directory({ 'inputs.json': { gateway: gateway.url, text: 'Hello' } });
  const cwd = directory.path;
  const env = { FLOWDECK_ADMIN_TOKEN: TOKEN };
  const serve = () => startStaying(cwd, ['serve', FLOW, '--port', '0', '--allow-host', gateway.host], env);
  try {
    const first = await serve();
    const ask = (argv: readonly string[], url = first.told['url']) =>
      flowdeck([...argv, '--url', `${url}`], { cwd, env });
    const started = await ask(['flows', 'start', 'campaign', '--inputs', 'inputs.json']);
    const runId = started.stdout.trim();
    while (!/running/.test((await ask(['runs', 'show', runId])).stdout));
    let told = await ask(['runs', 'signal', runId, '--value', '{"by": "Ann"}']);
    assert.is(told.code, 0, told.stderr);
    await reach(gateway, 100);
    await first.end('SIGKILL');
    const second = await serve();
    told = await ask(['runs', 'show', runId], second.told['url']);
    assert.match(told.stderr, /run-absent/);
    assert.ok((await arrived(gateway)).messages < 500, 'nobody goes on with it');
    await second.end('SIGTERM');
  } finally {
    gateway.process.kill();
    directory.remove();
  }
});

for (const [name, open] of Object.entries(PLACES)) {
  if (typeof open === 'string') {
    console.warn(`SKIPPED: the campaign on ${name}: ${open}`);
    continue;
  }
  test(`${name}: a worker that is killed in its midst costs nobody a message`, async () => {
    const gateway = await openGateway();
    const directory = new Directory();
    const cwd = directory.path;
    const { address, workerArgs, close } = await open(cwd);
    const runtime = ['--runtime', address];
    const work = () => startWorker(cwd, [FLOW, ...runtime, ...workerArgs, '--allow-host', gateway.host]);
    const run = ['run', FLOW, '--flow', 'campaign', '--run-id', 'spring', ...inputsOf(gateway), ...runtime, '--json'];
    try {
      const first = await work();
      assert.is((await flowdeck([...run, '--detach'], { cwd })).code, 0);
      const signal = ['runs', 'signal', 'spring', '--value', '{"by": "Ann"}', ...runtime];
      assert.is((await flowdeck(signal, { cwd })).code, 0);
      await reach(gateway, 100);
      await first.end('SIGKILL');
      assert.ok((await arrived(gateway)).messages < 500, 'it was killed in its midst');
      const second = await work();
      const followed = await flowdeck(run, { cwd });
      assert.equal(JSON.parse(followed.stdout).outputs, APPROVED, followed.stdout);
      const { messages, requests } = await arrived(gateway);
      assert.is(messages, 500);
      assert.ok(requests >= UNDISTURBED && requests <= UNDISTURBED + UNDER_WAY, `${requests} requests`);
      await second.end('SIGTERM');
    } finally {
      gateway.process.kill();
      await close();
      directory.remove();
    }
  });
}

test.run();
