/** `lint-foreign-format`: the format of a date is written for another library. */
import { type Meaning, type Token, tokensOf, wordsOf } from '../format-codes.js';
import { quoted } from '../quoted.js';
import { sourcePointer } from '../sites.js';
import { literalOf } from '../text.js';
import type { Rule } from '../types.js';

export const foreignFormat: Rule = {
  id: 'lint-foreign-format',
  severity: 'warning',
  title: 'Format codes of another library',
  explanation:
    'Here, as in Moment, D is the day of the month and d the weekday, M the month and m the minute, S a part of a second. The "yyyy-MM-dd" of Java, .NET and Luxon writes 2024-01-Fr, and reading "dd/MM/yyyy" loses the day without a word. Found are constant formats with a weekday where a day is missing, months among hours, minutes among days, parts of a second in place of seconds, hours of twelve that tell no half of the day, codes of other libraries, words of which letters are codes, and formats without any code. Text in brackets is left alone.',
  bad: {
    title: 'The weekday in place of the day',
    document: {
      flowdeck: 1,
      id: 'today',
      type: 'helper',
      inputs: [{ key: 'at', type: 'date' }],
      cards: [
        { id: 'text', card: 'date.toText', in: { date: { from: '/inputs/at' }, format: 'yyyy-MM-dd' } },
        { card: 'flow.return', in: { day: { from: '/text/output' } } },
      ],
    },
  },
  good: {
    title: 'The day of the month',
    document: {
      flowdeck: 1,
      id: 'today',
      type: 'helper',
      inputs: [{ key: 'at', type: 'date' }],
      cards: [
        { id: 'text', card: 'date.toText', in: { date: { from: '/inputs/at' }, format: 'YYYY-MM-DD' } },
        { card: 'flow.return', in: { day: { from: '/text/output' } } },
      ],
    },
  },
  check: (file, report) => {
    for (const flow of file.flows) {
      for (const card of flow.cards) {
        const input = card.type?.traits?.dateFormat;
        const site = input === undefined ? undefined : card.inputs.get(input);
        const format = site && literalOf(site);
        if (format == null || site === undefined) continue;
        const found = foreignCodes(format);
        if (found.length === 0) continue;
        report(card, {
          pointer: sourcePointer(site),
          message: `The format ${quoted(format)} does not mean what it seems to: ${found.join('; ')}.`,
          hint: 'Write YYYY-MM-DD HH:mm:ss, and text of your own in [brackets].',
        });
      }
    }
  },
};

/** A code beside its neighbours among the codes, and what stands between them. */
interface CodeAt {
  readonly code: Token;
  readonly before: Token | undefined;
  readonly after: Token | undefined;
  /** What stands for itself between the code and the one before it. */
  readonly gap: string;
}

interface Format {
  readonly tokens: readonly Token[];
  readonly places: readonly CodeAt[];
  readonly words: readonly (readonly Token[])[];
  has(...meanings: readonly Meaning[]): boolean;
}

/** What is meant otherwise than it is read; null when nothing of the kind is found. */
type Mistake = (format: Format) => string | null;

const HOURS: readonly Meaning[] = ['hour24', 'hour12'];
const AROUND_A_MINUTE: readonly Meaning[] = [...HOURS, 'second', 'meridiem', 'zone'];
const OF_A_DATE: readonly Meaning[] = ['year', 'day', 'weekday'];

const MISTAKES: readonly Mistake[] = [
  ({ places, has }) =>
    !has('day', 'week') && has('month', 'year') && places.some(({ code }) => /^dd?$/.test(code.text))
      ? '"d" is the weekday, D the day of the month'
      : null,
  ({ places }) =>
    places.some(
      ({ code, before, after, gap }) =>
        /^MM?$/.test(code.text) && ((isOf(before, HOURS) && /^:?$/.test(gap)) || after?.means === 'second'),
    )
      ? '"MM" among hours is the month, mm the minute'
      : null,
  ({ places }) =>
    places.some(
      ({ code, before, after }) =>
        code.means === 'minute' &&
        !isOf(before, AROUND_A_MINUTE) &&
        !isOf(after, AROUND_A_MINUTE) &&
        (isOf(before, OF_A_DATE) || isOf(after, OF_A_DATE)),
    )
      ? '"mm" among days is the minute, MM the month'
      : null,
  ({ places, has }) =>
    !has('second') && places.some(({ code, before }) => /^SS?$/.test(code.text) && before?.means === 'minute')
      ? '"SS" is a part of a second, ss the second'
      : null,
  ({ has }) =>
    has('hour12') && !has('hour24', 'meridiem')
      ? 'without a or A, "hh" does not tell the morning from the afternoon; HH counts to 23'
      : null,
  ({ places }) =>
    places.some(({ code, before, gap }) => code.means === 'hour12' && before?.means === 'hour24' && gap === '')
      ? '"h" behind HH is the hour again, [h] the letter'
      : null,
  ({ tokens }) =>
    tokens.some((token, index) => token.text === '%' && /^[a-zA-Z]/.test(tokens[index + 1]?.text ?? ''))
      ? '"%" is no code, and stays as it is'
      : null,
  ({ tokens }) =>
    /'[^'|]*'|"[^"|]*"/.test(tokens.map(({ text, bracketed }) => (bracketed ? '|' : text)).join(''))
      ? 'quotes are no brackets, and stay as they are'
      : null,
  ({ places }) =>
    places.some(({ code, before, gap }) => code.text === 'E' && before?.text === 'E' && gap === '')
      ? '"E" is the number of the weekday, ddd or dddd its name'
      : null,
  ({ places }) => {
    const twice = places.find(({ code, before, gap }) => gap === '' && before !== undefined && goesOn(before, code));
    return twice
      ? `${quoted(`${twice.before?.text}${twice.code.text}`)} is ${twice.before?.text} and then ${twice.code.text}`
      : null;
  },
  ({ places, has }) => {
    const long = has('year', 'month') ? places.find(({ code }) => /^(?:L{1,4}|l{1,4})$/.test(code.text)) : undefined;
    return long ? `${quoted(long.code.text)} is a whole date, MMM and MMMM the month` : null;
  },
  ({ places, has }) =>
    has('month') && places.some(({ code }) => /^DDDD?$/.test(code.text))
      ? '"DDD" is the day of the year, ddd and dddd the weekday'
      : null,
  ({ tokens }) =>
    tokens.some(({ means }) => means !== null) || !tokens.some(({ text, bracketed }) => !bracketed && /\w/.test(text))
      ? null
      : 'nothing in it is a code, so that every date looks alike',
  ({ words, tokens }) => {
    const foreign = words.find((word) => isForeign(textOf(word), tokens));
    return foreign ? `${quoted(textOf(foreign))} is no code, and stays as it is` : null;
  },
  ({ words }) => {
    const word = words.find(isWordWithCodes);
    const code = word?.find(({ means }) => means !== null);
    return word && code ? `${quoted(textOf(word))} holds the code ${code.text}` : null;
  },
];

/** What the codes of a format mean here although something else was meant. */
function foreignCodes(text: string): readonly string[] {
  const tokens = tokensOf(text);
  const format: Format = {
    tokens,
    places: placesOf(tokens),
    words: wordsOf(tokens),
    has: (...meanings) => tokens.some((token) => isOf(token, meanings)),
  };
  return MISTAKES.flatMap((mistake) => mistake(format) ?? []);
}

function placesOf(tokens: readonly Token[]): readonly CodeAt[] {
  const at = tokens.flatMap(({ means }, index) => (means === null ? [] : [index]));
  return at.flatMap((index, count) => {
    const code = tokens[index];
    const last = at[count - 1];
    if (code === undefined) return [];
    const gap = textOf(tokens.slice(last === undefined ? 0 : last + 1, index));
    const next = at[count + 1];
    return [
      {
        code,
        before: last === undefined ? undefined : tokens[last],
        after: next === undefined ? undefined : tokens[next],
        gap,
      },
    ];
  });
}

function isOf(token: Token | undefined, meanings: readonly Meaning[]): boolean {
  return token?.means != null && meanings.includes(token.means);
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('');
}

/** The letter of a code again, where the code has ended: "aa", "XXX", "zzz". A code of "E" is a mistake of its own. */
function goesOn(before: Token, { text }: Token): boolean {
  return /^[aAxXzZ]/.test(text) && before.text.charAt(0) === text.charAt(0);
}

/** Codes of PHP, .NET, Java and Oracle, where they stand beside codes that are known. */
function isForeign(word: string, tokens: readonly Token[]): boolean {
  const text = textOf(tokens);
  return (
    (word === 'i' && /[HhGg]:i/.test(text)) ||
    (word === 'MI' && /HH(?:12|24)?:?MI/.test(text)) ||
    (/^tt?$/.test(word) && /[HhMms] ?t/.test(text)) ||
    (/^f{1,7}K?$/.test(word) && /s[.,]?f/.test(text)) ||
    (/^u{1,4}$/.test(word) && /u[-/.]M|M[-/.]u/.test(text))
  );
}

/** A word that people read, of which some letters are codes: "at", "GMT", "de", "ISO". */
function isWordWithCodes(word: readonly Token[]): boolean {
  if (word.length < 2 || word.some(({ text }) => text.length > 1)) return false;
  const codes = word.filter(({ means }) => means !== null);
  const own = word.filter(({ text, means }) => means === null && text !== 'T');
  if (codes.length === 0) return false;
  // A code, and the letter of its unit behind it, is right: "H[u]" prints what "Hu" does.
  if (word.length === 2 && own.length === 1) return codes[0]?.means === 'meridiem' && word[0] === codes[0];
  return own.length > 0 || codes[0]?.text === 'd' || /^a[ms]$/.test(textOf(word));
}
