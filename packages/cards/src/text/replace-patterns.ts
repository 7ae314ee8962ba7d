/** Replace Patterns: matches of any of several regular expressions give way to one text. */
import { defineCard, type Value } from '@flowdeck/engine';
import { gradually, type Pieces, settled } from '../shared/pace.js';
import { compilePatternOrText, PATTERN_ERRORS, Work } from '../shared/regex.js';
import { CASE_SENSITIVE, LOOK_IN, REPLACE_WITH, TEXT_OUTPUT } from './fields.js';

export const replacePatterns = defineCard({
  id: 'text.replacePatterns',
  title: 'Replace Patterns',
  description:
    'Replaces the matches of several regular expressions, one pattern after the other in the order of the document, by the same text. What is no regular expression is looked for as it is; empty patterns are skipped. Matching takes linear time; therefore patterns cannot look around or refer to groups.',
  kind: 'pure',
  inputs: [
    LOOK_IN,
    REPLACE_WITH,
    {
      key: 'all instances',
      type: 'boolean',
      label: 'all instances',
      description: 'Whether to replace all matches of a pattern and not only its first.',
      required: true,
      default: true,
    },
    CASE_SENSITIVE,
  ],
  extraInputs: { type: 'text', group: 'patterns', description: 'Patterns in JavaScript syntax, under any names.' },
  outputs: [TEXT_OUTPUT],
  errors: {
    'pattern-unsupported': PATTERN_ERRORS['pattern-unsupported'],
    limit: PATTERN_ERRORS.limit,
  },
  examples: [
    {
      in: {
        'look in': "O'Neil Smith-Jones_1",
        'replace with': '',
        'patterns/1': "'",
        'patterns/2': '\\s',
        'patterns/3': '_',
        'patterns/4': '-',
      },
      out: { output: 'ONeilSmithJones1' },
    },
    {
      title: 'The first of each',
      in: { 'look in': 'aabb', 'replace with': '-', 'all instances': false, 'patterns/x': 'a', 'patterns/y': 'b' },
      out: { output: '-a-b' },
    },
    {
      title: 'Ignoring case',
      in: { 'look in': 'aA', 'replace with': 'x', 'case sensitive': false, 'patterns/a': 'a' },
      out: { output: 'xx' },
    },
    {
      title: 'No pattern, and none at all',
      in: { 'look in': 'f(x)', 'replace with': '', 'patterns/a': '(', 'patterns/b': '', 'patterns/c': null },
      out: { output: 'fx)' },
    },
    {
      title: 'Looking behind',
      in: { 'look in': 'ab', 'replace with': '', 'patterns/a': '(?<=a)b' },
      error: 'pattern-unsupported',
    },
  ],
  addresses: [
    {
      address: 'root:kernel:string:0.0.1:replaceAny',
      in: { text: 'look in', replacement: 'replace with', global: 'all instances' },
      extraGroup: 'patterns',
    },
  ],
  run: (text, replacement, all, caseSensitive, patterns) =>
    gradually(replacedAll(text, replacement, all, !caseSensitive, Object.values(patterns))),
});

function* replacedAll(
  text: string,
  replacement: string,
  all: boolean,
  ignoreCase: boolean,
  sources: readonly Value[],
): Pieces<{ output: string }> {
  const work = new Work();
  let output = text;
  for (const source of sources) {
    // Extra inputs are texts or null.
    if (typeof source !== 'string' || source === '') continue;
    const pattern = yield* settled(compilePatternOrText(source, { ignoreCase, work }));
    output = all ? yield* pattern.replaceAll(output, replacement) : pattern.replaceFirst(output, replacement);
  }
  return { output };
}
