// Restate: workers behind one address, as behind a balancer.
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { restateClient } from '@flowdeck/runtime-restate';
import { RestateServer, serverBinary } from '../../packages/runtime-restate/test/server.ts';
import { freePort } from '../../packages/testing/src/runtime-contract/index.ts';
import { startWorker, workerFile } from './crew.mjs';

/** Runs that wait at a time. */
const WAITING = 1_000;

/** Null where there is no server. */
export async function openRestate(dir) {
  const binary = serverBinary();
  if (binary === null) return null;
  const file = workerFile();
  const server = await RestateServer.open(binary, join(dir, 'restate'));
  const balancer = await Balancer.open();
  const client = restateClient(server);
  return {
    client,
    behind: [server.pid],
    async worker() {
      const port = await freePort();
      balancer.ports.push(port);
      const worker = await startWorker(file, { runtime: 'restate', admin: server.admin, port, address: balancer.url });
      const end = () => {
        balancer.ports.splice(balancer.ports.indexOf(port), 1);
        return worker.end();
      };
      return { ...worker, end };
    },
    /** Bytes of its worker that a run holds which waits an hour. */
    async held() {
      // A server of its own, that suspends soon what waits: by default it does after a minute.
      process.env.RESTATE_WORKER__INVOKER__INACTIVITY_TIMEOUT = '100ms';
      const other = await RestateServer.open(binary, join(dir, 'waiting'));
      const options = { runtime: 'restate', admin: other.admin, port: await freePort() };
      const worker = await startWorker(file, options);
      const runs = restateClient(other);
      const wait = async (from, to) => {
        for (let n = from; n < to; n++)
          await runs.start({ runId: `hour-${n}`, revision: worker.revision, flow: 'hour' });
        while ((await suspended(other)) < to) await new Promise((resolve) => setTimeout(resolve, 200));
      };
      await wait(0, WAITING);
      const before = await worker.held();
      await wait(WAITING, 2 * WAITING);
      const held = ((await worker.held()) - before) / WAITING;
      await worker.end();
      await other.close();
      return { held: Math.max(0, held), beside: `${2 * WAITING} suspended` };
    },
    async close() {
      balancer.close();
      await server.close();
    },
  };
}

async function suspended({ admin }) {
  const query = "SELECT count(*) AS n FROM sys_invocation WHERE status = 'suspended'";
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const answer = await fetch(`${admin}/query`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (await answer.json()).rows[0].n;
}

/** Hands each connection to the next worker. */
class Balancer {
  ports = [];
  #server = createServer({ noDelay: true }, (socket) => {
    const port = this.ports.shift();
    this.ports.push(port);
    const to = connect({ port, host: '127.0.0.1', noDelay: true });
    const end = () => {
      socket.destroy();
      to.destroy();
    };
    for (const side of [socket, to]) side.on('error', () => {}).on('close', end);
    socket.pipe(to).pipe(socket);
  });

  static async open() {
    const balancer = new Balancer();
    await new Promise((resolve) => balancer.#server.listen(0, '127.0.0.1', resolve));
    balancer.url = `http://127.0.0.1:${balancer.#server.address().port}`;
    return balancer;
  }

  close() {
    this.#server.close();
  }
}
