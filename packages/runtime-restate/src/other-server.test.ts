/** At the address of a server answers something else, or another version: each verb says so, and none takes it for done. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { listenForRestate, restateClient } from '@flowdeck/runtime-restate';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const engine = createEngine({ packs: [standard] });

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** What each verb says to a server that answers everything so. */
async function saidTo(answer: RequestListener): Promise<Readonly<Record<string, Refusal | 'nothing'>>> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const url = `http://127.0.0.1:${port}`;
  const client = restateClient({ ingress: url, admin: url });
  const asked = {
    start: () => client.start({ runId: 'one', revision: 'r' }),
    end: () => client.end('one'),
    list: () => client.list(10),
    show: () => client.show('one'),
    cancel: () => client.cancel('one'),
    signal: () => client.signal('one', 'resume', null),
    work: () => listenForRestate({ engine, decks: new Map(), admin: url, port: 0 }),
  };
  const said: Record<string, Refusal | 'nothing'> = {};
  for (const [verb, ask] of Object.entries(asked)) {
    said[verb] = await ask().then(
      () => 'nothing' as const,
      (error: unknown) => error as Refusal, // of ours, or the check fails
    );
  }
  await new Promise((resolve) => server.close(resolve));
  return said;
}

const page: RequestListener = (_request, response) =>
  response.setHeader('content-type', 'text/html').end(`<html>${'Welcome. '.repeat(100)}</html>`);
const json: RequestListener = (_request, response) => response.end('{"ok": true}');

for (const [name, answer] of Object.entries({ 'a web page': page, 'JSON of something else': json })) {
  test(`${name} in place of a server is told of by every verb`, async () => {
    const said = await saidTo(answer);
    for (const [verb, refusal] of Object.entries(said)) {
      if (refusal === 'nothing') assert.unreachable(`${verb} takes it for done`);
      else {
        assert.is(refusal.code, 'runtime-differs', `${verb}: ${refusal.message}`);
        assert.match(refusal.message, /Restate.* is another program, or another version of it: it answers 200/);
        assert.ok(refusal.message.length < 300, 'a page is not printed');
        assert.match(refusal.hint, /version that the README/);
      }
    }
  });
}

test('a page that is not there is no run that is not there', async () => {
  const said = await saidTo((_request, response) => response.writeHead(410).end('<html>Gone</html>'));
  for (const [verb, refusal] of Object.entries(said))
    assert.is(refusal === 'nothing' ? refusal : refusal.code, 'runtime-differs', verb);
});

test('a server that does not speak the protocol of the worker is shown with its reason', async () => {
  const message = 'The service endpoint speaks protocol versions 9 to 11, which this server does not.';
  const { work } = await saidTo((_request, response) => response.writeHead(400).end(JSON.stringify({ message })));
  assert.is((work as Refusal).code, 'runtime-away'); // it was refused
  assert.match((work as Refusal).message, /does not take the worker at http:\S+: The service endpoint speaks/); // likewise
});

test('a proxy whose server is down is asked again: its page is no other program', async () => {
  const said = await saidTo((_request, response) => response.writeHead(502).end('<html>Bad gateway</html>'));
  for (const [verb, refusal] of Object.entries(said))
    assert.is(refusal === 'nothing' ? refusal : refusal.code, 'runtime-away', verb);
});

test.run();
