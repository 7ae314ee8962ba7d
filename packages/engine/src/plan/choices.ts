/** Choices of a card's input, where a value arrives when the flow runs. */
import type { CardField } from '../cards/index.js';
import { RunError } from '../errors.js';
import { isChoice, type Value } from '../values/index.js';

/** Whether the card is promised one of the choices, so that its function need not think of anything else. */
export function hasClosedChoices({ choices, openChoices }: CardField): boolean {
  return choices !== undefined && openChoices !== true;
}

/** The conversion of an input, and after it the choice. Other inputs keep the conversion that they have. */
export function choosing(
  field: CardField,
  name: string,
  convert: ((value: unknown) => Value) | null,
): ((value: unknown) => Value) | null {
  return hasClosedChoices(field) ? chosen(field, name, convert) : convert;
}

function chosen(
  field: CardField,
  name: string,
  convert: ((value: unknown) => Value) | null,
): (value: unknown) => Value {
  return (value) => {
    // What comes from a slot is a Value by contract.
    const converted = convert === null ? (value as Value) : convert(value);
    if (converted === undefined || isChoice(field, converted)) return converted;
    throw new RunError('not-a-choice', `What arrives at "${name}" is none of its choices.`, {
      at: { field: name },
      hint: `Choices: ${wordsOf(field)}.`,
    });
  };
}

/** The choices, for a hint. */
export function wordsOf({ choices = [] }: CardField): string {
  return choices.map((choice) => JSON.stringify(choice)).join(', ');
}
