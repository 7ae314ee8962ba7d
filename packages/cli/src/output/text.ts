/** Makes text safe and short enough for a terminal. */

const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is how a terminal marks colour
const PARTS = /\x1b\[\d+m|./gsu;

/** Text from a flow or a service on one line: it can neither move the cursor nor change the order of letters. */
export function plain(text: string): string {
  return text.replace(CONTROLS, (char) => {
    if (char === '\n') return '\\n';
    if (char === '\t') return ' ';
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** How much of a value a line shows. */
const MOST_DATA = 400;

/** A value as JSON on one line, cut where it becomes too long. */
export function brief(value: unknown): string {
  const text = plain(JSON.stringify(value));
  return text.length > MOST_DATA ? `${text.slice(0, MOST_DATA)}…` : text;
}

/** Below so many characters no indentation becomes long: values nest 1,000 levels at most. */
const LONG_JSON = 2 ** 16;
/** A deep value would be blanks for the most part, and more of them than a text can hold. */
const MOST_BLANKS = 2 ** 26;

/** JSON for a reader, indented unless that would be blanks without end. What a terminal would obey is escaped. */
export function prettyJson(value: unknown): string {
  const line = JSON.stringify(value);
  const isLine = line !== undefined && line.length > LONG_JSON && blanksOf(line) > MOST_BLANKS;
  return withoutControls(isLine ? line : JSON.stringify(value, null, 2));
}

/** About how many blanks indentation adds to this JSON. */
function blanksOf(line: string): number {
  let blanks = 0;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (inText && char === '\\') at++;
    else if (char === '"') inText = !inText;
    else if (!inText && (char === '[' || char === '{')) blanks += 2 * ++depth;
    else if (!inText && (char === ']' || char === '}')) blanks += 2 * --depth;
    else if (!inText && char === ',') blanks += 2 * depth;
  }
  return blanks;
}

/** The same on one line, for programs that read lines. */
export function oneLineJson(value: unknown): string {
  return withoutControls(JSON.stringify(value));
}

function withoutControls(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Cuts a line to so many columns, colour codes not counted. Wide letters take two. */
export function clip(line: string, columns: number): string {
  let width = 0;
  let kept = '';
  for (const [part] of line.matchAll(PARTS)) {
    if (part.startsWith('\x1b')) kept += part;
    else if (width < columns) {
      width += widthOf(part);
      if (width < columns) kept += part;
      else kept += '…';
    }
  }
  return kept;
}

/** East Asian letters and emoji take two columns (Unicode Standard Annex 11, in outline). */
function widthOf(char: string): number {
  const point = char.codePointAt(0) ?? 0;
  return point >= 0x1100 && (point <= 0x115f || (point >= 0x2e80 && point <= 0xffe6) || point >= 0x1f300) ? 2 : 1;
}

/** `<0.1 ms`, `0.4 ms`, `12 ms`, `1.2 s`, `2 m 03 s`. */
export function duration(ms: number): string {
  if (ms < 0.05) return '<0.1 ms';
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
}

/** `1 card`, `2 cards`, `10,000 cards`. */
export function count(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A whole number with commas. The platform's own way loads the data of all languages first. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
