/** What is promised of `--report`: a page of what happened, whatever happened, and no secret in it. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck, flowOf, GREET } from '../../test/support.js';

/** Runs a command in a directory of its own, and gives what it wrote to `r.html`: the page, and its data as text. */
async function reported(
  files: Readonly<Record<string, unknown>>,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const directory = new Directory(files);
  try {
    const ran = await flowdeck(argv, { cwd: directory.path, env });
    const page = readFileSync(join(directory.path, 'r.html'), 'utf8');
    const packed = [...page.matchAll(/<script type="application\/json"[^>]*>"(.*?)"<\/script>/g)].map(
      ([, text = '']) => text,
    );
    return { ran, page, data: packed.map((text) => inflateRawSync(Buffer.from(text, 'base64')).toString()).join('\n') };
  } finally {
    directory.remove();
  }
}

test('a run is reported, and its line can be run again', async () => {
  const { ran, page, data } = await reported({ 'greet.flow.json': GREET }, [
    'run',
    'greet.flow.json',
    '--input',
    "name=O'Brien",
    '--report',
    'r.html',
  ]);
  assert.is(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /^report: r\.html$/m);
  assert.match(page, '✓ Passed');
  assert.match(page, 'flowdeck run greet.flow.json --input &#39;name=O&#39;\\&#39;&#39;Brien&#39;');
  assert.match(data, "Hello O'Brien!");
});

test('a run that failed is reported too, and its exit code stays', async () => {
  const flow = flowOf([{ id: 'fail', card: 'flow.returnError', in: { message: 'no paper' } }]);
  const { ran, page } = await reported({ 'a.flow.json': flow }, ['run', 'a.flow.json', '--json', '--report', 'r.html']);
  assert.is(ran.code, 1);
  assert.is(JSON.parse(ran.stdout).error.message, 'no paper');
  assert.match(page, '✗ Failed');
  assert.match(page, 'no paper');
});

test('HTTP requests are told, without what is secret by its name or by the connection', async () => {
  const server = createServer((_, response) =>
    response
      .setHeader('content-type', 'application/json')
      .end('{"access_token": "minted-9", "echo": "minted-9", "ok": 1}'),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const headers = { value: { authorization: 'Bearer literal-7' } };
  const flow = flowOf([{ id: 'get', card: 'http.get', in: { url: `http://${host}/path?q=1`, headers } }]);
  try {
    const { ran, page, data } = await reported({ 'a.flow.json': flow }, [
      'run',
      'a.flow.json',
      '--allow-host',
      host,
      '--report',
      'r.html',
    ]);
    assert.is(ran.code, 0, ran.stderr);
    assert.match(data, `http://${host}/path?q=1`);
    assert.match(data, '"status":200');
    assert.not.match(data + page, /minted-9|literal-7/);
  } finally {
    server.close();
  }
});

test('a simulation is reported with the requests that it would have made', async () => {
  const flow = flowOf([{ id: 'get', card: 'http.get', in: { url: 'https://example.com/tickets' } }]);
  const { page, data } = await reported({ 'a.flow.json': flow }, [
    'run',
    'a.flow.json',
    '--simulate',
    '--report',
    'r.html',
  ]);
  assert.match(page, '1 HTTP request');
  assert.match(data, 'https://example.com/tickets');
});

test('so many cards are told one by one as are asked for', async () => {
  const { page } = await reported({ 'greet.flow.json': GREET }, [
    'run',
    'greet.flow.json',
    '--input',
    'name=Ada',
    '--report',
    'r.html',
    '--report-steps',
    '1',
  ]);
  assert.match(page, '✓ Passed');
});

test('a number of cards without a report, or that is none, is refused before anything runs', async () => {
  for (const argv of [
    ['--report-steps', '5'],
    ['--report', 'r.html', '--report-steps', '0'],
    ['--report', 'r.html', '--report-steps', 'many'],
  ]) {
    const directory = new Directory({ 'greet.flow.json': GREET });
    const ran = await flowdeck(['run', 'greet.flow.json', '--input', 'name=Ada', ...argv], { cwd: directory.path });
    directory.remove();
    assert.is(ran.code, 2, argv.join(' '));
    assert.match(ran.stderr, 'report-option');
    assert.is(ran.stdout, '');
  }
});

test.run();
