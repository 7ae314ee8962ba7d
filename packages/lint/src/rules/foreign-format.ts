/** `lint-foreign-format`: the format of a date is written for another library. */
import { quoted } from '../quoted.js';
import { sourcePointer } from '../sites.js';
import { literalOf } from '../text.js';
import type { Rule } from '../types.js';

export const foreignFormat: Rule = {
  id: 'lint-foreign-format',
  severity: 'warning',
  title: 'Format codes of another library',
  explanation:
    'Here, as in Moment, D is the day of the month and d the weekday, M the month and m the minute, S a part of a second. The "yyyy-MM-dd" of Java, .NET and Luxon writes 2024-01-Fr, and reading "dd/MM/yyyy" loses the day without a word. Found are constant formats with a weekday where a day is missing, months among hours, minutes among days, parts of a second in place of seconds, and codes with "%" or texts in quotes. Text in brackets is left alone.',
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

interface Mistake {
  /** It stands in the format. */
  readonly has: RegExp;
  /** Then it is right all the same. */
  readonly unless?: RegExp;
  readonly means: string;
}

const DAY = /D|L|l/;

const MISTAKES: readonly Mistake[] = [
  {
    has: /(?:^|[^a-zA-Z])d{1,2}[-/. ]M{1,4}(?![a-zA-Z])|M{1,4}[-/. ]d{1,2}(?![a-zA-Z])/,
    unless: DAY,
    means: '"d" is the weekday, D the day of the month',
  },
  { has: /[Hhk]:?MM|MM:ss/, means: '"MM" among hours is the month, mm the minute' },
  {
    has: /[Yy]{2,4}[-/.]mm|mm[-/.][Yy]{2,4}|D{1,2}[-/.]mm(?!:)|d{1,2}[-/.]mm(?!:)|mm[-/.](?:DD|dd)/,
    means: '"mm" among days is the minute, MM the month',
  },
  { has: /:mm:SS(?!S)/, means: '"SS" is a part of a second, ss the second' },
  { has: /%[a-zA-Z]/, means: '"%" is no code, and stays as it is' },
  { has: /'[^']*'/, means: 'quotes are no brackets, and stay as they are' },
  { has: /E{2,}/, means: '"E" is the number of the weekday, ddd or dddd its name' },
];

/** What the codes of a format mean here although something else was meant. */
function foreignCodes(format: string): readonly string[] {
  const codes = format.replace(/\[[^[\]]*\]/g, '|');
  return MISTAKES.filter(({ has, unless }) => has.test(codes) && unless?.test(codes) !== true).map(
    ({ means }) => means,
  );
}
