/** The name of a downloaded file: what the answer says, else the last part of its address. */
import type { HttpResponse } from '@flowdeck/engine';

const LONGEST_FILENAME = 255;

export function filenameOf(response: Pick<HttpResponse, 'headers' | 'url'>): string {
  const disposition = response.headers['content-disposition'] ?? '';
  return (
    cleanedName(extended(disposition)) ||
    cleanedName(plain(disposition)) ||
    cleanedName(lastSegment(response.url)) ||
    'download'
  );
}

/** `filename*=UTF-8''caf%C3%A9.txt` (RFC 8187). It goes before the plain one (RFC 6266, section 4.3). */
function extended(disposition: string): string {
  const match = /(?:^|[;\s])filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition);
  return percentDecoded(match?.[1] ?? '');
}

/** `filename="a.txt"`, with a backslash before quotation marks, or `filename=a.txt`. */
function plain(disposition: string): string {
  const match = /(?:^|[;\s])filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
  return match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2] ?? '';
}

function lastSegment(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return percentDecoded(path.slice(path.lastIndexOf('/') + 1));
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A server's name must lead nowhere: no folders, no control characters, nothing that only points. */
function cleanedName(name: string): string {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const text = base
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, LONGEST_FILENAME);
  return /^\.*$/.test(text) ? '' : text;
}
