/** Holds HTTP bodies to the limit of the run, whatever port the host chose. */
import { LimitError } from '../errors.js';
import type { HttpPort } from '../ports/index.js';

export function limitedHttp(port: HttpPort, most: number): HttpPort {
  return {
    async request(request) {
      check(request.body?.length ?? 0, most, 'request');
      const response = await port.request(request);
      check(response.body.length, most, 'answer');
      return response;
    },
  };
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
