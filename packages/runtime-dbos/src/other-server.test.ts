/** At the address of a database answers something else, or another version: each verb says so, and none waits for ever. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { dbosClient } from '@flowdeck/runtime-dbos';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { refusals } from '../test/verbs.js';

/** What each verb says to a server that does so with every connection. */
async function saidTo(answer: (socket: Socket) => void): Promise<readonly string[]> {
  const server = createServer((socket) => {
    socket.on('error', () => {}).resume(); // the other side hangs up
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const client = dbosClient({ databaseUrl: `postgres://flowdeck@127.0.0.1:${port}/flows` });
  const said = (await refusals(client)).map(({ code, said }) => `${code}: ${said}`);
  await client.close();
  await new Promise((resolve) => server.close(resolve));
  return said;
}

/** An error as PostgreSQL writes it. */
function refusal(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

test('a web server in place of a database is told of by every verb', async () => {
  for (const said of await saidTo((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n<html></html>')))
    assert.match(said, /^runtime-away: .*The database cannot be reached/);
});

test('a database of another protocol is told of with its own words', async () => {
  const message = 'unsupported frontend protocol 3.0: server supports 4.0 to 4.0';
  for (const said of await saidTo((socket) => void socket.end(refusal('0A000', message))))
    assert.match(said, /^runtime-away: .*The database cannot be reached: unsupported frontend protocol/);
});

test('a database that knows nobody of that name does not let in', async () => {
  for (const said of await saidTo((socket) => void socket.end(refusal('28000', 'role "flowdeck" does not exist'))))
    assert.match(said, /^runtime-refused: /);
});

test.run();
