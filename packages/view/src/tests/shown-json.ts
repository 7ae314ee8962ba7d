/** Values of tests as text for a page. */

/** Characters of one value that are shown. */
const MOST_SHOWN = 4_000;

/** JSON on several lines, cut with a line that says so. */
export function shownJson(value: unknown): string {
  if (value === undefined) return '(nothing)';
  const text = JSON.stringify(value, null, 2) ?? '(nothing)';
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…\n(${text.length} characters in all)` : text;
}
