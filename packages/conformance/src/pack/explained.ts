/** Checks that people can understand a card, and that something shows what it does. */
import { fieldName } from '@flowdeck/engine/kit';
import { type Check, refuse, type Subject } from './check.js';

const WORDS = 'Say it in words.';

/** Blanks, signs that nobody sees, and dots tell nobody anything. */
function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && !PLACEHOLDER.test(text);
}

/** What stands for words that somebody meant to write later. */
const PLACEHOLDER = /^\W*(?:todo|tbd|fixme|xxx|lorem ipsum.*|n\/a)\W*$/i;

export function explainedChecks({ card, shown, isAction }: Subject): readonly Check[] {
  return [
    {
      name: 'is explained',
      // Of a pack's own cards `definePack` has seen to this; the cards of a connector get theirs from its flows.
      run: () => {
        if (!saysSomething(card.title)) refuse('The card has no title.', WORDS);
        if (!saysSomething(card.description)) refuse('The card has no description.', WORDS);
        // Fields of an action come from the connector's flows, whose authors may leave them to speak for themselves.
        if (isAction) return;
        for (const field of [...card.inputs, ...card.outputs]) {
          if (saysSomething(field.description ?? field.label ?? '')) continue;
          refuse(
            `The field "${fieldName(field)}" is not explained.`,
            'Give it a "description", or at least a "label".',
          );
        }
        for (const [code, sentence] of Object.entries(card.errors ?? {})) {
          if (!saysSomething(sentence))
            refuse(`The error "${code}" is not explained.`, 'Say in a sentence when it comes.');
        }
      },
    },
    {
      name: isAction ? 'has a case' : 'has an example or a case',
      run: () => {
        if (!isAction && (card.examples ?? []).length > 0) return;
        if (shown.has(card.id)) return;
        refuse('Nothing shows what the card does.', 'Give it "examples", or write a case for it.');
      },
    },
  ];
}
