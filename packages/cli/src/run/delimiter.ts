/** Finds out what separates the cells of a CSV file: spreadsheets of other regions write semicolons. */

const LINE_FEED = 10;
/** Bytes in which the first line is looked for. */
const MAX_LINE = 64 * 1024;

/** In the order in which they are tried. */
const CANDIDATES = [',', ';', '\t', '|'] as const;

/**
 * What gives most titles that are `columns`; where that tells nothing, semicolons or tabs when there is no comma. A first
 * line `sep=;` needs no finding out: whoever reads CSV heeds it.
 */
export function delimiterOf(content: Uint8Array, columns: readonly string[]): string {
  const end = content.subarray(0, MAX_LINE).indexOf(LINE_FEED);
  const first = content.subarray(0, end < 0 ? MAX_LINE : end);
  // Every delimiter is a single byte, whatever the character set of the titles.
  const line = new TextDecoder('latin1')
    .decode(first)
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .replace(/\r$/, '');
  return byTitles(line, columns) ?? byPresence(line);
}

function byTitles(line: string, columns: readonly string[]): string | null {
  const wanted = new Set(columns.map(comparable));
  let best: string | null = null;
  let most = 0;
  for (const candidate of CANDIDATES) {
    const titles = line.split(candidate);
    const fitting = titles.length < 2 ? 0 : titles.filter((title) => wanted.has(comparable(title))).length;
    if (fitting > most) [best, most] = [candidate, fitting];
  }
  return best;
}

/** As cards compare titles, without quotation marks. */
function comparable(title: string): string {
  return title
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
    .toLowerCase();
}

function byPresence(line: string): string {
  const titles = line.replace(/"[^"]*"/g, '');
  return [',', ';', '\t'].find((candidate) => titles.includes(candidate)) ?? ',';
}
