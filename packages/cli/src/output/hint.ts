/** Advice of the libraries in terms of this command. */
import type { ErrorReport } from '@flowdeck/engine';

/** Connections that do not fit their connector, or no longer do: it may ask for more than when they were made. */
const UNFIT: ReadonlySet<string> = new Set(['connection-incomplete', 'connection-invalid']);

/** What a person can do about an error of a run. */
export function commandHint(code: string, hint: string | undefined, extra: ErrorReport['extra']): string | undefined {
  if (code === 'connection-missing' && hint !== undefined) return `${hint} Without one: flowdeck run --simulate.`;
  if (UNFIT.has(code) && hint !== undefined)
    return `${hint} One that is kept is made again: flowdeck connection delete NAME --keep-grant, then create.`;
  const url = extra?.['url'];
  if (code !== 'http-blocked' || typeof url !== 'string' || !URL.canParse(url)) return hint;
  const { hostname, port, protocol } = new URL(url);
  return `If this service may be reached: --allow-host ${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
