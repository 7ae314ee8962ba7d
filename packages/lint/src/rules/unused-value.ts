/** `lint-unused-value`: a template does not use a value that it is given. */
import { quoted } from '../quoted.js';
import { sourcePointer } from '../sites.js';
import { literalOf } from '../text.js';
import type { Rule } from '../types.js';

export const unusedValue: Rule = {
  id: 'lint-unused-value',
  severity: 'warning',
  title: 'A template does not use a value',
  explanation:
    'A placeholder is the exact name of an input between two or three braces. "{{ name }}" with blanks is none and goes out as it stands, and so does a name that is written otherwise. Found are inputs of Compose that a constant template does not name. Braces that no input is meant for are left alone: the text may be a template for somebody else.',
  bad: {
    title: 'Blanks in the braces',
    document: {
      flowdeck: 1,
      id: 'greet',
      type: 'helper',
      inputs: [{ key: 'name', type: 'text' }],
      cards: [
        {
          id: 'text',
          card: 'text.compose',
          in: { template: 'Hello {{ name }}!', name: { from: '/inputs/name' } },
        },
        { card: 'flow.return', in: { text: { from: '/text/output' } } },
      ],
    },
  },
  good: {
    title: 'The name alone',
    document: {
      flowdeck: 1,
      id: 'greet',
      type: 'helper',
      inputs: [{ key: 'name', type: 'text' }],
      cards: [
        { id: 'text', card: 'text.compose', in: { template: 'Hello {{name}}!', name: { from: '/inputs/name' } } },
        { card: 'flow.return', in: { text: { from: '/text/output' } } },
      ],
    },
  },
  check: (file, report) => {
    for (const flow of file.flows) {
      for (const card of flow.cards) {
        const input = card.type?.traits?.composes;
        const template = typeof input === 'string' ? card.inputs.get(input) : undefined;
        const text = template && literalOf(template);
        if (text == null || template === undefined) continue;
        for (const site of card.inputs.values()) {
          const { name } = site;
          if (site === template || text.includes(`{{${name}}}`)) continue;
          const near = nearlyNamed(text, name);
          report(card, {
            pointer: near === null ? site.pointer : sourcePointer(template),
            message:
              near === null
                ? `The template has no placeholder for ${quoted(name)}.`
                : `${quoted(near)} is no placeholder for ${quoted(name)}, and stays as it is.`,
            hint: `Write {{${name}}}, without blanks, or remove the input.`,
          });
        }
      }
    }
  },
};

/** Braces of which only blanks and capitals differ from the name. */
function nearlyNamed(text: string, name: string): string | null {
  const plain = (words: string) => words.trim().toLowerCase();
  for (const [braces, inner = ''] of text.matchAll(/\{\{\{?([^{}]{1,200})\}?\}\}/g)) {
    if (plain(inner) === plain(name)) return braces;
  }
  return null;
}
