/** HTML from text: whatever stands in a value, it is shown and never obeyed. */

/** Text that is HTML already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template. */
export type Content = Markup | string | number | null | readonly Content[];

/**
 * Makes HTML of a template. What is put into it is escaped, unless it is markup; a list is joined, null is nothing.
 *
 * @example
 * html`<p>${'<script>'}</p>`.text; // <p>&lt;script&gt;</p>
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + written(values[index] ?? null)).join(''));
}

function written(content: Content): string {
  if (content === null) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(written).join('');
  return escaped(shown(String(content)));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or an attribute, of HTML or XML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

/**
 * Text whose invisible marks can be seen: controls as their pictures (␛), marks that turn the reading direction by their
 * numbers, halves of letters as what they are not.
 */
export function shown(text: string): string {
  return text
    .replace(/(?![\t\n])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, visible)
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

function visible(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** JSON for a script element that holds data: nothing in it ends the element or begins a comment. */
export function jsonForPage(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replace(/</g, '\\u003c'));
}
