/** What a card has of the host's HTTP port: bodies held to the limit of the run, and the port told who asks. */
import { utf8 } from '../document/utf8.js';
import { LimitError, RunError } from '../errors.js';
import type { CardOrigin, HttpPort } from '../ports/index.js';
import { isHttpAnswer } from './http-answer.js';

export function limitedHttp(port: HttpPort, most: number, origin: CardOrigin): HttpPort {
  return {
    async request(request) {
      check(bytesOf(request.body, most), most, 'request');
      const response = await port.request(request, origin);
      if (!isHttpAnswer(response)) throw noAnswer();
      check(response.body.length, most, 'answer');
      return response;
    },
  };
}

/** A host may bring a port of its own, in JavaScript too. */
function noAnswer(): RunError {
  return new RunError('http-answer', 'The HTTP port of the host gave no HTTP answer.', {
    hint: 'It gives { status, statusText, headers, body, url }: a number, an object of texts under names in lower case (not Headers), and a Uint8Array as the body.',
  });
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
