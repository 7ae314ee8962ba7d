/** Checks of single values in a declaration. */
import { closest } from '../../document/did-you-mean.js';
import { quoted } from '../../document/members.js';
import { isUnsafeKey } from '../../values/index.js';
import { describeValue, type MemberCheck, reportUnsafe } from './members.js';

export const text: MemberCheck = (value, spot) => {
  if (typeof value === 'string') return;
  spot.fault('declaration-shape', `${describeValue(value)} is not a text.`, 'Write it in quotes.');
};

/** Text that says something. */
export const words: MemberCheck = (value, spot, owner) => {
  if (typeof value !== 'string') text(value, spot, owner);
  else if (value.trim() === '')
    spot.fault('declaration-value', 'The text is blank.', 'Write at least one letter, or leave the member out.');
};

/** Text that addresses something. */
export const name: MemberCheck = (value, spot, owner) => {
  words(value, spot, owner);
  if (typeof value === 'string' && isUnsafeKey(value)) reportUnsafe(value, spot);
};

export const flag: MemberCheck = (value, spot) => {
  if (typeof value === 'boolean') return;
  spot.fault('declaration-shape', `${describeValue(value)} is neither true nor false.`, 'Write true, or leave it out.');
};

export const milliseconds: MemberCheck = (value, spot) => {
  if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return;
  const what = typeof value === 'number' ? String(value) : describeValue(value);
  spot.fault('declaration-value', `${what} is not a span of time.`, 'Write milliseconds, such as 10_000.');
};

/** One of a few words. `meant`: what is often written for one of them. */
export function oneOf(choices: readonly string[], meant: Readonly<Record<string, string>> = {}): MemberCheck {
  return (value, spot) => {
    if (typeof value === 'string' && choices.includes(value)) return;
    const given = typeof value === 'string' ? quoted(value) : describeValue(value);
    spot.fault(
      'declaration-value',
      `${given} is not one of ${choices.map((choice) => `"${choice}"`).join(', ')}.`,
      hintFor(value, choices, meant),
    );
  };
}

function hintFor(value: unknown, choices: readonly string[], meant: Readonly<Record<string, string>>): string {
  if (typeof value !== 'string') return 'Write one of them, in quotes.';
  const word = value.toLowerCase();
  if (Object.hasOwn(meant, word)) return `Write ${meant[word]}.`;
  const close = closest(value, choices);
  return close === null ? 'Write one of them.' : `Did you mean "${close}"?`;
}
