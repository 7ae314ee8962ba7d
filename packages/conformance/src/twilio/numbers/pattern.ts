/** Searches among phone numbers by their digits. */

/** Matches every number that has these digits in a row; `*` is any one digit, what is no digit is passed over. */
export function patternOf(digits: string): RegExp {
  const clean = digits.slice(0, 20).replace(/[^\d+*]/g, '');
  return new RegExp(clean.replaceAll('+', '\\+').replaceAll('*', '\\d'));
}
