/** HTTP without a network: fixtures answer, else an empty object with status 200. */
import type { HttpPort, HttpResponse } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { Journal } from './effects.js';
import { type Fixture, fixtureFor } from './fixtures.js';

export function simulatedHttp(fixtures: readonly Fixture[], journal: Journal): HttpPort {
  return {
    async request({ method, url, headers, body }): Promise<HttpResponse> {
      const text = typeof body === 'string' ? body : body === undefined ? null : `(${body.length} bytes)`;
      const inputs = { url, headers, body: text };
      const fixture = fixtureFor(fixtures, 'http', method, inputs);
      const answer = answerOf(fixture);
      const outputs = { statusCode: answer.status, headers: answer.headers, body: answer.text };
      journal.note({
        kind: 'http',
        flow: null,
        card: null,
        connector: 'http',
        action: method,
        inputs,
        outputs,
        error: null,
      });
      return {
        status: answer.status,
        statusText: '',
        headers: answer.headers,
        body: new TextEncoder().encode(answer.text),
        url,
      };
    },
  };
}

function answerOf(fixture: Fixture | null): { status: number; headers: Record<string, string>; text: string } {
  const { statusCode, headers, body } = fixture?.outputs ?? {};
  const failed = fixture?.error;
  const content = failed ? (failed.body ?? { message: failed.message }) : (body ?? {});
  const status = failed ? (failed.statusCode ?? 500) : typeof statusCode === 'number' ? statusCode : 200;
  const own = isPlainObject(headers) ? Object.entries(headers) : [];
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(own.map(([name, value]) => [name.toLowerCase(), String(value)])),
    },
    text: typeof content === 'string' ? content : JSON.stringify(content),
  };
}
