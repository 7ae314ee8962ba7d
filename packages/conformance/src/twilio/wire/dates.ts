/** Dates as the service writes and reads them. */

/** A point in time as RFC 2822 in GMT, such as `Thu, 24 Aug 2023 05:01:45 +0000`. `ms` is Unix time in milliseconds. */
export function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000');
}

/** A point in time as the later products write it, such as `2023-08-24T05:01:45Z`. */
export function iso8601(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** A span of Unix time in milliseconds, both ends included. */
export interface TimeSpan {
  from: number;
  to: number;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Without an offset the vendor reads GMT; `Date.parse` alone would take the machine's own zone. */
const NAKED_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/**
 * Reads a `DateSent` filter: `YYYY-MM-DD` is the whole day in GMT; a date-time is that second.
 * Gives undefined for anything that is not a date.
 */
export function parseFilterDate(text: string): TimeSpan | undefined {
  if (DAY.test(text)) {
    const from = Date.parse(`${text}T00:00:00Z`);
    return Number.isNaN(from) ? undefined : { from, to: from + 86_399_999 };
  }
  const ms = Date.parse(NAKED_TIME.test(text) ? `${text.replace(' ', 'T')}Z` : text);
  if (Number.isNaN(ms)) return undefined;
  const from = Math.floor(ms / 1000) * 1000;
  return { from, to: from + 999 };
}

/** Reads an ISO 8601 date-time with an offset, as `SendAt` wants it. Gives undefined for anything else. */
export function parseIsoInstant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
