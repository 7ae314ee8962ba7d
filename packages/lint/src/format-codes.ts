/** Formats of dates as the cards read them: which letters are codes, and what they print. */

/** What a code stands for. */
export type Meaning =
  | 'year'
  | 'month'
  | 'day'
  | 'weekday'
  | 'week'
  | 'hour24'
  | 'hour12'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'meridiem'
  | 'zone'
  | 'instant'
  | 'other';

/** One code, one character that stands for itself, or text in brackets. */
export interface Token {
  readonly text: string;
  /** Null for what stands for itself. */
  readonly means: Meaning | null;
  readonly bracketed: boolean;
}

/** Longer codes stand before their beginnings, as in Moment. */
const TOKENS =
  /\[[^[]*\]|\\?(?:LTS|LT|L{1,4}|l{1,4}|[Hh]mm(?:ss)?|Mo|M{1,4}|Do|DDDo|D{1,4}|d{1,4}|do|w[ow]?|W[oW]?|Qo?|N{1,5}|Y{4,6}|YY|y{2,4}|yo?|g{4,5}|gg|G{4,5}|GG|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|.)/gs;

const MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^(?:Y|YY|Y{4,6}|y{1,4}|yo)$/, 'year'],
  [/^(?:Mo|M{1,4})$/, 'month'],
  [/^(?:Do|D{1,4}|DDDo|L{1,4}|l{1,4})$/, 'day'],
  [/^(?:do|d{1,4}|e|E)$/, 'weekday'],
  [/^(?:w[ow]?|W[oW]?|g{4,5}|gg|G{4,5}|GG)$/, 'week'],
  [/^(?:Hmm(?:ss)?|HH?|kk?|LTS?)$/, 'hour24'],
  [/^(?:hmm(?:ss)?|hh?)$/, 'hour12'],
  [/^mm?$/, 'minute'],
  [/^ss?$/, 'second'],
  [/^S{1,9}$/, 'fraction'],
  [/^[aA]$/, 'meridiem'],
  [/^(?:zz?|ZZ?)$/, 'zone'],
  [/^[xX]$/, 'instant'],
  [/^(?:Qo?|N{1,5})$/, 'other'],
];

/** The tokens of a format, in order. */
export function tokensOf(format: string): readonly Token[] {
  return (format.match(TOKENS) ?? []).map((text) => ({
    text,
    means: MEANINGS.find(([codes]) => codes.test(text))?.[1] ?? null,
    bracketed: text.length > 1 && text.startsWith('['),
  }));
}

/** Letters that follow each other without anything between them, as tokens. */
export function wordsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const words: Token[][] = [[]];
  for (const token of tokens) {
    if (!token.bracketed && /^[a-zA-Z]+$/.test(token.text)) words.at(-1)?.push(token);
    else words.push([]);
  }
  return words.filter(({ length }) => length > 0);
}
