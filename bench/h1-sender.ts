/** Sends signed deliveries as fast as they are answered. */
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { spreadOf } from './rows.js';

export const SECRET = 'a secret of both';
/** Deliveries of a round. */
export const A_ROUND = 3_000;
/** Each has one delivery under way. */
export const SENDERS = 16;

/** What a round of the sender was like. */
export interface Sent {
  readonly nsEach: number;
  /** Of the answers. */
  readonly medianNs: number;
}

export const mac = (body: string | Uint8Array) => createHmac('sha256', SECRET).update(body).digest('hex');

/** Sends as fast as answers come, on a core of its own: requests are made before, and answers are counted, not read. */
export async function send(port: number, path: string, round: string): Promise<Sent> {
  const requests = Array.from({ length: A_ROUND }, (_, index) => {
    const body = JSON.stringify({ text: `message ${round}-${index}`, more: 'x'.repeat(300) });
    return Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n` +
        `x-id: ${round}-${index}\r\nx-signature: ${mac(body)}\r\n\r\n${body}`,
    );
  });
  const waits: number[] = [];
  const begun = process.hrtime.bigint();
  const sendAll = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let at = 0n;
      const next = () => {
        const request = requests.pop();
        if (request === undefined) return void socket.end(resolve);
        at = process.hrtime.bigint();
        socket.write(request);
      };
      socket.once('connect', next).once('error', reject);
      socket.on('data', (data) => {
        if (!data.toString('latin1').startsWith('HTTP/1.1 200')) return reject(new Error(data.toString('latin1')));
        waits.push(Number(process.hrtime.bigint() - at));
        next();
      });
    });
  await Promise.all(Array.from({ length: SENDERS }, sendAll));
  return { nsEach: Number(process.hrtime.bigint() - begun) / A_ROUND, medianNs: spreadOf(waits).median };
}
