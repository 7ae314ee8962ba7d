/** `lint-unused-value`: a template does not use a value that it is given, or names it otherwise. */
import { closest } from '@flowdeck/engine/kit';
import { quoted } from '../quoted.js';
import { type BindingSite, sourcePointer } from '../sites.js';
import { literalOf } from '../text.js';
import type { Rule } from '../types.js';

export const unusedValue: Rule = {
  id: 'lint-unused-value',
  severity: 'warning',
  title: 'A template does not use a value',
  explanation:
    'A placeholder is the exact name of an input between two or three braces. "{{ name }}" with blanks is none and goes out as it stands, and so does a name that is written otherwise. Found are inputs of Compose that a constant template does not name, and braces with nearly the name of an input, or with a path into it. Braces that no input is meant for are left alone: the text may be a template for somebody else.',
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
        const sites = [...card.inputs.values()].filter((site) => site !== template);
        const names = sites.map(({ name }) => name);
        const misnamed = placeholdersIn(text).flatMap((place) => {
          const meant = names.includes(place.name) ? null : nameMeant(place.name, names);
          return meant === null ? [] : [{ ...place, meant }];
        });
        for (const { braces, meant, name } of misnamed) {
          report(card, {
            pointer: sourcePointer(template),
            message: `${quoted(braces)} is no placeholder for ${quoted(meant)}, and ${fate(braces, name)}.`,
            hint: hintFor(meant, name),
          });
        }
        for (const { name, pointer } of unnamed(sites, text)) {
          if (misnamed.some(({ meant }) => meant === name)) continue;
          report(card, {
            pointer,
            message: `The template has no placeholder for ${quoted(name)}.`,
            hint: `Write {{${name}}}, without blanks, or remove the input.`,
          });
        }
      }
    }
  },
};

interface Placeholder {
  readonly braces: string;
  readonly name: string;
}

/** Each once. */
function placeholdersIn(text: string): readonly Placeholder[] {
  const found = new Map<string, string>();
  for (const [braces, triple, double] of text.matchAll(/\{\{\{([^{}]{1,200})\}\}\}|\{\{([^{}]{1,200})\}\}/g)) {
    found.set(braces, triple ?? double ?? '');
  }
  return [...found].map(([braces, name]) => ({ braces, name }));
}

function unnamed(sites: readonly BindingSite[], text: string): readonly BindingSite[] {
  return sites.filter(({ name }) => !text.includes(`{{${name}}}`));
}

/** The input that braces were meant for: but for blanks, capitals or a letter its name, or the begin of a path into it. */
function nameMeant(inner: string, names: readonly string[]): string | null {
  const plain = (words: string) => words.trim().toLowerCase();
  const whole = plain(inner);
  const same = names.find((name) => plain(name) === whole);
  if (same !== undefined) return same;
  const head = /^(.+?)[.[|]/.exec(whole)?.[1]?.trim();
  const begun = names.find((name) => plain(name) === head);
  // Of names as short as "k1" and "k2" each is a letter away from the next.
  return begun ?? (whole.length < 3 ? null : closest(inner.trim(), names));
}

/** Three braces around a plain name are empty where no input has it; all others stay. */
function fate(braces: string, name: string): string {
  return braces.startsWith('{{{') && /^[A-Za-z0-9_-]+$/.test(name) ? 'becomes nothing' : 'stays as it is';
}

function hintFor(meant: string, inner: string): string {
  return /[.[|]/.test(inner) && !/[.[|]/.test(meant)
    ? `A placeholder is a name: give the part of ${quoted(meant)} as an input of its own.`
    : `Write {{${meant}}}, without blanks, or remove the input.`;
}
