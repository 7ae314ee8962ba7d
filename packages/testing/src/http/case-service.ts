/** The scripted service as the runner of cases starts it. */
import type { CaseService } from '../run/service.js';
import type { ScriptedExchange } from './exchange.js';
import { startScriptedService } from './scripted.js';

/** For `services: { scripted: scriptedService }`. Takes `{ exchanges, order }`; a faulty script is told when it starts. */
export async function scriptedService(setup: object): Promise<CaseService> {
  const { exchanges, order } = setup as {
    // Checked exchange by exchange when the service starts.
    readonly exchanges: readonly ScriptedExchange[];
    readonly order?: 'in-order' | 'by-match';
  };
  const scripted = await startScriptedService(exchanges, order === undefined ? {} : { order });
  return {
    facts: { url: scripted.url, host: new URL(scripted.url).host },
    host: new URL(scripted.url).host,
    requests: () => scripted.requests.map(plainRequest),
    problems: () => scripted.problems(),
    close: () => scripted.close(),
  };
}

/** A request as plain data: a parameter that stands once is a text, one that is repeated a list. */
export function plainRequest(request: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(request).map(([key, value]) => [
      key,
      value instanceof URLSearchParams ? plainParameters(value) : value,
    ]),
  );
}

/** Parameters of a URL or form as plain data: a repeated one is a list. */
export function plainParameters(parameters: URLSearchParams): Record<string, unknown> {
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const all = parameters.getAll(name);
      return [name, all.length === 1 ? all[0] : all];
    }),
  );
}
