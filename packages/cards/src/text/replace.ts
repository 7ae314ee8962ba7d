/** Replace: matches of a regular expression give way to a text. */
import { defineCard } from '@flowdeck/engine';
import type { Eventual } from '../shared/eventually.js';
import { gradually, type Pieces, settled } from '../shared/pace.js';
import { compilePatternOrText, PATTERN_ERRORS, type Pattern } from '../shared/regex.js';
import { CASE_SENSITIVE, LOOK_IN, PATTERN, REPLACE_WITH, TEXT_OUTPUT } from './fields.js';

export const replace = defineCard({
  id: 'text.replace',
  title: 'Replace',
  description:
    'Replaces the first match of a regular expression, or all of them. What is no regular expression is looked for as it is; an empty one changes nothing. Matching takes linear time; therefore patterns cannot look around or refer to groups.',
  kind: 'pure',
  inputs: [
    LOOK_IN,
    PATTERN,
    REPLACE_WITH,
    {
      key: 'all instances',
      type: 'boolean',
      label: 'all instances',
      description: 'Whether to replace all matches and not only the first.',
      required: true,
      default: false,
    },
    CASE_SENSITIVE,
  ],
  outputs: [TEXT_OUTPUT],
  errors: {
    'pattern-unsupported': PATTERN_ERRORS['pattern-unsupported'],
    limit: PATTERN_ERRORS.limit,
  },
  examples: [
    {
      in: { 'look in': '(206) 555-1234', 'look for': '\\d', 'replace with': '#', 'all instances': true },
      out: { output: '(###) ###-####' },
    },
    {
      title: 'The first only',
      in: { 'look in': 'Visa 123456780123', 'look for': '\\d{8}', 'replace with': '########' },
      out: { output: 'Visa ########0123' },
    },
    {
      title: 'Deleting',
      in: { 'look in': 'A*B@C+D', 'look for': '[^\\w]', 'replace with': null, 'all instances': true },
      out: { output: 'ABCD' },
    },
    {
      title: 'Groups',
      in: { 'look in': 'Doe, Jane', 'look for': '(\\w+), (\\w+)', 'replace with': '$2 $1' },
      out: { output: 'Jane Doe' },
    },
    {
      title: 'Ignoring case',
      in: { 'look in': 'Hello', 'look for': 'hello', 'replace with': 'Goodbye', 'case sensitive': false },
      out: { output: 'Goodbye' },
    },
    {
      title: 'Text that is no pattern',
      in: { 'look in': 'f(x', 'look for': 'f(', 'replace with': 'g(' },
      out: { output: 'g(x' },
    },
    {
      title: 'Nothing to look for',
      in: { 'look in': 'abc', 'look for': '', 'replace with': '-' },
      out: { output: 'abc' },
    },
    {
      title: 'Looking ahead',
      in: { 'look in': 'ab', 'look for': 'a(?=b)', 'replace with': '' },
      error: 'pattern-unsupported',
    },
  ],
  addresses: [
    {
      address: 'root:kernel:string:0.0.1:replace',
      in: {
        string: 'look in',
        src: 'look for',
        dest: 'replace with',
        global: 'all instances',
        sensitive: 'case sensitive',
      },
    },
  ],
  run: (text, source, replacement, all, caseSensitive) => {
    if (source === '') return { output: text };
    const pattern = compilePatternOrText(source, { ignoreCase: !caseSensitive });
    return gradually(replaced(text, pattern, replacement, all));
  },
});

function* replaced(
  text: string,
  compiled: Eventual<Pattern>,
  replacement: string,
  all: boolean,
): Pieces<{ output: string }> {
  const pattern = yield* settled(compiled);
  return { output: all ? yield* pattern.replaceAll(text, replacement) : pattern.replaceFirst(text, replacement) };
}
