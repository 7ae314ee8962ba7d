/** Finds out what separates the cells of a CSV file: spreadsheets of other regions write semicolons. */

export interface DelimitedFile {
  readonly delimiter: string;
  readonly content: Uint8Array;
}

const LINE_FEED = 10;
/** Bytes in which the first line is looked for. */
const MAX_LINE = 64 * 1024;

/**
 * A first line `sep=;` names the delimiter, as Excel has it, and is taken away. Without it a line of titles that holds
 * no comma, but semicolons or tabs, is separated by these.
 */
export function delimitedFile(content: Uint8Array): DelimitedFile {
  const end = content.subarray(0, MAX_LINE).indexOf(LINE_FEED);
  const first = content.subarray(0, end < 0 ? MAX_LINE : end);
  // Every delimiter is a single byte, whatever the character set of the titles.
  const line = new TextDecoder('latin1')
    .decode(first)
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .replace(/\r$/, '');
  const named = /^sep=(.|\\t)$/i.exec(line)?.[1];
  if (named !== undefined) return { delimiter: named, content: content.subarray(end < 0 ? content.length : end + 1) };
  const titles = line.replace(/"[^"]*"/g, '');
  const delimiter = [',', ';', '\t'].find((candidate) => titles.includes(candidate)) ?? ',';
  return { delimiter, content };
}
