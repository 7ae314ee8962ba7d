/** Checks that people can understand a card, and that something shows what it does. */
import { fieldName } from '@flowdeck/engine/kit';
import { type Check, refuse, type Subject } from './check.js';

export function explainedChecks({ card, shown, isAction }: Subject): readonly Check[] {
  return [
    {
      name: 'is explained',
      // Of a pack's own cards `definePack` has seen to this; the cards of a connector get theirs from its flows.
      run: () => {
        if (card.title.trim() === '') refuse('The card has no title.');
        if (card.description.trim() === '') refuse('The card has no description.');
        // Fields of an action come from the connector's flows, whose authors may leave them to speak for themselves.
        if (isAction) return;
        for (const field of [...card.inputs, ...card.outputs]) {
          if ((field.description ?? field.label ?? '').trim() !== '') continue;
          refuse(
            `The field "${fieldName(field)}" is not explained.`,
            'Give it a "description", or at least a "label".',
          );
        }
        for (const [code, sentence] of Object.entries(card.errors ?? {})) {
          if (sentence.trim() === '')
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
