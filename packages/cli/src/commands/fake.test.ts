/** What is promised of `flowdeck fake twilio`: it serves until it is interrupted, prints a connection that works, and writes a log. */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck } from '../../test/support.js';
import { type Io, main } from '../index.js';

/** Serves while `use` runs, then interrupts the command. */
async function serving(
  argv: readonly string[],
  cwd: string,
  use: (printed: Record<string, never>) => Promise<void>,
): Promise<{ readonly code: number; readonly stderr: string }> {
  const interrupt = new AbortController();
  let stderr = '';
  let resolve = (_: string) => {};
  const printed = new Promise<string>((done) => {
    resolve = done;
  });
  const output = { isTTY: false, columns: 80, rows: 24 };
  const io: Io = {
    stdout: { ...output, write: (text) => resolve(text) },
    stderr: {
      ...output,
      write: (text) => {
        stderr += text;
      },
    },
    stdin: async () => new Uint8Array(),
    env: {},
    cwd,
    signal: interrupt.signal,
  };
  const running = main(['fake', 'twilio', ...argv], io);
  const text = await Promise.race([
    printed,
    running.then((code) => assert.unreachable(`ended with ${code}: ${stderr}`)),
  ]);
  try {
    await use(JSON.parse(String(text)));
  } finally {
    interrupt.abort();
  }
  return { code: await running, stderr };
}

const post = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

test('the printed connection is accepted, requests and webhooks stand in the log, Ctrl-C ends it well', async () => {
  const directory = new Directory();
  const heard: string[] = [];
  const app = createServer((request, response) => {
    heard.push(String(request.headers['x-twilio-signature']));
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve);
  });
  const { port } = app.address() as AddressInfo; // it listens on a port
  try {
    const argv = [
      '--webhooks',
      `http://127.0.0.1:${port}/sms`,
      '--log',
      'fake.log',
      '--seed',
      'x',
      '--json',
      '--step',
      '3600',
    ];
    const ended = await serving(argv, directory.path, async (printed) => {
      const { connection, url, numbers, accountSid } = printed as unknown as {
        readonly [key in 'url' | 'accountSid']: string;
      } & { readonly connection: unknown; readonly numbers: readonly string[] }; // as the help says
      directory.write('twilio.json', connection);
      const host = new URL(url).host;
      const test = await flowdeck(['connection', 'test', 'twilio.json', '--allow-host', host], { cwd: directory.path });
      assert.is(test.code, 0, test.stderr);
      const inbound = await post(`${url}/_fake/inbound`, { from: '+15551230001', to: numbers[0], body: 'Hi' });
      assert.is(inbound.status, 200, accountSid);
    });
    assert.is(ended.code, 0, ended.stderr);
    assert.is(heard.length, 1);
    const lines = readFileSync(join(directory.path, 'fake.log'), 'utf8').trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line));
    assert.equal(
      entries.map((entry) => Object.keys(entry)[0]),
      ['request', 'webhook'],
    );
    assert.is(entries[0].request.headers.authorization, undefined);
    assert.equal([entries[1].webhook.status, entries[1].webhook.signature], [204, heard[0]]);
  } finally {
    app.close();
    app.closeAllConnections();
    directory.remove();
  }
});

test('without --json the connection file alone stands on standard output', async () => {
  const directory = new Directory();
  const ended = await serving(['--step', '3600'], directory.path, async (printed) => {
    assert.equal(Object.keys(printed), ['connector', 'auth', 'parameters']);
  });
  directory.remove();
  assert.is(ended.code, 0);
  assert.match(ended.stderr, /A simulated Twilio listens at http:\/\/127\.0\.0\.1:\d+/);
});

test('messages move on by themselves', async () => {
  const directory = new Directory();
  const app = createServer();
  const told = new Promise<string>((resolve) => {
    app.on('request', (request, response) => {
      request.on('data', (data) => resolve(String(data)));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve);
  });
  const { port } = app.address() as AddressInfo; // it listens on a port
  const argv = ['--webhooks', `http://127.0.0.1:${port}/`, '--step', '0.01', '--json'];
  await serving(argv, directory.path, async (printed) => {
    const { accountSid, authToken, url } = printed as unknown as Record<string, string>; // as the help says
    const answer = await fetch(`${url}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      body: new URLSearchParams({ To: '+15551230001', From: '+15005550006', Body: 'Hi' }),
    });
    assert.is(answer.status, 201);
    assert.match(await told, /MessageStatus=sending/);
  });
  app.close();
  app.closeAllConnections();
  directory.remove();
});

test('--claims lists the operations and ends', async () => {
  const { code, stdout } = await flowdeck(['fake', 'twilio', '--claims']);
  assert.is(code, 0);
  assert.match(stdout, /^POST {3}https:\/\/api\.twilio\.com\/2010-04-01\/Accounts\/\{AccountSid\}\/Messages\.json$/m);
  const json = await flowdeck(['fake', 'twilio', '--claims', '--json']);
  assert.is(JSON.parse(json.stdout).claims.length, stdout.trim().split('\n').length);
});

test('what cannot be: another service, a port that is none or taken, webhooks elsewhere, a log that cannot be written', async () => {
  const refused = async (...argv: string[]) => {
    const { code, stderr } = await flowdeck(['fake', ...argv]);
    assert.is(code, 2, stderr);
    return stderr;
  };
  assert.match(await refused('twillio'), /Did you mean.*twilio.*\n|unknown-fake/s);
  assert.match(await refused('twilio', '--port', '70000'), /fake-option/);
  assert.match(await refused('twilio', '--step', '0'), /fake-option/);
  assert.match(await refused('twilio', '--webhooks', 'https://example.com/sms'), /on this machine/);
  assert.match(await refused('twilio', '--log', 'no/such/directory/log'), /file-unwritable/);
  const directory = new Directory();
  await serving(['--json', '--step', '3600'], directory.path, async (printed) => {
    const { url } = printed as unknown as Record<string, string>; // as the help says
    assert.match(await refused('twilio', '--port', new URL(url ?? '').port), /service-port/);
  });
  directory.remove();
});

test.run();
