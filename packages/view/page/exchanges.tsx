/** The HTTP requests of a step, each with what was sent and what came back. */

import { durationText } from '../src/numbers.js';
import type { PackedExchange } from '../src/report/packed.js';
import { isRecord } from './record.js';
import type { RunData } from './run-data.js';
import { CopyButton, ValueView } from './value.js';

export function Exchanges({ data, step }: { readonly data: RunData; readonly step: number }) {
  const exchanges = data.exchangesOf(step);
  if (exchanges.length === 0) return null;
  return (
    <section>
      <h3>HTTP</h3>
      {exchanges.map((exchange, index) => (
        <details key={index} open={exchange.error !== null || (exchange.status ?? 0) >= 400}>
          <summary>
            <b>{exchange.status ?? '✗'}</b> {exchange.method} <bdi>{exchange.url}</bdi>{' '}
            {durationText(exchange.durationMs)}
            {exchange.attempt > 1 && ` attempt ${exchange.attempt}`}
          </summary>
          {exchange.error !== null && (
            <p class="reason">
              <bdi dir="auto">{exchange.error}</bdi>
            </p>
          )}
          <ValueView value={data.value(exchange.detail)} label="exchange" />
          <CopyButton text={curlOf(exchange, data.value(exchange.detail))} label="copy as curl" />
        </details>
      ))}
    </section>
  );
}

/** A line for a shell. What was hidden is a variable. */
function curlOf({ method, url }: PackedExchange, detail: unknown): string {
  const { requestHeaders, requestBody } = isRecord(detail) ? detail : {};
  const headers = isRecord(requestHeaders) ? Object.entries(requestHeaders) : [];
  const parts = [
    `curl -X ${method} ${quoted(url)}`,
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(typeof requestBody === 'string' ? [`--data-raw ${quoted(requestBody)}`] : []),
  ];
  return parts.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`.replaceAll('[redacted]', `'"$SECRET"'`);
}
