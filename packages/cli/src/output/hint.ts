/** Advice of the libraries in terms of this command. */
import type { ErrorReport } from '@flowdeck/engine';

/** What a person can do about an error of a run. */
export function commandHint(code: string, hint: string | undefined, extra: ErrorReport['extra']): string | undefined {
  if (code === 'connection-missing' && hint !== undefined) return `${hint} Without one: flowdeck run --simulate.`;
  const url = extra?.['url'];
  if (code !== 'http-blocked' || typeof url !== 'string' || !URL.canParse(url)) return hint;
  const { hostname, port, protocol } = new URL(url);
  return `If this service may be reached: --allow-host ${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
