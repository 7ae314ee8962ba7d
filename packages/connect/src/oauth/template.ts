/** Placeholders in the URLs and parameters of OAuth: `https://{{subdomain}}.example.com/token`. */

/** `{{key}}`, also as `{{auth.key}}`. Global: give it to `matchAll` and `replaceAll`. */
export const PLACEHOLDER = /\{\{(?:auth\.)?([^{}]+)\}\}/g;

/** Fills in values that stand in a host name or path: what could lead elsewhere is encoded. Null: one is missing. */
export function fillUrl(template: string, values: Readonly<Record<string, unknown>>): string | null {
  return fill(template, values, encodePart);
}

/** The same for a parameter, which is encoded when it is sent. */
export function fillText(template: string, values: Readonly<Record<string, unknown>>): string | null {
  return fill(template, values, (text) => text);
}

function fill(
  template: string,
  values: Readonly<Record<string, unknown>>,
  write: (text: string) => string,
): string | null {
  let missing = false;
  const filled = template.replaceAll(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (typeof value !== 'string' && typeof value !== 'number') {
      missing = true;
      return '';
    }
    return write(String(value));
  });
  return missing ? null : filled;
}

/** A whole base URL may be a parameter; anything else is one part of a host name or path. */
function encodePart(text: string): string {
  return /^https?:\/\/[^\s?#@\\]+$/i.test(text) ? text.replace(/\/+$/, '') : encodeURIComponent(text);
}
