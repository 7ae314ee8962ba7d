/** What a card has of the host's HTTP port: bodies held to the limit of the run, and the port told who asks. */
import { utf8 } from '../document/utf8.js';
import { LimitError } from '../errors.js';
import type { CardOrigin, HttpPort } from '../ports/index.js';

export function limitedHttp(port: HttpPort, most: number, origin: CardOrigin): HttpPort {
  return {
    async request(request) {
      check(bytesOf(request.body, most), most, 'request');
      const response = await port.request(request, origin);
      check(response.body.length, most, 'answer');
      return response;
    },
  };
}

/** Bytes of a body. A text that fits whatever its characters are is not encoded to find out. */
function bytesOf(body: string | Uint8Array | undefined, most: number): number {
  if (typeof body !== 'string') return body?.length ?? 0;
  return body.length * 3 <= most || body.length > most ? body.length : utf8(body).length;
}

function check(bytes: number, most: number, what: string): void {
  if (bytes > most) {
    throw new LimitError(
      'payloadBytes',
      `An HTTP ${what} of ${bytes} bytes exceeds the limit payloadBytes (${most}).`,
      {
        hint: 'Ask the service for less at a time, or raise the limit payloadBytes.',
      },
    );
  }
}
