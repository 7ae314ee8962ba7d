/** Inputs as a flow gives them: nobody freezes them there, so a card that changes one changes it for others. */
import type { CardType } from '@flowdeck/engine';
import { fieldName, isPlainObject, setOwn, toData } from '@flowdeck/engine/kit';
import { differences } from '@flowdeck/testing';

/** Copies of what a card is called with, that can be changed, and which of them it has changed. */
export interface OwnInputs {
  readonly args: readonly unknown[];
  /** Names of the inputs that are no longer what they were. */
  changed(): readonly string[];
}

/** @param args Those of the card's function: its inputs come first. */
export function ownInputs(card: CardType, args: readonly unknown[]): OwnInputs {
  const names = card.named === true ? ['its inputs'] : card.inputs.map(fieldName);
  const given = args.slice(0, names.length);
  const copies = given.map(copyOf);
  return {
    args: [...copies, ...args.slice(names.length)],
    changed: () =>
      names.filter((_, index) => differences(toData(given[index]), toData(copies[index]), 'exact').length > 0),
  };
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (value instanceof Date) return new Date(value);
  if (!isPlainObject(value)) return value;
  const copy: Record<string, unknown> = Object.create(Object.getPrototypeOf(value));
  for (const [key, part] of Object.entries(value)) setOwn(copy, key, copyOf(part));
  return copy;
}
