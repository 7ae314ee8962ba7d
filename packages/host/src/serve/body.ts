/** The body of a request, bounded. */
import { IncomingMessage } from 'node:http';

/** Null when it has more bytes than allowed: nothing is kept of the rest. */
export async function readBytes(request: Request, most: number): Promise<Uint8Array | null> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > most) return null;
  const incoming = incomingOf(request);
  if (incoming !== null && isUnread(incoming)) return readIncoming(incoming, most);
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.length;
    if (length > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The request of Node that this one stands for; null where it stands for itself. */
export function incomingOf(request: Request): IncomingMessage | null {
  // srvx gives its requests this member.
  const { runtime } = request as { readonly runtime?: { readonly node?: { readonly req?: unknown } } };
  const incoming = runtime?.node?.req;
  return incoming instanceof IncomingMessage ? incoming : null;
}

/** Nobody has begun to read it, and it can still be read. */
function isUnread(incoming: IncomingMessage): boolean {
  return !incoming.readableDidRead && !incoming.destroyed && incoming.listenerCount('data') === 0;
}

/** A stream of the web around that of Node takes longer than all else that is done with a small request. */
function readIncoming(incoming: IncomingMessage, most: number): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    let length = 0;
    const leave = () => void incoming.off('data', take).off('end', end).off('error', fail).off('close', fail);
    const take = (part: Uint8Array) => {
      length += part.length;
      parts.push(part);
      if (length <= most) return;
      leave();
      // The rest is thrown away: where it stayed, it would stand in the way of the next request of the connection.
      incoming.resume();
      resolve(null);
    };
    const end = () => {
      leave();
      resolve(joined(parts));
    };
    const fail = (error?: Error) => {
      leave();
      reject(error ?? new Error('The request broke off.'));
    };
    incoming.on('data', take).on('end', end).on('error', fail).on('close', fail);
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first : Buffer.concat(parts);
}
