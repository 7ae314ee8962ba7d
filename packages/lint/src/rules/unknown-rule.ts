/** `lint-unknown-rule`: a rule is switched off that does not exist. */
import { quoted } from '../quoted.js';
import type { Rule } from '../types.js';

export const unknownRule: Rule = {
  id: 'lint-unknown-rule',
  severity: 'warning',
  title: 'A switch names no rule',
  explanation:
    'The list in "meta.lint.off" holds names of rules. One that is misspelt switches nothing off, and one that is gone is left over.',
  bad: {
    title: 'The name is misspelt',
    document: {
      flowdeck: 1,
      id: 'greet',
      type: 'helper',
      cards: [{ card: 'flow.return', in: { text: 'Hello' }, meta: { lint: { off: ['lint-literal-secrets'] } } }],
    },
  },
  good: {
    title: 'The name of a rule',
    document: {
      flowdeck: 1,
      id: 'greet',
      type: 'helper',
      cards: [{ card: 'flow.return', in: { text: 'Hello' }, meta: { lint: { off: ['lint-literal-secret'] } } }],
    },
  },
  check: (file, report) => {
    for (const site of [file, ...file.flows.flatMap((flow) => [flow, ...flow.cards])]) {
      for (const { pointer, name } of site.off.faults) {
        report(site, {
          pointer,
          message:
            name === null
              ? '"meta.lint" is { "off": [...] } with a list of rules.'
              : `There is no rule ${quoted(name)}.`,
          hint: 'docs/lint.md lists the rules.',
        });
      }
    }
  },
};
