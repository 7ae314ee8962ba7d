/** Regular expressions of flows: JavaScript syntax, linear time. */
import { RunError } from '@flowdeck/engine';
import { checkTextLength, MAX_TEXT } from './bounds.js';
import { after, type Eventual, lazily } from './eventually.js';
import { Pace, type Pieces } from './pace.js';
import { type Finder, findLinearly, findNatively, findText } from './regex/engines.js';
import { notAPattern, unsupported } from './regex/faults.js';
import { replacementOf } from './regex/replacement.js';
import { type Translation, translate } from './regex/translate.js';
import { Work } from './regex/work.js';

export { PATTERN_ERRORS } from './regex/faults.js';
export { Work } from './regex/work.js';

/**
 * A pattern, ready to be used.
 *
 * Both methods throw `LimitError` (code `limit`) when the text is too long for the pattern, or the result for memory.
 */
export interface Pattern {
  /** Position of the first match from 0, or -1. */
  search(text: string): number;
  /** Replaces the first match. `$1`, `$&`, `$<name>` and their like in `replacement` mean what they do in JavaScript. */
  replaceFirst(text: string, replacement: string): string;
  /** Replaces all matches, of a long text in pieces. */
  replaceAll(text: string, replacement: string): Pieces<string>;
}

export interface PatternOptions {
  readonly ignoreCase?: boolean;
  /** What all patterns of a card share. Default: each use of the pattern has its own. */
  readonly work?: Work;
}

const LONGEST_PATTERN = 10_000;

/**
 * Reads a pattern in the syntax of JavaScript without the `u` flag, a lone `{` included. It comes as a promise when the
 * linear engine has to be loaded, which most patterns do without.
 *
 * Differences from JavaScript: there is no looking around and no reference to a group. Of a pattern that needs the
 * linear engine, `.` and classes take a character outside of the basic plane as one, not as two halves; ignoring case,
 * `k` and `s` also find the Kelvin sign and the long s; a
 * group in a repetition keeps what an earlier pass found; and a repeated part may match nothing where it could match more.
 *
 * @throws RunError `pattern-syntax`, `pattern-unsupported`.
 *
 * @example
 * const pattern = await compilePattern('\\d+');
 * pattern.search('jdoe12'); // 4
 */
export function compilePattern(source: string, options: PatternOptions = {}): Eventual<Pattern> {
  if (source.length > LONGEST_PATTERN) throw unsupported(`more than ${LONGEST_PATTERN} characters`);
  checkSyntax(source);
  const translation = translate(source);
  const finder = finderOf(source, translation, options.ignoreCase ? 'i' : '');
  return after(finder, (found) => patternOf(found, translation, options.work));
}

/** The same, except that what is no pattern stands for itself. */
export function compilePatternOrText(source: string, options: PatternOptions = {}): Eventual<Pattern> {
  try {
    return compilePattern(source, options);
  } catch (error) {
    if (!(error instanceof RunError) || error.code !== 'pattern-syntax') throw error;
    return compilePattern(escapePattern(source), options);
  }
}

/** A pattern that finds the text as it is. */
function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function checkSyntax(source: string): void {
  try {
    // Making one runs nothing; the platform knows its own syntax best.
    new RegExp(source);
  } catch (error) {
    throw notAPattern(error);
  }
}

function finderOf(source: string, translation: Translation, flags: '' | 'i'): Eventual<Finder> {
  const { literal } = translation;
  if (literal !== null && literal !== '' && flags === '') return findText(literal);
  if (translation.onePass) return findNatively(source, flags);
  return linearFinder(translation.re2, flags);
}

/** Loaded when first needed: a quarter of a megabyte that most flows never use. */
const linear = lazily(() => import('re2js'));

function linearFinder(re2: string, flags: '' | 'i'): Eventual<Finder> {
  return after(linear(), ({ MatcherInput, RE2JS }) => {
    try {
      return findLinearly(RE2JS.compile(re2, flags === 'i' ? RE2JS.CASE_INSENSITIVE : 0), MatcherInput);
    } catch (error) {
      throw unsupported('so many or so large repetitions', error);
    }
  });
}

/** Characters that the platform replaces in one go. */
const AT_ONCE = 65_536;
/** Steps of a match besides those of the search: it is cut out, and what stands for it put in. */
const STEPS_OF_A_MATCH = 20;

function patternOf(finder: Finder, { groups, names }: Translation, shared?: Work): Pattern {
  return {
    search: (text) => finder.matches(text, shared ?? new Work())()?.start ?? -1,
    replaceFirst(text, template) {
      const work = shared ?? new Work();
      const match = finder.matches(text, work)();
      if (!match) return text;
      const replaced = replacementOf(template, groups, names, work)(text, match);
      checkTextLength(text.length + replaced.length);
      return text.slice(0, match.start) + replaced + text.slice(match.end);
    },
    *replaceAll(text, template) {
      const { native } = finder;
      const isPlain = native !== null && !template.includes('$') && fitsAnyway(text, template);
      if (isPlain && text.length <= AT_ONCE) return text.replaceAll(native, template);
      const work = shared ?? new Work();
      const replacement = isPlain ? () => template : replacementOf(template, groups, names, work);
      const next = finder.matches(text, work);
      const pace = new Pace();
      let result = '';
      let parts: string[] = [];
      let length = 0;
      let done = 0;
      for (let match = next(); match; match = next()) {
        if (!isPlain) work.take(STEPS_OF_A_MATCH);
        const replaced = replacement(text, match);
        length += match.start - done + replaced.length;
        checkTextLength(length);
        parts.push(text.slice(done, match.start), replaced);
        done = match.end;
        if (!pace.step()) continue;
        // Joined now and then: a text that was put together from millions of parts takes far more memory than its letters.
        result += parts.join('');
        parts = [];
        yield;
      }
      return result + parts.join('') + text.slice(done);
    },
  };
}

/** Whether the result is short enough even if every character matches. */
function fitsAnyway(text: string, template: string): boolean {
  return text.length + (text.length + 1) * template.length <= MAX_TEXT;
}
